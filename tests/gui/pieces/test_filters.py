from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces.filters import EVERYTHING, NO_TERM, Filter, facets, wants_attention
from portfolio_desktop.gui.pieces.groups import grouped
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import GROUPINGS, Column, Heading
from portfolio_desktop.gui.pieces.rows import Row, haystack
from portfolio_desktop.pieces.piece import CATEGORIES, Piece
from portfolio_desktop.pieces.readiness import STATES
from portfolio_desktop.terms import Term

TERMS = [None, *(Term(year, semester) for year in (99, 113, 114) for semester in (1, 2))]


def row(number: int, term: Term | None = None, state: str = "ready", category: str | None = None, bad: str = "") -> Row:
    piece = Piece(f"p{number}", f"第 {number} 件", category, term, added=f"{number:05}", changed=f"{number:05}")
    findings = (Finding("file.near", {}, "document"),) if bad == "hint" else ()
    return Row(piece, findings, state, haystack(piece))  # type: ignore[arg-type]


rows = st.lists(
    st.tuples(st.sampled_from(TERMS), st.sampled_from(STATES), st.sampled_from([None, *CATEGORIES])), max_size=30
).map(lambda made: [row(n, term, state, category) for n, (term, state, category) in enumerate(made)])
filters = st.builds(
    Filter,
    st.frozensets(st.sampled_from([NO_TERM, *map(str, TERMS[1:])])),
    st.frozensets(st.sampled_from(STATES)),
    st.booleans(),
)


def ids(made: list[Row]) -> str:
    return " ".join(one.id for one in made)


def test_choices_of_one_kind_add_up_and_of_two_kinds_narrow_down() -> None:
    made = [row(1, Term(113, 1)), row(2, Term(113, 2)), row(3, Term(113, 1), "draft"), row(4, None, "draft")]

    def passing(wanted: Filter) -> str:
        return ids([one for one in made if wanted.passes(one)])

    assert passing(EVERYTHING) == "p1 p2 p3 p4"
    assert passing(Filter(frozenset({"113-1"}))) == "p1 p3"
    assert passing(Filter(frozenset({"113-1", "113-2"}))) == "p1 p2 p3"
    assert passing(Filter(frozenset({"113-1"}), frozenset({"draft"}))) == "p3"
    assert passing(Filter(frozenset({NO_TERM}))) == "p4"
    assert passing(Filter(attention=True)) == "p3 p4"
    some = Filter(only=frozenset({"p2", "p3"}), called="兩件")
    assert passing(some.with_state("draft", True)) == "p3"
    assert some
    assert some.without_only() == EVERYTHING
    assert not EVERYTHING
    assert Filter(attention=True)


def test_what_is_thrown_away_wants_no_attention() -> None:
    assert wants_attention(row(1, state="draft"))
    assert not wants_attention(row(1, state="trashed"))


@given(rows, filters)
def test_a_filter_says_what_its_facets_count(made: list[Row], wanted: Filter) -> None:
    there = facets(made)
    assert sum(there.terms.values()) == sum(there.states.values()) == len(made)
    for term, count in there.terms.items():
        assert count == sum(Filter(frozenset({term})).passes(one) for one in made)
    assert there.attention == sum(Filter(attention=True).passes(one) for one in made)
    for term in wanted.terms:
        assert term not in wanted.with_term(term, False).terms
        assert wanted.with_term(term, False).with_term(term, True) == wanted


@given(rows, st.sampled_from(GROUPINGS[1:]))
def test_grouping_loses_nothing_and_keeps_the_order_within(made: list[Row], by: str) -> None:
    shown = grouped(made, by, lambda name: name or "none")  # type: ignore[arg-type]
    heading, within, seen = None, dict[str, list[Row]](), set[str]()
    for one in shown:
        if isinstance(one, Heading):
            assert one.words not in seen
            seen.add(one.words)
            heading = one
            within[one.words] = []
        else:
            assert heading is not None
            within[heading.words].append(one)
    assert sorted(one.id for group in within.values() for one in group) == sorted(one.id for one in made)
    for heading in (one for one in shown if isinstance(one, Heading)):
        assert heading.count == len(within[heading.words]) > 0
        places = [made.index(one) for one in within[heading.words]]
        assert places == sorted(places)


def test_groups_begin_with_what_waits_then_the_latest_term_or_the_first_category() -> None:
    made = [row(1, Term(99, 2), category="other"), row(2, None), row(3, Term(113, 1), category="course")]
    for by, wanted in (("term", ["", "113-1", "99-2"]), ("category", ["", "course", "other"])):
        shown = grouped(made, by, str)  # type: ignore[arg-type]
        assert [one.words for one in shown if isinstance(one, Heading)] == wanted


def test_terms_to_choose_from_begin_with_the_latest() -> None:
    made = [row(1, Term(99, 2)), row(2, None), row(3, Term(113, 1)), row(4, Term(113, 2))]
    assert list(facets(made).terms) == ["113-2", "113-1", "99-2", ""]


@given(rows, filters, st.sampled_from(list(Column)), st.booleans(), st.sampled_from(GROUPINGS))
def test_what_is_kept_of_an_order_never_shows(
    made: list[Row], wanted: Filter, column: Column, down: bool, by: str
) -> None:
    """Whatever was asked for before, what is shown is what a fresh start would show."""
    known, fresh = Known(), Known()
    known.fill(made, complete=True)
    known.shown()
    known.facets()
    known.put([row(100, Term(114, 1))])
    known.drop([made[0].id] if made else [])
    fresh.fill([*made[1:], row(100, Term(114, 1))], complete=True)
    for one in (known, fresh):
        one.filter, one.column, one.descending, one.grouping = wanted, column, down, by  # type: ignore[assignment]
    assert known.shown() == fresh.shown()
    assert known.facets() == fresh.facets()
    assert known.counts() == fresh.counts()
    flat = [one for one in known.shown() if isinstance(one, Row)]
    assert all(known.passes(one) for one in flat)
    assert len(flat) == sum(known.passes(one) for one in known.rows.values())
