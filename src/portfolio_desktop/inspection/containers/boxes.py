"""ISO base media (ISO 14496-12) and QuickTime: the boxes of mp4, mov, m4a, m4v and 3gp.

ftyp | moov( mvhd trak( tkhd mdia( mdhd hdlr minf( stbl( stsd stsz stco/co64 ) ) ) ) udta meta ) | mdat | moof ...
       duration    size, codec, where the samples lie                           place, author

A film without `moov` cannot be played; one whose samples lie behind the end of the file was cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from portfolio_desktop.inspection.containers.personal import Traces
from portfolio_desktop.inspection.facts import Inspection, Track

LARGEST_MOOV = 1 << 26
MAX_BOXES = 100_000
PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"ilst"})
CODECS = {
    b"avc1": "h264",
    b"avc3": "h264",
    b"hvc1": "hevc",
    b"hev1": "hevc",
    b"av01": "av1",
    b"vp09": "vp9",
    b"mp4v": "mpeg4",
    b"mp4a": "aac",
    b"alac": "alac",
    b".mp3": "mp3",
    b"Opus": "opus",
    b"samr": "amr",
    b"ac-3": "ac3",
    b"ec-3": "eac3",
}
HANDLERS = {b"vide": "video", b"soun": "audio"}
PERSONAL = {
    b"\xa9ART": "author",
    b"\xa9aut": "author",
    b"auth": "author",
    b"\xa9mak": "camera",
    b"\xa9mod": "camera",
    b"cprt": "copyright",
}
PLACES = frozenset({b"\xa9xyz", b"loci"})
APPLE_KEYS = (
    (b"com.apple.quicktime.location", "gps"),
    (b"com.apple.quicktime.make", "camera"),
    (b"com.apple.quicktime.model", "camera"),
    (b"com.apple.quicktime.author", "author"),
    (b"com.apple.quicktime.artist", "author"),
)


@dataclass(frozen=True)
class _Box:
    name: bytes
    body: memoryview


@dataclass
class _Trak:
    kind: str = "other"
    codec: str = ""
    width: int = 0
    height: int = 0
    orientation: int | None = None
    last_chunk: int = 0


def walk(stream: BinaryIO, size: int, kind: str = "mp4") -> Inspection:
    """Facts from the boxes of a film or recording of `size` bytes; reads the index only, not the samples."""
    found = _top_level(stream, size)
    if found.moov is None:
        return Inspection(kind=kind, opens=False, damaged=True, truncated=found.truncated or found.media)
    film = _Film(found.moov)
    truncated = found.truncated or any(trak.last_chunk >= size for trak in film.traks if trak.last_chunk)
    video = next((trak for trak in film.traks if trak.kind == "video" and trak.width), None)
    missing = {f"no-{stream}" for stream in ("audio", "video") if kind == "mp4" and not film.has(stream)}
    return Inspection(
        kind=kind,
        opens=bool(film.traks) and (found.media or not truncated),
        damaged=truncated,
        truncated=truncated,
        width=video.width if video else None,
        height=video.height if video else None,
        orientation=video.orientation if video else None,
        duration=film.duration,
        bitrate=int(size * 8 / film.duration) if film.duration else None,
        tracks=tuple(Track(trak.kind, trak.codec) for trak in film.traks),
        gps=film.traces.gps,
        personal=film.traces.names(),
        notes=tuple(sorted({*found.notes, *missing})),
    )


@dataclass
class _TopLevel:
    moov: bytes | None = None
    media: bool = False
    truncated: bool = False
    notes: frozenset[str] = frozenset()


def _top_level(stream: BinaryIO, size: int) -> _TopLevel:
    """Step over the outermost boxes and take the index out."""
    found, at, notes, order = _TopLevel(), 0, set(), []
    for _number in range(MAX_BOXES):
        if at + 8 > size:
            break
        stream.seek(at)
        length, name = struct.unpack(">I4s", stream.read(8))
        header = 8
        if length == 1:
            length, header = int.from_bytes(stream.read(8), "big"), 16
        elif length == 0:
            length = size - at
        if length < header or not _plausible(name):
            notes.add("trailing-data")
            break
        found.truncated = at + length > size
        order.append(name)
        if name == b"moov" and found.moov is None:
            found.moov = stream.read(min(length - header, LARGEST_MOOV, size - at - header))
        found.media = found.media or name in (b"mdat", b"moof")
        at += length
    if b"moof" in order:
        notes.add("fragmented")
    if b"moov" in order and b"mdat" in order and order.index(b"moov") > order.index(b"mdat"):
        notes.add("index-at-end")
    found.notes = frozenset(notes)
    return found


def _plausible(name: bytes) -> bool:
    return all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in name)


def _boxes(body: memoryview) -> Iterator[_Box]:
    at = 0
    while at + 8 <= len(body):
        length, name = struct.unpack_from(">I4s", body, at)
        header = 8
        if length == 1 and at + 16 <= len(body):
            length, header = struct.unpack_from(">Q", body, at + 8)[0], 16
        elif length == 0:
            length = len(body) - at
        if length < header:
            return
        yield _Box(bytes(name), body[at + header : at + length])
        at += length


class _Film:
    """What the index says."""

    def __init__(self, moov: bytes) -> None:
        self.duration: float | None = None
        self.traks: list[_Trak] = []
        self.traces = Traces()
        self._read(memoryview(moov), None, 0)

    def has(self, kind: str) -> bool:
        return any(trak.kind == kind for trak in self.traks)

    def _read(self, body: memoryview, trak: _Trak | None, depth: int) -> None:
        for box in _boxes(body):
            if box.name == b"trak" and depth < 8:
                self.traks.append(_Trak())
                self._read(box.body, self.traks[-1], depth + 1)
            elif box.name in PARENTS and depth < 8:
                self._read(box.body, trak, depth + 1)
            elif box.name == b"meta":
                self._meta(box.body, depth)
            else:
                self._leaf(box, trak)

    def _meta(self, body: memoryview, depth: int) -> None:
        text = bytes(body[: 1 << 16])
        for key, name in APPLE_KEYS:
            if key in text:
                if name == "gps":
                    self.traces.gps = True
                else:
                    self.traces.personal.add(name)
        if depth < 8:
            self._read(body[4:] if bytes(body[4:8]) != b"hdlr" else body, None, depth + 1)

    def _leaf(self, box: _Box, trak: _Trak | None) -> None:
        if box.name == b"mvhd":
            self.duration = _duration(box.body)
        elif box.name in PLACES and len(box.body) > 4:
            self.traces.gps = True
        elif box.name in PERSONAL and len(box.body) > 4:
            self.traces.personal.add(PERSONAL[box.name])
        elif trak is not None:
            _track_leaf(box, trak)


def _track_leaf(box: _Box, trak: _Trak) -> None:
    body = box.body
    if box.name == b"hdlr" and len(body) >= 12:
        if trak.kind == "other" and bytes(body[4:8]) != b"dhlr":
            trak.kind = HANDLERS.get(bytes(body[8:12]), "other")
    elif box.name == b"tkhd":
        _display(body, trak)
    elif box.name == b"stsd" and len(body) >= 16:
        name = bytes(body[12:16])
        trak.codec = CODECS.get(name, name.decode("latin-1").strip().lower())
    elif box.name == b"stco" and len(body) >= 12:
        count = min(struct.unpack_from(">I", body, 4)[0], (len(body) - 8) // 4)
        trak.last_chunk = max(struct.unpack_from(f">{count}I", body, 8), default=0)
    elif box.name == b"co64" and len(body) >= 16:
        count = min(struct.unpack_from(">I", body, 4)[0], (len(body) - 8) // 8)
        trak.last_chunk = max(struct.unpack_from(f">{count}Q", body, 8), default=0)


def _duration(body: memoryview) -> float | None:
    """Seconds from a movie header, version 0 or 1; None where it says unknown."""
    if len(body) >= 32 and body[0] == 1:
        scale, length = struct.unpack_from(">IQ", body, 20)
        unknown = (1 << 64) - 1
    elif len(body) >= 20:
        scale, length = struct.unpack_from(">II", body, 12)
        unknown = (1 << 32) - 1
    else:
        return None
    return length / scale if scale and length and length != unknown else None


def _display(body: memoryview, trak: _Trak) -> None:
    """The shown size and turn from a track header; the turn as the EXIF orientation that looks the same."""
    start = 52 if len(body) and body[0] == 1 else 40
    if len(body) < start + 44:
        return
    a, b, _u, c, d = struct.unpack_from(">iiiii", body, start)
    trak.orientation = {(1, 0, 0, 1): 1, (0, 1, -1, 0): 6, (-1, 0, 0, -1): 3, (0, -1, 1, 0): 8}.get(
        (_sign(a), _sign(b), _sign(c), _sign(d)), 1
    )
    width, height = struct.unpack_from(">II", body, start + 36)
    trak.width, trak.height = width >> 16, height >> 16


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
