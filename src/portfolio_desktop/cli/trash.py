"""`remove` and `restore-piece`: into the trash and out of it; nothing is ever deleted by them."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.messages import N_, _


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
}
