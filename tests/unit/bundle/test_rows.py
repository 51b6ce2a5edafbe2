"""Rows: every form of the platforms, in its order, each value in every notation a platform may ask for."""

from __future__ import annotations

import pytest

from helpers.bundles import FORMS, rules
from portfolio_desktop.bundle.entries import Copy, Row, Target
from portfolio_desktop.bundle.rows import plain, rows
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece
from portfolio_desktop.terms import Term

RULES = rules()


def made(piece: Piece, course: Course | None = None, **targets: Target) -> dict[str, Row]:
    form = FORMS.form(piece.category or "", "general")
    return {row.name: row for row in rows(piece, form, course, targets, RULES)}


def activity(category: str = "competition", **fields: str) -> Piece:
    return Piece("p1", "標題", category, Term(113, 2), "簡述", "https://example.org/v", fields)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_field_of_every_form_in_its_order(category: str) -> None:
    form = FORMS.form(category, "technical")
    assert list(made(Piece("p1", "", category, None))) == [spec.name for spec in form.fields]


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_empty_piece_has_nothing_to_copy(category: str) -> None:
    assert all(row.copies == () and row.text == "" for row in made(Piece("p1", "", category, None)).values())


def test_year_and_term_stand_first() -> None:
    first, second, *_rest = made(activity()).values()
    assert (first.label, first.copies) == ("學年度", (Copy("113"),))
    assert (second.label, second.copies) == ("學期", (Copy("2"),))


def test_a_choice_is_copied_as_its_words_and_its_code() -> None:
    row = made(activity(level="3"))["level"]
    assert row.copies == (Copy("全國"), Copy("3", "代碼"))
    assert row.value == "3"


def test_a_choice_that_the_form_does_not_know_stays_as_it_is() -> None:
    assert made(activity(level="7"))["level"].copies == (Copy("7"),)


@pytest.mark.parametrize(
    ("category", "name", "stored", "value"),
    [
        ("competition", "level", "全國", "3"),
        ("competition", "result_date", "113/9/30", "2024-09-30"),
        ("service", "hours", "１２.５", "12.5"),
        ("competition", "award", " Ａ組", " Ａ組"),
        ("competition", "result_date", "去年", "去年"),
    ],
)
def test_a_value_of_an_older_library_leaves_it_regular(category: str, name: str, stored: str, value: str) -> None:
    assert made(activity(category, **{name: stored}))[name].value == value


@pytest.mark.parametrize(
    ("stored", "minguo", "iso"),
    [
        ("2024-02-29", "1130229", "2024-02-29"),
        ("1912-01-01", "0010101", "1912-01-01"),
        ("2011-01-01", "1000101", "2011-01-01"),
    ],
)
def test_a_date_is_copied_in_both_notations(stored: str, minguo: str, iso: str) -> None:
    row = made(activity(result_date=stored))["result_date"]
    assert row.copies == (Copy(minguo, "民國"), Copy(iso, "西元"))
    assert row.value == stored


def test_what_is_no_date_is_handed_on_as_it_stands() -> None:
    assert made(activity(result_date="去年夏天"))["result_date"].copies == (Copy("去年夏天"),)


def test_a_text_is_copied_to_the_character() -> None:
    text = "  <b>「全國」</b> & 'A' \t𠮷👍🏽\n第二行 "
    assert made(activity(name=text))["name"].copies == (Copy(text),)


def test_the_title_stands_in_for_the_name() -> None:
    assert made(activity())["name"].copies == (Copy("標題"),)
    assert made(activity(name="名稱"))["name"].copies == (Copy("名稱"),)


def test_the_summary_tells_how_long_it_is() -> None:
    row = made(Piece("p1", "", "other", None, "一二三\n👍"))["summary"]
    assert row.copies == (Copy("一二三\n👍", "7 字"),)


def test_a_link_is_an_activitys_last_field() -> None:
    *_others, last = made(activity()).values()
    assert (last.type, last.copies) == ("link", (Copy("https://example.org/v"),))


def test_a_course_is_copied_part_by_part() -> None:
    course = Course("c1", "生物", Term(113, 1), "advanced", "2", "自然科老師", "113010123456789ABCDEFGH")
    piece = Piece("p1", "標題", "course", Term(113, 1), course_id="c1")
    assert made(piece, course)["course"].copies == (
        Copy("生物"),
        Copy("113-1", "修課學期"),
        Copy("加深加廣選修", "課程類別"),
        Copy("2", "學分"),
        Copy("自然科老師", "任課教師"),
        Copy("113010123456789ABCDEFGH", "課程代碼"),
    )


def test_a_course_with_only_a_name() -> None:
    assert made(Piece("p1", "標題", "course", None), Course("c1", "生物"))["course"].copies == (Copy("生物"),)


def test_a_files_slot_names_the_file() -> None:
    target = Target("03_競賽參與/01_獎狀.jpg", "a" * 64, "b" * 32, 3, "document", "jpg", "IMG_0001.JPG")
    row = made(activity(), document=target)["document"]
    assert row.target == target
    assert row.copies == (Copy("01_獎狀.jpg", "檔名"),)
    assert made(activity(), document=target)["media"].target is None


@pytest.mark.parametrize(
    ("text", "kept"), [("a\0b", "ab"), ("a\ud800b", "ab"), ("a\r\nb\rc\n", "a\nb\nc\n"), ("\u202e水", "\u202e水")]
)
def test_what_no_clipboard_carries_is_left_out(text: str, kept: str) -> None:
    assert plain(text) == kept
