"""The table's model: rows in, cells out. It never sorts, filters or asks for anything; whole lists are swapped into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.pieces.rows import Column, Row
from portfolio_desktop.gui.words import file_words, short_category, state_look, when_words
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()
HEIGHT = 36


class PieceModel(QAbstractTableModel):
    """Pieces as a table. `ROW_ROLE` of any cell gives its whole Row."""

    def __init__(self, icons: Icons, category_name: Callable[[str | None], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._category_name = category_name
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}

    def show(self, rows: Sequence[Row]) -> None:
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

    def row(self, place: int) -> Row:
        """The row at a place, from 0."""
        return self._rows[place]

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
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE:
            _words, icon, tone = state_look(row.state, row.findings)
            return self._icons.icon(icon, tone)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, HEIGHT)
        return row if role == ROW_ROLE else None

    def _text(self, row: Row, column: Column) -> str:
        piece = row.piece
        if column is Column.TITLE:
            return piece.title or _("（沒有標題）")
        if column is Column.STATE:
            return state_look(row.state, row.findings)[0]
        if column is Column.CATEGORY:
            return short_category(self._category_name(piece.category))
        if column is Column.TERM:
            return str(piece.term) if piece.term else _("還沒定")
        return file_words(piece) if column is Column.FILES else when_words(piece.changed)

    def _tip(self, row: Row, column: Column) -> str:
        if column is Column.STATE:
            return "\n".join(f"・{finding.message}" for finding in row.findings)
        return self._text(row, column) if column is Column.TITLE else ""


def _headings() -> dict[Column, str]:
    return {
        Column.STATE: _("狀態"),
        Column.TITLE: _("標題"),
        Column.CATEGORY: _("類別"),
        Column.TERM: _("學期"),
        Column.FILES: _("檔案"),
        Column.CHANGED: _("更動"),
    }
