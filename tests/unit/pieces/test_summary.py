"""Counting the 100 characters: by every known counting, and strictly enough for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import BOOK, RULES
from portfolio_desktop.pieces.summary import count, normal_newlines

TEXTS = st.one_of(st.text(max_size=150), st.text("水質a1 \n\r👍𠮷é", max_size=150))


@pytest.mark.parametrize(
    ("text", "code_points", "utf16", "strict", "octets", "thirds"),
    [
        ("", 0, 0, 0, 0, 0),
        ("水質", 2, 2, 2, 6, 2),
        ("abc", 3, 3, 3, 3, 1),
        ("abcd", 4, 4, 4, 4, 2),
        ("👍", 1, 2, 2, 4, 2),
        ("𠮷野", 2, 3, 3, 7, 3),
        ("一\n二", 3, 3, 4, 7, 3),
        ("一\r\n二", 3, 3, 4, 7, 3),
        ("一\r二", 3, 3, 4, 7, 3),
        ("\u200b", 1, 1, 1, 3, 1),
        ("e\u0301", 2, 2, 2, 3, 1),
        ("字\n" * 50, 100, 100, 150, 200, 67),
    ],
)
def test_each_counting(text: str, code_points: int, utf16: int, strict: int, octets: int, thirds: int) -> None:
    counted = count(text, RULES)
    assert (counted.code_points, counted.utf16, counted.strict) == (code_points, utf16, strict)
    assert (counted.bytes, counted.thirds) == (octets, thirds)


@pytest.mark.parametrize(
    ("length", "level"), [(0, "green"), (95, "green"), (96, "amber"), (100, "amber"), (101, "red"), (5000, "red")]
)
def test_the_verdict_goes_by_the_strict_count(length: int, level: str) -> None:
    assert count("水" * length, RULES).level == level


@pytest.mark.parametrize(
    ("text", "refused_by"),
    [
        ("水" * 100, ()),
        ("水" * 101, ("code_points", "utf16", "bytes")),
        ("a" * 101, ("code_points", "utf16")),
        ("👍" * 51, ("utf16",)),
        ("水" * 99 + "👍", ("utf16", "bytes")),
        ("水" * 98 + "\n水", ()),
    ],
)
def test_it_says_which_counting_would_refuse(text: str, refused_by: tuple[str, ...]) -> None:
    assert count(text, RULES).refused_by == refused_by


def test_an_emoji_can_be_one_too_many() -> None:
    counted = count("水" * 99 + "👍", RULES)
    assert (counted.code_points, counted.strict, counted.level) == (100, 101, "red")


@given(TEXTS)
def test_what_the_strict_count_passes_every_known_counting_passes(text: str) -> None:
    counted = count(text, RULES)
    assert counted.strict >= max(counted.code_points, counted.utf16, counted.thirds)
    if counted.level != "red":
        assert counted.refused_by == ()


@given(TEXTS)
def test_a_line_break_counts_the_same_on_every_system(text: str) -> None:
    plain = normal_newlines(text)
    assert count(plain.replace("\n", "\r\n"), RULES) == count(plain, RULES) == count(text, RULES)


@given(TEXTS, TEXTS)
def test_counts_add_up(first: str, second: str) -> None:
    if first.endswith("\r") and second.startswith("\n"):
        return
    one, two, both = (count(text, RULES) for text in (first, second, first + second))
    assert both.strict == one.strict + two.strict
    assert both.bytes == one.bytes + two.bytes


@given(TEXTS)
def test_utf16_is_what_a_browser_counts(text: str) -> None:
    plain = normal_newlines(text)
    assert count(text, RULES).utf16 == len(plain.encode("utf-16-le", "surrogatepass")) // 2


def test_a_schools_own_limit_holds() -> None:
    counted = count("水" * 60, BOOK.for_year(113, {"summary_limit": 50, "summary_near": 45}))
    assert (counted.level, counted.limit, counted.refused_by) == ("red", 50, ("code_points", "utf16"))
