"""`find TEXT`: search from one character on, in titles, summaries, fields, file names and the documents' text."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.years import count
from portfolio_desktop.messages import N_, _

PLACES: Mapping[str, str] = {
    "title": N_("標題"),
    "summary": N_("簡述"),
    "fields": N_("欄位"),
    "files": N_("檔名"),
    "text": N_("內文"),
}


def _arguments(parser: Parser) -> None:
    parser.add("text", nargs="+", metavar=_("文字"), help=_("要找的字，一個字也可以；用空格分開的每一段都要有"))
    parser.add("--limit", type=count, default=50, metavar="N", help=_("最多列出幾件，最新的在前；預設 50"))


def _find(call: Call) -> int:
    with desk_of(call, read_only=True) as desk:
        found = desk.library.find(" ".join(call.text), call.limit)
    if call.console.as_json:
        call.console.document(
            {
                "query": found.query,
                "seconds": round(found.seconds, 6),
                "total": found.total,
                "pieces": [{"id": hit.id, "title": hit.title, "where": list(hit.where)} for hit in found.pieces],
            }
        )
        return 0
    if found.pieces:
        rows = [
            [hit.id, hit.title, "、".join(_(PLACES[place]) if place in PLACES else place for place in hit.where)]
            for hit in found.pieces
        ]
        call.console.table([_("編號"), _("標題"), _("找到的地方")], rows)
    more = _("，只列出最新的 {shown} 件").format(shown=len(found.pieces)) if found.total > len(found.pieces) else ""
    call.console.say(_("找到 {total} 件").format(total=found.total) + more)
    return 0


COMMANDS: Mapping[str, Command] = {
    "find": Command(
        N_("在標題、簡述、欄位、檔名和文件內文裡搜尋，一個字就可以找；全形半形、大小寫都當成一樣。"),
        "portfolio-desktop find 水質\nportfolio-desktop find 建模 理論 --json",
        _find,
        _arguments,
    )
}
