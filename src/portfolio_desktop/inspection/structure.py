"""The first depth: what a file's container says, read in this process by our own code, cheaply and without traps.

path -> open_source -> kind -> the walk of its container -> Inspection(depth="structure")

Never raises on content: a walk that runs out of sense means a damaged file. The deep look (readers.py) comes later.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from portfolio_desktop.files import open_source
from portfolio_desktop.inspection.containers import boxes, jpeg, mpeg, pdf, png
from portfolio_desktop.inspection.facts import ALLOWED_KINDS, Inspection
from portfolio_desktop.kinds.detect import kind_of

WALKS: Mapping[str, Callable[[BinaryIO, int], Inspection]] = {
    "pdf": pdf.walk,
    "jpg": jpeg.walk,
    "png": png.walk,
    "mp4": boxes.walk,
    "mp3": mpeg.walk,
}
FILMS = frozenset({"mov", "m4a", "m4v", "3gp", "f4v"})
ARCHIVE_END = 65_557
UNOPENABLE = frozenset({"empty", "unknown"})


def inspect_structure(path: Path, kind: str | None = None) -> Inspection:
    """Facts about the file at `path` at the first depth; raises Unreadable when it cannot be read as a file."""
    with open_source(path) as stream:
        size = stream.seek(0, 2)
        return inspect_stream(stream, size, kind or kind_of(stream))


def inspect_stream(stream: BinaryIO, size: int, kind: str, *, deep: bool = False) -> Inspection:
    """Facts about an open file of `size` bytes and known kind; `deep` where our own code can read all of it (PNG)."""
    try:
        facts = _walk(stream, size, kind, deep=deep)
        if kind in ALLOWED_KINDS and has_archive_behind(stream, size):
            facts = replace(facts, notes=tuple(sorted({*facts.notes, "polyglot", "trailing-data"})))
    except (struct.error, IndexError, ValueError, OverflowError):
        return Inspection(kind=kind, opens=False, damaged=True)
    return facts


def _walk(stream: BinaryIO, size: int, kind: str, *, deep: bool) -> Inspection:
    if kind in FILMS:
        return boxes.walk(stream, size, kind)
    if kind == "png" and deep:
        return png.walk_deep(stream, size)
    if kind in WALKS:
        return WALKS[kind](stream, size)
    return Inspection(kind=kind, opens=kind not in UNOPENABLE)


def has_archive_behind(stream: BinaryIO, size: int) -> bool:
    """Whether an unpacker would take the file for a ZIP: its end record (PKWARE appnote 4.3.16) closes the file."""
    stream.seek(max(0, size - ARCHIVE_END))
    tail = stream.read(ARCHIVE_END)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    directory, comment = struct.unpack_from("<I", tail, at + 12)[0], struct.unpack_from("<H", tail, at + 20)[0]
    return 46 <= directory < size and len(tail) - at - 22 - comment in range(-2, 64)
