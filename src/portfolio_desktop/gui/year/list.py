"""One list of the ticks' page: a line a piece, with its box, below the title the reason why it cannot be ticked, the next step.

[x] title
    why not, or what it is                         next step (a link)

Where the list is too narrow for what stands below the title, it is written on in a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.year.board import Candidate
from portfolio_desktop.gui.year.told import Step, lacking_words, reason_words, step
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
CANDIDATE_ROLE = Qt.ItemDataRole.UserRole
BOX, GAP, LINES = 20, 12, 2
MANY = 500  # more than that are not measured one by one
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignTop)


class CandidateModel(QAbstractListModel):
    """Candidates as a list; ticking is only asked for."""

    def __init__(self, category_name: Callable[[str | None], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._category_name = category_name
        self._shown: tuple[Candidate, ...] = ()

    def show(self, candidates: Sequence[Candidate]) -> None:
        """Show other candidates; the same ones in the same order are changed where they stand."""
        same = [one.piece.id for one in candidates] == [one.piece.id for one in self._shown]
        if not same:
            self.beginResetModel()
        self._shown = tuple(candidates)
        if not same:
            self.endResetModel()
        elif self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def order(self) -> Mapping[str, int]:
        """The places of the pieces that are shown, by their ids."""
        return {one.piece.id: place for place, one in enumerate(self._shown)}

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
            what = self.step(index)
            return "　".join([words, visible(one.piece.title), self.below(one), *([what.words] if what else [])])
        return one if role == CANDIDATE_ROLE else None

    def below(self, one: Candidate) -> str:
        """The second line: why it cannot be ticked, what it still lacks, or what it is."""
        if one.reasons:
            return reason_words(one.reasons[0])
        if one.lacking:
            return lacking_words(one.lacking)
        term = str(one.piece.term) if one.piece.term else ""
        return "　".join(part for part in (self._category_name(one.piece.category), term) if part)

    def step(self, index: Index) -> Step | None:
        """What can be done about a line that is held back, or not finished."""
        one = self._shown[index.row()]
        return step(one.piece.id, one.reasons, one.lacking)


class CandidateDelegate(QStyledItemDelegate):
    """Draws a line: box, title, and the second line below it."""

    def __init__(self, icons: Icons, theme: Theme, model: CandidateModel) -> None:
        super().__init__(model)
        self._icons, self._theme, self._model = icons, theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and some air, or three."""
        metrics, view = option.fontMetrics, option.widget
        second = line_height(metrics) if isinstance(view, QListView) and self._wraps(view, metrics, index) else 0
        return QSize(0, metrics.height() * LINES + second + 22)

    def _wraps(self, view: QListView, metrics: QFontMetrics, index: Index) -> bool:
        """Whether the second line is too long for the width of the list."""
        deed = self._step(index)
        beside = metrics.horizontalAdvance(deed) + 2 * GAP if deed else 0
        room = view.viewport().width() - 3 * GAP - self._icons.grown(BOX) - beside
        return metrics.horizontalAdvance(self._model.below(index.data(CANDIDATE_ROLE))) > room

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
        done = ("ok", "warning" if one.lacking else "ok")
        name, tone = done if one.ticked else ("lock", "quiet") if one.reasons else ("draft", "accent")
        ratio = painter.device().devicePixelRatioF()
        side = self._icons.grown(BOX)
        box = QRect(area.left(), area.top() + 1, side, side)
        painter.drawPixmap(box, self._icons.pixmap(_BOXES.get(name, name), side, tone, ratio))
        words = area.adjusted(side + GAP, 0, 0, 0)
        height = option.fontMetrics.height()
        painter.save()
        link = self.link(option.rect, option.fontMetrics, index)
        if link is not None:
            words.setRight(link.left() - GAP)
            painter.setPen(self._theme.colours.accent)
            painter.drawText(link, int(Qt.AlignmentFlag.AlignCenter), self._step(index))
            under = link.adjusted(GAP // 2, 0, -GAP // 2, 0).bottom() - (link.height() - height) // 2
            painter.drawLine(link.left() + GAP // 2, under, link.right() - GAP // 2, under)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        title = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.left(), words.top() + option.fontMetrics.ascent(), title)
        colours = self._theme.colours
        painter.setPen(colours.warning if one.reasons or (one.ticked and one.lacking) else colours.quiet)
        words.setTop(words.top() + height + 4)
        painter.drawText(words, WRAP, fitting(self._model.below(one), words, option.fontMetrics))
        painter.restore()

    def link(self, line: QRect, metrics: QFontMetrics, index: Index) -> QRect | None:
        """Where a line's next step stands, in what shows the line; None where there is none."""
        words = self._step(index)
        if not words:
            return None
        wide, high = metrics.horizontalAdvance(words) + GAP, metrics.height() + GAP
        return QRect(line.right() - GAP - wide, line.top() + (line.height() - high) // 2, wide, high)

    def _step(self, index: Index) -> str:
        what = self._model.step(index)
        return what.words if what is not None else ""


def line_height(metrics: QFontMetrics) -> int:
    """The height of a line of Chinese, in whatever font has it: that of the text may have none, and be lower."""
    return metrics.boundingRect(QRect(), WRAP, "字").height()


def fitting(text: str, room: QRect, metrics: QFontMetrics) -> str:
    """As much of a text as its room takes, in as many lines as there are."""
    wide, lines = room.width(), max(1, room.height() // line_height(metrics))
    if lines == 1:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
    shown, total = text, wide * lines
    while metrics.boundingRect(QRect(0, 0, wide, 0), WRAP, shown).height() > room.height() and total > wide:
        total -= metrics.averageCharWidth()  # where lines break, some of their width is left over
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, total)
    return shown


_BOXES = {"ok": "ticks", "draft": "box"}
"""Which drawing stands for the box: ticked, or free."""


class CandidateList(QListView):
    """The list; space or a click on the box asks for a tick or for its end."""

    tick_asked = Signal(str, bool)
    open_asked = Signal(str)
    step_asked = Signal(object)

    def __init__(self, name: str, model: CandidateModel, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model, self._icons = model, icons
        self.setModel(model)
        self._drawing = CandidateDelegate(icons, theme, model)
        self.setItemDelegate(self._drawing)
        model.modelReset.connect(lambda: self.setUniformItemSizes(model.rowCount() > MANY))
        model.dataChanged.connect(self.scheduleDelayedItemsLayout)
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
        """Tick where the box is, take the next step where that is written."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._near_box(event):
            self.toggle(index.row())
        elif self._on_link(event, index):
            self.step_asked.emit(self._model.step(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the piece."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._near_box(event) and not self._on_link(event, index):
            self.open_asked.emit(self._model.candidate(index.row()).piece.id)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the hand over the boxes and the next steps."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            near = index.isValid() and (self._near_box(event) or self._on_link(event, index))
            shape = Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line that the keyboard is in, or the mouse just was, in sight when a sentence below takes some room."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # what fits into one line may need two now
        if self.hasFocus() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def choose(self, piece_id: str) -> None:
        """Have a piece's line chosen, where it is shown."""
        place = self._model.order().get(piece_id)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def link(self, index: Index) -> QRect | None:
        """Where a line's next step stands; None where there is none."""
        return self._drawing.link(self.visualRect(index), self.fontMetrics(), index)

    def _on_link(self, event: QMouseEvent, index: Index) -> bool:
        link = self.link(index)
        return link is not None and link.contains(event.position().toPoint())

    def _near_box(self, event: QMouseEvent) -> bool:
        return event.position().x() <= self._icons.grown(BOX) + 2 * GAP
