"""The state of a piece follows from its findings, its certification and the trash."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.judged import BOOK, COURSE, FORMS, file, piece
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.readiness import STATE_NAMES, STATES
from portfolio_desktop.terms import Term

JUDGE = Judge(FORMS, BOOK, "general", [COURSE], default_year=113)

CASES: list[tuple[str | None, dict[str, Any], str]] = [
    ("other", {}, "ready"),
    (None, {}, "draft"),
    ("other", {"summary": "", "term": None}, "draft"),
    ("creation", {"files": ()}, "draft"),
    ("other", {"summary": "學到" * 60}, "needs-work"),
    ("other", {"summary": "", "files": (file(size=9_000_000),)}, "needs-work"),
    ("other", {"files": (file(pages=30),)}, "ready"),
    ("course", {"certification": "editing"}, "to-certify"),
    ("course", {"certification": "sent"}, "certifying"),
    ("course", {"certification": "failed"}, "failed"),
    ("course", {}, "certified"),
    ("course", {"certification": "editing", "course_id": None}, "draft"),
    ("course", {"certification": "sent", "course_id": "unknown"}, "draft"),
    ("other", {"trashed": "2024-10-01T08:00:00+08:00", "summary": ""}, "trashed"),
]


@pytest.mark.parametrize(("category", "changes", "wanted"), CASES)
def test_states(category: str | None, changes: dict[str, Any], wanted: str) -> None:
    assert JUDGE.state(piece(category, **changes)) == wanted


def test_every_state_has_a_case_and_a_name() -> None:
    assert {wanted for *_case, wanted in CASES} == set(STATES) == set(STATE_NAMES)


def test_each_piece_is_judged_by_the_rules_of_its_own_year() -> None:
    old = piece(term=Term(108, 2), files=(file(size=3_000_000),), fields={"start_date": "2020-03-01"})
    new = piece(term=Term(109, 1), files=(file(size=3_000_000),), fields={"start_date": "2020-09-01"}, id="p2")
    assert {key: [f.code for f in found] for key, found in JUDGE.all_findings([old, new]).items()} == {
        "p1": ["size.over"],
        "p2": [],
    }


def test_a_term_before_the_first_rules_is_judged_by_the_first() -> None:
    assert JUDGE.rules(piece(term=Term(100, 1))).year == 108
    assert JUDGE.rules(piece(term=None)).year == 113


def test_a_schools_values_hold() -> None:
    strict = Judge(FORMS, BOOK, "general", [], default_year=113, school={"document_limit": 1_000})
    assert strict.state(piece()) == "needs-work"
