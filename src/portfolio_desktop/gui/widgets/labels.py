"""Labels by their role in the type scale: title, heading, text, quiet, small; and the chip that carries a state.

Whatever a label shows, what cannot be seen in it is written out: a title from elsewhere turns no sentence round.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from portfolio_desktop.findings.characters import visible


def plain_tip(text: str) -> str:
    """A tool tip that shows a text as it is: Qt would take one that looks like HTML for that, and fetch its pictures."""
    shown = visible(text, lines=True)
    return html.escape(shown).replace("\n", "<br>") if Text.mightBeRichText(shown) else shown


class Label(QLabel):
    """Text as it is, but for characters that cannot be seen."""

    def __init__(self, text: str = "") -> None:
        super().__init__(visible(text, lines=True))

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a text."""
        super().setText(visible(text, lines=True))

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Tell more where the mouse rests."""
        super().setToolTip(plain_tip(text))


class WrappedLabel(Label):
    """Text over several lines, as high as its width makes it.

    Qt's own minimum is the height at a very small width, which makes every page with such a label far too long.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A few characters, one line; the layout asks for the height at the real width."""
        metrics = self.fontMetrics()
        return QSize(metrics.height() * 3, metrics.height())


class ElidedLabel(Label):
    """One line that is shortened in its middle where there is no room; the whole of it is in the tool tip."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A few characters."""
        metrics = self.fontMetrics()
        return QSize(metrics.height() * 3, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), shown)


def label(text: str = "", role: str = "", *, wrap: bool = False, copy: bool = False) -> QLabel:
    """A label; `wrap` breaks long text over lines, `copy` lets it be selected."""
    made = WrappedLabel(text) if wrap else Label(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if copy:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def elided(text: str = "", role: str = "") -> ElidedLabel:
    """A label that is shortened where there is no room."""
    made = ElidedLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # A label keeps its size until it is told that its style is another one.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        widget.updateGeometry()


def rule() -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    made.setObjectName("rule")
    return made
