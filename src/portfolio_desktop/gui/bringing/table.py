"""The plan's table: looks and keys. Space takes the chosen rows in or leaves them out; a cell is changed where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from portfolio_desktop.gui.bringing.model import Column, Index, PlanModel
from portfolio_desktop.gui.bringing.places import Pairs
from portfolio_desktop.gui.bringing.words import all_standings
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.field import Line
from portfolio_desktop.messages import _

AIR, BESIDE = 18, 22
"""Pixels above and below a line, together, and beside a cell's words."""
ICON = 1.25
"""The side of a drawing, in letters."""
NARROWEST_TITLE = 9
WIDTHS = {Column.CATEGORY: 8, Column.TERM: 4, Column.FILES: 9}
"""Columns in Han characters, those first that stay longest; what becomes of a row stays longer."""


class TitleDelegate(QStyledItemDelegate):
    """A title is typed in a line that knows input methods."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """The line."""
        line = Line(parent)
        line.setAccessibleName(_("標題"))
        return line


class ChoiceDelegate(QStyledItemDelegate):
    """A cell with given words opens its list at once."""

    def __init__(self, name: str, choices: Callable[[], Pairs], parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._choices = name, choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """The list."""
        choice = Choice(self._name, parent)
        choice.fill(self._choices())
        choice.activated.connect(partial(self._chosen, choice))
        QTimer.singleShot(0, choice, choice.showPopup)
        return choice

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the row's own."""
        if isinstance(editor, Choice):
            editor.choose(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Ask for the chosen one."""
        if isinstance(editor, Choice) and isinstance(model, PlanModel):
            model.setData(index, editor.code())

    def _chosen(self, choice: Choice, _place: int) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)


class PlanTable(QTableView):
    """The rows of a plan; `picked` when others are chosen, `menu_asked` with a place on the screen."""

    picked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(
        self,
        model: PlanModel,
        terms: Callable[[], Pairs],
        categories: Callable[[], Pairs],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("要收進來的檔案"))
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.SelectedClicked)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + AIR)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        self._size_icons()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(Column.TITLE, TitleDelegate(self))
        self.setItemDelegateForColumn(Column.TERM, ChoiceDelegate(_("學期"), terms, self))
        self.setItemDelegateForColumn(Column.CATEGORY, ChoiceDelegate(_("類別"), categories, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.picked.emit())

    def chosen(self) -> list[int]:
        """The numbers of the chosen rows, from top to bottom."""
        # By ranges: asking for every selected row goes through the flags of every cell.
        ranges = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        places = sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})
        return [self._model.rows[place].number for place in places]

    def choose(self, numbers: Iterable[int]) -> None:
        """Choose rows, and make the first one visible."""
        wanted, chosen = set(numbers), QItemSelection()
        last = len(Column) - 1
        places = [place for place, row in enumerate(self._model.rows) if row.number in wanted]
        for place in places:
            chosen.select(self._model.index(place, 0), self._model.index(place, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if places:
            first = self._model.index(places[0], Column.TITLE)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes in or leaves out; Return changes the cell that the cursor is on."""
        editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Space and not editing and self.chosen():
            chosen = set(self.chosen())
            rows = [row for row in self._model.rows if row.number in chosen and row.can_be_wanted]
            self._model.want_asked.emit([row.number for row in rows], not all(row.wanted for row in rows))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + AIR)
            self._size_icons()
            self._fit()

    def _size_icons(self) -> None:
        side = round(ICON * self.fontMetrics().horizontalAdvance("學"))
        self.setIconSize(QSize(side, side))

    def _fit(self) -> None:
        """Make the columns as wide as their words are, and give up some for the title where there is no room."""
        metrics = self.fontMetrics()
        em = metrics.horizontalAdvance("學")
        standing = max(map(metrics.horizontalAdvance, all_standings())) + self.iconSize().width()
        room = self.viewport().width() - NARROWEST_TITLE * em
        for column, width in {
            Column.STANDING: standing,
            **{column: width * em for column, width in WIDTHS.items()},
        }.items():
            room -= width + BESIDE
            self.setColumnWidth(column, width + BESIDE)
            self.setColumnHidden(column, room < 0)
