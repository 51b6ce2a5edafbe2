"""A card: a framed part of a page with a drawing, a heading and a sentence, and room below for whatever it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label


class Card(QFrame):
    """The frame; `inside` is the layout to fill."""

    def __init__(self, icons: Icons, icon: str, heading: str, text: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(20, 16, 20, 16)
        self.inside.setSpacing(10)
        picture = QLabel()
        icons.dress(picture, icon, "accent", 24)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(picture)
        head.addWidget(label(heading, "heading"), 1)
        self.inside.addLayout(head)
        self.inside.addWidget(label(text, "quiet", wrap=True))
