from __future__ import annotations

import pytest

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.editing import course_row, edited, what_changed
from portfolio_desktop.library.records import Edit
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term

ROW = {
    "number": 1,
    "title": "水質",
    "category": "other",
    "year": 113,
    "semester": 1,
    "summary": "",
    "link": "",
    "fields": '{"name":"水質調查"}',
    "course": 3,
    "certification": "editing",
    "certification_note": "",
    "added": "a",
    "changed": "b",
    "trashed": None,
}


def test_an_empty_edit_changes_nothing() -> None:
    assert edited(ROW, Edit()) == ROW
    assert what_changed(ROW, edited(ROW, Edit())) == []


@pytest.mark.parametrize(
    ("edit", "values", "names"),
    [
        (Edit(title="空氣"), {"title": "空氣"}, ["title"]),
        (Edit(summary="寫\x00了"), {"summary": "寫了"}, ["summary"]),
        (Edit(summary=""), {}, []),
        (Edit(term=Term(114, 1)), {"year": 114}, ["term"]),
        (
            Edit(clear=frozenset({"term", "category"})),
            {"year": None, "semester": None, "category": None},
            ["category", "term"],
        ),
        (Edit(course_id="c7", category="course"), {"course": 7, "category": "course"}, ["category", "course"]),
        (Edit(clear=frozenset({"course_id"})), {"course": None}, ["course"]),
        (Edit(fields={"host": "社區"}), {"fields": '{"host":"社區","name":"水質調查"}'}, ["fields"]),
        (Edit(fields={"name": ""}), {"fields": "{}"}, ["fields"]),
        (
            Edit(certification="sent", certification_note="老師"),
            {"certification": "sent", "certification_note": "老師"},
            ["certification", "certification_note"],
        ),
    ],
)
def test_each_value_is_changed_and_named(edit: Edit, values: dict[str, object], names: list[str]) -> None:
    after = edited(ROW, edit)
    assert after == {**ROW, **values}
    assert what_changed(ROW, after) == names


@pytest.mark.parametrize(
    "edit",
    [
        Edit(category="cooking"),
        Edit(certification="maybe"),  # type: ignore[arg-type]
        Edit(course_id="p1"),
        Edit(course_id="c"),
        Edit(course_id="c१"),
        Edit(clear=frozenset({"title"})),
    ],
)
def test_what_does_not_exist_is_refused(edit: Edit) -> None:
    with pytest.raises(UsageError):
        edited(ROW, edit)


def test_a_course_is_a_row() -> None:
    row = course_row(4, Course("c9", "生物", Term(113, 2), "部定必修", "2", "自然科老師", ""))
    assert (row["number"], row["name"], row["year"], row["semester"]) == (4, "生物", 113, 2)
    assert course_row(4, Course("", "生物"))["year"] is None
