from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.gui.pieces.values import FIELD, edit, values
from portfolio_desktop.library.records import Edit
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Piece
from portfolio_desktop.terms import Term

PIECE = Piece(
    "p1", "標題", "course", Term(113, 1), summary="簡述", fields={"award": "佳作"}, course_id="c1", certification="sent"
)


def test_a_piece_as_texts() -> None:
    held = values(PIECE)
    assert held["term"] == "113-1"
    assert held["category"] == "course"
    assert held["fields.award"] == "佳作"
    assert values(Piece("p2", "", None, None))["term"] == ""


def test_nothing_changed_is_no_edit() -> None:
    assert edit(values(PIECE), values(PIECE)) is None
    assert edit(values(PIECE), {}) is None


def test_only_what_differs_is_in_the_edit() -> None:
    assert edit(values(PIECE), {"title": "標題", "summary": "新"}) == Edit(summary="新")
    assert edit(values(PIECE), {"fields.award": "", "fields.level": "3"}) == Edit(fields={"award": "", "level": "3"})
    assert edit(values(PIECE), {"certification": "certified"}) == Edit(certification="certified")


def test_an_emptied_term_category_or_course_is_cleared() -> None:
    made = edit(values(PIECE), {"term": "", "category": "", "course_id": ""})
    assert made == Edit(clear=frozenset({"term", "category", "course_id"}))


TEXT = st.text(max_size=8)
HELD = st.fixed_dictionaries(
    {
        "title": TEXT,
        "summary": TEXT,
        "link": TEXT,
        "category": st.sampled_from(["", *CATEGORIES]),
        "term": st.sampled_from(["", "113-1", "114-2"]),
        "course_id": st.sampled_from(["", "c1", "c2"]),
        "certification": st.sampled_from(CERTIFICATIONS),
        "certification_note": TEXT,
    },
    optional={f"{FIELD}award": TEXT, f"{FIELD}level": TEXT},
)


@given(HELD, HELD)
def test_an_edit_makes_before_into_after(before: dict[str, str], after: dict[str, str]) -> None:
    made = edit(before, after)
    if made is None:
        assert all(before.get(name, "") == value for name, value in after.items())
        return
    now = dict(before)
    for name in ("title", "summary", "link", "category", "course_id", "certification", "certification_note"):
        value = getattr(made, name)
        now[name] = now[name] if value is None else value
    now["term"] = now["term"] if made.term is None else str(made.term)
    now |= {f"{FIELD}{name}": value for name, value in made.fields.items()} | dict.fromkeys(made.clear, "")
    assert all(now.get(name, "") == value for name, value in after.items())
