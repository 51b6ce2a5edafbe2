"""The plan itself, without a window: changed, joined, parted, gone back in."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checkout import ROOT
from portfolio_desktop.findings.rules import RuleBook, Rules
from portfolio_desktop.gui.bringing.plan import Plan
from portfolio_desktop.gui.bringing.rows import Counts
from portfolio_desktop.gui.bringing.work import MOST_TOLD, Surroundings, look
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.library.planning import Examined, Examiner, Held, Proposal, Twin, incoming
from portfolio_desktop.library.records import NewPiece, Refused
from portfolio_desktop.pieces.guessing import Guess, Reason, Student
from portfolio_desktop.pieces.telling_words import TellingWords
from portfolio_desktop.progress import Progress
from portfolio_desktop.terms import Term

BOOK = RuleBook.load(ROOT / "resources" / "rules")


def rules(year: int | None) -> Rules:
    return BOOK.for_year(year or 113)


def file(name: str, kind: str = "pdf", size: int = 100, twin: Twin | None = None) -> Examined:
    day = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC).timestamp()
    return Examined(Path("/w") / name, size, day, Inspection(kind, opens=True), twin)


def proposal(name: str, kind: str = "pdf", size: int = 100, twin: Twin | None = None) -> Proposal:
    guess = Guess(Term(113, 2), "service", None, Reason("day"), Reason("name", name))
    return Proposal((file(name, kind, size, twin),), NewPiece(Term(113, 2), "service", None, name[:-4]), guess)


@pytest.fixture
def plan() -> Plan:
    made = Plan(rules)
    made.put(
        [
            proposal("a.pdf"),
            proposal("a.mp3", "mp3"),
            proposal("b.pdf", twin=Twin("p1", "乙")),
            Refused(Path("/w/c"), "io"),
        ]
    )
    return made


def titles(plan: Plan) -> list[str]:
    return [row.proposal.new.title or "" if row.proposal else "!" for row in plan.rows]


def test_it_counts_what_becomes_of_all(plan: Plan) -> None:
    assert plan.counts() == Counts(wanted=2, left_out=0, known=1, refused=1, size=200)
    plan.want([1, 3, 4], wanted=False)
    assert plan.counts() == Counts(wanted=1, left_out=1, known=1, refused=1, size=100)
    plan.want([1, 2, 3, 4], wanted=True)
    assert [row.wanted for row in plan.rows] == [True, True, False, False]
    assert [row.standing for row in plan.rows][2:] == ["twin", "refused"]


def test_other_rules_judge_anew(plan: Plan) -> None:
    plan.put([proposal("groß.pdf", size=3_000_000)])
    assert plan.rows[-1].standing == "fine"
    old = min(BOOK.years())
    plan.change([5], NewPiece(Term(max(old, BOOK.first_year), 1)), frozenset({"term"}))
    assert plan.rows[-1].standing == "wrong", "2 MB was the limit then"
    assert plan.rows[-1].proposal is not None
    assert plan.rows[-1].proposal.guess.term_reason == Reason()
    assert plan.rows[-1].proposal.guess.category_reason == Reason("name", "groß.pdf")


def test_groups_are_joined_and_parted(plan: Plan) -> None:
    assert plan.groups() == [(1, 2)]
    assert plan.can_join([1, 2])
    assert not plan.can_join([1, 3])
    assert not plan.can_join([1])
    assert plan.join([(1, 2)]) == [1]
    assert plan.groups() == []
    assert plan.counts().wanted == 1
    assert plan.part(1) == [5, 6]
    assert titles(plan) == ["a", "a", "b", "!"]
    assert plan.part(4) == [4]


def test_what_is_wanted_is_brought(plan: Plan) -> None:
    plan.want([2], wanted=False)
    assert [one.paths for one in incoming(plan.wanted())] == [(Path("/w/a.pdf"),)]


def test_what_comes_later_stays_when_going_back(plan: Plan) -> None:
    plan.change([1], NewPiece(title="新"), frozenset({"title"}))
    plan.put([proposal("d.pdf")])
    assert plan.back()
    assert titles(plan) == ["a", "a", "b", "!", "d"]
    assert plan.on()
    assert titles(plan) == ["新", "a", "b", "!", "d"]
    assert not plan.on()


def test_the_same_again_is_no_step(plan: Plan) -> None:
    plan.want([1], wanted=True)
    plan.change([1], NewPiece(title="a"), frozenset({"title"}))
    assert not plan.back()


deeds = st.one_of(
    st.tuples(st.just("title"), st.sets(st.integers(1, 9)), st.text(min_size=1, max_size=3)),
    st.tuples(st.just("term"), st.sets(st.integers(1, 9)), st.sampled_from([None, Term(113, 1), Term(115, 2)])),
    st.tuples(st.just("want"), st.sets(st.integers(1, 9)), st.booleans()),
    st.tuples(st.just("join"), st.sets(st.integers(1, 9)), st.none()),
    st.tuples(st.just("part"), st.integers(1, 9), st.none()),
    st.tuples(st.sampled_from(["back", "on"]), st.none(), st.none()),
)


@given(st.lists(deeds, max_size=12))
def test_whatever_is_done_no_file_is_lost_and_all_can_be_taken_back(done: list[tuple[str, object, object]]) -> None:
    plan = Plan(rules)
    plan.put(
        [
            proposal("a.pdf"),
            proposal("a.mp3", "mp3"),
            proposal("b.pdf", twin=Twin("p1", "乙")),
            proposal("d.png", "png"),
        ]
    )
    begun, names = list(plan.rows), {"a.pdf", "a.mp3", "b.pdf", "d.png"}
    for deed, about, value in done:
        if deed in ("title", "term"):
            plan.change(about, NewPiece(**{deed: value}), frozenset({deed}))  # type: ignore[arg-type]
        elif deed == "want":
            plan.want(about, bool(value))  # type: ignore[arg-type]
        elif deed == "join" and plan.can_join(sorted(about)):  # type: ignore[call-overload]
            plan.join([sorted(about)])  # type: ignore[call-overload]
        elif deed == "part" and plan.of([about]):  # type: ignore[list-item]
            plan.part(about)  # type: ignore[arg-type]
        elif deed in ("back", "on"):
            getattr(plan, deed)()
        files = [one.path.name for row in plan.rows if row.proposal for one in row.proposal.files]
        assert sorted(files) == sorted(names)
        assert len({row.number for row in plan.rows}) == len(plan.rows)
        assert not any(row.wanted for row in plan.rows if row.proposal and not row.proposal.is_new)
    while plan.back():
        pass
    assert plan.rows == begun


def test_rows_are_judged_anew_only_where_the_rules_are_others() -> None:
    made = Plan(rules)
    [row] = made.put([proposal("a.pdf", size=3_000_000)])
    made.change([row.number], NewPiece(term=Term(114, 1)), frozenset({"term"}))
    assert made.rows[0].findings is row.findings, "thousands of rows may get another term at once"
    made.change([row.number], NewPiece(term=Term(108, 1)), frozenset({"term"}))
    assert [finding.code for finding in made.rows[0].findings] == ["size.over"]


def test_thousands_of_rows_are_told_in_handfuls(tmp_path: Path) -> None:
    for number in range(MOST_TOLD + 5):
        (tmp_path / f"{number}.txt").write_text(str(number), encoding="utf-8")
    told: list[int] = []
    words, home = TellingWords(()), tmp_path
    around = Surroundings(Examiner(Held()), Student(113, (), datetime.date(2025, 3, 1)), words, home, 0)
    look(
        lambda _work: None,
        Readers,
        around,
        None,
        lambda: [tmp_path],
        lambda _a, found: told.append(len(found)),
        Progress(),
    )
    assert sum(told) == MOST_TOLD + 5
    assert max(told) <= MOST_TOLD
