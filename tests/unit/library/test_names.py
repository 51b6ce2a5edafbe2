from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.library.names import (
    LONGEST,
    LONGEST_TITLE,
    exact_name,
    guess_title,
    safe_name,
    storable,
    title_line,
)

ANY_NAME = st.text(st.characters(exclude_characters="/\x00"), min_size=1, max_size=300)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("水質調查.pdf", "水質調查.pdf"),
        ('報告: <最終>"?*|.pdf', "報告_ _最終_____.pdf"),
        ("a/b\\c.txt", "a_b_c.txt"),
        ("結尾. . ", "結尾"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("console.pdf", "console.pdf"),
        (".incoming", "_.incoming"),
        ("\u202egpj.exe", "gpj.exe"),
        ("零\u200b寬.png", "零寬.png"),
        ("壞\udce9.pdf", "壞_.pdf"),
        ("行\n一.pdf", "行_一.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("...", "file"),
        ("長" * 100 + ".pdf", "長" * 38 + ".pdf"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(ANY_NAME)
def test_a_safe_name_is_safe_whatever_came(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= LONGEST + 1
    assert not set('<>:"/\\|?*') & set(safe)
    assert not safe.startswith(".")
    assert safe == safe.rstrip(". ")
    assert all(unicodedata.category(character) not in ("Cc", "Cs", "Cf") for character in safe)


@given(ANY_NAME)
def test_what_is_safe_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\x00"), min_size=1))
def test_a_name_that_is_text_is_kept_exactly(name: str) -> None:
    assert exact_name(name) == name


def test_bytes_that_are_no_text_stay_tellable() -> None:
    assert exact_name("caf\udce9.pdf") == "caf\\udce9.pdf"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("臺北盆地水質調查報告.pdf", "臺北盆地水質調查報告"),
        ("IMG_水質_(2).jpg", "IMG 水質"),
        ("期末報告 - 複製.docx", "期末報告"),
        ("期末報告 的副本 (3).docx", "期末報告"),
        ("v1.2 說明", "v1.2 說明"),
        ("說明.第二版本之修訂", "說明.第二版本之修訂"),
        ("(1).pdf", "(1)"),
        (".pdf", ".pdf"),
        ("\u202e\u200b", "?"),
        ("___.png", "___"),
    ],
)
def test_titles_are_guessed(name: str, title: str) -> None:
    assert guess_title(name) == title


@given(st.text(min_size=1, max_size=300))
def test_a_guessed_title_is_never_empty_or_odd(name: str) -> None:
    title = guess_title(name)
    assert title == title.strip()
    assert 0 < len(title) <= LONGEST_TITLE
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in title)


@given(st.text(st.characters(codec=None)))
def test_typed_text_can_be_stored(text: str) -> None:
    stored = storable(text)
    stored.encode()
    assert "\x00" not in stored
    assert storable(stored) == stored


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert storable("第一行\n第二行　𠮷野家👨‍👩‍👧") == "第一行\n第二行　𠮷野家👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("水質 調查 ", "水質 調查 "),
        ("一\n二\r\n三\t四", "一 二 三 四"),
        ("\u202egpj.exe\u200b\ufeff\x07", "gpj.exe"),
        ("a\u2028b", "a b"),
        ("\ud800x\x00", "\ufffdx"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
)
def test_a_title_is_one_line_without_what_cannot_be_seen(text: str, kept: str) -> None:
    assert title_line(text) == kept
