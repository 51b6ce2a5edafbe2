"""Tidy texts: shorter or equal, not a visible character changed, and nothing left to tidy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.judged import RULES
from portfolio_desktop.findings.characters import invisible, without_invisible
from portfolio_desktop.fitting.text import tidy_parts, tidy_summary, tidy_title
from portfolio_desktop.pieces.summary import count

TEXTS = st.one_of(st.text(max_size=200), st.text("水質，。（）a1 \u3000\u00a0\u200b\n\r\t👍\u202e", max_size=60))


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("", ""),
        ("  水質  調查  ", "水質 調查"),
        ("　　第一段。\r\n\r\n\r\n　　第二段。\n", "第一段。\n第二段。"),
        ("水\u200b質\ufeff", "水質"),
        ("採樣， 分析 。完成", "採樣，分析。完成"),
        ("用 Python 畫圖", "用 Python 畫圖"),
        ("一\u2028二\x0b三", "一 二 三"),
        ("Wait, what? Yes.", "Wait, what? Yes."),
        ("e\u0301", "\u00e9"),
    ],
)
def test_a_summary_is_tidied(text: str, tidy: str) -> None:
    assert tidy_summary(text) == tidy


@pytest.mark.parametrize(("text", "tidy"), [("水質\n 調查", "水質 調查"), (" 報告\u202e ", "報告"), ("\n", "")])
def test_a_title_is_one_line(text: str, tidy: str) -> None:
    assert tidy_title(text) == tidy


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("聽力80，閱讀75、寫作 90", "聽力80,閱讀75,寫作 90"),
        ("聽力80,閱讀75", "聽力80,閱讀75"),
        ("，", ""),
        ("甲； 乙;丙", "甲,乙,丙"),
    ],
)
def test_parts_are_divided_by_one_separator(text: str, tidy: str) -> None:
    assert tidy_parts(text, ",") == tidy


@given(TEXTS)
def test_tidying_again_changes_nothing(text: str) -> None:
    assert tidy_summary(tidy_summary(text)) == tidy_summary(text)
    assert tidy_title(tidy_title(text)) == tidy_title(text)


@given(TEXTS)
def test_nothing_that_can_be_seen_is_changed(text: str) -> None:
    def seen(words: str) -> str:
        return "".join(unicodedata.normalize("NFC", without_invisible(words)).split())

    assert seen(tidy_summary(text)) == seen(text)
    assert seen(tidy_title(text)) == seen(text)


@given(TEXTS)
def test_a_tidy_text_is_never_longer(text: str) -> None:
    tidy = tidy_summary(text)
    composed = unicodedata.normalize("NFC", text)
    assert count(tidy, RULES).strict <= count(composed, RULES).strict
    assert invisible(tidy) == ()
    assert "\r" not in tidy
