"""Values: what people type becomes regular, and what is copied is exact in every notation."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import COURSE, FORMS, file, piece
from portfolio_desktop.errors import UsageError
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.pieces.values import entries, entry, raw_value, regular, regular_fields

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
    assert regular_fields(FORMS.form(category, "general"), {name: typed}) == {name: kept}


@pytest.mark.parametrize("name", ["awards", "summary", "year", "document", "title", ""])
def test_a_field_that_the_form_does_not_keep_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="result_date"):
        regular_fields(COMPETITION, {name: "1"})


def test_what_is_copied() -> None:
    one = piece("competition", fields={"result_date": "2024-02-29", "group": ""}, link="https://youtu.be/x")
    copied = {item.spec.name: item for item in entries(one, COMPETITION)}
    assert list(copied) == [spec.name for spec in COMPETITION.fields]
    assert (copied["year"].text, copied["term"].text) == ("113", "1")
    date = copied["result_date"]
    assert (date.text, date.iso, date.minguo) == ("1130229", "2024-02-29", "1130229")
    level = copied["level"]
    assert (level.text, level.code, level.raw) == ("全國", "3", "3")
    assert (copied["name"].text, copied["group"].text) == ("校園水質調查", "")
    assert (copied["summary"].text, copied["link"].text) == (one.summary, "https://youtu.be/x")
    assert (copied["document"].text, copied["media"].text) == ("水質.pdf", "")


def test_the_title_stands_in_only_where_the_form_says_so() -> None:
    named = piece("competition", fields={"name": "全國科展"})
    name, award = COMPETITION.field("name"), COMPETITION.field("award")
    assert name is not None
    assert award is not None
    assert entry(named, name).text == "全國科展"
    assert entry(piece("competition", fields={"award": ""}), award).text == ""


def test_what_cannot_be_read_is_copied_as_it_is() -> None:
    spec = COMPETITION.field("result_date")
    assert spec is not None
    odd = entry(piece("competition", fields={"result_date": "去年"}), spec)
    assert (odd.text, odd.iso, odd.minguo) == ("去年", "", "")


def test_a_course_result_copies_its_course() -> None:
    one = piece("course", files=(file(), file("水質.mp3", role="media", sha256="b")))
    copied = {item.spec.name: item.text for item in entries(one, FORMS.form("course", "general"), COURSE)}
    assert copied == {"course": "地球科學", "document": "水質.pdf", "media": "水質.mp3", "summary": one.summary}


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
def test_a_date_is_copied_in_both_notations(day: datetime.date) -> None:
    spec = COMPETITION.field("result_date")
    assert spec is not None
    item = entry(piece("competition", fields={"result_date": day.isoformat()}), spec)
    assert item.iso == day.isoformat()
    assert regular(spec, item.minguo) == item.iso
