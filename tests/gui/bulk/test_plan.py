from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.bulk.offer import offer, shared_fields
from portfolio_desktop.gui.bulk.plan import BulkPlan, plan
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.values import FIELD, values
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Piece
from portfolio_desktop.terms import Term

FORMS = lay(Path("/nowhere")).forms
TERMS = [Term(year, semester) for year in (113, 114) for semester in (1, 2)]


def form_of(category: str | None) -> Form | None:
    return FORMS.form(category, "general") if category else None


def words(name: str, value: str, _category: str) -> tuple[str, str]:
    return name, value


pieces = st.lists(
    st.builds(
        Piece,
        st.integers(1, 999).map(lambda number: f"p{number}"),
        st.text("甲乙丙", max_size=3),
        st.sampled_from([None, *CATEGORIES]),
        st.sampled_from([None, *TERMS]),
        fields=st.dictionaries(
            st.sampled_from(["level", "award", "name", "hours"]), st.sampled_from(["1", "3", "佳作"])
        ),
        certification=st.sampled_from(CERTIFICATIONS),
    ),
    max_size=8,
    unique_by=lambda piece: piece.id,
)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "term": st.sampled_from(["", *map(str, TERMS)]),
        "category": st.sampled_from(["", *CATEGORIES]),
        f"{FIELD}award": st.sampled_from(["", "佳作", "特優"]),
    },
)


@given(pieces, wishes)
def test_the_plan_tells_every_change_and_nothing_else(chosen: list[Piece], wish: dict[str, str]) -> None:
    made = plan(chosen, wish, form_of, words)
    assert len({piece_id for piece_id, _edit in made.edits}) == len(made.edits)
    touched = {piece_id for piece_id, _edit in made.edits}
    for piece in chosen:
        wanted = {name: value for name, value in wish.items() if value != values(piece).get(name, "")}
        assert (piece.id in touched) is bool(wanted), "who is so already is left out, everyone else is in"
    told = {change.label for change in made.changes}
    assert wish.keys() >= {name for name in told if not name.startswith(FIELD)}
    assert all(change.before != change.after for change in made.changes)
    assert len(made.changes) >= len(made.edits)


def test_nothing_wished_for_is_no_plan() -> None:
    assert plan([Piece("p1", "甲", "course", None)], {}, form_of, words) == BulkPlan()


def test_what_a_platform_holds_is_counted() -> None:
    held = Piece("p1", "甲", "course", Term(113, 1), certification="certified")
    free = Piece("p2", "乙", "course", Term(113, 1))
    made = plan([held, free], {"term": "114-1"}, form_of, words)
    assert (len(made.edits), made.locked) == (2, 1)
    assert plan([held], {"certification": "editing"}, form_of, words).locked == 0


def test_only_what_all_have_is_offered() -> None:
    def names(*categories: str | None) -> set[str]:
        rows = [Row(Piece(f"p{n}", "", category, None)) for n, category in enumerate(categories)]
        return {value.name for value in offer(rows, form_of)}

    assert {"course_id", "certification"} < names("course", "course")
    assert not {"course_id", "certification"} & names("course", "service")
    assert names("competition", None) == {"category", "term"}
    own = {f"{FIELD}{spec.name}" for spec in FORMS.form("competition", "general").own_fields}
    assert names("competition") == {"category", "term", *own}


@pytest.mark.parametrize("other", CATEGORIES)
def test_a_shared_field_means_the_same_in_both(other: str) -> None:
    for spec in shared_fields(["competition", other], form_of):
        one, two = FORMS.form("competition", "general").field(spec.name), FORMS.form(other, "general").field(spec.name)
        assert one is not None
        assert two is not None
        assert (one.label, one.choices) == (two.label, two.choices)
