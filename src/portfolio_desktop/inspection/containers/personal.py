"""What a file tells about its owner: the place, and who or what made it, from EXIF, XMP and IPTC.

bytes -> Traces(gps, personal, orientation)

Only whether something is there is kept, never what it says: the facts travel with the library and into reports.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

# EXIF tags (CIPA DC-008) that name a person or a device.
EXIF_NAMES = {
    0x010F: "camera",
    0x0110: "camera",
    0x013B: "author",
    0x013C: "device",
    0x8298: "copyright",
    0x9003: "date",
    0x9C9D: "author",
    0xA430: "owner",
    0xA431: "serial",
    0xA435: "serial",
}
ORIENTATION, EXIF_IFD, GPS_IFD, GPS_LATITUDE = 0x0112, 0x8769, 0x8825, 0x0002
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
MAX_ENTRIES = 512

XMP_NAMES = (
    (rb"(?:dc:creator|photoshop:AuthorsPosition|xmpRights:Owner)\b", "author"),
    (rb"(?:aux|exifEX):(?:SerialNumber|BodySerialNumber|LensSerialNumber)\b", "serial"),
    (rb"(?:aux:OwnerName|exifEX:CameraOwnerName)\b", "owner"),
    (rb"tiff:(?:Make|Model)\b", "camera"),
    (rb"(?:Iptc4xmpExt:PersonInImage|mwg-rs:Name|MPReg:PersonDisplayName)\b", "people"),
    (rb"(?:photoshop:City|Iptc4xmpCore:Location|Iptc4xmpExt:LocationShown)\b", "place"),
)
XMP_FILLED = rb"(?:\s*=\s*[\"'][^\"'\s]|(?:[^<>]*[^<>/])?>(?:\s|<[^/>][^>]*>)*[^<\s])"
"""A property's value that is not empty, as an attribute or as text inside: Qt writes an empty dc:creator."""
IPTC_NAMES = {80: "author", 85: "author", 90: "place", 92: "place", 116: "copyright", 118: "contact"}


@dataclass
class Traces:
    """What was found so far; several blocks of one file add to the same traces."""

    gps: bool = False
    orientation: int | None = None
    personal: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        """The personal metadata found, sorted."""
        return tuple(sorted(self.personal))

    def read_exif(self, tiff: bytes) -> None:
        """Add what an EXIF block says (`tiff` begins with II or MM); a damaged block adds what could be read."""
        order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
        if order is None or len(tiff) < 8:
            return
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        main = _directory(tiff, first, order)
        detail = _directory(tiff, _number(main.get(EXIF_IFD), order), order)
        place = _directory(tiff, _number(main.get(GPS_IFD), order), order)
        for tag, value in (*main.items(), *detail.items()):
            if tag in EXIF_NAMES and value.strip(b"\0 "):
                self.personal.add(EXIF_NAMES[tag])
        self.gps = self.gps or bool(place.get(GPS_LATITUDE, b"").strip(b"\0"))
        turned = _number(main.get(ORIENTATION), order)
        if self.orientation is None and 1 <= turned <= 8:
            self.orientation = turned

    def read_xmp(self, packet: bytes) -> None:
        """Add what an XMP packet says."""
        self.gps = self.gps or bool(re.search(rb"exif:GPSLatitude\s*(?:=\s*[\"'][^\"'\s]|>\s*[^<\s])", packet))
        for pattern, name in XMP_NAMES:
            if re.search(rb"(?<!/)" + pattern + XMP_FILLED, packet):
                self.personal.add(name)

    def read_iptc(self, resources: bytes) -> None:
        """Add what Photoshop's resource blocks (8BIM) say in their IPTC record (IIM 4.2, record 2)."""
        for match in re.finditer(rb"\x1c\x02(.)\x00[\x01-\xff]", resources, re.DOTALL):
            if match[1][0] in IPTC_NAMES:
                self.personal.add(IPTC_NAMES[match[1][0]])


def _directory(tiff: bytes, offset: int, order: str) -> dict[int, bytes]:
    """The values of one image file directory by tag, as their raw bytes."""
    if not 8 <= offset <= len(tiff) - 2:
        return {}
    values: dict[int, bytes] = {}
    count = min(struct.unpack_from(order + "H", tiff, offset)[0], MAX_ENTRIES)
    for at in range(offset + 2, min(offset + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, number = struct.unpack_from(order + "HHI", tiff, at)
        length = TYPE_SIZES.get(kind, 1) * number
        start = at + 8 if length <= 4 else struct.unpack_from(order + "I", tiff, at + 8)[0]
        values.setdefault(tag, tiff[start : start + min(length, 256)])
    return values


def _number(value: bytes | None, order: str) -> int:
    """A short or long as an integer; 0 where there is none."""
    if value is None or len(value) not in (2, 4):
        return 0
    number: int = struct.unpack(order + ("H" if len(value) == 2 else "I"), value)[0]
    return number
