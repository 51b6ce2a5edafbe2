"""The official course code: taken apart, judged part by part, and what its category means in each school type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import FORMS
from portfolio_desktop.pieces.course_code import CourseCodeError

CODE = "113380301V11300A1101020"


def with_category(character: str) -> str:
    return CODE[:16] + character + CODE[17:]


def test_a_code_is_taken_apart() -> None:
    code = FORMS.codes.parse(CODE)
    assert FORMS.codes.length == len(CODE) == 23
    assert code.parts["entry_year"] == "113"
    assert code.parts["school"] == "380301"
    assert code.parts["category"] == CODE[16] == "1"
    assert code.parts["attribute"] == CODE[18]
    assert "".join(code.parts.values()) == CODE
    assert code.category.label == "部定必修"


@pytest.mark.parametrize(
    ("character", "general", "technical", "comprehensive"),
    [
        ("1", ("required",), ("general_subject", "professional", "practical"), ("required",)),
        ("2", ("school_required",), ("school_required",), ("school_required",)),
        ("3", ("advanced",), (), ()),
        ("5", ("elective",), (), ()),
        ("7", (), ("school_elective",), ("general_subject", "specialised")),
        ("B", (), (), ()),
    ],
)
def test_what_the_category_means(
    character: str, general: tuple[str, ...], technical: tuple[str, ...], comprehensive: tuple[str, ...]
) -> None:
    code = FORMS.codes.parse(with_category(character))
    assert code.candidates("general") == general
    assert code.candidates("technical") == technical
    assert code.candidates("comprehensive") == comprehensive


@pytest.mark.parametrize(("character", "activity"), [("8", "group"), ("9", "flexible"), ("A", "college"), ("1", "")])
def test_what_belongs_to_activities(character: str, activity: str) -> None:
    assert FORMS.codes.parse(with_category(character)).category.activity == activity


def test_full_width_and_lower_case_are_read() -> None:
    assert FORMS.codes.parse(" １１３380301v11300a1101020 ").text == CODE


@pytest.mark.parametrize(
    ("text", "part", "length"),
    [
        (CODE[:-1], "", 22),
        (CODE + "0", "", 24),
        ("", "", 0),
        ("X" + CODE[1:], "適用入學學年度", 23),
        (with_category("0"), "課程類別", 23),
        (with_category("G"), "課程類別", 23),
        (CODE[:-1] + "-", "科目名稱", 23),
    ],
)
def test_a_wrong_code_says_where(text: str, part: str, length: int) -> None:
    with pytest.raises(CourseCodeError) as caught:
        FORMS.codes.parse(text)
    assert (caught.value.part, caught.value.length) == (part, length)


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_says_where(text: str) -> None:
    try:
        code = FORMS.codes.parse(text)
    except CourseCodeError:
        return
    assert "".join(code.parts.values()) == code.text
