"""`dump`: the whole library as canonical JSON; two equal libraries give equal bytes."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.messages import N_


def _dump(call: Call) -> int:
    with desk_of(call, read_only=True) as desk:
        data = desk.library.dump()
    call.console.exact(data)
    return 0


COMMANDS: Mapping[str, Command] = {
    "dump": Command(
        N_("把整個學習歷程庫印成標準格式的 JSON：鍵排序、沒有這臺電腦的路徑。內容相同的庫印出來逐位元組相同。"),
        "portfolio-desktop dump > 全部.json",
        _dump,
    )
}
