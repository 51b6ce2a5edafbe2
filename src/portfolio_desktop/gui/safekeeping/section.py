"""The section 安全, made when it is first wanted: page and controller."""

from __future__ import annotations

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping.controller import Safekeeping
from portfolio_desktop.gui.safekeeping.page import SafetyPage
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session, dialogs: Dialogs, known: Known) -> Safekeeping:
    """The page, put into the window, and its controller."""
    page = SafetyPage(parts.icons)
    parts.window.pages.addWidget(page)
    return Safekeeping(session, dialogs, page, parts.icons, known)
