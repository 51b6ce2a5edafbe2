"""Bringing in, made when something is first brought.

What the window asks of it: choose_files, choose_folder, bring(paths), paste; it tells `brought` and `said`. Its page lies
over the middle with window.lay_over, and is taken away with window.uncover.
"""

from __future__ import annotations

from collections.abc import Callable

from portfolio_desktop.gui.bringing.changing import Changing
from portfolio_desktop.gui.bringing.controller import Bringing
from portfolio_desktop.gui.bringing.details import Details
from portfolio_desktop.gui.bringing.model import PlanModel
from portfolio_desktop.gui.bringing.page import BringingPage
from portfolio_desktop.gui.bringing.places import PlaceNames
from portfolio_desktop.gui.bringing.table import PlanTable
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session, dialogs: Dialogs, known: Known, undo: Callable[[], None]) -> Bringing:
    """The controller; `undo` takes the last intention back."""

    def names() -> PlaceNames:
        shelf = session.shelf
        return PlaceNames(shelf.profile.entry_year if shelf else 1, known.courses, parts.category_name)

    model = PlanModel(parts.icons, parts.theme, lambda row, name: names().shown(row, name))
    table = PlanTable(model, lambda: names().terms(), lambda: names().categories())
    page = BringingPage(parts.icons, table, Details(parts.icons))
    changing = Changing(session.rules, page, model, names)
    return Bringing(session, dialogs, parts.window, changing, parts.sections.section, undo)
