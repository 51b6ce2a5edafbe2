"""Bringing in, made when something is first brought.

What the window asks of it: choose_files, choose_folder, bring(paths), paste; it tells `brought` and `said`. A page of its
own is put over the middle with window.lay_over, and taken away with window.uncover.
"""

from __future__ import annotations

from collections.abc import Callable

from portfolio_desktop.gui.intake import Intake
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session, dialogs: Dialogs, known: Known, undo: Callable[[], None]) -> Intake:
    """The controller; `undo` takes the last intention back."""
    return Intake(session, dialogs, parts.window, lambda: known.section, undo)
