"""Decides about the plan on the page: what is chosen is shown beside it, what is asked for is changed in it.

table, panel ──change, want, join, part, back, on──▶ Plan ──show──▶ model, panel, counts
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from portfolio_desktop.fitting.text import tidy_title
from portfolio_desktop.gui.bringing.model import PlanModel
from portfolio_desktop.gui.bringing.page import BringingPage
from portfolio_desktop.gui.bringing.places import PlaceNames
from portfolio_desktop.gui.bringing.plan import Plan
from portfolio_desktop.gui.bringing.rows import RulesOf
from portfolio_desktop.library.planning import Proposal
from portfolio_desktop.library.records import Refused
from portfolio_desktop.messages import _


class Changing(QObject):
    """The controller of the rows; `plan` is a new one for every handful that is brought in."""

    def __init__(self, rules: RulesOf, page: BringingPage, model: PlanModel, names: Callable[[], PlaceNames]) -> None:
        super().__init__(page)
        self.page, self._model = page, model
        self._rules, self._names = rules, names
        self._free: int | None = None
        self.plan = Plan(rules)
        table, details = page.table, page.details
        model.want_asked.connect(self.want)
        model.change_asked.connect(self.change)
        table.picked.connect(self._show_chosen)
        table.menu_asked.connect(self._menu)
        details.change_asked.connect(lambda name, code: self.change(table.chosen(), name, code))
        details.want_asked.connect(self._want_chosen)
        details.join_asked.connect(self.join)
        details.part_asked.connect(self.part)
        page.groups_asked.connect(self.join_groups)
        page.back_asked.connect(self.back)
        page.on_asked.connect(self.on)

    def begin(self, plan: Plan | None = None, free: int | None = None) -> None:
        """Begin anew: with nothing planned, or with a plan that was dropped before."""
        self.plan, self._free = plan or Plan(self._rules), free
        self.show()

    def take(self, found: Iterable[Proposal | Refused], free: int | None) -> None:
        """Take in what was found; `free` bytes are left on the library's disk. The first row is chosen where none is."""
        self._free = free
        new, chosen = self.plan.put(found), self.page.table.chosen()
        self.show()
        if new and not chosen:
            self.page.table.choose([new[0].number])

    def change(self, numbers: Sequence[int], name: str, code: str) -> None:
        """Give rows another title, term or category."""
        if name == "title":
            code = tidy_title(code)
            if not code:
                self.forget_title()  # a piece has a title: what was there comes back
                return
        self.plan.change(numbers, *self._names().as_change(name, code))
        self.show()

    def forget_title(self) -> None:
        """Let go of the title that is being typed."""
        self.page.details.forget_title()
        self._show_chosen()

    def want(self, numbers: Sequence[int], wanted: bool) -> None:
        """Take rows in, or leave them out."""
        self.plan.want(numbers, wanted)
        self.show()

    def join(self) -> None:
        """Make one piece of the chosen rows."""
        chosen = self.page.table.chosen()
        if self.plan.can_join(chosen):
            self._choose(self.plan.join([chosen]))

    def part(self) -> None:
        """Make a piece of every file of the chosen row."""
        chosen = self.page.table.chosen()
        if len(chosen) == 1:
            self._choose(self.plan.part(chosen[0]))

    def join_groups(self) -> None:
        """Make one piece of each group of files with the same name."""
        self._choose(self.plan.join(self.plan.groups()))

    def back(self) -> None:
        """Take the last change of the plan back."""
        if self.plan.back():
            self.show()

    def on(self) -> None:
        """Make it again."""
        if self.plan.on():
            self.show()

    def _want_chosen(self, wanted: bool) -> None:
        self.want(self.page.table.chosen(), wanted)
        self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, numbers: list[int]) -> None:
        self.show()
        self.page.table.choose(numbers)
        # The pressed button is hidden by now; left to itself the cursor goes to the one that drops the plan.
        self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show(self) -> None:
        """Show the plan as it is now."""
        self._model.show(self.plan.rows)
        self.page.show_counts(self.plan.counts(), self._free)
        self.page.show_groups(len(self.plan.groups()))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.page.table.chosen()
        names, rows = self._names(), self.plan.of(chosen)
        given = self.plan.given_names(rows[0]) if len(rows) == 1 else []
        can_join = self.plan.can_join(chosen)
        self.page.details.show_rows(rows, names.terms(), names.categories(), given, can_join=can_join)

    def _menu(self, at: QPoint) -> None:
        chosen = self.page.table.chosen()
        able = [row for row in self.plan.of(chosen) if row.can_be_wanted]
        if not able:
            return
        wanted = all(row.wanted for row in able)
        menu = QMenu(self.page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("不收") if wanted else _("要收"), lambda: self.want(chosen, not wanted))
        if self.plan.can_join(chosen):
            menu.addAction(_("合成一件"), self.join)
        if len(able) == 1 and able[0].proposal is not None and len(able[0].proposal.files) > 1:
            menu.addAction(_("一個檔案一件"), self.part)
        menu.popup(at)
