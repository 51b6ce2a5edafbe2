"""The plan that is on the page, and what the student changes about it. Plain data, no widgets.

rows come in ──put──▶ Plan ──change, want, join, part──▶ the same rows, others ──proposals──▶ Library.add_each
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from portfolio_desktop.gui.bringing.rows import Counts, PlanRow, RulesOf, counted, judged
from portfolio_desktop.library.planning import Proposal, given_name, joined, name_fault, parted, together
from portfolio_desktop.library.records import NewPiece, Refused
from portfolio_desktop.pieces.guessing import Reason


class Plan:
    """Rows in their order; numbers name them."""

    def __init__(self, rules: RulesOf) -> None:
        self._rules: RulesOf = cache(rules)
        self._alike = cache(self._have_the_same_rules)
        self._next = 0
        self._past: list[list[PlanRow]] = []
        self._future: list[list[PlanRow]] = []
        self.rows: list[PlanRow] = []

    @property
    def edited(self) -> bool:
        """Whether there is a change of the student's in it."""
        return bool(self._past)

    def put(self, found: Iterable[Proposal | Refused]) -> list[PlanRow]:
        """Take in what was found, at the end; the new rows, empty files unticked. No step back takes them away."""
        new = [self._row(one, wanted=not _is_empty(one)) for one in found]
        for rows in (self.rows, *self._past, *self._future):
            rows += new
        return new

    def back(self) -> bool:
        """Take the last change of the plan back; whether there was one."""
        return self._travel(self._past, self._future)

    def on(self) -> bool:
        """Make the change again that was taken back last; whether there was one."""
        return self._travel(self._future, self._past)

    def change(self, numbers: Iterable[int], change: NewPiece, names: frozenset[str]) -> None:
        """Give rows other values: those of `change` that are named. What the student says is no guess any more."""
        chosen = set(numbers)
        values = {name: getattr(change, name) for name in names}
        self._become([self._changed(row, values) if row.number in chosen else row for row in self.rows])

    def _changed(self, row: PlanRow, values: Mapping[str, Any]) -> PlanRow:
        if row.proposal is None:
            return row
        guess = row.proposal.guess
        if "term" in values:
            guess = replace(guess, term_reason=Reason())
        if "category" in values:
            guess = replace(guess, category_reason=Reason())
        proposal = replace(row.proposal, new=replace(row.proposal.new, **values), guess=guess)
        other = replace(row, proposal=proposal)
        if other.year == row.year or self._alike(other.year, row.year):
            return other  # thousands of rows are judged anew only where another verdict may come of it
        return judged(row.number, proposal, self._rules, wanted=row.wanted)

    def _have_the_same_rules(self, one: int | None, other: int | None) -> bool:
        first, second = self._rules(one), self._rules(other)
        return replace(first, year=second.year) == second

    def want(self, numbers: Iterable[int], wanted: bool) -> None:
        """Take rows in, or leave them out; what would bring nothing stays out."""
        chosen = {row.number for row in self.of(numbers) if row.can_be_wanted}
        self._become([replace(row, wanted=wanted) if row.number in chosen else row for row in self.rows])

    def groups(self) -> list[tuple[int, ...]]:
        """Numbers of wanted rows that look like parts of one piece."""
        rows = [row for row in self.rows if row.wanted]
        found = together([row.proposal for row in rows if row.proposal is not None])
        return [tuple(rows[place].number for place in group) for group in found]

    def can_join(self, numbers: Sequence[int]) -> bool:
        """Whether these rows could be one piece: several that would bring something."""
        rows = self.of(numbers)
        return len(rows) > 1 and all(row.can_be_wanted for row in rows)

    def join(self, groups: Sequence[Sequence[int]]) -> list[int]:
        """Make one row of each group of rows, where its first stands; their numbers."""
        firsts, gone = dict[int, PlanRow](), set[int]()
        for group in groups:
            first, *rest = self.of(group)
            proposal = joined([row.proposal for row in (first, *rest) if row.proposal is not None])
            firsts[first.number] = judged(first.number, proposal, self._rules)
            gone.update(row.number for row in rest)
        self._become([firsts.get(row.number, row) for row in self.rows if row.number not in gone])
        return list(firsts)

    def part(self, number: int) -> list[int]:
        """Make a row of every file of one row; their numbers."""
        [row] = self.of([number])
        if row.proposal is None:
            return [number]
        place = self.rows.index(row)
        parts = [self._row(proposal, wanted=row.wanted) for proposal in parted(row.proposal)]
        self._become([*self.rows[:place], *parts, *self.rows[place + 1 :]])
        return [part.number for part in parts]

    def of(self, numbers: Iterable[int]) -> list[PlanRow]:
        """The rows of these numbers, in their order on the page."""
        chosen = set(numbers)
        return [row for row in self.rows if row.number in chosen]

    def counts(self) -> Counts:
        """What it comes to."""
        return counted(self.rows)

    def wanted(self) -> list[Proposal]:
        """What is to be added."""
        return [row.proposal for row in self.rows if row.wanted and row.proposal is not None]

    def given_names(self, row: PlanRow) -> list[tuple[str, str]]:
        """The names that a bundle will give the files of a row, '' for each that keeps its own, and the codes of why."""
        if row.proposal is None:
            return []
        rules = self._rules(row.year)
        return [(given_name(row.proposal, file, rules), name_fault(file, rules)) for file in row.proposal.files]

    def _become(self, rows: list[PlanRow]) -> None:
        """Have other rows from now on; what was is a step back. The same rows are no step."""
        if rows != self.rows:
            self._past.append(self.rows)
            self._future.clear()
            self.rows = rows

    def _travel(self, there: list[list[PlanRow]], here: list[list[PlanRow]]) -> bool:
        if not there:
            return False
        here.append(self.rows)
        self.rows = there.pop()
        return True

    def _row(self, found: Proposal | Refused, *, wanted: bool = True) -> PlanRow:
        self._next += 1
        if isinstance(found, Refused):
            return PlanRow(self._next, None, found)
        return judged(self._next, found, self._rules, wanted=wanted)


def _is_empty(found: Proposal | Refused) -> bool:
    """Whether there is a file in it that nothing was ever written to."""
    return isinstance(found, Proposal) and any(file.size == 0 for file in found.files)
