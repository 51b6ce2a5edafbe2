"""What is seen at the first look: frame, sections, table. Made and shown before anything behind it is imported.

first_look(ground, theme, folder)  ->  First       the table has the lines that were kept of the library, if they are true
                                       parts.make(first, …) puts editor and preview to it, control.py the rest
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QIcon

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.frame.sections import PIECE_SECTIONS, Sections
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.pieces.lines import TRASH
from portfolio_desktop.gui.pieces.model import PieceModel
from portfolio_desktop.gui.pieces.page import PiecesPage
from portfolio_desktop.gui.pieces.table import PieceTable
from portfolio_desktop.gui.starting import glimpse
from portfolio_desktop.gui.starting.glimpse import Glimpse
from portfolio_desktop.gui.starting.memory import Memory
from portfolio_desktop.gui.starting.recall import Left, left, recall
from portfolio_desktop.messages import _


@dataclass(frozen=True, slots=True)
class First:
    """Everything that is seen at the first look; `glimpse` is what the table shows until the library is read."""

    window: MainWindow
    theme: Theme
    icons: Icons
    category_name: Callable[[str | None], str]
    sections: Sections
    model: PieceModel
    page: PiecesPage
    memory: Memory
    folder: Path | None
    glimpse: Glimpse | None


def first_look(ground: Ground, theme: Theme, folder: Path | None = None) -> First:
    """Make it, with what was kept of the library in `folder`; nothing is shown yet."""
    memory = Memory(ground.places.settings, ground.settings.window)
    kept = glimpse.read(ground.places.cache, folder, ground.resources / "forms") if folder is not None else None
    icons = Icons(ground.resources / "icons", theme)

    def category_name(category: str | None) -> str:
        if category is None:
            return _("還沒分類")
        if kept is not None and category in kept.labels:
            return _(kept.labels[category])
        forms = ground.forms.forms
        return _(forms[category].label) if category in forms else _("還沒分類")

    window = MainWindow(icons, QIcon(str(ground.resources / "icons" / "portfolio-desktop.svg")))
    sections = Sections(icons, theme, category_name)
    model = PieceModel(icons, category_name, window)
    page = PiecesPage(icons, PieceTable(model))
    window.assemble(sections, page)
    was = left(memory)
    true = kept is not None and Left(kept.section, kept.column, kept.descending, view=was.view) == was
    first = First(window, theme, icons, category_name, sections, model, page, memory, folder, kept if true else None)
    recall(memory, first)
    sections.go(was.section)
    section = sections.section()
    window.show_section(sections.name(), trash=section == TRASH)
    page.show_list(empty=False)
    if folder is not None and section not in PIECE_SECTIONS:
        window.show_nothing()
    if first.glimpse is not None:
        show(first, first.glimpse)
    return first


def show(first: First, kept: Glimpse) -> None:
    """Show what was kept of a library."""
    first.window.show_owner(kept.owner, "")
    first.sections.show_counts(kept.counts)
    first.model.show(kept.lines)
    first.page.table.show_order(kept.column, kept.descending)
