"""A question above the window: what it is about in one sentence, and a button for each answer.

    Question("還在匯出", "…", [Answer("做完再關閉", wait), Answer("停止並關閉", stop)])      the first answer is the usual one

Closing it by Escape answers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.widgets.dialog import Dialog
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a button, and what it does."""

    words: str
    deed: Callable[[], object]


class Question(Dialog):
    """The dialog; `text` is read-only and can be copied, where there is one."""

    def __init__(
        self,
        heading: str,
        words: str,
        answers: Sequence[Answer],
        parent: QWidget | None = None,
        *,
        text: str = "",
        text_name: str = "",
    ) -> None:
        super().__init__(heading, parent, columns=34)
        self.heading = label(heading, "heading", wrap=True)
        self.words = label(words, wrap=True, copy=True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(text_name)
        self.text.setVisible(bool(text))
        self.buttons: list[QPushButton] = []
        box = QDialogButtonBox()
        for place, answer in enumerate(answers):
            button = box.addButton(answer.words, QDialogButtonBox.ButtonRole.ActionRole)
            button.setDefault(place == 0)
            button.clicked.connect(lambda _checked=False, deed=answer.deed: self._answer(deed))
            self.buttons.append(button)
        none = box.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        none.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for widget in (self.heading, self.words, self.text, box):
            layout.addWidget(widget)

    def _answer(self, deed: Callable[[], object]) -> None:
        self.accept()
        deed()
