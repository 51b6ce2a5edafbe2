"""A card of the page 安全: heading with a chip, what is known in sentences, its buttons, and how far the deed is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

BESIDE_LETTERS = 34
"""The width from which the buttons stand beside what is known."""


class SafetyCard(QFrame):
    """The frame; `extra` is the room between the facts and the buttons."""

    def __init__(self, icons: Icons, icon: str, heading: str, purpose: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self._icons = icons
        self._left: QWidget | None = None
        picture = QLabel()
        icons.dress(picture, icon, "accent", 24)
        self.sign = QLabel()
        self.chip = label()
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(picture)
        head.addWidget(label(heading, "heading"))
        head.addStretch(1)
        head.addWidget(self.sign)
        head.addWidget(self.chip)
        self.facts = label(wrap=True, copy=True)
        self.extra = QVBoxLayout()
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("{deed}的進度").format(deed=heading))
        self.step = label(role="small", wrap=True)
        self.cancel = QPushButton(_("停止"))
        self.cancel.setAccessibleName(_("停止{deed}").format(deed=heading))
        icons.dress(self.cancel, "close", side=16)
        self.progress = QWidget()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.bar)
        words.addWidget(self.step)
        line = QHBoxLayout(self.progress)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        self.progress.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(6)
        facts = QWidget()
        told = QVBoxLayout(facts)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(4)
        told.addWidget(label(purpose, "quiet", wrap=True))
        told.addWidget(self.facts)
        body = Fold(BESIDE_LETTERS, spacing=16)
        body.add(facts, 1)
        body.add(self._buttons, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        layout.addLayout(head)
        layout.addWidget(body)
        layout.addLayout(self.extra)
        layout.addWidget(self.progress)

    def button(self, words: str, tip: str, *, primary: bool = False) -> QPushButton:
        """Add a button at the right."""
        made = QPushButton(words)
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
        if primary:
            made.setProperty("primary", "true")
        layout = self._buttons.layout()
        if layout is not None:
            layout.addWidget(made)
        return made

    def show_facts(self, level: str, chip: str, facts: Sequence[str]) -> None:
        """Show what is known, and the short of it as a chip with its sign."""
        self._icons.dress(self.sign, level, level, 18)
        self.chip.setText(chip)
        mark(self.chip, "chip", level)
        self.facts.setText("\n".join(facts))
        self.setAccessibleDescription("；".join([chip, *facts]))

    def show_progress(self, *, shown: bool) -> None:
        """Show the way to stop in place of the buttons, or these again."""
        left = self.focusWidget() if shown and self._buttons.isVisible() else None
        here = left is not None and left.hasFocus() and self._buttons.isAncestorOf(left)
        self.progress.setVisible(shown)
        if here:  # whoever uses the keyboard stays on this card
            self._left = left
            self.cancel.setFocus()
        self._buttons.setVisible(not shown)
        back = self._left
        if not shown and back is not None:
            self._left = None
            if back.isVisible():
                back.setFocus()
        if shown:
            self.show_step("", 0, 0)

    def show_step(self, words: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        count = f"{done} / {total}　" if total else ""
        self.step.setText(count + words)
