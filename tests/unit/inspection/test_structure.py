"""The first depth: containers walked in this process."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import specimens
from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.structure import inspect_stream, inspect_structure
from portfolio_desktop.kinds.detect import kind_of

ALL = {**specimens.GOOD, **specimens.FAULTY, **specimens.OTHER}


def look(data: bytes) -> Inspection:
    stream = io.BytesIO(data)
    return inspect_stream(stream, len(data), kind_of(stream))


@pytest.mark.parametrize("name", specimens.GOOD)
def test_good_files_raise_no_alarm(name: str) -> None:
    facts = look(specimens.GOOD[name]())
    assert (facts.kind, facts.depth, facts.opens, facts.damaged, facts.truncated) == (
        name,
        "structure",
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "name", ["pdf-cut", "jpg-cut", "jpg-head-only", "png-cut", "mp3-cut", "mp4-cut", "mp4-no-index"]
)
def test_a_missing_end_is_seen(name: str) -> None:
    facts = look(specimens.FAULTY[name]())
    assert facts.damaged
    assert facts.truncated


@pytest.mark.parametrize(("user", "strength"), [("", 3), ("", 6), ("secret", 4)])
def test_encryption_is_seen(user: str, strength: int) -> None:
    facts = look(specimens.locked_pdf(user, strength=strength))
    assert facts.encrypted == "owner-only"
    assert facts.opens


def test_a_pdf_behind_rubbish_and_before_rubbish() -> None:
    assert look(b"rubbish\n" + specimens.pdf()).notes == ("header-offset",)
    facts = look(specimens.pdf() + b"PK\x03\x04 and more")
    assert facts.notes == ("polyglot", "trailing-data")
    assert not facts.damaged
    assert look(specimens.pdf() + b"\r\n\0\0").notes == ()


def test_a_pdf_whose_index_is_elsewhere_is_damaged() -> None:
    data = specimens.pdf()
    at = data.rindex(b"startxref")
    assert look(data[:at] + b"startxref\n3\n%%EOF\n").damaged
    assert not look(data[:at] + b"startxref\n3\n%%EOF\n").truncated


def test_jpeg_facts() -> None:
    facts = look(
        specimens.jpg(300, 200, progressive=True, exif=specimens.exif(6, gps=True, author="作者", serial="123"))
    )
    assert (facts.width, facts.height, facts.colour, facts.orientation) == (300, 200, "rgb", 6)
    assert facts.gps
    assert facts.personal == ("author", "camera", "serial")
    assert facts.notes == ("progressive",)
    assert look(specimens.jpg(mode="L")).colour == "grey"
    assert look(specimens.jpg(mode="CMYK")).colour == "cmyk"


def test_what_hangs_behind_a_jpeg() -> None:
    photo = specimens.jpg()
    assert look(photo + bytes(100)).notes == ()
    assert look(photo + b"remarks").notes == ("trailing-data",)
    assert look(photo + specimens.archive("a.txt")).notes == ("polyglot", "trailing-data")
    assert look(photo + specimens.mp4(0.2)).notes == ("motion-photo",)
    assert look(photo + photo + b"\0x").notes == ("multi-picture",)
    assert not look(photo + specimens.archive("a.txt")).damaged


@pytest.mark.parametrize("name", specimens.GOOD)
def test_a_file_that_is_an_archive_too_is_told(name: str) -> None:
    good, archive = specimens.GOOD[name](), specimens.archive("a.txt")
    assert "polyglot" in look(good + archive).notes
    assert "polyglot" in look(good + archive[:-2] + b"\x02\0\xff\xd9").notes
    assert "polyglot" not in look(good).notes


def test_endless_rubbish_behind_a_picture_is_not_read(tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "a.jpg", specimens.jpg())
    with path.open("r+b") as stream:
        stream.truncate(1 << 33)
    facts = inspect_structure(path)
    assert (facts.opens, facts.damaged) == (True, False)


def test_an_end_is_found_over_later_scans_and_blocks() -> None:
    photo = specimens.jpg(900, 700, progressive=True, quality=95)
    assert len(photo) > 1 << 16
    for rubbish in (b"x", b"x" * 70_000):
        facts = look(photo + rubbish)
        assert (facts.truncated, facts.notes) == (False, ("progressive", "trailing-data"))
    assert look(photo[:-2] + b"x" * 70_000).truncated


def test_a_thumbnail_s_end_is_not_the_picture_s() -> None:
    thumbnail = b"\xff\xe1" + struct.pack(">H", 2 + 6 + 4) + b"Exif\0\0\xff\xd8\xff\xd9"
    cut = specimens.cut(specimens.jpg())
    assert look(cut[:2] + thumbnail + cut[2:]).truncated


def test_png_facts() -> None:
    facts = look(specimens.png(30, 20, "P", author="作者"))
    assert (facts.width, facts.height, facts.colour, facts.personal) == (30, 20, "palette", ("author",))
    assert look(specimens.png(mode="I;16")).notes == ("16-bit",)
    assert look(specimens.animated_png(3)).frames == 3
    assert look(specimens.animated_png(3)).notes == ("animated",)
    assert look(specimens.interlaced_png()).notes == ("interlaced",)
    assert look(specimens.png(exif=specimens.exif(3, gps=True))).gps


def test_a_png_with_too_many_pixels_does_not_open() -> None:
    facts = look(specimens.png_bomb())
    assert facts.notes == ("pixel-bomb",)
    assert not facts.opens


def test_film_facts() -> None:
    facts = look(specimens.mp4(2.0, place="+25.0339+121.5645/"))
    assert (facts.width, facts.height, facts.gps) == (128, 96, True)
    assert facts.duration == pytest.approx(2.0, abs=0.1)
    assert {(track.kind, track.codec) for track in facts.tracks} == {("video", "h264"), ("audio", "aac")}
    assert look(specimens.mp4(audio=False)).notes == ("no-audio",)
    assert look(specimens.mp4(fast=False)).notes == ("index-at-end",)


def test_sound_facts() -> None:
    facts = look(specimens.mp3(3.0))
    assert facts.duration == pytest.approx(3.0, abs=0.15)
    assert facts.bitrate == pytest.approx(64_000, rel=0.15)
    assert [track.codec for track in facts.tracks] == ["mp3"]


def test_an_id3_tag_alone_is_no_sound() -> None:
    assert not look(b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)).opens


def test_other_kinds_are_named() -> None:
    for name, make in specimens.OTHER.items():
        facts = look(make())
        assert facts.kind == name
        assert facts.opens == (name not in ("empty", "unknown"))


def test_a_path_is_opened_without_traps(tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "相片.png", specimens.jpg())
    assert inspect_structure(path).kind == "jpg"
    with pytest.raises(Unreadable):
        inspect_structure(tmp_path)


def test_no_foreign_library_is_loaded() -> None:
    program = (
        "import sys; import portfolio_desktop.inspection.structure, portfolio_desktop.inspection.readers;"
        "print([name for name in ('PIL', 'pikepdf', 'pypdfium2', 'mutagen', 'av', 'sqlite3', 'socket') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"


@given(st.sampled_from(sorted(ALL)), st.data())
def test_spoilt_files_never_raise(name: str, data: st.DataObject) -> None:
    content = ALL[name]()
    at = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    spoilt = content[:at] + data.draw(st.binary(max_size=40)) + content[at + length :]
    facts = look(spoilt)
    assert Inspection.from_json(facts.to_json()) == facts


@given(st.sampled_from(sorted(specimens.GOOD)), st.floats(0.02, 0.98))
def test_cut_files_never_raise_and_never_pass_unseen(name: str, share: float) -> None:
    content = specimens.cut(specimens.GOOD[name](), share)
    facts = look(content)
    if facts.kind in ("pdf", "jpg", "png", "mp4"):
        assert facts.damaged


@given(st.sampled_from(["pdf", "jpg", "png", "mp3", "mp4", "mov"]), st.binary(max_size=400))
def test_any_bytes_under_any_kind_never_raise(kind: str, data: bytes) -> None:
    assert inspect_stream(io.BytesIO(data), len(data), kind).kind == kind
