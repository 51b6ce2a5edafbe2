"""Sentences with numbers: every way of showing one, in both languages, and unknown words shown as they are."""

from __future__ import annotations

import pytest

from helpers.checkout import ROOT
from portfolio_desktop import messages
from portfolio_desktop.findings.kind_words import KIND_NAMES, advice_for
from portfolio_desktop.findings.wording import as_characters, as_list, as_time, in_bytes, in_megabytes, phrase


def test_numbers_are_shown_as_the_sentence_asks() -> None:
    text = (
        "{size:bytes}|{limit:mb}|{time:time}|{names:list}|{found:characters}|{kind:kind}|{label:label}|{near:,}|{plain}"
    )
    numbers = {
        "size": 1_572_864,
        "limit": 4_000_000,
        "time": 65.4,
        "names": ["author", "其他"],
        "found": [" ", "？", "\u200b"],
        "kind": "heic",
        "label": "標題",
        "near": 4_000_000,
        "plain": 7,
    }
    wanted = "1.50 MB（1,572,864 位元組）|3.81 MB|1:05|作者、其他|空格、「？」、U+200B|HEIC 照片|標題|4,000,000|7"
    assert phrase(text, numbers) == wanted


@pytest.mark.parametrize(
    ("size", "wanted"), [(4_194_304, "4 MB"), (10_485_760, "10 MB"), (2_097_152, "2 MB"), (0, "0 MB")]
)
def test_limits_are_shown_short(size: int, wanted: str) -> None:
    assert in_megabytes(size) == wanted


def test_a_size_just_above_the_limit_is_told_to_the_byte() -> None:
    assert in_bytes(4_194_305) == "4.00 MB（4,194,305 位元組）"


@pytest.mark.parametrize(("seconds", "wanted"), [(0, "0:00"), (59.6, "1:00"), (360, "6:00"), (3723, "1:02:03")])
def test_times(seconds: float, wanted: str) -> None:
    assert as_time(seconds) == wanted


def test_characters_that_show_nothing_are_told_by_number() -> None:
    assert as_characters(["\u202e", "\udce4", "\u0301", "A"]) == "U+202E、U+DCE4、U+0301、「A」"


def test_an_unknown_kind_is_shown_as_it_is() -> None:
    assert phrase("{kind:kind}", {"kind": "dicom"}) == "DICOM"


@pytest.mark.parametrize("kind", [*KIND_NAMES, "dicom"])
def test_every_kind_has_advice(kind: str) -> None:
    assert advice_for(kind)


def test_one_word_is_a_list_too() -> None:
    assert as_list("course") == "課程學習成果"
    assert phrase("{names:names}", {"names": ["date", "course"]}) == "date, course"


def test_sentences_follow_the_language() -> None:
    messages.use("en", ROOT / "resources" / "locale")
    assert as_list(["author", "camera"]).isascii()
    assert in_bytes(1_048_576).isascii()
