"""MP3: tags and sound frames (ISO 11172-3, 13818-3; id3.org; the Xing/LAME and VBRI headers).

[ID3v2 ...] [zeros] frame(Xing: frames, bytes) frame frame ... [APEv2] [Lyrics3] [ID3v1]
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

from portfolio_desktop.inspection.facts import Inspection, Track
from portfolio_desktop.kinds.frames import BITRATES, RATES, frame_at, mpeg_frames

SEARCH = 1 << 17
ID3_PERSONAL = {b"PRIV": "private", b"TOWN": "owner", b"OWNE": "owner", b"TENC": "encoder"}


@dataclass(frozen=True)
class _Sound:
    at: int
    bitrate: int
    rate: int
    samples: int
    length: int


def walk(stream: BinaryIO, size: int) -> Inspection:
    """Facts from the tags and the first frames of an MP3 of `size` bytes."""
    start, tag = _tags_before(stream)
    end = _tags_behind(stream, size)
    personal = tuple(sorted({name for frame, name in ID3_PERSONAL.items() if frame in tag[: 1 << 18]} - {"encoder"}))
    stream.seek(start)
    data = stream.read(SEARCH)
    sound = _first_frame(data)
    if sound is None:
        return Inspection(kind="mp3", opens=False, damaged=True, truncated=start >= size, personal=personal)
    begin = start + sound.at
    frames, stated = _stated(data[sound.at : sound.at + sound.length])
    there = max(0, end - begin)
    truncated = bool(stated and stated - there > max(4096, stated // 100))
    seconds = frames * sound.samples / sound.rate if frames else there * 8 / sound.bitrate
    if truncated and stated:
        seconds *= there / stated
    notes = {"leading-data"} if data[: sound.at].strip(b"\0") else set()
    return Inspection(
        kind="mp3",
        opens=True,
        damaged=truncated,
        truncated=truncated,
        duration=seconds,
        bitrate=int(size * 8 / seconds) if seconds else None,
        tracks=(Track("audio", "mp3"),),
        personal=personal,
        notes=tuple(sorted(notes)),
    )


def _tags_before(stream: BinaryIO) -> tuple[int, bytes]:
    """Where the sound begins behind ID3v2 tags, and the beginning of the tags."""
    at, kept = 0, b""
    for _number in range(16):
        stream.seek(at)
        head = stream.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) >= 0x80:
            break
        length = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9]
        kept += stream.read(min(length, SEARCH))
        at += 10 + length + (10 if head[5] & 0x10 else 0)
    return at, kept


def _tags_behind(stream: BinaryIO, size: int) -> int:
    """Where the sound ends before ID3v1 and APEv2 tags."""
    end = size
    stream.seek(max(0, size - 128))
    if stream.read(3) == b"TAG":
        end -= 128
    stream.seek(max(0, end - 32))
    footer = stream.read(32)
    if footer[:8] == b"APETAGEX" and len(footer) == 32:
        length, _items, flags = struct.unpack_from("<III", footer, 12)
        end -= min(length + (32 if flags & 0x8000_0000 else 0), end)
    return end


def _first_frame(data: bytes) -> _Sound | None:
    """The first frame that others follow."""
    for found in re.finditer(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", data):
        at = found.start()
        if mpeg_frames(data, at, 3) == "mp3":
            return _sound(data, at)
    return None


def _sound(data: bytes, at: int) -> _Sound | None:
    frame = frame_at(data, at)
    if frame is None:
        return None
    version = (data[at + 1] >> 3) & 3
    bitrate = BITRATES[(1 if version == 3 else 2, 3)][data[at + 2] >> 4] * 1000
    rate = RATES[version][(data[at + 2] >> 2) & 3]
    return _Sound(at, bitrate, rate, 1152 if version == 3 else 576, frame[1])


def _stated(frame: bytes) -> tuple[int, int]:
    """How many frames and bytes of sound the encoder said there are (Xing, Info or VBRI); 0 where it did not."""
    found = re.search(rb"Xing|Info", frame[:64])
    if found and len(frame) >= found.end() + 12:
        flags, first, second = struct.unpack_from(">III", frame, found.end())
        frames = first if flags & 1 else 0
        size = (second if flags & 1 else first) if flags & 2 else 0
        return frames, size
    if frame[36:40] == b"VBRI" and len(frame) >= 54:
        size, frames = struct.unpack_from(">II", frame, 46)
        return frames, size
    return 0, 0
