"""Values: what people type becomes regular, and a choice never comes to mean something else."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import COURSE, FORMS, piece
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.values import edited_fields, raw_value, regular
from portfolio_desktop.terms import minguo

COMPETITION = FORMS.form("competition", "general")


@pytest.mark.parametrize(
    ("category", "name", "typed", "kept"),
    [
        ("competition", "result_date", "1130229", "2024-02-29"),
        ("competition", "result_date", " 113/2/29 ", "2024-02-29"),
        ("competition", "result_date", "1120229", "1120229"),
        ("competition", "level", "全國", "3"),
        ("competition", "level", "3", "3"),
        ("competition", "level", "３", "3"),
        ("competition", "level", "宇宙", "宇宙"),
        ("competition", "award", " 佳作 ", "佳作"),
        ("competition", "award", "Ａ組", "Ａ組"),
        ("flexible", "weeks", "１８", "18"),
        ("college", "hours", "３６．５", "36.5"),
        ("service", "hours", "很多", "很多"),
        ("other", "end_date", "", ""),
    ],
)
def test_what_is_typed_becomes_regular(category: str, name: str, typed: str, kept: str) -> None:
    form = FORMS.form(category, "general")
    assert edited_fields(form, form, {}, {name: typed}) == {name: kept}


def test_the_title_stands_in_only_where_the_form_says_so() -> None:
    named = piece("competition", fields={"name": "全國科展"})
    name, award = COMPETITION.field("name"), COMPETITION.field("award")
    assert name is not None
    assert award is not None
    assert raw_value(named, name) == "全國科展"
    assert raw_value(piece("competition"), name) == "校園水質調查"
    assert raw_value(piece("competition", fields={"award": ""}), award) == ""


def test_a_course_result_shows_its_course() -> None:
    form = FORMS.form("course", "general")
    assert [raw_value(piece("course"), spec, COURSE) for spec in form.fields if spec.type == "course"] == ["地球科學"]


@pytest.mark.parametrize(
    ("before", "after", "kept", "written"),
    [
        ("competition", "officer", {"level": "3", "award": "佳作"}, {"level": ""}),  # 全國, and 社團
        ("competition", "officer", {"level": "1"}, {}),  # 校級 in both
        ("competition", "service", {"level": "3", "group": "高中組"}, {"level": ""}),  # or officer would take it next
        ("group", "workplace", {"type": "4", "unit": "學務處"}, {"type": ""}),
        (None, "officer", {"level": "1"}, {"level": ""}),
        ("competition", None, {"level": "3"}, {}),
        ("competition", "competition", {"level": "宇宙"}, {}),
        ("competition", "officer", {"level": "宇宙"}, {"level": ""}),
        ("competition", "officer", {"level": ""}, {}),
    ],
)
def test_a_choice_that_means_something_else_in_the_new_form_is_taken_away(
    before: str | None, after: str | None, kept: dict[str, str], written: dict[str, str]
) -> None:
    forms = [None if category is None else FORMS.form(category, "general") for category in (before, after)]
    assert edited_fields(*forms, kept, {}) == written


def test_what_is_typed_with_the_new_category_is_read_by_its_form() -> None:
    forms = (COMPETITION, FORMS.form("officer", "general"))
    typed = {"level": "社團", "start_date": "1130901", "result_date": "1131120", "odd": " x "}
    assert edited_fields(*forms, {"level": "3"}, typed) == {
        "level": "3", "start_date": "2024-09-01", "result_date": "2024-11-20", "odd": " x ",
    }  # fmt: skip


def test_nothing_entered_is_nothing_to_copy() -> None:
    bare = piece("officer", title="", summary="", term=None, files=(), fields=dict.fromkeys(("unit", "position"), ""))
    form = FORMS.form("officer", "general")
    assert [raw_value(bare, spec) for spec in form.fields if spec.type in ("year", "term", "summary", "document")] == [
        ""
    ] * 4


@given(st.sampled_from(CATEGORIES), st.data(), st.text(max_size=40))
def test_regular_is_regular_already(category: str, data: st.DataObject, text: str) -> None:
    own = FORMS.form(category, "general").own_fields
    if own:
        spec = data.draw(st.sampled_from(own))
        assert regular(spec, regular(spec, text)) == regular(spec, text)


@given(st.dates(datetime.date(1912, 1, 1), datetime.date(2199, 12, 31)))
def test_a_date_is_kept_the_same_from_either_notation(day: datetime.date) -> None:
    spec = COMPETITION.field("result_date")
    assert spec is not None
    assert regular(spec, minguo(day)) == regular(spec, day.isoformat()) == day.isoformat()
