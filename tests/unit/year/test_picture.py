"""The picture of three years: every piece counted once, whatever it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import piece
from portfolio_desktop.pieces.piece import CATEGORIES, Piece
from portfolio_desktop.pieces.readiness import State
from portfolio_desktop.terms import Term
from portfolio_desktop.year.picture import NOTHING, STAGES, Cell, picture, stage


@dataclass(frozen=True)
class One:
    piece: Piece
    state: State
    findings: tuple[()] = ()


def one(category: str | None = "other", state: State = "ready", **changes: Any) -> One:
    return One(piece(category, **changes), state)


def test_where_a_piece_stands() -> None:
    made = picture([one("service", term=Term(114, 2)), one("service", term=Term(114, 2), state="draft")], 113)
    assert made.cell("service", Term(114, 2)) == Cell(2, 1, 0, 0, (1, 1, 0, 0, 0))
    assert made.cell("service", Term(114, 1)) == NOTHING
    assert made.terms == tuple(Term(year, half) for year in (113, 114, 115) for half in (1, 2))
    assert made.categories == CATEGORIES


def test_what_has_no_place_stands_in_one_of_its_own() -> None:
    made = picture([one(None), one(term=None), one(term=Term(110, 1))], 113)
    assert made.terms[-1] is None
    assert made.categories[-1] is None
    assert made.in_category(None).count == 1
    assert made.in_term(None).count == 2


def test_the_trash_is_not_in_it() -> None:
    assert picture([one(trashed="2024-10-01T08:00:00+08:00")], 113).total == NOTHING


@pytest.mark.parametrize(
    ("state", "ticked", "wanted"),
    [
        ("draft", {}, "writing"),
        ("needs-work", {}, "writing"),
        ("failed", {}, "writing"),
        ("ready", {}, "ready"),
        ("to-certify", {}, "ready"),
        ("certifying", {}, "ready"),
        ("certified", {}, "certified"),
        ("certified", {113: 1}, "ticked"),
        ("to-certify", {113: 1}, "ticked"),
        ("draft", {113: 1}, "unfinished"),
        ("needs-work", {113: 1}, "unfinished"),
    ],
)
def test_the_furthest_stage(state: State, ticked: dict[int, int], wanted: str) -> None:
    assert stage(one(state=state, ticked=ticked)) == wanted


def test_ticks_by_school_year_and_kind() -> None:
    made = picture(
        [one("course", ticked={113: 1}), one(ticked={113: 2}), one(ticked={114: 1}), one(ticked={99: 1})], 113
    )
    assert made.used == {
        113: {"course": 1, "activity": 1},
        114: {"course": 0, "activity": 1},
        115: {"course": 0, "activity": 0},
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*CATEGORIES, None]),
            st.sampled_from([None, Term(110, 2), *(Term(year, half) for year in (113, 114, 115) for half in (1, 2))]),
            st.sampled_from(["draft", "needs-work", "ready", "certified", "failed", "certifying"]),
            st.sampled_from([{}, {113: 1}, {113: 1, 114: 2}]),
        ),
        max_size=30,
    )
)
def test_nothing_is_lost_and_nothing_counted_twice(
    some: list[tuple[str | None, Term | None, State, dict[int, int]]],
) -> None:
    pieces = [one(category, state, term=term, ticked=ticked) for category, term, state, ticked in some]
    made = picture(pieces, 113)
    assert made.total.count == len(pieces)
    assert sum((made.in_term(term) for term in made.terms), NOTHING) == made.total
    assert sum((made.in_category(category) for category in made.categories), NOTHING) == made.total
    for cell in made.cells.values():
        assert sum(cell.stages) == cell.count
        assert cell.stages[STAGES.index("ticked")] + cell.unfinished == cell.ticked
        assert max(cell.ready, cell.certified, cell.ticked) <= cell.count
        assert cell.certified <= cell.ready
