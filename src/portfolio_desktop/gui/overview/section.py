"""The section 總覽, made when it is first wanted: page and controller."""

from __future__ import annotations

from portfolio_desktop.gui.overview.controller import Overview
from portfolio_desktop.gui.overview.page import OverviewPage
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.years import Years


def make(parts: Parts, session: Session, _dialogs: Dialogs, known: Known, years: Years) -> Overview:
    """The page, put into the window, and its controller."""
    page = OverviewPage(parts.icons, parts.theme, parts.category_name)
    parts.window.pages.addWidget(page)
    return Overview(session, known, years, page)
