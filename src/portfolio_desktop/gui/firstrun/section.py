"""The welcome page, made when there is no library to show."""

from __future__ import annotations

import datetime

from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.firstrun.page import FirstRunPage
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.shelf.settling import Settling
from portfolio_desktop.messages import _
from portfolio_desktop.terms import school_year_of


def make(parts: Parts, session: Session, dialogs: Dialogs, opening: Opening, settling: Settling) -> FirstRunPage:
    """The page, put into the window, asking `opening` for what is wanted; a new library is made where it may settle."""
    ground = session.ground
    today = datetime.datetime.now().astimezone().date()
    page = FirstRunPage(parts.icons, ground.forms.school_types, school_year_of(today), ground.places.default_library)
    parts.window.root.addWidget(page)
    page.create_asked.connect(settling.create)
    settling.elsewhere.connect(page.place_button.click)
    page.open_asked.connect(opening.ask_library)
    page.again_asked.connect(opening.open)
    page.sample_asked.connect(opening.sample)
    page.place_asked.connect(
        lambda: dialogs.choose_folder(
            parts.window,
            _("學習歷程庫要放在哪個資料夾裡"),
            lambda folder: page.show_place(folder / _("學習歷程")),
            None,
        )
    )
    opening.busy.connect(page.set_busy)
    return page
