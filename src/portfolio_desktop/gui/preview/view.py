"""The preview's layout: whose file, its size against the limit, the picture, pages to turn, a way out to the system."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

RESIZE_PAUSE_MILLISECONDS = 150
ZOOMS = (50, 75, 100, 150, 200, 300)
"""Widths of the picture in hundredths of the room it has."""


class PreviewView(QWidget):
    """Shows what it is given; asks with signals."""

    page_asked = Signal(int)
    file_chosen = Signal(int)
    open_asked = Signal()
    reveal_asked = Signal()
    room_changed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._image: QImage | None = None
        self._page, self._pages, self._zoom = 0, 0, 100
        self.files = QTabBar()
        self.files.setAccessibleName(_("這一件的檔案"))
        self.files.setExpanding(False)
        self.files.setDrawBase(False)
        self.files.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setUsesScrollButtons(True)
        self.files.currentChanged.connect(self.file_chosen)
        self.facts = label(role="small")
        self.gauge = QProgressBar()
        self.gauge.setTextVisible(False)
        self.gauge.setMaximumWidth(120)
        self.gauge.setAccessibleName(_("檔案大小占上限的比例"))
        self.open_button = QPushButton(_("開啟"))
        icons.dress(self.open_button, "open")
        self.open_button.setToolTip(_("複製一份，用系統的程式開啟；收好的那一份不會動到"))
        self.open_button.clicked.connect(self.open_asked)
        self.reveal_button = QToolButton()
        icons.dress(self.reveal_button, "folder")
        self.reveal_button.setAccessibleName(_("在資料夾中顯示"))
        self.reveal_button.setToolTip(_("複製一份，在資料夾中顯示；收好的那一份不會動到"))
        self.reveal_button.clicked.connect(self.reveal_asked)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture.setAccessibleName(_("預覽"))
        self.area = QScrollArea()
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("預覽的頁面"))
        self.area.setWidget(self.picture)
        self.message = label(role="quiet", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous, self.following = (
            self._turner(icons, "previous", _("上一頁")),
            self._turner(icons, "next", _("下一頁")),
        )
        self.smaller, self.larger = self._turner(icons, "smaller", _("縮小")), self._turner(icons, "larger", _("放大"))
        self.where = label(role="small")
        self.previous.clicked.connect(lambda: self._turn(-1))
        self.following.clicked.connect(lambda: self._turn(1))
        self.smaller.clicked.connect(lambda: self._change_zoom(-1))
        self.larger.clicked.connect(lambda: self._change_zoom(1))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.room_changed)
        self._lay_out()
        self.area.viewport().installEventFilter(self)

    @staticmethod
    def _turner(icons: Icons, name: str, words: str) -> QToolButton:
        button = QToolButton()
        icons.dress(button, name, side=18)
        button.setProperty("plain", "true")
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 0)
        top.addWidget(self.facts)
        top.addWidget(self.gauge)
        top.addStretch(1)
        top.addWidget(self.reveal_button)
        top.addWidget(self.open_button)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(12, 0, 12, 6)
        bottom.addStretch(1)
        for widget in (self.previous, self.where, self.following):
            bottom.addWidget(widget)
        bottom.addStretch(1)
        bottom.addWidget(self.smaller)
        bottom.addWidget(self.larger)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.files)
        layout.addLayout(top)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.message, 1)
        layout.addLayout(bottom)

    def show_files(self, names: list[str], chosen: int) -> None:
        """Offer the piece's files as tabs."""
        blocked = self.files.blockSignals(True)
        while self.files.count():
            self.files.removeTab(0)
        for place, name in enumerate(names):
            self.files.addTab(name)
            self.files.setTabToolTip(place, name)
        self.files.setCurrentIndex(chosen)
        self.files.blockSignals(blocked)
        self.files.setVisible(bool(names))
        for button in (self.open_button, self.reveal_button, self.facts, self.gauge):
            button.setVisible(bool(names))

    def show_size(self, words: str, share: float | None, level: str) -> None:
        """Show how large the file is; `share` of the limit, None where it has none."""
        self.facts.setText(words)
        mark(self.facts, "level", level if level in ("warning", "error") else None)
        self.gauge.setVisible(share is not None)
        self.gauge.setRange(0, 1000)
        self.gauge.setValue(min(1000, round((share or 0) * 1000)))
        mark(self.gauge, "level", level)

    def show_place(self, page: int, pages: int) -> None:
        """Show which page this is, from 0, of how many; one page needs no turning."""
        self._page, self._pages = page, pages
        self.where.setText(_("第 {page} / {pages} 頁").format(page=page + 1, pages=pages))
        for widget in (self.where, self.previous, self.following):
            widget.setVisible(pages > 1)
        self.previous.setEnabled(page > 0)
        self.following.setEnabled(page < pages - 1)

    def show_message(self, text: str) -> None:
        """Show a sentence where the picture would be."""
        self._image = None
        self.message.setText(text)
        self.message.show()
        self.area.hide()
        self.smaller.hide()
        self.larger.hide()

    def show_image(self, image: QImage) -> None:
        """Show a picture, as wide as there is room, or as the zoom says."""
        self._image = image
        self.message.hide()
        self.area.show()
        self.smaller.show()
        self.larger.show()
        self._fit()

    def room(self) -> QSize:
        """The room for a picture, in pixels of the screen, at the present zoom."""
        side = self.area.viewport().size() * self.devicePixelRatioF()
        return QSize(max(1, round(side.width() * self._zoom / 100)), max(1, side.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture at once; ask for a sharper one after a pause."""
        super().resizeEvent(event)
        self._timer.start(RESIZE_PAUSE_MILLISECONDS)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keep the picture fitted to its room."""
        if event.type() is QEvent.Type.Resize and self._image is not None:
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the page keys."""
        if event.key() == Qt.Key.Key_PageDown:
            self._turn(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._turn(-1)
        else:
            super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        if 0 <= self._page + by < self._pages:
            self.page_asked.emit(self._page + by)

    def _change_zoom(self, by: int) -> None:
        place = min(len(ZOOMS) - 1, max(0, ZOOMS.index(self._zoom) + by))
        self._zoom = ZOOMS[place]
        self.smaller.setEnabled(place > 0)
        self.larger.setEnabled(place < len(ZOOMS) - 1)
        if self._image is not None:
            self._fit()
            self.room_changed.emit()

    def _fit(self) -> None:
        if self._image is None:
            return
        ratio = self.devicePixelRatioF()
        room = self.area.viewport().size() * ratio
        wide = max(1, round(room.width() * self._zoom / 100) - round(24 * ratio))
        # At 100 % a picture is as wide as the room, but not blown up beyond its own pixels.
        shown = self._image.scaled(
            min(wide, max(self._image.width(), 1)) if self._zoom <= 100 else wide,
            1_000_000,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture = QPixmap.fromImage(shown)
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)
        self.picture.resize(picture.deviceIndependentSize().toSize())
