"""`move --to DIR`: the library goes to another folder, whole and proved; the old one stays untouched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.cli.words import size
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.moving import move
from portfolio_desktop.messages import N_, _


def _arguments(parser: Parser) -> None:
    parser.add("--to", type=Path, required=True, metavar=_("資料夾"), help=_("新的位置，要是新的或空的資料夾"))


def _move(call: Call) -> int:
    warn_of_place(call, call.to, new=True)
    with _source(call) as desk:
        moved = move(desk.library, call.to, call.progress)
        call.ground.remember(call.to)
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "library": str(call.to),
                "old": str(moved.old),
                "files": moved.files,
                "bytes": moved.bytes,
                "problems": [problem.to_json() for problem in moved.problems],
            }
        )
    else:
        told = _("搬好了，核對過 {files} 個檔案（{size}）。之後用這一份：{folder}")
        call.console.say(told.format(files=moved.files, size=size(moved.bytes), folder=shown(call.to)))
        call.console.say(_("原來的那一份沒有動：{old}；確定新的沒問題以後，再自己刪掉。").format(old=shown(moved.old)))
    for problem in moved.problems:
        call.console.complain(problem.message)
    return DamageError.exit_code if moved.problems else 0


def _source(call: Call) -> Desk:
    """The library as its owner, so that nobody else is writing; to read only where its place cannot be written or locked."""
    try:
        return open_desk(call.ground, call.library_folder, remember=False)
    except (LockedError, DamageError):
        raise
    except PortfolioError:
        desk = open_desk(call.ground, call.library_folder, read_only=True, remember=False)
        call.console.complain(_("原來的位置不能寫入或鎖定，只讀取它來搬。"))
        return desk


COMMANDS: Mapping[str, Command] = {
    "move": Command(
        N_("把整個學習歷程庫搬到另一個資料夾：複製、核對，之後用新的；原來的那一份不動。"),
        "portfolio-desktop move --to ~/學習歷程",
        _move,
        _arguments,
    )
}
"""The commands of this family."""
