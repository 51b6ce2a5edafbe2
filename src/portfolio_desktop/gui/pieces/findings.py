"""What is wrong, as a list: how bad, the sentence, what to do, and the button that does it where there is one.

`FindingsList` stands as cards above a piece; `compact`, as plain lines below the field that they are about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.gui.words import severity_words
from portfolio_desktop.messages import _

ROOM = 22
"""Characters of width from which on the button stands beside the words."""
ORDER = {"error": 0, "warning": 1, "hint": 2}


class FindingsList(QWidget):
    """The worst first. `mends` are the buttons' words for what can be done here, by a finding's code or its fix's name.

    `field_name` names the place that a button leads to instead, `advice` and `level` are another explanation and
    severity than the finding's own.
    """

    mend_asked = Signal(object)
    field_asked = Signal(str)

    def __init__(
        self,
        icons: Icons,
        mends: Mapping[str, str],
        field_name: Callable[[str], str] | None = None,
        *,
        advice: Callable[[Finding], str] | None = None,
        level: Callable[[Finding], str] | None = None,
        compact: bool = False,
    ) -> None:
        super().__init__()
        self._icons = icons
        self._mends = mends
        self._field_name = field_name
        self._advice = advice or (lambda finding: finding.explanation)
        self._level = level or (lambda finding: finding.severity)
        self._compact = compact
        self._shown: tuple[Finding, ...] = ()
        self._note = ""
        self._read_only = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3 if compact else 6)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], note: str = "") -> None:
        """Show these, and above them what a field itself has to say; nothing is drawn anew when they are the same."""
        ordered = tuple(sorted(findings, key=lambda finding: ORDER[finding.severity]))
        if (ordered, note) == (self._shown, self._note):
            return
        self._shown, self._note = ordered, note
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if note:
            self._layout.addWidget(self._line("error", note, ""))
        for finding in ordered:
            self._layout.addWidget(self._line(self._level(finding), finding.message, self._advice(finding), finding))
        self.setVisible(bool(ordered) or bool(note))

    def shown(self) -> tuple[Finding, ...]:
        """What is listed, the worst first."""
        return self._shown

    def set_read_only(self, read_only: bool) -> None:
        """Take away or give back the buttons that change something."""
        self._read_only = read_only
        for button in self.findChildren(QPushButton):
            if button.property("mends"):
                button.setVisible(not read_only)

    def _line(self, level: str, message: str, advice: str, finding: Finding | None = None) -> QFrame:
        line = QFrame()
        picture = QLabel()
        self._icons.dress(picture, level, level, 16 if self._compact else 18)
        picture.setAccessibleName(severity_words(level))
        picture.setToolTip(severity_words(level))
        told = QWidget()
        words = QVBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        head = label(message, wrap=True, copy=True)
        words.addWidget(head)
        if self._compact:
            mark(head, "level", level)
        else:
            line.setObjectName("finding")
            line.setProperty("level", level)
        if finding is not None and not advice:
            head.setToolTip(finding.explanation)
        if advice:
            words.addWidget(label(advice, "small" if self._compact else "", wrap=True, copy=True))
        row = QHBoxLayout(line)
        row.setContentsMargins(*((0, 0, 0, 0) if self._compact else (12, 8, 8, 8)))
        row.setSpacing(6 if self._compact else 10)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        button = self._button(finding) if finding is not None else None
        if button is None:
            row.addWidget(told, 1)
        else:
            both = Fold(ROOM, 6)
            both.add(told, 1)
            both.add(button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            row.addWidget(both, 1)
        return line

    def _button(self, finding: Finding) -> QPushButton | None:
        words = self._mends.get(finding.code) or self._mends.get(finding.fix or "")
        if words is not None:
            button = QPushButton(words)
            button.setProperty("mends", "true")
            button.setAccessibleName(f"{button.text()}：{finding.message}")
            button.clicked.connect(lambda: self.mend_asked.emit(finding))
            return self._rested(button)
        name = self._field_name(finding.about) if self._field_name and finding.about else ""
        if not name:
            return None
        about = str(finding.about)
        button = QPushButton(_("到「{field}」").format(field=name))
        button.setProperty("plain", "true")
        button.setProperty("mends", "true")
        button.clicked.connect(lambda: self.field_asked.emit(about))
        return self._rested(button)

    def _rested(self, button: QPushButton) -> QPushButton:
        """Hidden where nothing may be changed; never shown here, where it would be a window of its own for a moment."""
        if self._read_only:
            button.hide()
        return button
