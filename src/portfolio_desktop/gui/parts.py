"""The window's parts, made and put together; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QIcon

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.fitting.text import tidy_summary
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
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.summary import SummaryCount


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is seen at the first look, and what other pages are made with."""

    window: MainWindow
    theme: Theme
    icons: Icons
    category_name: Callable[[str | None], str]
    sections: Sections
    model: PieceModel
    page: PiecesPage
    editor: Editor
    preview: PreviewView


def make(ground: Ground, theme: Theme, jobs: Jobs, count: Callable[[str], SummaryCount]) -> Parts:
    """Make all parts and put them into the window; nothing is shown yet."""
    icons = Icons(ground.resources / "icons", theme)
    forms = ground.forms

    def category_name(category: str | None) -> str:
        return _(forms.forms[category].label) if category and category in forms.forms else _("還沒分類")

    window = MainWindow(icons, QIcon(str(ground.resources / "icons" / "portfolio-desktop.svg")))
    sections = Sections(icons, theme, category_name)
    model = PieceModel(icons, category_name, window)
    editor = Editor(icons, count, tidy_summary, [(code, category_name(code)) for code in CATEGORIES])
    preview = PreviewView(icons)
    page = PiecesPage(icons, PieceTable(model), editor, preview)
    window.assemble(sections, JobsLine(jobs, icons), page)
    return Parts(window, theme, icons, category_name, sections, model, page, editor, preview)
