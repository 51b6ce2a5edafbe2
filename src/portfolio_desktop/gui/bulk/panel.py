"""The panel for several pieces, as layout: what they are, a line a value, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.bulk.fields import ValueLine
from portfolio_desktop.gui.bulk.offer import Value
from portfolio_desktop.gui.bulk.preview import PlanView
from portfolio_desktop.gui.widgets.labels import label, rule
from portfolio_desktop.messages import _

MakeLine = Callable[[Value], ValueLine]


class BulkPanel(QStackedWidget):
    """Setting values, and the page with the plan; `plan_asked` when every change is to be shown."""

    plan_asked = Signal()
    remove_asked = Signal()
    restore_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("page")
        self.lines: dict[str, ValueLine] = {}
        self.heading = label(role="title")
        self.about = label(role="quiet", wrap=True)
        self.locked = label(role="quiet", wrap=True)
        self.plan = PlanView(icons)
        self._form = QVBoxLayout()
        self._form.setSpacing(14)
        self.show_plan = QPushButton(_("看看會改什麼…"))
        self.show_plan.setProperty("primary", "true")
        self.show_plan.clicked.connect(self.plan_asked)
        self.clear = QPushButton(_("都不改"))
        self.clear.clicked.connect(self.reset)
        self.remove = QPushButton(_("移到垃圾桶"))
        self.remove.setProperty("plain", "true")
        icons.dress(self.remove, "trash", "accent", 18)
        self.remove.clicked.connect(self.remove_asked)
        self.restore = QPushButton(_("放回原來的類別"))
        icons.dress(self.restore, "restore", "text", 18)
        self.restore.clicked.connect(self.restore_asked)
        page = QWidget()
        page.setObjectName("page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 18, 20, 24)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.remove)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addWidget(rule())
        layout.addWidget(self.locked)
        layout.addLayout(self._form)
        layout.addWidget(self.restore)
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_plan)
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        self.addWidget(scroll)
        self.addWidget(self.plan)
        for widget in (self.locked, self.remove, self.restore, self.show_plan, self.clear):
            widget.hide()  # until it is known what can be done
        self.plan.back_asked.connect(self.show_values_page)

    def show_head(self, count: int, about: str) -> None:
        """Say how many pieces there are, and how far they are."""
        self.heading.setText(_("選了 {count} 件").format(count=count))
        self.about.setText(about)

    def show_values(self, values: Sequence[Value], make: MakeLine, locked: str, *, away: bool, back: bool) -> None:
        """Show what can be set; `locked` says why nothing can, "" where it can. Lines that stay keep what was wished for."""
        self.locked.setText(locked)
        self.locked.setVisible(bool(locked))
        gone = self.lines.keys() - {value.name for value in values}
        for name in gone:
            line = self.lines.pop(name)
            self._form.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, value in enumerate(values):
            line = self.lines.get(value.name) or self._add(make(value))
            self._form.removeWidget(line)
            self._form.insertWidget(place, line)
            line.show_value(value)
        before: QWidget = self.remove
        for line in (self.lines[value.name] for value in values):
            for widget in (line.box, line.field.focusProxy() or line.field):
                QWidget.setTabOrder(before, widget)
                before = widget
        for button in (self.show_plan, self.clear):
            QWidget.setTabOrder(before, button)
            before = button
        self.remove.setVisible(away)
        self.restore.setVisible(back)
        for button in (self.show_plan, self.clear):
            button.setVisible(bool(values))
        self._enable()

    def wish(self) -> dict[str, str]:
        """The values that are to be set, by their names."""
        return {name: line.wish for name, line in self.lines.items() if line.wish is not None}

    def reset(self) -> None:
        """Wish for nothing, and show it."""
        for line in self.lines.values():
            line.reset()

    def forget(self) -> None:
        """The same for other pieces: nothing that was wished for is carried over to them."""
        for line in self.lines.values():
            self._form.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {}
        self.show_values_page()

    def show_values_page(self) -> None:
        """Show the values again, not the plan."""
        self.setCurrentIndex(0)

    def show_plan_page(self) -> None:
        """Show the plan."""
        self.setCurrentWidget(self.plan)
        self.plan.confirm.setFocus()

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return any(line.field.composing() for line in self.lines.values())

    def _add(self, line: ValueLine) -> ValueLine:
        self.lines[line.name] = line
        line.wished.connect(self._enable)
        return line

    def _enable(self) -> None:
        undecided, wished = any(line.undecided for line in self.lines.values()), bool(self.wish())
        self.show_plan.setEnabled(wished and not undecided)
        self.clear.setEnabled(wished or undecided)
