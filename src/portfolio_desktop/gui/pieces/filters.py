"""What of a section is shown: by term, by state, only what needs attention, or some by name; and what there is to choose from.

    Filter(terms, states, attention, only)   passes(row)         facets(rows) -> how many rows each choice would leave

Choices of one kind add up (113-1 or 113-2), choices of different kinds narrow down (113-1, and a draft).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio_desktop.pieces.readiness import STATES, State

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.rows import Row

NO_TERM = ""
"""Stands for the pieces that have no term yet."""
UNDONE: frozenset[State] = frozenset({"draft", "needs-work", "failed"})
"""States that do not get better by waiting."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; nothing chosen lets everything pass. `terms` are like "113-1", or NO_TERM.

    `only` are pieces by their ids that another page led to, `called` what they have in common, without how many: they stay
    in the list when that is mended meanwhile, and fewer are left when some are thrown away.
    """

    terms: frozenset[str] = frozenset()
    states: frozenset[State] = frozenset()
    attention: bool = False
    only: frozenset[str] = frozenset()
    called: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms or self.states or self.attention or self.only)

    def passes(self, row: Row) -> bool:
        """Whether a row is wanted."""
        return (
            (not self.terms or term_of(row) in self.terms)
            and (not self.states or row.state in self.states)
            and (not self.attention or wants_attention(row))
            and (not self.only or row.id in self.only)
        )

    def with_term(self, term: str, wanted: bool) -> Filter:
        """The same with a term more, or less."""
        return replace(self, terms=self.terms | {term} if wanted else self.terms - {term})

    def with_state(self, state: State, wanted: bool) -> Filter:
        """The same with a state more, or less."""
        return replace(self, states=self.states | {state} if wanted else self.states - {state})

    def with_attention(self, wanted: bool) -> Filter:
        """The same for everything, or for what needs attention."""
        return replace(self, attention=wanted)

    def without_only(self) -> Filter:
        """The same for all pieces, not only those that another page led to."""
        return replace(self, only=frozenset(), called="")


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many rows of a section each choice stands for; a choice that no row has is not there."""

    terms: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[State, int] = field(default_factory=dict)
    attention: int = 0


def facets(rows: Iterable[Row]) -> Facets:
    """What there is to choose from: terms with the latest first, states from draft on."""
    terms, states, attention = Counter[str](), Counter[State](), 0
    for row in rows:
        terms[term_of(row)] += 1
        states[row.state] += 1
        attention += wants_attention(row)
    return Facets(
        {term: terms[term] for term in sorted(terms, key=_age, reverse=True)},
        {state: states[state] for state in STATES if states[state]},
        attention,
    )


def term_of(row: Row) -> str:
    """A row's term as filters and groups name it."""
    return str(row.piece.term) if row.piece.term else NO_TERM


def wants_attention(row: Row) -> bool:
    """Whether there is something for the student to do about a piece, or to look at; what is thrown away asks for nothing."""
    return row.state != "trashed" and (
        row.state in UNDONE or any(finding.severity != "hint" for finding in row.findings)
    )


def _age(term: str) -> tuple[int, int]:
    year, _dash, semester = term.partition("-")
    return (int(year), int(semester)) if semester else (0, 0)
