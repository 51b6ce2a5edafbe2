"""JPEG: the markers from SOI to EOI (ITU-T T.81), what the application segments tell, and what hangs behind the end.

SOI [APPn DQT DHT DRI COM ...] SOFn SOS scan ... EOI [second picture, film, archive, rubbish]
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from portfolio_desktop.inspection.containers.personal import Traces
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.kinds.detect import kind_of

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
UNUSUAL = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})  # lossless, hierarchical, arithmetic
COLOURS = {1: "grey", 3: "rgb", 4: "cmyk"}
TAIL = 1 << 16
BLOCK = 1 << 18
LARGEST = 1 << 28
FOREIGN = frozenset({"zip", "rar", "7z", "exe", "pdf", "html", "jar", "docx", "xlsx", "pptx", "apk", "script", "elf"})
MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def walk(stream: BinaryIO, size: int) -> Inspection:
    """Facts from the markers of a JPEG of `size` bytes; reads the headers and the tail only, unless the tail is odd."""
    header = _Header(stream, size)
    scan = header.read()
    facts = header.facts()
    if scan is None or header.width is None:
        return facts
    end = _end(stream, size, scan)
    truncated = end is None
    notes = set(header.notes)
    if end is not None and end < size:
        notes |= _behind(stream, end, size)
    return Inspection(
        kind="jpg",
        opens=header.width > 0 and header.height != 0,
        damaged=truncated or header.broken,
        truncated=truncated,
        width=header.width,
        height=header.height,
        orientation=header.traces.orientation,
        frames=1,
        colour=header.colour,
        gps=header.traces.gps,
        personal=header.traces.names(),
        notes=tuple(sorted(notes)),
    )


class _Header:
    """The segments before the first scan."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.stream, self.size = stream, size
        self.width: int | None = None
        self.height: int | None = None
        self.colour: str | None = None
        self.broken = False
        self.notes: set[str] = set()
        self.traces = Traces()
        self.extended_xmp = b""

    def facts(self) -> Inspection:
        """What is known when no picture follows."""
        return Inspection(kind="jpg", opens=False, damaged=True, truncated=True, width=self.width, height=self.height)

    def read(self) -> int | None:
        """Read segments up to the first scan; the place where its data begins, or None when there is none."""
        at = 2
        while at + 4 <= self.size:
            self.stream.seek(at)
            marker = self.stream.read(4)
            if marker[0] != 0xFF:
                at = self._resynchronise(at)
                if at < 0:
                    return None
                continue
            if marker[1] in (0xFF, 0x01) or 0xD0 <= marker[1] <= 0xD8:  # fill, or a marker without a length
                at += 1 if marker[1] == 0xFF else 2
                continue
            if marker[1] == 0xD9:
                return None
            length = int.from_bytes(marker[2:4], "big")
            if length < 2:
                self.broken = True
                return None
            if marker[1] == 0xDA:
                return at + 2 + length
            self._segment(marker[1], self.stream.read(length - 2))
            at += 2 + length
        return None

    def _resynchronise(self, at: int) -> int:
        """Decoders skip rubbish between segments with a warning; so do we."""
        self.broken = True
        self.stream.seek(at)
        found = MARKER.search(self.stream.read(TAIL))
        return at + found.end() - 2 if found else -1

    def _segment(self, marker: int, body: bytes) -> None:
        if marker in FRAMES and len(body) >= 6 and self.width is None:
            self.height, self.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            self.colour = COLOURS.get(body[5], "other")
            if marker in PROGRESSIVE:
                self.notes.add("progressive")
            if marker in UNUSUAL or body[0] != 8:
                self.notes.add("unusual-coding")
        elif marker == 0xE1 and body.startswith(b"Exif\0"):
            self.traces.read_exif(body[6:])
        elif marker == 0xE1 and body.startswith(b"http://ns.adobe.com/x"):
            self.traces.read_xmp(body)
        elif marker == 0xE2 and body.startswith(b"MPF\0"):
            self.notes.add("multi-picture")
        elif marker == 0xED and body.startswith(b"Photoshop 3.0\0"):
            self.traces.read_iptc(body)


def _end(stream: BinaryIO, size: int, scan: int) -> int | None:
    """The place behind the picture's EOI marker, or None when it is missing."""
    start = max(scan, size - TAIL)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"\xff\xd9")
    if at >= 0 and not tail[at + 2 :].strip(b"\0"):
        return size
    return _next_end(stream, scan) if _has_end(stream, scan) else None


def _has_end(stream: BinaryIO, scan: int) -> bool:
    """Whether the two bytes of EOI stand anywhere behind the first scan's begin: quickly told, and mostly enough."""
    stream.seek(scan)
    before = b""
    for _block in range(LARGEST // BLOCK):
        block = stream.read(BLOCK)
        if b"\xff\xd9" in before[-1:] + block:
            return True
        if len(block) < BLOCK:
            return False
        before = block
    return False


def _next_end(stream: BinaryIO, scan: int) -> int | None:
    """Look for EOI from the first scan on, over the segments between scans; a picture larger than LARGEST has none."""
    at, block = scan, b""
    while at < scan + LARGEST:
        stream.seek(at)
        block = stream.read(BLOCK)
        found = MARKER.search(block)
        if found is None:
            if len(block) < BLOCK:
                return None
            at += len(block) - 1  # a marker may be cut in two
            continue
        code = block[found.end() - 1]
        if code == 0xD9:
            return at + found.end()
        at += found.end()
        if code in (0xC4, 0xDA, 0xDB, 0xDD, 0xFE) or code >= 0xE0:
            stream.seek(at)
            at += int.from_bytes(stream.read(2), "big")
    return None


def _behind(stream: BinaryIO, end: int, size: int) -> set[str]:
    """What hangs behind the picture: a second one, a film (motion photo), or something foreign."""
    stream.seek(end)
    rest = stream.read(min(size - end, 1 << 20)).lstrip(b"\0")
    kind = kind_of(io.BytesIO(rest))
    if kind == "empty":
        return set()
    if kind in FOREIGN or b"PK\x05\x06" in rest[-(1 << 16) :]:
        return {"polyglot", "trailing-data"}
    if kind in ("mp4", "mov") or b"ftypmp4" in rest or b"ftypisom" in rest or b"MotionPhoto_Data" in rest:
        return {"motion-photo"}
    return {"multi-picture"} if kind == "jpg" else {"trailing-data"}
