"""Names inside a bundle: safe everywhere, told apart everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.bundle import layout


@pytest.mark.parametrize(
    "path",
    [
        "01_課程學習成果/01_水質調查報告.pdf",
        "07_團體活動時間（社團）/05_太鼓社.mp3",
        "manifest.json",
        "完整資料/files/0123456789abcdef/𠮷野家 報告 (1).pdf",
        "a/.hidden",
        "console/context.txt",
    ],
)
def test_safe(path: str) -> None:
    assert layout.is_safe(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/./x",
        "a//x",
        "a/",
        "a\\..\\x",
        "C:/x",
        "C:x",
        "a/b:stream",
        "con",
        "a/NUL.txt",
        "com1.pdf",
        "LPT9",
        "a/x.",
        "a/x ",
        " a/x",
        "a\nb",
        "a\0b",
        "報告\u202efdp.exe",
        "a\u200bb",
        'a"b',
        "a?b",
        "a*b",
        "a|b",
        "a<b>",
        "x" * 241,
        "水" * 81,
        unicodedata.normalize("NFD", "é.pdf"),
        "\udc80",
    ],
)
def test_unsafe(path: str) -> None:
    assert not layout.is_safe(path)


@given(st.text(max_size=300))
def test_any_text_becomes_a_safe_name(text: str) -> None:
    name = layout.safe_part(text)
    assert layout.is_safe(name)
    assert "/" not in name


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=300))
def test_a_long_name_keeps_its_suffix(stem: str) -> None:
    name = layout.safe_part(f"{stem}.pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 150
    assert unicodedata.normalize("NFC", stem).startswith(name.removesuffix(".pdf"))


def test_a_good_name_stays_as_it_is() -> None:
    assert layout.safe_part("11_其他多元表現") == "11_其他多元表現"


@pytest.mark.parametrize(
    ("name", "safe"), [("CON.pdf", "_CON.pdf"), ("a/b:c.pdf", "a_b_c.pdf"), ("..", "_"), ("x. ", "x")]
)
def test_a_bad_name_is_mended(name: str, safe: str) -> None:
    assert layout.safe_part(name) == safe


@pytest.mark.parametrize(
    ("one", "other"),
    [("A/報告.PDF", "a/報告.pdf"), ("e\u0301.pdf", "\u00e9.pdf"), ("E\u0301.pdf", "\u00e9.PDF"), ("straße", "STRASSE")],
)
def test_names_that_some_system_takes_for_one(one: str, other: str) -> None:
    assert layout.key(one) == layout.key(other)


def test_different_names_have_different_keys() -> None:
    assert layout.key("01_甲.pdf") != layout.key("01_乙.pdf")


@pytest.mark.parametrize("path", [".DS_Store", "a/Thumbs.db", "__MACOSX/a/._x", "a/~$清單.xlsx", "desktop.ini"])
def test_junk(path: str) -> None:
    assert layout.is_junk(path)


@pytest.mark.parametrize("path", ["清單.xlsx", "a/thumbs.db.pdf", "_x"])
def test_no_junk(path: str) -> None:
    assert not layout.is_junk(path)


def test_a_stored_file_lies_under_its_hash() -> None:
    assert layout.stored_path("ab" * 32, "報告.pdf") == "完整資料/files/abababababababab/報告.pdf"


@given(st.text(max_size=80))
def test_a_stored_path_is_safe_whatever_the_name(name: str) -> None:
    assert layout.is_safe(layout.stored_path("0f" * 32, name))
