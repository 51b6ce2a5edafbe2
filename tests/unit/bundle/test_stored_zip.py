"""The ZIP's bytes: other readers read them, also beyond four gigabytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.bundle import stored_zip


def build(members: dict[str, bytes]) -> bytes:
    slots = stored_zip.place((path, len(content)) for path, content in members.items())
    body, directory = bytearray(), bytearray()
    for slot, content in zip(slots, members.values(), strict=True):
        assert len(body) == slot.offset
        crc = zlib.crc32(content)
        body += slot.header(crc) + content
        assert len(body) == slot.after
        directory += slot.central(crc)
    return bytes(body + directory) + stored_zip.end(len(slots), len(body), len(directory))


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.dictionaries(names, st.binary(max_size=200), max_size=6))
def test_python_reads_it_back(members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(build(members))) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == members


def test_dates_modes_and_names_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(build({"01_課程/水.pdf": b"x"}))) as archive:
        (info,) = archive.infolist()
    assert info.date_time == (1980, 1, 1, 0, 0, 0)
    assert info.external_attr >> 16 == 0o100644
    assert info.flag_bits == 0x800
    assert info.compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("size", [0xFFFFFFFE, 0xFFFFFFFF, 5 << 30])
def test_beyond_four_gigabytes(tmp_path: Path, size: int) -> None:
    """A hole as large as wished stands for the first member's content; the second lies behind it."""
    slots = stored_zip.place([("大.mp4", size), ("後.txt", 3)])
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.write(slots[0].header(0))
        file.seek(slots[1].offset)
        file.write(slots[1].header(zlib.crc32(b"abc")) + b"abc")
        directory = slots[0].central(0) + slots[1].central(zlib.crc32(b"abc"))
        file.write(directory + stored_zip.end(2, slots[1].after, len(directory)))
    with zipfile.ZipFile(path) as archive:
        first, second = archive.infolist()
        assert (first.filename, first.file_size, first.header_offset) == ("大.mp4", size, 0)
        assert second.header_offset == slots[1].offset
        assert archive.read(second) == b"abc"
        with archive.open(first) as content:
            assert content.read(10) == bytes(10)


def test_more_members_than_sixteen_bits() -> None:
    end = stored_zip.end(70_000, 10, 20)
    assert end.startswith(b"PK\6\6")
    assert struct.unpack_from("<QQ", end, 24) == (70_000, 70_000)
    members = {f"{n:05d}": b"" for n in range(65_536)}
    with zipfile.ZipFile(io.BytesIO(build(members))) as archive:
        assert len(archive.infolist()) == 65_536
