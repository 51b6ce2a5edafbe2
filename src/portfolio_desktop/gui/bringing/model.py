"""The model of the plan's table: rows in, cells out; what is typed or ticked in a cell is asked for, not done.

title ☑ │ files │ term │ category │ what becomes of it
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.bringing.rows import PlanRow
from portfolio_desktop.gui.bringing.words import (
    LOOKS,
    bringing_advice,
    files_cell,
    known_words,
    refusal_words,
    standing_words,
)
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole


class Column(IntEnum):
    """The table's columns, in their order."""

    TITLE = 0
    FILES = 1
    TERM = 2
    CATEGORY = 3
    STANDING = 4


EDITED = {Column.TITLE: "title", Column.TERM: "term", Column.CATEGORY: "category"}
"""The columns that can be changed, and the value that each changes."""

TOLD = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
CHANGED = TOLD | Qt.ItemFlag.ItemIsEditable
TICKED = CHANGED | Qt.ItemFlag.ItemIsUserCheckable


class PlanModel(QAbstractTableModel):
    """A plan as a table; it asks with `want_asked(numbers, wanted)` and `change_asked(numbers, name, text)`."""

    want_asked = Signal(object, bool)
    change_asked = Signal(object, str, str)

    def __init__(
        self,
        icons: Icons,
        theme: Theme,
        place_name: Callable[[PlanRow, str], tuple[str, str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, theme
        self._place_name = place_name
        self.rows: list[PlanRow] = []

    def show(self, rows: Sequence[PlanRow]) -> None:
        """Show these rows: in place where they are the same ones as before, new ones at the end without a reset."""
        old, new = [row.number for row in self.rows], [row.number for row in rows]
        if new[: len(old)] != old:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        changed = [place for place, row in enumerate(self.rows) if row != rows[place]]
        self.rows[:] = rows[: len(old)]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))
        if len(new) > len(old):
            self.beginInsertRows(NOWHERE, len(old), len(new) - 1)
            self.rows = list(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """A column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return (_("標題"), _("檔案"), _("學期"), _("類別"), _("狀況"))[section]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What would bring something can be ticked and changed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = index.column()
        if column not in EDITED or not self.rows[index.row()].can_be_wanted:
            return TOLD
        return TICKED if column == Column.TITLE else CHANGED

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        row, column = self.rows[index.row()], Column(index.column())
        if role in (Role.DisplayRole, Role.EditRole):
            return self._text(row, column, edited=role == Role.EditRole)
        if role == Role.AccessibleTextRole:
            return self._said(row, column)
        if role == Role.CheckStateRole and column is Column.TITLE and row.can_be_wanted:
            return Qt.CheckState.Checked if row.wanted else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and column is Column.STANDING:
            return self._icons.icon(*LOOKS[row.standing])
        if role == Role.ForegroundRole and not row.wanted and column is not Column.STANDING:
            return QColor(self._theme.colours.quiet)
        return plain_tip(self._tip(row, column)) if role == Role.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Ask for what was ticked or typed; whether it was a tick.

        A click on the box is used up by that: it must not open the title's editor too. What is typed is not done here.
        """
        row, column = self.rows[index.row()], Column(index.column())
        if role == Role.CheckStateRole:
            self.want_asked.emit([row.number], Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role == Role.EditRole and column in EDITED and str(value) != self.data(index, Role.EditRole):
            self.change_asked.emit([row.number], EDITED[column], str(value))
        return False

    def _text(self, row: PlanRow, column: Column, *, edited: bool = False) -> str:
        if column is Column.STANDING:
            return standing_words(row)
        if column is Column.FILES:
            return files_cell(row)
        if row.proposal is None:
            return visible(row.refused.path.name) if row.refused and column is Column.TITLE else ""
        if column is Column.TITLE:
            title = row.proposal.new.title or ""
            return title if edited else visible(title)
        code, words = self._place_name(row, EDITED[column])
        return code if edited else words

    def _said(self, row: PlanRow, column: Column) -> str:
        words = self._text(row, column)
        if column is Column.TITLE and row.can_be_wanted:
            return _("{title}，要收").format(title=words) if row.wanted else _("{title}，不收").format(title=words)
        return words

    def _tip(self, row: PlanRow, column: Column) -> str:
        if row.refused is not None:
            return f"{row.refused.path}\n{refusal_words(row.refused.reason)}"
        if row.proposal is None:
            return ""
        if column is Column.STANDING:
            known = [words for file in row.proposal.files if (words := known_words(file))]
            return "\n".join(known or (f"・{finding.message}{bringing_advice(finding)}" for finding in row.findings))
        if column is Column.FILES:
            return "\n".join(str(file.path) for file in row.proposal.files)
        return self._text(row, column)
