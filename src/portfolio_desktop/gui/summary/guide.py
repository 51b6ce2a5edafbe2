"""The questions beside the text: three parts, about how long each may be. They ask; the student writes."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.guidance import guidance


class Guide(QScrollArea):
    """The three parts for a category."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("怎麼寫簡述"))
        self._shown: str | None = None
        self.show_category(None)

    def show_category(self, category: str | None) -> None:
        """Ask what fits the category; nothing is drawn anew when it is the same."""
        if self.widget() is not None and category == self._shown:
            return
        self._shown = category
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(6)
        layout.addWidget(label(_("讓沒看過作品的人，讀完就知道重點和你的角色。"), "quiet", wrap=True))
        for number, step in enumerate(guidance(category), 1):
            layout.addSpacing(10)
            layout.addWidget(label(f"{number}. {_(step.heading)}", "heading", wrap=True))
            layout.addWidget(label(_("大約 {count} 字").format(count=step.about), "small"))
            for question in step.questions:
                layout.addWidget(label(f"・{_(question)}", wrap=True))
        layout.addSpacing(12)
        layout.addWidget(label(_("這些只是提示：不必每題都答，程式也不會替你寫。"), "small", wrap=True))
        layout.addStretch(1)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(page)
