"""The page of pieces, as layout: the table, and the one piece that is chosen, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.pieces.table import PieceTable
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.editor import Editor
    from portfolio_desktop.gui.preview.view import PreviewView

EDIT_TAB, PREVIEW_TAB, PAST_TAB = 0, 1, 2


class PiecesPage(QSplitter):
    """Table at the left, piece at the right; either may have nothing to show. The right comes with `complete`."""

    editor: Editor
    preview: PreviewView
    past: QStackedWidget
    tabs: QTabWidget

    def __init__(self, icons: Icons, table: PieceTable) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("page")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.table = table
        self.empty = EmptyState(icons)
        self.list = QStackedWidget()
        self.list.addWidget(table)
        self.list.addWidget(self.empty)
        self.list.setMinimumWidth(240)
        self.nothing = EmptyState(icons)
        self.nothing.say("document", _("選一件來寫"), _("在左邊點一件作品，它的欄位、簡述和檔案就會出現在這裡。"))
        self.piece = QStackedWidget()
        self.piece.addWidget(self.nothing)
        self.piece.setMinimumWidth(320)
        self.side = QWidget()
        self.side.setObjectName("page")
        layout = QVBoxLayout(self.side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.piece)
        self.addWidget(self.list)
        self.addWidget(self.side)
        # A narrow window leaves the piece its room, a wide one gives both more.
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
        self.setSizes([490, 560])

    def complete(self, editor: Editor, preview: PreviewView) -> None:
        """Put the pages of the piece in; until then none can be chosen to write. What is in `past` is made when it is shown."""
        self.editor, self.preview, self.past = editor, preview, QStackedWidget()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(editor, _("內容"))
        self.tabs.addTab(preview, _("預覽"))
        self.tabs.addTab(self.past, _("修改紀錄"))
        self.tabs.tabBar().setAccessibleName(_("這一件的內容、預覽與修改紀錄"))
        self.piece.addWidget(self.tabs)

    def show_list(self, *, empty: bool) -> None:
        """Show the table with the piece beside it, or the words for an empty one alone."""
        self.side.setVisible(not empty)
        self.list.setCurrentWidget(self.empty if empty else self.table)

    def show_piece(self, *, chosen: bool) -> None:
        """Show the piece, or that none is chosen."""
        self.piece.setCurrentWidget(self.tabs if chosen else self.nothing)
