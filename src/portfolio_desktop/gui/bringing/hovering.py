"""What is seen while files are dragged over the window: that they can be let go here, or why they cannot be taken.

    ┌ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ┐
        ⤓ 放開，把 3 個項目收進來             [ a slot that takes a file ]  ← stays clear: it can be aimed at
    └ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ┘

It is made at the first drag, takes no events, and goes with the drag. Nothing is asked of the disk: it may be a slow one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.drop import paths_of
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

WASH = 190
"""How much of the window's colour lies over what is below, of 255."""
EDGE, ROUND = 10, 12
"""Pixels from the window's edge to the dashed line, and of its corners."""
COLUMNS, NAME_COLUMNS = 26, 16
"""Han characters that the words have room for, and that a file's name gets of them."""
ENDS = (QEvent.Type.DragLeave, QEvent.Type.Drop, QEvent.Type.Hide, QEvent.Type.WindowBlocked)


class Veil(QWidget):
    """The whole window, washed; `words` in its middle."""

    def __init__(self, window: QWidget, icons: Icons, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._icons, self._theme = window, icons, theme
        self._clear: list[QRect] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture = QLabel()
        self.words = label(role="heading", wrap=True)
        self.more = label(role="quiet", wrap=True)
        self.card = QFrame(self)
        self.card.setObjectName("card")
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self.words)
        text.addWidget(self.more)
        inside = QHBoxLayout(self.card)
        inside.setContentsMargins(24, 20, 28, 20)
        inside.setSpacing(18)
        inside.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(text, 1)
        self.hide()

    def cover(self, words: str, more: str, icon: str, clear: Sequence[QRect]) -> None:
        """Lie over the window with these words, but for some places that are `clear`."""
        self._clear = list(clear)
        self._icons.dress(self.picture, icon, "accent", 36)
        self.words.setText(words)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(words)
        self.setGeometry(self._window.rect())
        self._lay_out()
        self.show()
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Give the words room anew where they have become larger."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.Resize):
            self._lay_out()
        return super().event(event)

    def _lay_out(self) -> None:
        width = min(COLUMNS * self.fontMetrics().horizontalAdvance("學") + 110, self.width() - 4 * EDGE)
        self.card.setFixedWidth(width)
        self.card.ensurePolished()
        layout = self.card.layout()
        self.card.resize(width, layout.totalHeightForWidth(width) if layout is not None else 0)
        self.card.move(self._place())

    def _place(self) -> QPoint:
        """In the middle, or further left where something is to stay clear."""
        wide, high = self.card.width(), self.card.height()
        place = QRect((self.width() - wide) // 2, (self.height() - high) // 2, wide, high)
        lefts = [rect.left() for rect in self._clear if rect.intersects(place)]
        if lefts:
            place.moveLeft(max(2 * EDGE, min(lefts) - wide - EDGE))
        return place.topLeft()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Wash what is below, and draw a dashed line around it."""
        colours, painter = self._theme.colours, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        washed = QPainterPath()
        washed.addRect(QRectF(self.rect()))
        for rect in self._clear:
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(rect), ROUND, ROUND)
            washed -= hole
        wash = QColor(colours.window)
        wash.setAlpha(WASH)
        painter.fillPath(washed, wash)
        painter.setPen(QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE), ROUND, ROUND)


class Hovering(QObject):
    """Shows the veil over `window`; `hindrance` says why nothing can be taken now, `aims` what else takes a file."""

    def __init__(
        self,
        window: QWidget,
        icons: Icons,
        theme: Theme,
        hindrance: Callable[[], str],
        aims: Callable[[], Sequence[QWidget]],
    ) -> None:
        super().__init__(window)
        self._window, self._icons, self._theme = window, icons, theme
        self._hindrance, self._aims = hindrance, aims
        self.veil: Veil | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See drags come and go; what becomes of them is the window's."""
        if event.type() is QEvent.Type.DragEnter and isinstance(event, QDropEvent):
            paths = paths_of(event.mimeData()) if event.source() is None else []
            if paths:
                self._show(paths)
        elif self.veil is not None:
            if event.type() in ENDS:
                self.veil.hide()
            elif event.type() is QEvent.Type.Resize:
                self.veil.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _show(self, paths: Sequence[Path]) -> None:
        if self.veil is None:
            self.veil = Veil(self._window, self._icons, self._theme)
        hindrance = self._hindrance()
        if hindrance:
            self.veil.cover(hindrance, "", "hint", [])
            return
        clear = [_seen(widget, self._window) for widget in self._aims()]
        more = _("會先列出每個檔案要變成什麼，你確認了才收。")
        self.veil.cover(self._words(paths), more, "import", [rect for rect in clear if not rect.isEmpty()])

    def _words(self, paths: Sequence[Path]) -> str:
        if len(paths) > 1:
            return _("放開，把 {count} 個項目收進來").format(count=len(paths))
        metrics = self._window.fontMetrics()
        room = NAME_COLUMNS * metrics.horizontalAdvance("學")
        name = metrics.elidedText(paths[0].name, Qt.TextElideMode.ElideMiddle, room)
        return _("放開，把「{name}」收進來").format(name=name)


def hindrance(session: Session, *, adding: bool, resting: bool) -> str:
    """Why nothing can be brought in now, and what to do; '' where something can.

    `resting`: nothing can be done with the open library, which is being moved or another one opened in its place.
    """
    if session.shelf is None:
        return _("先建立或開啟一個學習歷程庫，再把檔案拖進來。")
    if resting:
        return _("學習歷程庫正在搬移或開啟，等一下再放。")
    if session.read_only:
        return _("這個學習歷程庫是唯讀開啟的，不能收進檔案。")
    return _("正在收進前一批，收好了再放下一批。") if adding else ""


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """What is seen of a widget, in its window's coordinates; nothing of one that takes no file."""
    if not widget.isVisible() or not widget.acceptDrops():
        return QRect()
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, seen.topLeft()), seen.size()) if not seen.isEmpty() else seen
