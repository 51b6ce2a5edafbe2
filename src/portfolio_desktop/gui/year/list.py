"""One list of the ticks' page: a line a piece, with its box, and below the title the reason why it cannot be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.gui.year.board import Candidate
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
CANDIDATE_ROLE = Qt.ItemDataRole.UserRole
BOX, GAP, LINES = 20, 12, 2


class CandidateModel(QAbstractListModel):
    """Candidates as a list; ticking is only asked for."""

    def __init__(self, category_name: Callable[[str | None], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._category_name = category_name
        self._shown: tuple[Candidate, ...] = ()

    def show(self, candidates: Sequence[Candidate]) -> None:
        """Show other candidates."""
        self.beginResetModel()
        self._shown = tuple(candidates)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._shown)

    def candidate(self, place: int) -> Candidate:
        """The one at a place, from 0."""
        return self._shown[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line shows."""
        one = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(one.piece.title) or _("（沒有標題）")
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if one.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(told.in_full for told in (*one.reasons, *one.lacking))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("已勾選") if one.ticked else _("不能勾選") if one.reasons else _("可以勾選")
            return f"{words}　{visible(one.piece.title)}　{self.below(one)}"
        return one if role == CANDIDATE_ROLE else None

    def below(self, one: Candidate) -> str:
        """The second line: why it cannot be ticked, what it still lacks, or what it is."""
        if one.reasons:
            return one.reasons[0].message
        if one.lacking:
            return lacking_words(one.lacking)
        term = str(one.piece.term) if one.piece.term else ""
        return "　".join(part for part in (self._category_name(one.piece.category), term) if part)


def lacking_words(lacking: Sequence[Finding]) -> str:
    """What a piece that is ticked, or can be, still lacks, in one line."""
    more = len(lacking) - 1
    words = _("還要補：{what}").format(what=lacking[0].message)
    return words + (_("　另有 {count} 項").format(count=more) if more else "")


class CandidateDelegate(QStyledItemDelegate):
    """Draws a line: box, title, and the second line below it."""

    def __init__(self, icons: Icons, theme: Theme, model: CandidateModel) -> None:
        super().__init__(model)
        self._icons, self._theme, self._model = icons, theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and some air."""
        return QSize(0, option.fontMetrics.height() * LINES + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        one: Candidate = index.data(CANDIDATE_ROLE)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        shown.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        area = option.rect.adjusted(GAP, 9, -GAP, -9)
        name, tone = ("ok", "ok") if one.ticked else ("lock", "quiet") if one.reasons else ("draft", "accent")
        ratio = painter.device().devicePixelRatioF()
        side = self._icons.grown(BOX)
        box = QRect(area.left(), area.top() + 1, side, side)
        painter.drawPixmap(box, self._icons.pixmap(_BOXES.get(name, name), side, tone, ratio))
        words = area.adjusted(side + GAP, 0, 0, 0)
        height = option.fontMetrics.height()
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        title = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.left(), words.top() + option.fontMetrics.ascent(), title)
        colours = self._theme.colours
        painter.setPen(colours.warning if one.reasons or (one.ticked and one.lacking) else colours.quiet)
        below = option.fontMetrics.elidedText(self._model.below(one), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.left(), words.top() + height + 4 + option.fontMetrics.ascent(), below)
        painter.restore()


_BOXES = {"ok": "ticks", "draft": "box"}
"""Which drawing stands for the box: ticked, or free."""


class CandidateList(QListView):
    """The list; space or a click on the box asks for a tick or for its end."""

    tick_asked = Signal(str, bool)
    open_asked = Signal(str)

    def __init__(self, name: str, model: CandidateModel, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model, self._icons = model, icons
        self.setModel(model)
        self.setItemDelegate(CandidateDelegate(icons, theme, model))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def toggle(self, place: int) -> None:
        """Ask for a tick, or for its end."""
        one = self._model.candidate(place)
        self.tick_asked.emit(one.piece.id, not one.ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar, go to the piece with return."""
        index = self.currentIndex()
        if index.isValid() and event.key() == Qt.Key.Key_Space:
            self.toggle(index.row())
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit(self._model.candidate(index.row()).piece.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick where the box is."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._near_box(event) and event.button() is Qt.MouseButton.LeftButton:
            self.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the piece."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._near_box(event):
            self.open_asked.emit(self._model.candidate(index.row()).piece.id)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the hand over the boxes."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            near = self._near_box(event) and self.indexAt(event.position().toPoint()).isValid()
            shape = Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)

    def _near_box(self, event: QMouseEvent) -> bool:
        return event.position().x() <= self._icons.grown(BOX) + 2 * GAP
