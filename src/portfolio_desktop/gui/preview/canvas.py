"""One picture at reading size: fitted to the room or zoomed, moved with keys, wheel and bars.

show_picture(image, largest) ─▶ Sheet, painted       wheel beyond the end, page keys ─▶ turned(-1 | 1)
asked_width() ─▶ how many pixels of the screen a sharp picture has now
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from portfolio_desktop.gui.preview.zoom import Zoom
from portfolio_desktop.messages import _

MARGIN = 12
PAPER = (210.0, 297.0)
"""The shape of a page that has not been seen yet: A4."""
STILL_MILLISECONDS = 150
REST_SECONDS = 0.3
"""The wheel turns a page only after it has rested at its end: one sweep must not turn through them all."""
PAGE_KEYS = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)


class Sheet(QWidget):
    """Paints one picture over all of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("預覽"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def put(self, image: QImage, size: QSize) -> None:
        """Show a picture at this size."""
        self.image = image
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as sharp as the screen is, with a thin edge: white paper on a white ground has none."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        # Scaled only until the picture of the right size has come: then a pixel is a pixel.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self.image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Canvas(QScrollArea):
    """A picture and how it is looked at; `resized` when a sharper one is worth asking for."""

    turned = Signal(int)
    resized = Signal()
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zoom = Zoom()
        self._largest: float | None = None
        self._bottom = False
        self._rested = 0.0
        self.sheet = Sheet()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("預覽的頁面"))
        self.setWidget(self.sheet)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MILLISECONDS)
        self._still.timeout.connect(self.resized)

    def show_picture(self, image: QImage, largest: int | None = None) -> None:
        """Show a picture; `largest` is its own width in pixels where it has no more than these."""
        self._largest = None if largest is None else largest / self.devicePixelRatioF()
        self.sheet.image = image
        self._fit()
        if self._bottom:
            self._bottom = False
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def to_edge(self, *, bottom: bool) -> None:
        """A new page is shown from its top, or from its bottom where one came from behind."""
        self._bottom = bottom
        self.verticalScrollBar().setValue(0)

    def asked_width(self) -> int:
        """The width that a picture should have, in pixels of the screen."""
        return round(self.zoom.width(self._room(), self._shape()) * self.devicePixelRatioF())

    def look(self, zoom: Zoom) -> None:
        """Look at it in another size, at the same place."""
        if zoom == self.zoom:
            return
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        places = [(bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep()) for bar in bars]
        self.zoom = zoom
        self._fit()
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(round(place * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
        self.zoomed.emit()
        self._still.start()

    def step(self, by: int) -> None:
        """Look at it larger (1) or smaller (-1)."""
        self.look(self.zoom.step(by, self._room(), self._shape(), self._largest))

    def can_step(self, by: int) -> bool:
        """Whether there is a larger or smaller step."""
        return self.zoom.step(by, self._room(), self._shape(), self._largest) != self.zoom

    def percent(self) -> int:
        """How wide it is now, in hundredths of the room."""
        wide = self.zoom.width(self._room(), self._shape(), self._largest)
        return round(100 * wide / max(1, self._room()[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit at once; ask for a sharper picture when the size stays."""
        super().resizeEvent(event)
        self._fit()
        self._still.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom; beyond the end turn the page, after a rest there."""
        down = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if down:
                self.step(1 if down > 0 else -1)
            event.accept()
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() == (bar.minimum() if down > 0 else bar.maximum())
        rested, self._rested = time.monotonic() - self._rested > REST_SECONDS, time.monotonic()
        if down and at_end and rested:
            self.turned.emit(-1 if down > 0 else 1)
        super().wheelEvent(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and the space bar move it; what turns pages is the reader's."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.triggerAction(bar.SliderAction.SliderPageStepSub if back else bar.SliderAction.SliderPageStepAdd)
        elif event.key() in PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A screen with other pixels wants another picture."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._still.start()

    def _room(self) -> tuple[float, float]:
        """The room without bars, so that it does not change when they come."""
        size = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        return (max(1, size.width() - 2 * MARGIN - bar), max(1, size.height() - 2 * MARGIN))

    def _shape(self) -> tuple[float, float]:
        image = self.sheet.image
        return PAPER if image.isNull() else (image.width(), image.height())

    def _fit(self) -> None:
        image = self.sheet.image
        if image.isNull():
            return
        wide = self.zoom.width(self._room(), self._shape(), self._largest)
        self.sheet.put(image, QSize(wide, max(1, round(wide * image.height() / image.width()))))
