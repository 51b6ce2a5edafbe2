"""A field with given words: the code is stored, the official wording is shown.

A stored code that the list does not know is kept and shown as it is; losing it would lose the student's data.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from portfolio_desktop.gui.widgets.field import Field, is_left
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.messages import _

MOST_SEEN = 12
"""Lines of an open list that are seen at once: all categories with none; what is longer is scrolled."""


class Choice(QComboBox):
    """A drop-down list that the mouse wheel passes by, so that scrolling a form never changes an answer.

    What it is given while it is open waits until it is closed: nothing moves under a hand that is choosing. It counts
    at once all the same, unless another one was chosen by that hand, which stays.
    """

    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(MOST_SEEN)
        self._open = False
        self._before = ""
        self._waiting: list[tuple[str, str]] | None = None
        self._waiting_code: str | None = None
        self.currentTextChanged.connect(lambda text: self.setToolTip(plain_tip(text)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words that have no room with both their ends; the style would cut them."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def shown(self) -> str:
        """The chosen words as far as there is room for them."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room)

    def showPopup(self) -> None:  # noqa: N802
        """Open the list as wide as its words, as far as the screen goes."""
        wanted = self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(min(max(wanted, self.width()), self.screen().availableGeometry().width()))
        super().showPopup()
        self._open, self._before = self.view().isVisible(), self._seen()
        self.view().removeEventFilter(self)
        self.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the list close, whatever closes it."""
        if event.type() is QEvent.Type.Hide and self._open:
            self._open = False
            # In a turn of its own: what was chosen is told only after it.
            QTimer.singleShot(0, self, self._catch_up)
        return super().eventFilter(watched, event)

    def _catch_up(self) -> None:
        code, waiting = self.code(), self._waiting
        self._waiting = self._waiting_code = None
        if waiting is not None:
            self._offer(waiting, code)
        self.choose(code)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the list was left."""
        super().focusOutEvent(event)
        if is_left(event):
            self.left.emit()

    def fill(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer (code, words) pairs; what was chosen stays chosen. The same ones once more change nothing."""
        self._offer(list(choices), self.code())

    def present(self, choices: Iterable[tuple[str, str]], code: str) -> None:
        """Offer other pairs, with this one chosen; what was chosen before is another matter."""
        self._offer(list(choices), code)
        self.choose(code)

    def _offer(self, pairs: list[tuple[str, str]], code: str) -> None:
        if self._open:
            self._waiting = pairs
            return
        self._waiting = None
        if pairs == [(str(self.itemData(place) or ""), self.itemText(place)) for place in range(self.count())]:
            return
        blocked = self.blockSignals(True)
        self.clear()
        for one, words in pairs:
            self.addItem(words, one)
        self.blockSignals(blocked)
        self.choose(code)

    def code(self) -> str:
        """The chosen code, '' for none; one that waits until the list is closed is chosen already."""
        seen = self._seen()
        # What is seen may be another piece's: it must not be taken for a change of the one that came meanwhile.
        return seen if self._waiting_code is None or seen != self._before else self._waiting_code

    def _seen(self) -> str:
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Show a code as chosen, without telling it as a change."""
        if self._open:
            self._waiting_code = code
            return
        self._waiting_code = None
        blocked = self.blockSignals(True)
        place = self.findData(code)
        if place < 0 and code:
            self.addItem(_("{code}（清單裡沒有）").format(code=code), code)
            place = self.count() - 1
        self.setCurrentIndex(place)
        self.blockSignals(blocked)
        self.setToolTip(plain_tip(self.currentText()))


def close_popups(within: QWidget) -> None:
    """Close the list, calendar or menu that is open in a part of the window: what it is about goes."""
    popup = QApplication.activePopupWidget()
    parent = popup.parentWidget() if popup is not None else None
    while parent is not None and parent is not within:
        parent = parent.parentWidget()
    if popup is not None and parent is not None:
        popup.close()


class ChoiceField(Field):
    """A form's field with codes; `none` are the words for no choice, None where there must be one."""

    def __init__(self, name: str, choices: Iterable[tuple[str, str]], none: str | None = "") -> None:
        super().__init__()
        self._none = (none or _("（還沒選）")) if none is not None else None
        self.list = Choice(name)
        self.offer(choices)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.list.currentIndexChanged.connect(self.changed)
        self.list.left.connect(self.left)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices; what was chosen stays chosen."""
        none = [("", self._none)] if self._none is not None else []
        self.list.fill([*none, *choices])

    def value(self) -> str:
        """The chosen code."""
        return self.list.code()

    def show_value(self, value: str) -> None:
        """Show a code as chosen."""
        self.list.choose(value)
