"""The table's model: rows in, cells out. It never sorts, filters or asks for anything; whole lists are swapped into it.

Before the library is open it may have lines only: what is painted, and nothing behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.pieces.lines import Column, Line, line_of
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.gui.words import counted_look, file_words, short_category, when_words
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.rows import Row

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HEIGHT = 36


class PieceModel(QAbstractTableModel):
    """Pieces as a table."""

    def __init__(self, icons: Icons, category_name: Callable[[str | None], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._category_name = category_name
        self._rows: list[Row | Line] = []
        self._places: dict[str, int] = {}

    def show(self, rows: Sequence[Row | Line]) -> None:
        """Show other rows, or the same in another order."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self.endResetModel()

    def replace(self, row: Row) -> bool:
        """Show a row's new values where it stands; False when it is not shown."""
        place = self._places.get(row.id)
        if place is None:
            return False
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
        return True

    def id(self, place: int) -> str:
        """The piece at a place, from 0."""
        return self._rows[place].id

    def ids(self) -> list[str]:
        """All pieces that are shown, from top to bottom."""
        return [row.id for row in self._rows]

    def place(self, piece_id: str) -> int | None:
        """Where a piece stands, None when it is not shown."""
        return self._places.get(piece_id)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many pieces are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _headings()[Column(section)]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        row, column = self._rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(_line(row), column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE:
            _words, icon, tone = _look(_line(row))
            return self._icons.icon(icon, tone)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column))
        return QSize(0, HEIGHT) if role == Qt.ItemDataRole.SizeHintRole else None

    def _text(self, line: Line, column: Column) -> str:
        if column is Column.TITLE:
            return visible(line.title) or _("（沒有標題）")
        if column is Column.STATE:
            return _look(line)[0]
        if column is Column.CATEGORY:
            return short_category(self._category_name(line.category))
        if column is Column.TERM:
            return line.term or _("還沒定")
        return file_words(line.kinds, line.size) if column is Column.FILES else when_words(line.changed)

    def _tip(self, row: Row | Line, column: Column) -> str:
        if column is Column.STATE and not isinstance(row, Line):
            return "\n".join(f"・{finding.message}" for finding in row.findings)
        if column is Column.CATEGORY:
            return self._category_name(_line(row).category)
        return self._text(_line(row), column)


def _line(row: Row | Line) -> Line:
    return row if isinstance(row, Line) else line_of(row)


def _look(line: Line) -> tuple[str, str, str]:
    return counted_look(line.state, line.errors, line.warnings)


def _headings() -> dict[Column, str]:
    return {
        Column.STATE: _("狀態"),
        Column.TITLE: _("標題"),
        Column.CATEGORY: _("類別"),
        Column.TERM: _("學期"),
        Column.FILES: _("檔案"),
        Column.CHANGED: _("更動"),
    }
