"""The settings, made when they are first wanted: dialog and controller."""

from __future__ import annotations

import datetime

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.settings.controller import SettingsControl
from portfolio_desktop.gui.settings.dialog import SettingsDialog
from portfolio_desktop.terms import school_year_of


def make(parts: Parts, session: Session, dialogs: Dialogs, pieces: Pieces) -> SettingsControl:
    """The dialog above the window, and its controller; nothing is shown yet."""
    this_year = school_year_of(datetime.datetime.now().astimezone().date())
    dialog = SettingsDialog(parts.icons, session.ground.forms.school_types, this_year, parts.window)
    return SettingsControl(session, pieces, parts.theme, dialogs, dialog)
