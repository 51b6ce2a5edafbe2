"""MPEG sound frames (ISO 11172-3, ISO 13818-3) and ADTS (ISO 13818-7): headers only."""

from __future__ import annotations


def mpeg_frames(data: bytes, at: int, wanted: int, *, whole: bool = False) -> str | None:
    """`mp3`, `mp2`, `mp1` or `aac` when `wanted` frames follow each other from `at` on, else None.

    Fewer are enough when the data ends behind them, unless all are asked for by `whole`.
    """
    kind, found = None, 0
    while found < wanted:
        if found and at >= len(data):
            return None if whole else kind
        frame = frame_at(data, at)
        if frame is None or (kind is not None and frame[0] != kind):
            return None
        kind, length = frame
        found += 1
        at += length
    return kind


BITRATES = {  # kbit/s by (MPEG version 1 or 2, layer), ISO 11172-3 table 2.4.2.3 and ISO 13818-3
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def frame_at(data: bytes, at: int) -> tuple[str, int] | None:
    """The sound frame whose header stands at `at`: its kind and its length in bytes; None when there is none."""
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = (data[at + 1] >> 3) & 3, (data[at + 1] >> 1) & 3
    if layer == 0 and data[at + 1] & 0xF0 == 0xF0:  # ADTS
        length = ((data[at + 3] & 3) << 11) | (data[at + 4] << 3) | (data[at + 5] >> 5)
        return ("aac", length) if length > 7 and (data[at + 2] >> 2) & 15 < 13 else None
    rate, bits = (data[at + 2] >> 2) & 3, data[at + 2] >> 4
    if version == 1 or layer == 0 or rate == 3 or bits in (0, 15):
        return None
    layer = 4 - layer
    bitrate = BITRATES[(1 if version == 3 else 2, layer)][bits] * 1000
    padding = (data[at + 2] >> 1) & 1
    if layer == 1:
        return "mp1", (12 * bitrate // RATES[version][rate] + padding) * 4
    samples = 72 if layer == 3 and version != 3 else 144
    return f"mp{layer}", samples * bitrate // RATES[version][rate] + padding
