"""Rows of widgets as they stand again and again.

named("備份", list, button)   備份 [list      ] [button]      the box gets the room, its name leads to it
foot(open, use)                         [open] [use]
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from portfolio_desktop.gui.widgets.labels import label

SPACING = 8


def named(words: str, box: QWidget, *more: QWidget) -> QHBoxLayout:
    """A box with its name before it, and what belongs to it behind."""
    name = label(words)
    name.setBuddy(box)
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    row.addWidget(name)
    row.addWidget(box, 1)
    for widget in more:
        row.addWidget(widget)
    return row


def foot(*buttons: QWidget) -> QHBoxLayout:
    """Buttons at the end of a row, below what they are about."""
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row
