"""Personal data: numbers with a right check digit and unmistakable shapes are found, ordinary summaries are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.findings.personal import is_identity_number, personal_data


def finds(text: str) -> list[tuple[str, str]]:
    return [(find.kind, find.found) for find in personal_data(text)]


@pytest.mark.parametrize("number", ["A123456789", "B123456780", "a123456789", "F131104093", "A800000014", "AC01234567"])
def test_right_numbers_are_known(number: str) -> None:
    assert is_identity_number(number)


@pytest.mark.parametrize(
    "number", ["A123456788", "A323456789", "1123456789", "A12345678", "A1234567890", "", "AE01234567"]
)
def test_wrong_numbers_are_not(number: str) -> None:
    assert not is_identity_number(number)


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.sampled_from("1289ABCD"), st.from_regex(r"\A[0-9]{7}\Z"))
def test_each_beginning_has_exactly_one_check_digit(letter: str, second: str, middle: str) -> None:
    right = [last for last in "0123456789" if is_identity_number(letter + second + middle + last)]
    assert len(right) == 1


@given(st.from_regex(r"\A[A-Z][12][0-9]{7}\Z"), st.integers(0, 7), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed_wherever_its_weight_lets_it(beginning: str, place: int, shift: int) -> None:
    """Weights 2, 4, 5, 6 and 8 share a factor with 10, so only some mistakes at their places can be noticed."""
    [right] = [beginning + last for last in "0123456789" if is_identity_number(beginning + last)]
    at = place + 2
    wrong = right[:at] + str((int(right[at]) + shift) % 10) + right[at + 1 :]
    weight = (7, 6, 5, 4, 3, 2, 1, 1)[place]
    moved = (int(wrong[at]) - int(right[at])) * weight
    assert is_identity_number(wrong) == (moved % 10 == 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("身分證字號是A123456789。", [("id", "A123456789")]),
        ("Ａ１２３４５６７８９", [("id", "A123456789")]),
        ("聯絡0912-345-678", [("phone", "0912-345-678")]),
        ("手機 0912345678", [("phone", "0912345678")]),
        ("+886 912 345 678", [("phone", "+886 912 345 678")]),
        ("(02) 2345-6789", [("phone", "(02) 2345-6789")]),
        ("07-345-6789", [("phone", "07-345-6789")]),
        ("寄到 water.test@school.edu.tw 給我", [("email", "water.test@school.edu.tw")]),
        ("臺北市中正區重慶南路一段122號", [("address", "臺北市中正區重慶南路一段122號")]),
        ("我的生日是96年3月4日", [("birthday", "生日是96年3月4")]),
        ("出生於 2007/3/4", [("birthday", "出生於 2007/3/4")]),
    ],
)
def test_personal_data_is_found(text: str, wanted: list[tuple[str, str]]) -> None:
    assert finds(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "實測校園池塘四季水質，我負責採樣與繪圖。",
        "2024-02-29 到 2024-03-01 共 12.5 小時，取得 900 分",
        "A123456788",
        "作品編號 XA123456789Y",
        "https://example.org/watch?v=0912345678901",
        "以 3.0912345678 為界",
        "參加臺北市高中科展，走訪中山路的老店",
        "民國113年2月29日在臺南市的講座",
        "Python @decorator 的用法",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert finds(text) == []


def test_what_is_shown_is_cut_short() -> None:
    [find] = personal_data("A123456789")
    assert find.masked == "A12…"


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for find in personal_data(text):
        assert find.found
        assert len(find.masked) <= max(3, len(find.found))
