"""The first depth: what a file's container says, read in this process by our own code, cheaply and without traps.

path -> open_source -> kind -> the walk of its container -> Inspection(depth="structure")

Never raises on content: a walk that runs out of sense means a damaged file. The deep look (readers.py) comes later.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from portfolio_desktop.files import open_source
from portfolio_desktop.inspection.containers import boxes, jpeg, mpeg, pdf, png
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.kinds.detect import kind_of

WALKS: Mapping[str, Callable[[BinaryIO, int], Inspection]] = {
    "pdf": pdf.walk,
    "jpg": jpeg.walk,
    "png": png.walk,
    "mp4": boxes.walk,
    "mp3": mpeg.walk,
}
FILMS = frozenset({"mov", "m4a", "m4v", "3gp", "f4v"})
UNOPENABLE = frozenset({"empty", "unknown"})


def inspect_structure(path: Path, kind: str | None = None) -> Inspection:
    """Facts about the file at `path` at the first depth; raises Unreadable when it cannot be read as a file."""
    with open_source(path) as stream:
        size = stream.seek(0, 2)
        return inspect_stream(stream, size, kind or kind_of(stream))


def inspect_stream(stream: BinaryIO, size: int, kind: str) -> Inspection:
    """Facts about an open file of `size` bytes and known kind."""
    try:
        if kind in FILMS:
            return boxes.walk(stream, size, kind)
        if kind in WALKS:
            return WALKS[kind](stream, size)
    except (struct.error, IndexError, ValueError, OverflowError):
        return Inspection(kind=kind, opens=False, damaged=True)
    return Inspection(kind=kind, opens=kind not in UNOPENABLE)
