"""What needs attention: every rule seen and not seen, each piece told of once, the most urgent first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import BOOK, COURSE, FORMS, file, piece
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.pieces.readiness import State
from portfolio_desktop.terms import Term
from portfolio_desktop.year import item as items
from portfolio_desktop.year.attention import attention
from portfolio_desktop.year.attention_words import WORDS
from portfolio_desktop.year.item import URGENCIES, Aim, Item
from portfolio_desktop.year.situation import Care, Situation

ENTRY = 112
JUDGE = Judge(FORMS, BOOK, "general", [COURSE], 113, None, ENTRY)
NOVEMBER = datetime.date(2024, 11, 3)
JANUARY = datetime.date(2025, 1, 6)
FEBRUARY = datetime.date(2025, 2, 5)
MARCH = datetime.date(2025, 3, 20)
JUNE = datetime.date(2025, 6, 20)
SEPTEMBER = datetime.date(2025, 9, 20)
SAFE = Care(backed_up=datetime.date(2024, 11, 1), drilled=datetime.date(2024, 11, 2))


@dataclass(frozen=True)
class One:
    piece: Piece
    findings: Sequence[Finding]
    state: State


def judged(one: Piece, *more: Finding) -> One:
    findings = (*JUDGE.findings(one), *more)
    return One(one, findings, JUDGE.state(one, findings))


def situation(
    *pieces: One | Piece, today: datetime.date = NOVEMBER, care: Care | None = None, **school: Any
) -> Situation:
    """The pieces on a day; backed up and tried out shortly before, unless `care` says otherwise."""
    safe = Care(backed_up=today, drilled=today)
    known = [judged(one) if isinstance(one, Piece) else one for one in pieces]
    return Situation(known, lambda year: BOOK.for_year(year, school), ENTRY, today, care or safe)


def seen(case: Situation) -> dict[str, Item]:
    """The items by code; every one can say what there is and what to do."""
    items = attention(case)
    for item in items:
        assert item.message, item.code
        assert item.advice, item.code
        assert "{" not in item.message + item.advice
    found = {item.code: item for item in items}
    assert len(found) == len(items)
    return found


def course(certification: str = "certified", **changes: Any) -> Piece:
    number = changes.get("id", "p1")
    files = (file(sha256=f"c{number}"),)
    return piece("course", certification=certification, **{"files": files} | changes)


def sound(number: int = 1, **changes: Any) -> Piece:
    return piece("other", id=f"p{number}", files=(file(sha256=f"o{number}"),), **changes)


def test_all_is_well_and_nothing_is_said() -> None:
    assert seen(situation(course(), sound(2))) == {}


def test_an_empty_library_owes_nothing() -> None:
    assert seen(situation(care=Care())) == {}


@pytest.mark.parametrize(
    ("care", "code", "urgency", "aim"),
    [
        (Care(), "care.never", "soon", Aim("safety", deed="back_up")),
        (replace(SAFE, backed_up=datetime.date(2024, 10, 3)), "care.old", "soon", Aim("safety", deed="back_up")),
        (replace(SAFE, same_disk=True), "care.same-disk", "soon", Aim("safety")),
        (replace(SAFE, drilled=None), "care.untried", "later", Aim("safety")),
        (replace(SAFE, drilled=datetime.date(2024, 5, 1)), "care.drill-old", "later", Aim("safety")),
        (replace(SAFE, drill_failed=True), "care.drill-failed", "now", Aim("safety")),
        (replace(SAFE, faults=2), "care.faults", "now", Aim("safety")),
        (replace(SAFE, faults=1, newer=True), "care.newer", "now", Aim("safety")),
        (replace(SAFE, trouble="磁碟滿了。"), "care.copies", "soon", Aim("safety")),
    ],
)
def test_the_library_s_safety(care: Care, code: str, urgency: str, aim: Aim) -> None:
    [item] = seen(situation(sound(), care=care)).values()
    assert (item.code, item.urgency, item.aim) == (code, urgency, aim)


def test_thirty_days_are_not_yet_old() -> None:
    assert seen(situation(sound(), care=replace(SAFE, backed_up=NOVEMBER - datetime.timedelta(days=30)))) == {}


def test_a_failed_certification_is_told_by_its_title_and_leads_to_the_piece() -> None:
    [item] = seen(situation(course("failed", title="水質"))).values()
    assert (item.code, item.urgency, item.aim) == ("course.failed", "now", Aim(piece="p1"))
    assert item.message == "「水質」認證失敗。"


def test_what_came_back_from_the_teacher_is_told_so_whatever_it_lacks() -> None:
    faulty = judged(course("failed"), Finding("date.invalid", {"label": "開始日期", "value": "x"}))
    assert list(seen(situation(faulty))) == ["course.failed"]
    assert list(seen(situation(course("failed", summary="")))) == ["course.failed"]
    assert list(seen(situation(course("sent", summary="")))) == ["course.waiting"]


def test_a_piece_that_was_saved_and_never_sent_gets_urgent_when_the_term_ends() -> None:
    one = course("editing")
    assert seen(situation(one))["course.unsent"].urgency == "soon"
    assert seen(situation(one, today=JANUARY))["course.unsent"].urgency == "now"
    assert "送出認證" in seen(situation(one))["course.unsent"].advice


def test_several_lead_to_where_all_of_them_stand() -> None:
    item = seen(situation(course("editing"), course("editing", id="p2")))["course.unsent"]
    assert item.aim == Aim("course")
    assert item.pieces == ("p1", "p2")
    assert item.message == "2 件寫好了，還沒送認證。"


def test_waiting_for_the_teacher() -> None:
    one = course("sent")
    assert seen(situation(one))["course.waiting"].urgency == "later"
    assert seen(situation(one, today=JANUARY))["course.waiting-late"].urgency == "soon"


def test_a_term_that_is_just_over_is_still_open() -> None:
    assert seen(situation(course("editing"), today=FEBRUARY))["course.unsent"].urgency == "now"
    assert "course.unsent" not in seen(situation(course("editing"), today=MARCH))


def test_what_became_of_an_earlier_term_s_pieces_is_to_be_written_down() -> None:
    found = seen(situation(course("sent"), course("editing", id="p2"), course("failed", id="p3"), today=MARCH))
    assert list(found) == ["course.unrecorded"]
    assert found["course.unrecorded"].pieces == ("p1", "p2")


def test_a_draft_of_this_term_is_urgent_at_its_end_only() -> None:
    draft = course("editing", summary="")
    found = seen(situation(draft))
    assert list(found) == ["course.drafts"]
    assert found["course.drafts"].urgency == "soon"
    assert list(seen(situation(draft, today=JANUARY))) == ["course.drafts-late"]
    assert list(seen(situation(draft, today=MARCH))) == ["piece.drafts"]


def test_the_last_semester_ends_earlier() -> None:
    april = datetime.date(2026, 4, 20)
    last, before = course("editing", term=Term(114, 2)), course("editing", term=Term(113, 2))
    assert seen(situation(last, today=april))["course.unsent"].urgency == "now"
    assert seen(situation(before, today=april.replace(year=2025)))["course.unsent"].urgency == "soon"


def test_a_term_that_ends_without_course_results() -> None:
    item = seen(situation(sound(), today=JANUARY))["course.none"]
    assert (item.urgency, item.aim) == ("soon", Aim("course", deed="add"))
    assert "course.none" not in seen(situation(sound()))
    assert "course.none" not in seen(situation(sound(), course(id="p2"), today=JANUARY))
    assert "course.none" not in seen(situation(sound(), today=datetime.date(2029, 1, 6)))


def test_more_than_the_school_takes() -> None:
    courses = [course(id=f"p{n}") for n in range(4)]
    assert seen(situation(*courses, uploads_course=3))["course.many"].numbers["limit"] == 3
    assert "course.many" not in seen(situation(*courses, uploads_course=4))
    assert "course.many" not in seen(situation(*courses))
    activities = [sound(n) for n in range(4)]
    assert seen(situation(*activities, uploads_activity=3))["activity.many"].aim == Aim("other")
    assert len(seen(situation(*activities, uploads_activity=3))["activity.many"].pieces) == 4
    assert "activity.many" not in seen(situation(*activities, uploads_activity=4))


def test_errors_drafts_and_what_is_not_filed() -> None:
    faulty = judged(sound(1), Finding("date.invalid", {"label": "開始日期", "value": "x"}))
    found = seen(situation(faulty, sound(2, summary=""), sound(3, term=None), piece(None, id="p4")))
    assert {code: item.pieces for code, item in found.items()} == {
        "piece.errors": ("p1",),
        "piece.unfiled": ("p3", "p4"),
        "piece.drafts": ("p2",),
    }
    assert found["piece.unfiled"].aim == Aim("all")


def test_warnings_are_the_last_thing_and_certified_pieces_are_left_alone() -> None:
    warned = Finding("pages.many", {"pages": 12, "limit": 10})
    found = seen(situation(judged(sound(1), warned), judged(sound(2), warned), judged(course(id="p3"), warned)))
    assert list(found) == ["piece.warnings"]
    assert found["piece.warnings"].aim == Aim("other")


def test_more_ticked_than_may_be() -> None:
    ticked = [course(id=f"p{n}", ticked={113: n}) for n in range(7)]
    item = seen(situation(*ticked))["ticks.over"]
    assert (item.urgency, item.aim) == ("now", Aim("ticks", year=113))
    assert item.message == "113 學年度的課程學習成果勾選了 7 件，最多 6 件。"
    assert "ticks.over" not in seen(situation(*ticked[:6]))


def test_a_tick_that_would_be_refused_now() -> None:
    one = course("failed", ticked={113: 1})
    found = seen(situation(one))
    assert list(found) == ["ticks.broken"]
    assert found["ticks.broken"].urgency == "soon"
    assert "還沒有認證成功" in found["ticks.broken"].advice
    assert seen(situation(one, today=JUNE))["ticks.broken"].urgency == "now"


def test_several_ticks_that_would_be_refused_lead_to_the_ticks() -> None:
    some = [course("sent", id=f"p{n}", ticked={113: n}) for n in range(2)]
    assert seen(situation(*some))["ticks.broken"].aim == Aim("ticks", year=113)


def test_a_ticked_piece_that_is_not_written() -> None:
    found = seen(situation(sound(summary="", ticked={113: 1})))
    assert list(found) == ["ticks.unfinished"]
    assert seen(situation(sound(summary="", ticked={113: 1}), today=JUNE))["ticks.unfinished"].urgency == "now"


def test_places_that_are_left_are_told_when_ticks_are_due() -> None:
    pieces = [*(course(id=f"p{n}") for n in range(8)), *(sound(n) for n in range(20, 23))]
    assert seen(situation(*pieces, today=JANUARY)) == {}
    march, june = (seen(situation(*pieces, today=day)) for day in (MARCH, JUNE))
    assert march["ticks.free-course"].urgency == "later"
    assert june["ticks.free-course"].urgency == "soon"
    assert june["ticks.free-course"].numbers == {"year": 113, "count": 6}
    assert june["ticks.free-activity"].numbers == {"year": 113, "count": 3}
    full = [course(id=f"q{n}", ticked={113: n}) for n in range(6)]
    assert "ticks.free-course" not in seen(situation(*pieces, *full, today=JUNE))


def test_a_school_year_s_ticks_are_due_until_autumn() -> None:
    assert seen(situation(course(), today=SEPTEMBER))["ticks.free-course"].numbers["year"] == 113
    assert "ticks.free-course" not in seen(situation(course(), today=datetime.date(2025, 11, 1)))


def test_what_was_handed_in_years_ago_is_over() -> None:
    old = [course("sent", id="p1", term=Term(112, 1), ticked={112: 1}), sound(2, summary="", ticked={112: 2})]
    assert seen(situation(*old)) == {}


def test_the_most_urgent_comes_first() -> None:
    case = situation(
        sound(1, summary=""), course("failed", id="p2"), piece(None, id="p3"), care=replace(SAFE, drilled=None)
    )
    assert [item.code for item in attention(case)] == ["course.failed", "piece.unfiled", "care.untried", "piece.drafts"]


def test_every_code_has_words_and_a_case_here() -> None:
    room = Path(items.__file__).parent
    rules = "".join(path.read_text() for path in room.glob("attention_*.py") if path.name != "attention_words.py")
    codes = set(re.findall(r'"((?:care|course|activity|ticks|piece)\.[a-z-]+)"', rules))
    assert codes == set(WORDS)
    several = {code for code, words in WORDS.items() if words.one or code.endswith(".many")}
    led_to = {code for code in several if not code.startswith("ticks.")}
    assert led_to == {code for code, words in WORDS.items() if words.called and "{count}" not in words.called}
    cases = Path(__file__).read_text()
    assert [code for code in sorted(codes) if f'"{code}"' not in cases] == []


states = st.sampled_from(["editing", "sent", "certified", "failed"])
terms = st.sampled_from([None, Term(111, 2), Term(112, 1), Term(113, 1), Term(113, 2), Term(114, 2)])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["course", "other", "service", None]),
            terms,
            states,
            st.booleans(),
            st.sampled_from([{}, {112: 1}, {113: 1}, {114: 1}]),
            st.sampled_from([(), (Finding("size.over", {"size": 9, "limit": 4}),)]),
        ),
        max_size=12,
    ),
    st.dates(datetime.date(2023, 8, 1), datetime.date(2027, 1, 1)),
)
def test_no_piece_is_told_of_twice_and_every_aim_is_a_place(
    wishes: list[tuple[str | None, Term | None, Any, bool, dict[int, int], tuple[Finding, ...]]], today: datetime.date
) -> None:
    pieces = [
        judged(
            piece(
                category,
                id=f"p{n}",
                term=term,
                certification=certification,
                summary="" if bare else "一段寫好了的簡述，說了做什麼、怎麼做、學到什麼，也說了接下來想做的事。",
                ticked=ticked,
                files=(file(sha256=f"s{n}"),),
            ),
            *more,
        )
        for n, (category, term, certification, bare, ticked, more) in enumerate(wishes)
    ]
    items = attention(situation(*pieces, today=today))
    one_a_piece = [item for item in items if item.code != "ticks.unfinished"]
    told: list[str] = [piece_id for item in one_a_piece for piece_id in item.pieces]
    assert len(told) == len(set(told))
    assert [URGENCIES.index(item.urgency) for item in items] == sorted(URGENCIES.index(i.urgency) for i in items)
    for item in items:
        assert item.aim.piece in ("", *item.pieces)
        assert item.message
