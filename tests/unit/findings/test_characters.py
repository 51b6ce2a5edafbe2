"""Characters: what cannot be seen is found, what belongs to a picture is not, and names hold only what all systems take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.findings.characters import invisible, is_plain, is_undecodable, visible, without_invisible

SCIENTIST = "\U0001f469\u200d\U0001f52c"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART_ON_FIRE = "\u2764\ufe0f\u200d\U0001f525"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    "character",
    [
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\x00",
        "\x1b",
        "\x7f",
        "\u2028",
        "\u3164",
    ],
)
def test_what_cannot_be_seen_is_found_and_taken_out(character: str) -> None:
    assert invisible(f"水{character}質") == (character,)
    assert without_invisible(f"水{character}質") == "水質"


@pytest.mark.parametrize(
    "text", ["水質 調查", "一\n二\t三\r\n", "　縮排", "𠮷野家", SCIENTIST, FAMILY, HEART_ON_FIRE, WALES, "é"]
)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert invisible(text) == ()
    assert without_invisible(text) == text


@pytest.mark.parametrize("text", ["水\u200d質", "\u200d" + SCIENTIST, SCIENTIST + "\u200d", "a\U000e0067"])
def test_what_joins_nothing_is_found(text: str) -> None:
    assert len(invisible(text)) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("水質調查", "水質調查"),
        ("　全形 空格", "　全形 空格"),
        (FAMILY, FAMILY),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\u2066x\u2069\u200e\u061c", "\\u2066x\\u2069\\u200e\\u061c"),
        ("\x1b[31m\x00", "\\x1b[31m\\x00"),
        ("一\n二\t三\r", "一\\n二\\t三\\r"),
        ("caf\udce9", "caf\\udce9"),
        ("a\U000e0041", "a\\U000e0041"),
        ("\u3164", "\\u3164"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_shown_hides_nothing(text: str) -> None:
    assert invisible(visible(text)) == ()
    assert visible(visible(text)) == visible(text)
    assert not set(visible(text)) & set("\n\r\t")
    visible(text, lines=True).encode("utf-8")


@given(st.text())
def test_taking_out_leaves_nothing_to_take_out(text: str) -> None:
    clean = without_invisible(text)
    assert without_invisible(clean) == clean
    assert invisible(clean) == ()


@pytest.mark.parametrize("character", [*"水質龘𠮷々〇ㄅあアー가AZaz09-_"])
def test_plain_characters(character: str) -> None:
    assert is_plain(character) == (character != "가")


@pytest.mark.parametrize("character", [*" .()（）：，！?é\u200b\u0301👍"])
def test_other_characters_are_not_plain(character: str) -> None:
    assert not is_plain(character)


def test_bytes_that_are_no_text() -> None:
    assert is_undecodable("\udce4")
    assert not is_undecodable("水")
