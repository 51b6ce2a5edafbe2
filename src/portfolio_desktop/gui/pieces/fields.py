"""From a form's field to what it is typed in: one builder for every FieldSpec type, and the box around it.

    FieldSpec("level", "競賽等級", "choice", …)  ->  box: 競賽等級 ＊  [1 校級 ▾]   what is wrong with it, below it

A type without a builder here would be a field that cannot be filled in; a test lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.findings import FindingsList
from portfolio_desktop.gui.pieces.mends import help_words
from portfolio_desktop.gui.widgets.choice import ChoiceField
from portfolio_desktop.gui.widgets.date import DateField
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.line import NumberField, TextField
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, FieldType

Builder = Callable[[FieldSpec, Icons], Field]
ELSEWHERE: frozenset[FieldType] = frozenset({"course", "document", "media", "summary", "term", "year"})
"""Types with a place of their own in the editor: course list, file slots, summary editor, term."""


def build(spec: FieldSpec, icons: Icons) -> Field:
    """What a field of this kind is typed in."""
    return BUILDERS[spec.type](spec, icons)


def _text(spec: FieldSpec, _icons: Icons) -> Field:
    field = TextField(_(spec.called), spec.max_length)
    if spec.suggestions:
        completer = QCompleter([_(word) for word in spec.suggestions], field)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.offer(completer)
    return field


def _choice(spec: FieldSpec, _icons: Icons) -> Field:
    return ChoiceField(_(spec.called), [(choice.code, f"{choice.code}　{_(choice.label)}") for choice in spec.choices])


def _number(spec: FieldSpec, _icons: Icons) -> Field:
    return NumberField(_(spec.called), spec.minimum, spec.maximum, spec.decimals if spec.type == "decimal" else 0)


def _date(spec: FieldSpec, icons: Icons) -> Field:
    return DateField(_(spec.called), icons)


def _link(spec: FieldSpec, _icons: Icons) -> Field:
    return TextField(_(spec.called), None, "https://")


BUILDERS: Mapping[FieldType, Builder] = {
    "text": _text,
    "choice": _choice,
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "link": _link,
}


def _advice(finding: Finding) -> str:
    """What is said besides; of a field that is only empty nothing: the star says it, and a new form is full of those."""
    return "" if finding.code == "field.missing" else finding.explanation


class FieldBox(QWidget):
    """A field with its name above it and what is wrong with it below it."""

    edited = Signal()
    left = Signal()
    mend_asked = Signal(object)

    def __init__(
        self, name: str, field: Field, icons: Icons, *, required: bool = False, hint: str = "", bare: bool = False
    ) -> None:
        """`bare`: the field's name need not be told to the eye."""
        super().__init__()
        self.field = field
        self._findings: tuple[Finding, ...] = ()
        self.name = label(name)
        proxy = field.focusProxy() or field
        self.name.setBuddy(proxy)
        # Never shown here: what has no parent yet would become a window of its own for a moment, which costs the most.
        if bare:
            self.name.hide()
        star = label("＊")
        star.setProperty("level", "error")
        star.setToolTip(_("必填"))
        if bare or not required:
            star.hide()
        if required:
            proxy.setAccessibleDescription(_("必填"))
        hint_label = label(hint, "small", wrap=True)
        if not hint:
            hint_label.hide()
        self.troubles = FindingsList(icons, help_words(), advice=_advice, compact=True)
        self.troubles.mend_asked.connect(self.mend_asked)
        head = self._head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self.name)
        head.addWidget(star)
        head.addStretch(1)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(field)
        layout.addWidget(hint_label)
        layout.addWidget(self.troubles)
        field.changed.connect(self._edited)
        field.left.connect(self._say)
        field.left.connect(self.left)

    def add_tool(self, tool: QWidget) -> None:
        """Put a button at the end of the line with the name."""
        self._head.addWidget(tool)

    def lend(self) -> None:
        """Let the field be shown somewhere else; whatever is typed there still comes by way of this box."""
        self._layout.removeWidget(self.field)

    def take_back(self) -> None:
        """Show the field here again."""
        self._layout.insertWidget(1, self.field)
        self.field.show()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is wrong with this field."""
        self._findings = tuple(findings)
        self._say()

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be seen and copied but not changed."""
        self.field.set_read_only(read_only)
        self.troubles.set_read_only(read_only)

    def _edited(self) -> None:
        # A field's own objection goes as soon as it is met; it comes only when the field is left.
        if not self.field.note():
            self._say()
        self.edited.emit()

    def _say(self) -> None:
        self.troubles.show_findings(self._findings, self.field.note())
