"""The player's layout: the picture, or what sounds; play, time, a place to go to, quiet, how loud; a sentence below.

Space plays and pauses, the arrow keys go five seconds back and forth, and make it louder or less. Shows what it is given; asks
with signals.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

STEP, LEAP = 5_000, 30_000
STILL_MILLISECONDS = 200
EMBLEM = 96
LOUDER = 5
"""Of 100, by one key."""
ROOM_FOR_LOUD, LOUD_WIDE = 24, 5
"""In characters: how wide the player is where the slider for how loud has room, and how wide that is."""


class Screen(QWidget):
    """The picture of a film, as large as there is room; the drawing of a sound."""

    pressed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 60)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def put(self, image: QImage) -> None:
        """Show a picture; a null one takes it away."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        if self.image.isNull():
            side = min(EMBLEM, self.width(), self.height())
            drawing = self._icons.pixmap("sound", side, "quiet", self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawing)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawImage(QRect(QPoint(left, top), size), self.image)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays or pauses."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class Seeker(QSlider):
    """A slider that goes to where it is clicked."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(_("播放位置"))
        self.setSingleStep(STEP)
        self.setPageStep(LEAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave up and down to the player: they make it louder or less."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the mouse, then let it be dragged."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and not handle.contains(place):
            wide = handle.width()
            at = QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), place.x() - wide // 2, self.width() - wide
            )
            self.setSliderPosition(at)
        super().mousePressEvent(event)


class PlayerView(QWidget):
    """Shows and asks: `toggled` to play or pause, `sought` (milliseconds), `muted`, `louder` (of 100), `resized`, `gone` when hidden."""

    toggled = Signal()
    sought = Signal(int)
    muted = Signal(bool)
    louder = Signal(int)
    resized = Signal()
    gone = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._length = 0
        self.screen_ = Screen(icons)
        self.play = self._button()
        self.play.clicked.connect(self.toggled)
        self.screen_.pressed.connect(self.toggled)
        self.seeker = Seeker()
        self.seeker.valueChanged.connect(self._moved)
        self.time = label(role="small")
        self.mute = self._button()
        self.mute.setCheckable(True)
        self.mute.toggled.connect(self._show_mute)
        self.mute.toggled.connect(self.muted)
        self.loud = QSlider(Qt.Orientation.Horizontal)
        self.loud.setAccessibleName(_("音量"))
        self.loud.setRange(0, 100)
        self.loud.setSingleStep(LOUDER)
        self.loud.setValue(100)
        self.loud.valueChanged.connect(self._show_loud)
        self.loud.valueChanged.connect(self.louder)
        self.sentence = label(role="small", wrap=True)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MILLISECONDS)
        self._still.timeout.connect(self.resized)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.play)
        row.addWidget(self.seeker, 1)
        row.addWidget(self.time)
        row.addWidget(self.mute)
        row.addWidget(self.loud)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.addWidget(self.sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(6)
        layout.addWidget(self.screen_, 1)
        layout.addLayout(row)
        layout.addLayout(below)
        self._show_mute(False)
        self._show_loud(100)
        self.begin(0, 0)

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("plain", "true")
        return button

    def begin(self, length: int, at: int) -> None:
        """Another file, `length` milliseconds long as far as is known, at a place of it."""
        self.screen_.put(QImage())
        self.say("")
        self.show_state("paused")
        self.show_length(length)
        self.show_at(at)

    def show_length(self, length: int) -> None:
        """Show how long it is."""
        self._length = length
        blocked = self.seeker.blockSignals(True)
        self.seeker.setRange(0, length)
        self.seeker.blockSignals(blocked)
        self.seeker.setEnabled(length > 0)
        widest = self.time.fontMetrics().horizontalAdvance(_clock_pair(length, length))
        self.time.setMinimumWidth(widest + self.time.fontMetrics().averageCharWidth())
        self.show_at(self.seeker.value())

    def show_at(self, at: int) -> None:
        """Show which moment this is; not while the handle is held."""
        if not self.seeker.isSliderDown():
            blocked = self.seeker.blockSignals(True)
            self.seeker.setValue(at)
            self.seeker.blockSignals(blocked)
            self._show_time(at)

    def show_state(self, state: str) -> None:
        """Show whether it plays: playing, starting, paused or ended."""
        plays = state in ("playing", "starting")
        words = _("暫停") if plays else _("從頭播放") if state == "ended" else _("播放")
        self._icons.dress(self.play, "pause" if plays else "play", side=24)
        self.play.setAccessibleName(words)
        self.play.setToolTip(words)
        self.screen_.setAccessibleName(_("播放中的畫面") if plays else _("暫停的畫面"))

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self.screen_.put(image)

    def say(self, sentence: str, level: str = "") -> None:
        """Say something below; nothing takes it away."""
        self.sentence.setText(sentence)
        mark(self.sentence, "level", level or None)
        self.sentence.setVisible(bool(sentence))

    def room(self) -> QSize:
        """The room for the picture, in pixels of the screen."""
        return self.screen_.size() * self.devicePixelRatioF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other pictures fit now."""
        super().resizeEvent(event)
        self._fit_loud()
        self._still.start()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters leave less room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "loud"):
            self._fit_loud()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody sees it: another page, another tab, the window closed; not where it is only made an icon."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.gone.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play, pause and go with the keyboard."""
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        louder = {Qt.Key.Key_Down: -LOUDER, Qt.Key.Key_Up: LOUDER}
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause):
            self.toggled.emit()
        elif event.key() in steps:
            self.seeker.setValue(self.seeker.value() + steps[Qt.Key(event.key())])
        elif event.key() in louder:
            self.loud.setValue(self.loud.value() + louder[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_M:
            self.mute.toggle()
        else:
            super().keyPressEvent(event)

    def _moved(self, at: int) -> None:
        self._show_time(at)
        self.sought.emit(at)

    def _show_time(self, at: int) -> None:
        words = _clock_pair(at, self._length)
        self.time.setText(words)
        self.seeker.setAccessibleDescription(words)

    def _show_mute(self, on: bool) -> None:
        words = _("打開聲音") if on else _("關掉聲音")
        self._icons.dress(self.mute, "muted" if on else "sound", side=20)
        self.mute.setAccessibleName(words)
        self.mute.setToolTip(words)

    def _fit_loud(self) -> None:
        em = self.fontMetrics().horizontalAdvance("國")
        self.loud.setVisible(self.width() >= ROOM_FOR_LOUD * em)
        self.loud.setFixedWidth(LOUD_WIDE * em)

    def _show_loud(self, at: int) -> None:
        """Tell how loud; whoever makes it louder wants to hear something."""
        words = _("音量 {percent}%").format(percent=at)
        self.loud.setToolTip(words)
        self.loud.setAccessibleDescription(words)
        if at and self.mute.isChecked():
            self.mute.setChecked(False)


def clock(milliseconds: int) -> str:
    """A time as players show it: 1:05, 1:02:03."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _clock_pair(at: int, length: int) -> str:
    """Where one is, of how long it is in all, to the nearest second as the file's facts say it."""
    return f"{clock(at)} / {clock(round(length / 1000) * 1000)}" if length else clock(at)
