"""Puts the window's parts and its controller together, behind what is seen at the first look.

First  ->  jobs, session  ->  editor, preview (parts.py)  ->  Control
"""

from __future__ import annotations

from collections.abc import Generator

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui import parts
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.jobs import Jobs
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.starting.first_look import First
from portfolio_desktop.pieces.breakdown import Breakdown, look


def assemble(ground: Ground, first: First, dialogs: Dialogs) -> Generator[None, None, Control]:
    """The controller, made in steps; no library is opened yet."""
    jobs = Jobs()
    session = Session(ground, jobs)
    held: list[Control] = []

    def rules() -> Rules:
        row = held[0].pieces.writing.row if held else None
        return session.rules(row.piece.term.year if row and row.piece.term else None)

    def seen(text: str) -> Breakdown:
        return look(text, rules())

    made = yield from parts.make(first, jobs, seen)
    yield
    control = Control(session, made, dialogs)
    held.append(control)
    return control
