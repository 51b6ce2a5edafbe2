"""A photo over the limit, made when it is needed: the repository need not carry five megabytes.

    stack(jpeg, times)   the same picture `times` below each other, as a collage of a burst of photos

Works on bytes alone: a baseline JPEG with a restart marker after each row of blocks is a list of independent strips
(ITU-T T.81, B.2.4.4 and E.1.4), so strips can be repeated, restart markers counted anew and the height set.
"""

from __future__ import annotations

import re

SOF0, DRI, SOS = 0xC0, 0xDD, 0xDA
_RESTART = re.compile(b"\xff[\xd0-\xd7]")


def stack(jpeg: bytes, times: int) -> bytes:
    """The picture `times` below each other; raises ValueError where the bytes are no such JPEG.

    The picture's height has to be a whole number of block rows, so that no strip is padded in the middle.
    """
    header, scan = _parts(jpeg)
    strips = _RESTART.split(scan)
    place = _segment(header, SOF0)
    if _segment(header, DRI) is None or place is None or len(strips) < 2:
        raise ValueError("not a baseline JPEG with restart markers")
    height = int.from_bytes(header[place + 5 : place + 7], "big")
    if height % len(strips) or height * times > 0xFFFF:
        raise ValueError(f"{height} rows in {len(strips)} strips cannot be stacked {times} times")
    taller = header[: place + 5] + (height * times).to_bytes(2, "big") + header[place + 7 :]
    parts = [taller]
    for number, strip in enumerate(strips * times):
        if number:
            parts.append(bytes((0xFF, 0xD0 + (number - 1) % 8)))
        parts.append(strip)
    return b"".join([*parts, b"\xff\xd9"])


def _parts(jpeg: bytes) -> tuple[bytes, bytes]:
    """The header with SOS's own segment, and the entropy-coded scan without the end marker."""
    place = _segment(jpeg, SOS)
    if jpeg[:2] != b"\xff\xd8" or jpeg[-2:] != b"\xff\xd9" or place is None:
        raise ValueError("not a whole JPEG")
    start = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return jpeg[:start], jpeg[start:-2]


def _segment(jpeg: bytes, marker: int) -> int | None:
    """Where a marker's segment begins, walking from segment to segment."""
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        if jpeg[place + 1] == marker:
            return place
        if jpeg[place + 1] == SOS:
            break
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return None
