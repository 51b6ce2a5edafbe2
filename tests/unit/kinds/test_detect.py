"""Kinds by content."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import specimens
from portfolio_desktop.kinds.detect import kind_of


def kind(data: bytes) -> str:
    return kind_of(io.BytesIO(data))


@pytest.mark.parametrize("name", [*specimens.GOOD, *specimens.OTHER])
def test_every_specimen_is_told(name: str) -> None:
    data = {**specimens.GOOD, **specimens.OTHER}[name]()
    assert kind(data) == name


@pytest.mark.parametrize("name", specimens.FAULTY)
def test_damage_does_not_hide_the_kind(name: str) -> None:
    assert kind(specimens.FAULTY[name]()) == name.split("-")[0]


@pytest.mark.parametrize(
    ("brand", "word"),
    [
        (b"isom", "mp4"),
        (b"mp42", "mp4"),
        (b"avc1", "mp4"),
        (b"qt  ", "mov"),
        (b"M4A ", "m4a"),
        (b"M4V ", "m4v"),
        (b"3gp5", "3gp"),
    ],
)
def test_films_are_told_by_their_brand(brand: bytes, word: str) -> None:
    assert kind(b"\0\0\0\x14ftyp" + brand + bytes(8)) == word


def test_heif_pictures_are_told_by_their_compatible_brands() -> None:
    assert kind(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic") == "heic"
    assert kind(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif") == "avif"


def test_quicktime_without_a_brand() -> None:
    assert kind(b"\0\0\0\x08wide" + b"\0\0\1\0mdat" + bytes(300)) == "mov"


def test_sound_behind_tags_and_padding() -> None:
    tag = b"ID3\x04\0\0\0\0\x07\x76" + bytes(1014)
    frames = specimens.mp3()
    assert kind(tag + bytes(5000) + frames[frames.index(b"\xff\xfb") :]) == "mp3"
    assert kind(tag + b"fLaC" + bytes(60)) == "flac"


def test_sound_behind_rubbish_needs_a_chain_of_frames() -> None:
    frames = specimens.mp3(2.0)
    sound = frames[frames.index(b"\xff\xfb") :]
    rubbish = bytes(range(1, 200))
    assert kind(rubbish + sound) == "mp3"
    assert kind(rubbish + sound[:150] + rubbish) == "unknown"


def test_big5_text_is_text_and_random_bytes_are_not() -> None:
    assert kind("學習歷程檔案，自主學習計畫。\r\n".encode("cp950") * 30) == "text"
    assert kind("學習".encode("utf-16")) == "text"
    assert kind(random.Random(5).randbytes(5000)) == "unknown"


def test_text_cut_within_a_character_at_the_window_s_end_is_text() -> None:
    assert kind(("a" + "學" * 30_000).encode()) == "text"


def test_a_text_about_pdf_is_no_pdf() -> None:
    assert kind(b"A file begins with %PDF-1.4 and then\n1 0 obj follows") == "text"
    assert kind(b"rubbish\n" + specimens.pdf()) == "pdf"


def test_an_image_that_carries_a_pdf_is_an_image() -> None:
    assert kind(specimens.image_as("GIF")[:13] + specimens.pdf()) == "gif"


def test_a_zip_cut_short_is_still_told() -> None:
    assert kind(specimens.docx()[:200]) == "docx"
    assert kind(specimens.archive("a.txt")[:50]) == "zip"


def test_html_and_svg_behind_comments() -> None:
    assert kind(b"<!-- made by hand -->\n<html lang='zh'>") == "html"
    assert kind(b"<?xml version='1.0'?><!-- x --><svg/>") == "svg"
    assert kind(b"<?xml version='1.0'?><feed/>") == "xml"


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_word(data: bytes) -> None:
    word = kind(data)
    assert word == word.lower()
    assert word.isalnum()


@given(st.sampled_from(sorted({**specimens.GOOD, **specimens.OTHER})), st.integers(0, 400), st.binary(max_size=8))
def test_spoilt_heads_never_raise(name: str, at: int, spoilt: bytes) -> None:
    data = {**specimens.GOOD, **specimens.OTHER}[name]()
    assert kind(data[:at] + spoilt + data[at + len(spoilt) :])
