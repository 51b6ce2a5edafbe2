"""The picture of three years as a table's cells: terms across, categories down, all of them together at the end of either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from portfolio_desktop.gui.words import short_category, term_words
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term
from portfolio_desktop.year.picture import Cell, Picture

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
NOW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell by its category and term, where it is not `every` one of them: None are those that have none. In words, too."""

    category: str | None
    term: Term | None
    every_category: bool
    every_term: bool
    where: str

    @property
    def is_loose(self) -> bool:
        """Whether these are pieces that have no section, or no term of the student's."""
        return (self.category is None and not self.every_category) or (self.term is None and not self.every_term)


class YearsModel(QAbstractTableModel):
    """A picture as cells; the last row and the last column are everything."""

    def __init__(self, category_name: Callable[[str | None], str], parent: QTableView) -> None:
        super().__init__(parent)
        self._category_name = category_name
        self._picture = Picture((), ())
        self._entry_year = 0
        self._now: Term | None = None

    def show(self, picture: Picture, entry_year: int, now: Term) -> None:
        """Show another picture; `now` is the present term."""
        same = (picture.terms, picture.categories) == (self._picture.terms, self._picture.categories)
        if not same:
            self.beginResetModel()
        self._picture, self._entry_year, self._now = picture, entry_year, now
        if not same:
            self.endResetModel()
        elif self.rowCount():
            # The cell that the keyboard is in stays.
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The categories, and all of them."""
        return len(self._picture.categories) + 1 if not parent.isValid() and self._picture.categories else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The terms, and all of them."""
        return len(self._picture.terms) + 1 if not parent.isValid() and self._picture.terms else 0

    def spot(self, index: Index) -> Spot:
        """What a cell stands for."""
        row, column, shown = index.row(), index.column(), self._picture
        every_category, every_term = row == len(shown.categories), column == len(shown.terms)
        category = None if every_category else shown.categories[row]
        term = None if every_term else shown.terms[column]
        where = f"{self._row_name(row)}　{self._column_name(column)}"
        return Spot(category, term, every_category, every_term, where)

    def cell(self, index: Index) -> Cell:
        """What is counted in a cell."""
        row, column, shown = index.row(), index.column(), self._picture
        if row == len(shown.categories):
            return shown.total if column == len(shown.terms) else shown.in_term(shown.terms[column])
        category = shown.categories[row]
        return shown.in_category(category) if column == len(shown.terms) else shown.cell(category, shown.terms[column])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and what is said of it."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.cell(index).count or "")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(index)
        if role == NOW_ROLE:
            terms = self._picture.terms
            return index.column() < len(terms) and terms[index.column()] == self._now
        return self.cell(index) if role == CELL_ROLE else None

    def words(self, index: Index) -> str:
        """A cell in words: 課程學習成果　113-1　高一上：5 件，其中寫好了 4 件 …."""
        cell = self.cell(index)
        where = f"{self._row_name(index.row(), short=False)}　{self._column_name(index.column())}"
        if not cell.count:
            return _("{where}：沒有作品").format(where=where)
        words = _("{where}：{count} 件，其中寫好了 {ready} 件、認證成功 {certified} 件、已勾選 {ticked} 件").format(
            where=where, count=cell.count, ready=cell.ready, certified=cell.certified, ticked=cell.ticked
        )
        return words + unfinished_words(cell)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Terms above, categories at the left."""
        across = way is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section) if across else self._row_name(section)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._column_name(section) if across else self._row_name(section, short=False)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            middle = Qt.AlignmentFlag.AlignVCenter
            return int((Qt.AlignmentFlag.AlignHCenter if across else Qt.AlignmentFlag.AlignLeft) | middle)
        return None

    def _row_name(self, row: int, *, short: bool = True) -> str:
        categories = self._picture.categories
        if row >= len(categories):
            return _("全部")
        name = self._category_name(categories[row])
        return short_category(name) if short else name

    def _column_name(self, column: int) -> str:
        terms = self._picture.terms
        if column >= len(terms):
            return _("合計")
        term = terms[column]
        if term is None:
            return _("其他學期")
        return term_words(term, self._entry_year)

    def _heading(self, column: int) -> str:
        """A column's name in two short lines; the present term is called so."""
        terms = self._picture.terms
        term = terms[column] if column < len(terms) else None
        if term is None:
            return self._column_name(column)
        below = _("現在") if term == self._now else str(term)
        names = (
            _("高一上\n{below}"),
            _("高一下\n{below}"),
            _("高二上\n{below}"),
            _("高二下\n{below}"),
            _("高三上\n{below}"),
            _("高三下\n{below}"),
        )
        return names[column].format(below=below)


def unfinished_words(cell: Cell) -> str:
    """How many are ticked and not written to their end; nothing where all are."""
    return _("（勾選的有 {count} 件還沒寫完）").format(count=cell.unfinished) if cell.unfinished else ""
