"""The window's parts, made and put together; nothing is decided here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QIcon

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.gui.export.page import ExportPage
from portfolio_desktop.gui.firstrun.page import FirstRunPage
from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.jobs import Jobs
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.model import PieceModel
from portfolio_desktop.gui.pieces.page import PiecesPage
from portfolio_desktop.gui.pieces.table import PieceTable
from portfolio_desktop.gui.preview.view import PreviewView
from portfolio_desktop.gui.sections import Sections
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.gui.widgets.jobs_line import JobsLine
from portfolio_desktop.gui.window import MainWindow
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.summary import SummaryCount
from portfolio_desktop.terms import school_year_of


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is seen."""

    window: MainWindow
    icons: Icons
    sections: Sections
    model: PieceModel
    page: PiecesPage
    editor: Editor
    preview: PreviewView
    ticks: TicksPage
    export: ExportPage
    welcome: FirstRunPage


def make(ground: Ground, theme: Theme, jobs: Jobs, count: Callable[[str], SummaryCount]) -> Parts:
    """Make all parts and put them into the window; nothing is shown yet."""
    icons = Icons(ground.resources / "icons", theme)
    forms = ground.forms

    def category_name(category: str | None) -> str:
        return _(forms.forms[category].label) if category and category in forms.forms else _("還沒分類")

    window = MainWindow(icons, QIcon(str(ground.resources / "icons" / "portfolio-desktop.svg")))
    sections = Sections(icons, theme, category_name)
    model = PieceModel(icons, category_name, window)
    categories = [(code, category_name(code)) for code in CATEGORIES]
    editor = Editor(icons, count, tidy_summary, categories)
    preview = PreviewView(icons)
    page = PiecesPage(icons, PieceTable(model), editor, preview)
    ticks = TicksPage(icons, theme, category_name)
    export = ExportPage(icons, theme)
    today = datetime.datetime.now().astimezone().date()
    welcome = FirstRunPage(icons, forms.school_types, school_year_of(today), ground.places.default_library)
    window.assemble(sections, welcome, JobsLine(jobs, icons), [page, ticks, export])
    return Parts(window, icons, sections, model, page, editor, preview, ticks, export, welcome)
