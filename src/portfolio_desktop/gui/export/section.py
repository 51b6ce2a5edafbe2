"""The section 匯出, made when it is first wanted: page and controller."""

from __future__ import annotations

from portfolio_desktop.gui.export.controller import Export
from portfolio_desktop.gui.export.page import ExportPage
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.years import Years


def make(parts: Parts, session: Session, dialogs: Dialogs, years: Years) -> Export:
    """The page, put into the window, and its controller."""
    page = ExportPage(parts.icons, parts.theme)
    parts.window.pages.addWidget(page)
    return Export(session, dialogs, page, years)
