"""Ticking, planned: quotas, every reason for a refusal, and nothing refused silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import BOOK, RULES, codes, file, piece
from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.catalogue_year import YEAR
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.terms import Term
from portfolio_desktop.year.ticks import TickPlan, handed_in, plan_ticks


def many(category: str, number: int, start: int = 0, **changes: Any) -> list[Piece]:
    """Sound pieces with files of their own."""
    return [
        piece(category, id=f"{category}{n}", files=(file(sha256=f"{category}{n}"),), **changes)
        for n in range(start, start + number)
    ]


def plan(
    pieces: Sequence[Piece], wanted: Iterable[str] | None = None, year: int = 113, **found: Sequence[Finding]
) -> TickPlan:
    ids = [one.id for one in pieces] if wanted is None else wanted
    return plan_ticks(pieces, year, ids, RULES, found, entry_year=112)


CASES: list[tuple[str | None, dict[str, Any], list[str]]] = [
    ("course", {}, []),
    ("other", {}, []),
    ("other", {"certification": "editing"}, []),
    ("course", {"certification": "sent"}, ["tick.not-certified"]),
    ("course", {"certification": "editing"}, ["tick.not-certified"]),
    ("course", {"term": Term(112, 2)}, ["tick.wrong-year"]),
    ("course", {"term": Term(114, 1)}, ["tick.wrong-year"]),
    ("course", {"term": Term(113, 2)}, []),
    ("other", {"term": Term(112, 1)}, []),
    ("other", {"term": Term(114, 1)}, ["tick.after-year"]),
    ("other", {"term": Term(111, 2)}, ["tick.before-entry"]),
    ("other", {"term": None}, ["tick.no-term"]),
    (None, {}, ["tick.no-category"]),
    ("other", {"trashed": "2024-10-01T08:00:00+08:00"}, ["tick.trashed"]),
    ("other", {"ticked": {112: 1}}, ["tick.other-year"]),
    ("course", {"term": Term(112, 1), "certification": "failed"}, ["tick.wrong-year", "tick.not-certified"]),
]


@pytest.mark.parametrize(("category", "changes", "wanted"), CASES)
def test_reasons(category: str | None, changes: dict[str, Any], wanted: list[str]) -> None:
    planned = plan([piece(category, **changes)])
    assert codes(planned.reasons("p1")) == wanted
    assert planned.accepted == (() if wanted else ("p1",))


def test_errors_keep_a_piece_from_being_ticked_and_are_named() -> None:
    found = (Finding("date.invalid"), Finding("pages.many", {"pages": 12, "limit": 10}), Finding("size.over"))
    [reason] = plan([piece()], p1=found).reasons("p1")
    assert reason.code == "tick.errors"
    assert reason.numbers == {"title": "校園水質調查", "count": 2, "codes": ["date.invalid", "size.over"]}


@pytest.mark.parametrize("code", ["summary.missing", "field.missing", "title.missing", "course.missing"])
def test_what_is_not_written_yet_keeps_nothing_back_and_is_told(code: str) -> None:
    planned = plan([piece()], p1=(Finding(code), Finding("pages.many", {"pages": 12, "limit": 10})))
    assert planned.accepted == ("p1",)
    assert codes(planned.unfinished["p1"]) == [code] if code != "field.missing" else planned.unfinished["p1"]


def test_a_piece_without_a_file_is_kept_back_and_a_refused_one_is_not_unfinished() -> None:
    planned = plan([piece()], p1=(Finding("file.missing"), Finding("summary.missing")))
    assert planned.reasons("p1")[0].numbers["codes"] == ["file.missing"]
    assert planned.unfinished == {}


def test_warnings_and_hints_do_not() -> None:
    assert plan([piece()], p1=(Finding("gps.present"), Finding("text.none"))).accepted == ("p1",)


def test_what_has_its_own_reason_is_not_told_twice() -> None:
    found = (Finding("category.missing"), Finding("term.missing"))
    assert codes(plan([piece(None, term=None)], p1=found).reasons("p1")) == ["tick.no-category", "tick.no-term"]


@pytest.mark.parametrize(("category", "kind", "limit"), [("course", "course", 6), ("service", "activity", 10)])
def test_the_quota(category: str, kind: str, limit: int) -> None:
    pieces = many(category, limit + 2)
    planned = plan(pieces)
    assert planned.accepted == tuple(one.id for one in pieces[:limit])
    assert codes(refusal.finding for refusal in planned.refused) == ["tick.quota"] * 2
    assert [refusal.piece_id for refusal in planned.refused] == [one.id for one in pieces[limit:]]
    assert planned.used[kind] == planned.limits[kind] == limit  # type: ignore[index]


def test_courses_and_activities_have_quotas_of_their_own() -> None:
    planned = plan([*many("course", 6), *many("other", 4), *many("group", 6)])
    assert len(planned.accepted) == 16
    assert planned.used == {"course": 6, "activity": 10}


def test_what_is_ticked_already_counts() -> None:
    ticked = [one for n, one in enumerate(many("course", 5))]
    before = [piece(one.category, id=one.id, files=one.files, ticked={113: n}) for n, one in enumerate(ticked)]
    wanted = many("course", 2, start=5)
    planned = plan([*before, *wanted], [before[0].id, *(one.id for one in wanted)])
    assert planned.already == (before[0].id,)
    assert planned.accepted == (wanted[0].id,)
    assert codes(planned.reasons(wanted[1].id)) == ["tick.quota"]


def test_ticks_of_other_years_and_of_the_trash_do_not_count() -> None:
    others = [
        *many("course", 6, ticked={112: 1}, term=Term(112, 1)),
        *many("course", 6, start=6, ticked={113: 1}, trashed="2024-10-01T08:00:00+08:00"),
    ]
    wanted = many("course", 6, start=12)
    assert len(plan([*others, *wanted], [one.id for one in wanted]).accepted) == 6


def test_the_same_bytes_are_ticked_once() -> None:
    first, twin = piece(id="p1"), piece(id="p2", title="另一個標題")
    planned = plan([first, twin])
    assert planned.accepted == ("p1",)
    [reason] = planned.reasons("p2")
    assert (reason.code, reason.numbers["twin_id"]) == ("tick.same-bytes", "p1")


def test_the_same_bytes_as_a_piece_that_is_ticked_already() -> None:
    planned = plan([piece(id="p1", ticked={113: 1}), piece(id="p2")], ["p2"])
    assert codes(planned.reasons("p2")) == ["tick.same-bytes"]


def test_a_source_is_not_handed_in() -> None:
    one = piece(files=(file(), file("報告.docx", role="source", sha256="b")))
    assert handed_in(one) == {"a" * 64}


def test_the_wish_s_order_and_each_piece_once() -> None:
    pieces = many("other", 3)
    assert plan(pieces, ["other2", "other0", "other2"]).accepted == ("other2", "other0")


def test_an_unknown_piece_is_a_wrong_wish() -> None:
    with pytest.raises(UsageError, match="p9"):
        plan([piece()], ["p9"])


def test_without_the_entry_year_the_past_is_not_judged() -> None:
    planned = plan_ticks([piece(term=Term(109, 1))], 113, ["p1"], RULES, {})
    assert planned.accepted == ("p1",)


def test_a_schools_own_quota_holds() -> None:
    rules = BOOK.for_year(113, {"quota_activity": 1})
    planned = plan_ticks(many("other", 2), 113, ["other0", "other1"], rules, {})
    assert planned.accepted == ("other0",)


def test_every_code_about_the_year_has_a_case() -> None:
    told = {code for *_case, wanted in CASES for code in wanted} | {"tick.errors", "tick.quota", "tick.same-bytes"}
    assert set(YEAR) == told


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["course", "other", "service", None]),
            st.sampled_from([None, Term(111, 2), Term(112, 1), Term(113, 1), Term(113, 2), Term(114, 1)]),
            st.sampled_from(["editing", "sent", "certified", "failed"]),
            st.booleans(),
            st.integers(0, 8),
        ),
        max_size=25,
    )
)
def test_every_wish_is_answered_and_no_quota_is_broken(
    wishes: list[tuple[str | None, Term | None, Any, bool, int]],
) -> None:
    pieces = [
        piece(
            category,
            id=f"p{n}",
            term=term,
            certification=certification,
            trashed="2024-10-01T08:00:00+08:00" if trashed else None,
            files=(file(sha256=f"s{shared}" if shared < 3 else f"own{n}"),),
        )
        for n, (category, term, certification, trashed, shared) in enumerate(wishes)
    ]
    planned = plan(pieces)
    refused = {refusal.piece_id for refusal in planned.refused}
    assert set(planned.accepted) | refused == {one.id for one in pieces}
    assert not set(planned.accepted) & refused
    assert all(planned.used[kind] <= planned.limits[kind] for kind in planned.used)
    known = {one.id: one for one in pieces}
    chosen = [known[accepted] for accepted in planned.accepted]
    hashes = [sha256 for one in chosen for sha256 in handed_in(one)]
    assert len(hashes) == len(set(hashes))
    assert all(one.certification == "certified" for one in chosen if one.kind == "course")
