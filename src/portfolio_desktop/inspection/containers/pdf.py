"""PDF: the header, the tail, and the cross-reference it points to (ISO 32000-1, 7.5), without following the objects.

[rubbish] %PDF-1.7 ... objects ... xref table or stream <- startxref N <- %%EOF [rubbish]
                                    trailer: /Root /Encrypt

Whether an encrypted file asks for a password takes the deep look; until then it counts as `owner-only`, the harmless one.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from portfolio_desktop.inspection.facts import Inspection

HEADER_WINDOW = 1024
TAIL = 2048
LONG_TAIL = 1 << 17
TRAILER = 1 << 13


def walk(stream: BinaryIO, size: int) -> Inspection:
    """Facts from both ends of a PDF of `size` bytes."""
    stream.seek(0)
    head = stream.read(HEADER_WINDOW + 16)
    header = max(0, head.find(b"%PDF-"))
    notes = {"header-offset"} if head[:header].strip(b"\xef\xbb\xbf\x00 \t\r\n\f") else set()
    for length in (TAIL, LONG_TAIL):
        start = max(0, size - length)
        stream.seek(start)
        tail = stream.read()
        marks = list(re.finditer(rb"startxref\s+(\d+)", tail))
        if marks:
            break
    else:
        return Inspection(kind="pdf", damaged=True, truncated=True, notes=tuple(sorted(notes)))
    mark = marks[-1]
    rest = tail[mark.end() :]
    ended = re.match(rb"\s*%%EOF", rest)
    behind = rest[ended.end() :] if ended else b""
    if behind.strip(b"\0\r\n\t \x1a"):
        notes.add("trailing-data")
        if re.search(rb"PK\x03\x04|PK\x05\x06|Rar!\x1a|7z\xbc\xaf", behind):
            notes.add("polyglot")
    trailer = _trailer(stream, int(mark[1]), header, size)
    damaged = trailer is None or not ended
    if trailer is not None and b"/Linearized" in head:
        notes.add("linearized")
    encrypted = bool(re.search(rb"/Encrypt\b", trailer if trailer is not None else tail[: mark.start()]))
    return Inspection(
        kind="pdf",
        opens=True,
        damaged=damaged,
        encrypted="owner-only" if encrypted else "none",
        notes=tuple(sorted(notes)),
    )


def _trailer(stream: BinaryIO, offset: int, header: int, size: int) -> bytes | None:
    """The trailer dictionary that belongs to the cross-reference at `offset`; None when there is no such thing."""
    for at in dict.fromkeys((offset, offset + header)):
        if not 0 < at < size:
            continue
        stream.seek(at)
        start = stream.read(64)
        if re.match(rb"\s*\d+\s+\d+\s+obj\b", start):
            stream.seek(at)
            return stream.read(TRAILER).split(b"stream", 1)[0]
        if re.match(rb"\s*xref\b", start):
            return _behind_table(stream, at)
    return None


def _behind_table(stream: BinaryIO, at: int) -> bytes | None:
    """Skip the sections of a table (20 bytes an entry) to its trailer."""
    stream.seek(at)
    chunk = stream.read(TRAILER)
    begin = re.match(rb"\s*xref\s+", chunk)
    if begin is None:
        return None
    place = at + begin.end()
    for _section in range(10_000):
        stream.seek(place)
        chunk = stream.read(TRAILER)
        if re.match(rb"\s*trailer", chunk):
            return chunk.split(b"startxref", 1)[0]
        section = re.match(rb"\s*(\d+)[ \t]+(\d+)\s*", chunk)
        if section is None:
            found = re.search(rb"trailer", chunk)  # entries of an odd length: the trailer is near all the same
            return chunk[found.start() :] if found else None
        place += section.end() + 20 * int(section[2])
        if chunk[section.end() + 18 : section.end() + 19].isdigit():
            place -= 2
    return None
