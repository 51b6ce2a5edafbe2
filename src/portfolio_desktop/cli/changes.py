"""`undo` and `redo`: every change is in the log, and can be taken back, also after a restart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.libraries import desk_of
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.years import count
from portfolio_desktop.messages import N_, _


def _steps(parser: Parser) -> None:
    parser.add("steps", nargs="?", type=count, default=1, metavar="N", help=_("幾步，預設 1"))


def _undo(call: Call) -> int:
    with desk_of(call) as desk:
        sentences = desk.library.undo(call.steps)
    return _told(call, "undone", sentences, _("復原："), _("沒有可以復原的修改。"))


def _redo(call: Call) -> int:
    with desk_of(call) as desk:
        sentences = desk.library.redo(call.steps)
    return _told(call, "redone", sentences, _("重做："), _("沒有可以重做的修改。"))


def _told(call: Call, key: str, sentences: Sequence[str], before: str, none: str) -> int:
    if call.console.as_json:
        call.console.document({key: list(sentences)})
        return 0
    for sentence in sentences:
        call.console.say(before + clean(sentence))
    if not sentences:
        call.console.say(none)
    return 0


COMMANDS: Mapping[str, Command] = {
    "undo": Command(
        N_("復原最近的修改，關掉程式以後也可以。"), "portfolio-desktop undo\nportfolio-desktop undo 3", _undo, _steps
    ),
    "redo": Command(N_("重做剛才復原的修改。"), "portfolio-desktop redo", _redo, _steps),
}
