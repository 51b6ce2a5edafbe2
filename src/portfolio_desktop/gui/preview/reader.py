"""Reading: the page at reading size, all pages beside it as small pictures, and below how to turn and to zoom.

strip ─ chosen ─▶ page_asked ◀─ turned ─ canvas        page keys, Home, End, Ctrl with + - 0
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.preview.canvas import Canvas
from portfolio_desktop.gui.preview.strip import Strip
from portfolio_desktop.gui.preview.zoom import Zoom
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

STRIP_SHARE = 3.6
"""The strip is shown where the room is that many times as wide: the page needs most of it."""


class Reader(QWidget):
    """One document or image; asks for another page by its number, from 0."""

    page_asked = Signal(int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._page, self._pages = 0, 1
        self.canvas, self.strip = Canvas(), Strip()
        self.canvas.turned.connect(lambda by: self.turn(self._page + by, from_behind=by < 0))
        self.canvas.zoomed.connect(self._show_zoom)
        self.canvas.resized.connect(self._show_zoom)
        self.strip.chosen.connect(self.turn)
        tools = (
            ("previous", _("上一頁"), lambda: self.turn(self._page - 1)),
            ("next", _("下一頁"), lambda: self.turn(self._page + 1)),
            ("smaller", _("縮小"), lambda: self.canvas.step(-1)),
            ("larger", _("放大"), lambda: self.canvas.step(1)),
            ("fit-width", _("符合寬度"), lambda: self.canvas.look(Zoom("width"))),
            ("fit-page", _("整頁"), lambda: self.canvas.look(Zoom("page"))),
        )
        self.previous, self.following, self.smaller, self.larger, self.fit_width, self.fit_page = (
            _tool(icons, *tool) for tool in tools
        )
        self.pages_button = _tool(icons, "strip", _("頁面縮圖"), self._show_strip)
        for button in (self.pages_button, self.fit_width, self.fit_page):
            button.setCheckable(True)
        self.pages_button.setChecked(True)
        self.where = PageField()
        self.where.asked.connect(self.turn)
        self.percent = label(role="small")
        self._lay_out()
        self._show_zoom()

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.strip)
        beside.addWidget(self.canvas, 1)
        self.turning = _row((self.pages_button, None, self.previous, self.where, self.following, None))
        zooming = (None, self.smaller, self.percent, self.larger, self.fit_width, self.fit_page)
        self.zooming = _row(zooming)
        below = QWidget()
        # Where both do not fit beside each other they stand one below the other: no room is asked for by their width.
        below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight, below)
        self.bottom.setContentsMargins(12, 0, 12, 6)
        self.bottom.setSpacing(4)
        self.bottom.addWidget(self.turning, 1)
        self.bottom.addWidget(self.zooming)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(beside, 1)
        layout.addWidget(below)

    def begin(self, pages: int, zoom: Zoom) -> None:
        """Another file of so many pages, looked at in this size."""
        self._pages = pages
        self.where.begin(pages)
        self.strip.show_pages(pages if pages > 1 else 0)
        self.turning.setVisible(pages > 1)
        self.canvas.zoom = zoom
        self._show_zoom()
        self._show_strip()
        self._arrange()

    def show_page(self, page: int) -> None:
        """Show which page this is, from 0."""
        self._page = page
        self.where.show_page(page)
        self.previous.setEnabled(page > 0)
        self.following.setEnabled(page < self._pages - 1)
        self.strip.mark(page)
        self.canvas.sheet.setAccessibleDescription(self.where.words() if self._pages > 1 else "")

    def turn(self, page: int, *, from_behind: bool = False) -> None:
        """Ask for a page, where there is one."""
        if 0 <= page < self._pages and page != self._page:
            self.canvas.to_edge(bottom=from_behind)
            self.page_asked.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the strip for the page, or take it back; put what is below into two lines, or one."""
        super().resizeEvent(event)
        self._show_strip()
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Take the keys that zoom, before the window makes all its text larger by them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(Qt.Key(event.key()) in self._keys())
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom with the keyboard."""
        work = self._keys().get(Qt.Key(event.key()))
        if work is not None:
            work()
        else:
            super().keyPressEvent(event)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_PageDown: lambda: self.turn(self._page + 1),
            Qt.Key.Key_PageUp: lambda: self.turn(self._page - 1),
            Qt.Key.Key_Home: lambda: self.turn(0),
            Qt.Key.Key_End: lambda: self.turn(self._pages - 1),
            Qt.Key.Key_Plus: lambda: self.canvas.step(1),
            Qt.Key.Key_Equal: lambda: self.canvas.step(1),
            Qt.Key.Key_Minus: lambda: self.canvas.step(-1),
            Qt.Key.Key_0: lambda: self.canvas.look(Zoom("width")),
        }

    def _show_strip(self) -> None:
        roomy = self.width() >= self.strip.sizeHint().width() * STRIP_SHARE
        self.pages_button.setEnabled(roomy)
        self.strip.setVisible(self._pages > 1 and roomy and self.pages_button.isChecked())
        self.strip.setFixedWidth(self.strip.sizeHint().width())

    def _arrange(self) -> None:
        needed = self.zooming.sizeHint().width() + (self.turning.sizeHint().width() if self._pages > 1 else 0)
        directions = QBoxLayout.Direction
        wide = needed + 2 * self.bottom.contentsMargins().left() + self.bottom.spacing() <= self.width()
        self.bottom.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _show_zoom(self) -> None:
        zoom = self.canvas.zoom
        self.fit_width.setChecked(zoom.fit == "width")
        self.fit_page.setChecked(zoom.fit == "page")
        self.percent.setText(f"{self.canvas.percent()} %")
        self.smaller.setEnabled(self.canvas.can_step(-1))
        self.larger.setEnabled(self.canvas.can_step(1))


class PageField(QWidget):
    """Which page of how many, written over to go to another: 第 [3] / 12 頁."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._page, self._pages = 0, 1
        self.before, self.after = label(role="small"), label(role="small")
        self.field = QLineEdit()
        self.field.setAccessibleName(_("頁"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.editingFinished.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.before, self.field, self.after):
            row.addWidget(widget)

    def begin(self, pages: int) -> None:
        """A document of so many pages."""
        self._pages = pages
        before, _number, after = self._template().partition("\0")
        self.before.setText(before.strip())
        self.after.setText(after.strip())
        self.field.setValidator(QIntValidator(1, pages, self.field))
        digits = self.field.fontMetrics().horizontalAdvance("0" * max(2, len(str(pages))))
        self.field.setFixedWidth(digits + 2 * self.field.fontMetrics().height())

    def show_page(self, page: int) -> None:
        """Show which page this is, from 0."""
        self._page = page
        self.field.setText(str(page + 1))

    def words(self) -> str:
        """The whole of it: 第 3 / 12 頁."""
        return self._template().replace("\0", str(self._page + 1))

    def _template(self) -> str:
        return _("第 {page} / {pages} 頁").format(page="\0", pages=self._pages)

    def _ask(self) -> None:
        number = self.field.text()
        if number.isdecimal() and 1 <= int(number) <= self._pages:
            self.asked.emit(int(number) - 1)
        else:
            self.field.setText(str(self._page + 1))


def _row(parts: Sequence[QWidget | None]) -> QWidget:
    """Widgets beside each other, with room to spare where there is None."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return made


def _tool(icons: Icons, name: str, words: str, work: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    icons.dress(button, name, side=18)
    button.setProperty("plain", "true")
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.clicked.connect(lambda _checked=False: work())
    return button
