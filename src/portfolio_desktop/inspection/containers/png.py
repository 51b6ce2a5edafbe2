"""PNG: the chunks from IHDR to IEND (ISO 15948), their checksums, and with `deep` the whole packed picture.

signature IHDR [PLTE tRNS iCCP acTL eXIf tEXt ...] IDAT IDAT ... IEND [rubbish]

`opens` follows libpng, on which nearly every viewer stands: what it refuses (a bad critical chunk, a broken or short
picture) does not open; what it only warns about (a bad ancillary chunk) is damaged and opens.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from portfolio_desktop.inspection.containers.personal import Traces
from portfolio_desktop.inspection.containers.rows import Rows
from portfolio_desktop.inspection.facts import Inspection

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
COLOURS = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgba"}
CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
# Ancillary chunks with a length of their own; libpng warns about any other and leaves the chunk out.
LENGTHS = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"pHYs": 9, b"tIME": 7, b"oFFs": 9}
BACKGROUND = {0: 2, 2: 6, 3: 1, 4: 2, 6: 6}
BEFORE_PICTURE = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"tRNS", b"pHYs", b"sPLT"})
BEFORE_PALETTE = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"})
SMALL = 4096
LARGEST = (1 << 31) - 1
MAX_PIXELS = 1 << 28  # a phone's 200 megapixels pass, a bomb does not
MAX_TEXT = 1 << 20


@dataclass(frozen=True)
class _Chunk:
    name: bytes
    length: int
    at: int  # where its body begins


class _Refused(Exception):  # noqa: N818 - the walk's own way out
    """The picture cannot be shown."""


def walk(stream: BinaryIO, size: int) -> Inspection:
    """Facts from the chunks of a PNG of `size` bytes: checksums of the small ones only."""
    return _Walk(stream, size, deep=False).facts()


def walk_deep(stream: BinaryIO, size: int) -> Inspection:
    """All facts of a PNG: every checksum, and every row unpacked."""
    return _Walk(stream, size, deep=True).facts()


class _Walk:
    def __init__(self, stream: BinaryIO, size: int, *, deep: bool) -> None:
        self.stream, self.size, self.deep = stream, size, deep
        self.width = self.height = self.depth = self.colour = self.interlace = 0
        self.frames = 1
        self.opens, self.damaged, self.truncated = False, False, False
        self.notes: set[str] = set()
        self.traces = Traces()
        self.seen: set[bytes] = set()
        self.rows: Rows | None = None

    def facts(self) -> Inspection:
        try:
            self._read()
            self.opens = True
        except _Refused:
            self.damaged = True
        return Inspection(
            kind="png",
            depth="deep" if self.deep else "structure",
            opens=self.opens and "pixel-bomb" not in self.notes,
            damaged=self.damaged,
            truncated=self.truncated,
            width=self.width or None,
            height=self.height or None,
            orientation=self.traces.orientation,
            frames=self.frames,
            colour=COLOURS.get(self.colour) if self.width else None,
            gps=self.traces.gps,
            personal=self.traces.names(),
            notes=tuple(sorted(self.notes)),
        )

    def _read(self) -> None:
        self.stream.seek(0)
        if self.stream.read(8) != SIGNATURE:
            self.notes.add("signature-spoilt")
            raise _Refused
        last = b""
        for chunk in self._chunks():
            self._chunk(chunk, last)
            last = chunk.name
            if last == b"IEND":
                break
        else:
            self.truncated = True
            raise _Refused
        if b"IDAT" not in self.seen:
            raise _Refused
        if self.rows is not None:
            self._finish_rows(self.rows)

    def _chunks(self) -> Iterator[_Chunk]:
        at = 8
        while at + 12 <= self.size:
            self.stream.seek(at)
            length, name = struct.unpack(">I4s", self.stream.read(8))
            if length > LARGEST or not name.isalpha():
                raise _Refused
            if at + 12 + length > self.size:
                self.truncated = True
                if name == b"IDAT" and self.deep:
                    self._picture(_Chunk(name, self.size - at - 8, at + 8))
                raise _Refused
            yield _Chunk(name, length, at + 8)
            at += 12 + length
            if name == b"IEND" and at < self.size:
                self._behind(at)

    def _chunk(self, chunk: _Chunk, last: bytes) -> None:
        if not self.seen and chunk.name != b"IHDR":
            self.notes.add("apple-png") if chunk.name == b"CgBI" else None
            raise _Refused
        if chunk.name == b"IDAT":
            if b"IDAT" in self.seen and last != b"IDAT":
                raise _Refused
            if self.colour == 3 and b"PLTE" not in self.seen:
                raise _Refused
            self.seen.add(chunk.name)
            self._picture(chunk)
            return
        body = self._body(chunk)
        if body is None:
            return
        if chunk.name in CRITICAL:
            self._critical(chunk.name, body)
        elif not chunk.name[0] & 0x20:
            raise _Refused  # a critical chunk that nobody knows
        else:
            self._ancillary(chunk.name, body)
        self.seen.add(chunk.name)

    def _body(self, chunk: _Chunk) -> bytes | None:
        """A chunk's content, checked where it is small or the look is deep; None when it is to be left out."""
        if chunk.length > MAX_TEXT:
            if self.deep and not self._checked(chunk):
                self._bad(chunk.name)
            return None
        self.stream.seek(chunk.at)
        body = self.stream.read(chunk.length)
        crc = int.from_bytes(self.stream.read(4), "big")
        if (self.deep or chunk.length <= SMALL) and zlib.crc32(body, zlib.crc32(chunk.name)) != crc:
            self._bad(chunk.name)
            return None
        return body

    def _checked(self, chunk: _Chunk) -> bool:
        crc = zlib.crc32(chunk.name)
        for part in self._parts(chunk):
            crc = zlib.crc32(part, crc)
        return crc == int.from_bytes(self.stream.read(4), "big")

    def _parts(self, chunk: _Chunk) -> Iterator[bytes]:
        self.stream.seek(chunk.at)
        left = chunk.length
        while left > 0 and (part := self.stream.read(min(left, 1 << 18))):
            yield part
            left -= len(part)

    def _bad(self, name: bytes) -> None:
        self.damaged = True
        if not name[0] & 0x20:
            raise _Refused

    def _critical(self, name: bytes, body: bytes) -> None:
        if name == b"IHDR":
            self._header(body)
        elif name == b"PLTE":
            entries, odd = divmod(len(body), 3)
            if self.colour in (0, 4) or odd or not 0 < entries <= 256 or b"PLTE" in self.seen:
                raise _Refused
            if self.colour == 3 and entries > 1 << self.depth:
                self.damaged = True
        elif body:
            self.damaged = True

    def _header(self, body: bytes) -> None:
        if len(body) != 13 or self.seen:
            raise _Refused
        self.width, self.height, self.depth, self.colour, packing, filtering, self.interlace = struct.unpack(
            ">IIBBBBB", body
        )
        usual = self.depth in DEPTHS.get(self.colour, ()) and not packing and not filtering and self.interlace < 2
        if not usual or not 0 < self.width <= LARGEST or not 0 < self.height <= LARGEST:
            raise _Refused
        if self.interlace:
            self.notes.add("interlaced")
        if self.depth == 16:
            self.notes.add("16-bit")
        if self.width * self.height > MAX_PIXELS:
            self.notes.add("pixel-bomb")
        elif self.deep:
            self.rows = Rows(self.width, self.height, self.depth * CHANNELS[self.colour], bool(self.interlace))

    def _ancillary(self, name: bytes, body: bytes) -> None:
        if not self._is_sound(name, body):
            self.damaged = True
        elif name == b"acTL" and len(body) == 8:
            self.frames = max(1, struct.unpack(">I", body[:4])[0])
            if self.frames > 1:
                self.notes.add("animated")
        elif name == b"eXIf":
            self.traces.read_exif(body)
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            keyword = body.split(b"\0", 1)[0].lower()
            if keyword == b"xml:com.adobe.xmp":
                self.traces.read_xmp(body)
            elif keyword in (b"author", b"artist", b"copyright"):
                self.traces.personal.add("copyright" if keyword == b"copyright" else "author")
            elif keyword.startswith(b"raw profile type") and re.search(rb"exif|app1", keyword):
                self.notes.add("raw-exif")

    def _is_sound(self, name: bytes, body: bytes) -> bool:
        """Whether an ancillary chunk stands where it may and has a length that it may have."""
        misplaced = (name in BEFORE_PICTURE and b"IDAT" in self.seen) or (
            name in BEFORE_PALETTE and b"PLTE" in self.seen
        )
        repeated = name in self.seen and (name in LENGTHS or name in BEFORE_PICTURE - {b"sPLT"})
        if misplaced or repeated or len(body) != LENGTHS.get(name, len(body)):
            return False
        if name == b"bKGD":
            return len(body) == BACKGROUND[self.colour]
        if name == b"tRNS":
            return {0: len(body) == 2, 2: len(body) == 6, 3: b"PLTE" in self.seen and 0 < len(body) <= 256}.get(
                self.colour, False
            )
        return name != b"iCCP" or len(body) >= 14

    def _picture(self, chunk: _Chunk) -> None:
        if not self.deep:
            return
        crc = zlib.crc32(chunk.name)
        for part in self._parts(chunk):
            crc = zlib.crc32(part, crc)
            if self.rows is not None:
                self.rows.feed(part)
        if self.truncated:
            return
        if crc != int.from_bytes(self.stream.read(4), "big"):
            self._bad(chunk.name)
        if self.rows is not None and self.rows.broken:
            raise _Refused

    def _finish_rows(self, rows: Rows) -> None:
        if not rows.complete:
            raise _Refused
        if rows.unsound:
            self.damaged = True

    def _behind(self, at: int) -> None:
        self.stream.seek(at)
        rest = self.stream.read(1 << 20)
        if rest.strip(b"\0\r\n "):
            self.notes.add("trailing-data")
            if (
                rest.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"%PDF-", b"MZ"))
                or b"PK\x05\x06" in rest[-(1 << 16) :]
            ):
                self.notes.add("polyglot")
