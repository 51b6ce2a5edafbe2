"""The page of pieces, as layout: the list, and the one piece that is chosen, side by side.

bar                      │  內容 · 預覽 · 修改紀錄
table, cards or nothing  │  or what can be done with several, or nothing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.table import PieceTable
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.bar import Bar
    from portfolio_desktop.gui.pieces.cards import Cards
    from portfolio_desktop.gui.pieces.editor import Editor
    from portfolio_desktop.gui.preview.view import PreviewView

EDIT_TAB, PREVIEW_TAB, PAST_TAB = 0, 1, 2
BAR_AIR = 24


class PiecesPage(QSplitter):
    """Table at the left, piece at the right; either may have nothing to show.

    The right comes with `complete`, the bar with `put_bar`: until then its room is kept free, so that nothing jumps.
    """

    bar: Bar
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
        self.cards: Cards | None = None
        self.several: QWidget | None = None
        self.as_cards = False
        self._bar_room = QWidget()
        self._bar_room.setFixedHeight(self.fontMetrics().height() + BAR_AIR)
        self.middle = QWidget()
        self.middle.setObjectName("page")
        self.middle.setMinimumWidth(240)
        self._middle = QVBoxLayout(self.middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self._bar_room)
        self._middle.addWidget(self.list, 1)
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
        self.addWidget(self.middle)
        self.addWidget(self.side)
        # A narrow window leaves the piece its room, a wide one gives both more.
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
        self.setSizes([490, 560])

    def put_bar(self, bar: Bar) -> None:
        """Put the bar above the list, into the room that was kept for it."""
        self.bar = bar
        bar.setMinimumHeight(self._bar_room.height())
        self._middle.replaceWidget(self._bar_room, bar)
        self._bar_room.deleteLater()

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

    def put_cards(self, cards: Cards) -> None:
        """Have cards beside the table, to be shown when they are wanted."""
        self.cards = cards
        self.list.addWidget(cards)

    def view(self) -> QAbstractItemView:
        """What the pieces are seen in: table or cards."""
        return self.cards if self.cards is not None and self.as_cards else self.table

    def show_view(self, *, cards: bool) -> None:
        """See the pieces as cards, or in the table."""
        had_focus = self.view().hasFocus()
        self.as_cards = cards
        if self.list.currentWidget() is not self.empty:
            self.list.setCurrentWidget(self.view())
        if had_focus:
            self.view().setFocus()

    def show_list(self, *, empty: bool) -> None:
        """Show the pieces with the one chosen beside them, or the words for an empty list alone."""
        self.side.setVisible(not empty)
        self.list.setCurrentWidget(self.empty if empty else self.view())

    def put_several(self, panel: QWidget) -> None:
        """Have a panel for several pieces, to be shown when more than one is chosen."""
        self.several = panel
        self.piece.addWidget(panel)

    def show_piece(self, *, chosen: bool) -> None:
        """Show the piece, or that none is chosen."""
        self.piece.setCurrentWidget(self.tabs if chosen else self.nothing)

    def show_several(self) -> None:
        """Show what can be done with several pieces, where there is something."""
        self.piece.setCurrentWidget(self.several or self.nothing)
