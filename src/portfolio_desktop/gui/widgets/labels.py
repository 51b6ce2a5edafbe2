"""Labels by their role in the type scale: title, heading, text, quiet, small; and the chip that carries a state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False, copy: bool = False) -> QLabel:
    """A label; `wrap` breaks long text over lines, `copy` lets it be selected."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(40)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if copy:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def rule() -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    made.setObjectName("rule")
    return made
