"""The bytes of a ZIP with stored (uncompressed) members, computed before a byte of content is read.

    sizes -> place() -> Slot(offset) …      every member's place is known at once, so several threads can fill them
    crc   -> Slot.header(crc), Slot.central(crc), end(…)

PDF, JPG, PNG, MP3 and MP4 are compressed already; storing them costs nothing and keeps the same library's ZIP the same
bytes everywhere. Dates are the format's first day, modes are fixed, names are UTF-8 (PKWARE APPNOTE 4.4.4, bit 11).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

_LIMIT32, _LIMIT16 = 0xFFFFFFFF, 0xFFFF
_UTF8 = 0x0800
_DATE = (1 << 5) | 1  # 1980-01-01; the time is 0
_UNIX = 3
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Slot:
    """One member's place: `offset` of its local header, `size` of its content in bytes."""

    path: str
    size: int
    offset: int

    @property
    def content(self) -> int:
        """The offset of the content itself."""
        return self.offset + len(self.header(0))

    @property
    def after(self) -> int:
        """The offset behind the content."""
        return self.content + self.size

    def header(self, crc: int) -> bytes:
        """The local header, for a content with this CRC-32; its length does not depend on it."""
        name = self.path.encode("utf-8")
        large = self.size >= _LIMIT32
        extra = struct.pack("<HHQQ", 1, 16, self.size, self.size) if large else b""
        size = _LIMIT32 if large else self.size
        fixed = struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", _version(large), _UTF8, 0, 0, _DATE, crc, size, size, len(name), len(extra)
        )
        return fixed + name + extra

    def central(self, crc: int) -> bytes:
        """The entry in the central directory."""
        name = self.path.encode("utf-8")
        large, far = self.size >= _LIMIT32, self.offset >= _LIMIT32
        wide = ([self.size, self.size] if large else []) + ([self.offset] if far else [])
        extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        size = _LIMIT32 if large else self.size
        version = _version(bool(wide))
        fixed = struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\1\2",
            (_UNIX << 8) | version,
            version,
            _UTF8,
            0,
            0,
            _DATE,
            crc,
            size,
            size,
            len(name),
            len(extra),
            0,
            0,
            0,
            _MODE,
            _LIMIT32 if far else self.offset,
        )
        return fixed + name + extra


def place(members: Iterable[tuple[str, int]], offset: int = 0) -> list[Slot]:
    """Give each (path, size) its place, in the order given, from `offset` on."""
    slots: list[Slot] = []
    for path, size in members:
        slot = Slot(path, size, offset)
        slots.append(slot)
        offset = slot.after
    return slots


def end(count: int, start: int, length: int) -> bytes:
    """The end of the archive: `count` members, the central directory at `start`, `length` bytes long."""
    tail = b""
    if count >= _LIMIT16 or start >= _LIMIT32 or length >= _LIMIT32:
        version = (_UNIX << 8) | 45
        tail = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, version, 45, 0, 0, count, count, length, start)
        tail += struct.pack("<4sIQI", b"PK\6\7", 0, start + length, 1)
    few, near, short = min(count, _LIMIT16), min(start, _LIMIT32), min(length, _LIMIT32)
    return tail + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, few, few, short, near, 0)


def _version(zip64: bool) -> int:
    return 45 if zip64 else 20
