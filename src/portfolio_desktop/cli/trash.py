"""`remove`, `restore-piece`, `empty-trash`: into the trash, out of it, and what lies in it taken away.

Emptying asks first, and undo takes it back: the files stay in the library, and the pieces in its log.
"""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.width import clean
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.messages import N_, _
from portfolio_desktop.progress import Cancelled

YES = frozenset({"y", "yes", "是", "好"})
"""The answers that mean it; anything else, and nothing, is a no."""


def _arguments(parser: Parser) -> None:
    parser.add("pieces", nargs="+", metavar=_("編號"), help=_("哪幾件，例如 p1 p2"))


def _remove(call: Call) -> int:
    with desk_of(call) as desk:
        desk.library.remove(call.pieces)
    return _told(call, "removed", _("移到垃圾桶：{pieces}（用 restore-piece 拿回來）"))


def _restore(call: Call) -> int:
    with desk_of(call) as desk:
        desk.library.restore(call.pieces)
    return _told(call, "restored", _("從垃圾桶拿回來：{pieces}"))


def _empty_arguments(parser: Parser) -> None:
    parser.add("--yes", action="store_true", help=_("不用再問，直接清空"))


def _empty(call: Call) -> int:
    with desk_of(call) as desk:
        trashed = desk.library.pieces(PieceFilter(trashed=True))
        if trashed and not call.yes:
            for piece in trashed:
                call.console.say(f"  {piece.id}　{clean(piece.title)}")
            _ask(call, len(trashed))
        if trashed:
            desk.library.empty_trash()
    if call.console.as_json:
        call.console.document({"emptied": [piece.id for piece in trashed]})
    elif trashed:
        call.console.say(
            _("垃圾桶清空了，共 {count} 件；檔案仍然留著，可以用 undo 拿回來。").format(count=len(trashed))
        )
    else:
        call.console.say(_("垃圾桶是空的。"))
    return 0


def _ask(call: Call, count: int) -> None:
    """Go on only when a person says so; raises UsageError where nobody can be asked, Cancelled where the answer is no."""
    answer = call.console.ask(_("要清空垃圾桶的 {count} 件嗎？[y/N] ").format(count=count))
    if answer is None:
        raise UsageError(_("清空垃圾桶前要問一聲，這裡沒有終端機可以回答；確定的話加上 --yes。"))
    if answer.strip().lower() not in YES:
        raise Cancelled


def _told(call: Call, key: str, sentence: str) -> int:
    if call.console.as_json:
        call.console.document({key: call.pieces})
    else:
        call.console.say(sentence.format(pieces=" ".join(call.pieces)))
    return 0


COMMANDS: Mapping[str, Command] = {
    "remove": Command(
        N_("把幾件移到垃圾桶。檔案仍然留著，可以用 restore-piece 或 undo 拿回來。"),
        "portfolio-desktop remove p3",
        _remove,
        _arguments,
    ),
    "restore-piece": Command(
        N_("把幾件從垃圾桶拿回來。"),
        "portfolio-desktop restore-piece p3",
        _restore,
        _arguments,
    ),
    "empty-trash": Command(
        N_("清空垃圾桶：先問一聲；記在修改紀錄裡，可以用 undo 拿回來，檔案仍然留著。"),
        "portfolio-desktop empty-trash\nportfolio-desktop empty-trash --yes",
        _empty,
        _empty_arguments,
    ),
}
