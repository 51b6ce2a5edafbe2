"""The model of table and cards: rows in, cells out. It never sorts, filters or asks for anything; whole lists are swapped into it.

Before the library is open it may have lines only: what is painted, and nothing behind it. Headings stand between the rows
where they are grouped; nobody can choose one, and views draw them over their whole width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.lines import Column, Heading, Line, line_of
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.gui.words import counted_look, file_words, short_category, when_words
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.rows import Row

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PIECE_FLAGS = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
ANSWERED = frozenset(
    {
        *SAID,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    }
)
HEADING_FLAGS = Qt.ItemFlag.ItemNeverHasChildren
"""Not enabled: the arrow keys pass a heading by."""


class PieceModel(QAbstractTableModel):
    """Pieces as a table."""

    def __init__(self, icons: Icons, category_name: Callable[[str | None], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._category_name = category_name
        self._rows: list[Row | Line | Heading] = []
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._headings: list[int] = []

    def show(self, rows: Sequence[Row | Line | Heading]) -> None:
        """Show other rows, or the same in another order."""
        self.beginResetModel()
        self._rows = list(rows)
        self._ids = ["" if isinstance(row, Heading) else row.id for row in self._rows]
        self._headings = [place for place, identity in enumerate(self._ids) if not identity]
        self._places = {identity: place for place, identity in enumerate(self._ids) if identity}
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
        """The piece at a place, from 0; "" for a heading."""
        return self._ids[place]

    def ids_between(self, first: int, last: int) -> list[str]:
        """The pieces from one place to another, both counted, from top to bottom."""
        return [identity for identity in self._ids[first : last + 1] if identity]

    def ids(self) -> list[str]:
        """All pieces that are shown, from top to bottom."""
        return list(self._places)

    def count(self) -> int:
        """How many pieces are shown."""
        return len(self._places)

    def place(self, piece_id: str) -> int | None:
        """Where a piece stands, None when it is not shown."""
        return self._places.get(piece_id)

    def row(self, place: int) -> Row | Line | Heading:
        """What stands at a place."""
        return self._rows[place]

    def headings(self) -> Sequence[int]:
        """Where the headings stand, from top to bottom."""
        return self._headings

    def of_heading(self, place: int) -> list[str]:
        """The pieces below a heading, up to the next one."""
        following = (at for at in self._headings if at > place)
        return self._ids[place + 1 : next(following, len(self._ids))]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many lines there are, headings too."""
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Pieces can be chosen and dragged, headings only seen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return HEADING_FLAGS if isinstance(self._rows[index.row()], Heading) else PIECE_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if role not in ANSWERED:  # a painting asks for eight of them, of every cell
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if isinstance(row, Heading):
            return heading_words(row) if column is Column.STATE and role in SAID else None
        if role in SAID:
            return self._text(_line(row), column)
        if role == Qt.ItemDataRole.ForegroundRole:
            missing = column is Column.TITLE and not self.titled(row)
            return QGuiApplication.palette().placeholderText() if missing else None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:  # a card is this one cell
            return f"{look_of(row)[0]}　{self.below(row)}" if column is Column.TITLE else None
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE:
            _words, icon, tone = look_of(row)
            return self._icons.icon(icon, tone)
        return plain_tip(self._tip(row, column)) if role == Qt.ItemDataRole.ToolTipRole else None

    def title(self, row: Row | Line) -> str:
        """A piece's title as it is shown."""
        return self._text(_line(row), Column.TITLE)

    def titled(self, row: Row | Line) -> bool:
        """Whether a piece has a title; what is shown in place of one is not to be taken for it."""
        return bool(row.title if isinstance(row, Line) else row.piece.title)

    def below(self, row: Row | Line) -> str:
        """Term and category in one line, as a card has them."""
        line = _line(row)
        return "　".join(self._text(line, column) for column in (Column.TERM, Column.CATEGORY))

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


def heading_words(heading: Heading) -> str:
    """A heading as it is read."""
    return _("{group}　{count} 件").format(group=heading.words, count=heading.count)


def look_of(row: Row | Line) -> tuple[str, str, str]:
    """A piece's state as words, the name of its icon, and its colour's name."""
    return _look(_line(row))


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
