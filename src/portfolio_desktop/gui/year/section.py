"""The section 勾選, made when it is first wanted: page and controller."""

from __future__ import annotations

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.year.controller import Ticks
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.gui.years import Years


def make(parts: Parts, session: Session, _dialogs: Dialogs, known: Known, years: Years) -> Ticks:
    """The page, put into the window, and its controller."""
    page = TicksPage(parts.icons, parts.theme, parts.category_name)
    parts.window.pages.addWidget(page)
    return Ticks(session, page, known, years)
