"""Sound and films in depth, in a guarded process: every packet is taken out, and decoded as long as time allows.

tags (mutagen, boxes) + packets (PyAV, that is FFmpeg) -> opens, damaged, truncated, duration, tracks

FFmpeg goes on over damage and only writes a line about it; those lines are the evidence here. What time does not allow
to decode is still taken out packet by packet, and the look says `sampled`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging
import mutagen
from av.codec.context import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.codeccontext import VideoCodecContext

from portfolio_desktop.inspection.budget import Budget
from portfolio_desktop.inspection.facts import Track
from portfolio_desktop.inspection.structure import inspect_structure

SHORT = 0.9  # less than this of the stated length means that the end is missing
PLAYED_PIXELS = frozenset({"yuv420p", "yuvj420p"})  # what every browser's H.264 decoder takes
CODECS = {"mp3float": "mp3", "mpeg4": "mpeg4", "pcm_s16le": "pcm"}
ID3_PERSONAL = {
    "PRIV": "private",
    "TOWN": "owner",
    "OWNE": "owner",
    "TPE1": "author",
    "TCOM": "author",
    "COMM": "comment",
}
TAG_PERSONAL = {"artist": "author", "author": "author", "make": "camera", "model": "camera", "copyright": "copyright"}


@dataclass
class _Heard:
    """What came out of the packets."""

    seconds: float = 0.0
    frames: int = 0
    errors: int = 0
    sampled: bool = False
    tracks: list[Track] = field(default_factory=list)
    width: int | None = None
    height: int | None = None
    stated: float | None = None
    gps: bool = False
    odd_pixels: bool = False
    personal: set[str] = field(default_factory=set)


def inspect(path: str, kind: str) -> dict[str, Any]:
    """All facts about the sound or film at `path`, as plain data."""
    facts = replace(inspect_structure(Path(path), kind), depth="deep")
    size = Path(path).stat().st_size
    av.logging.set_level(av.logging.ERROR)
    av.logging.set_skip_repeated(False)  # else the second of two files with the same fault would look sound
    with av.logging.Capture() as lines:
        try:
            heard = _listen(path)
        except (av.error.FFmpegError, ValueError, UnicodeError, IndexError):
            return replace(facts, opens=False, damaged=True).to_json()
    short = bool(heard.stated and heard.seconds < heard.stated * SHORT and heard.stated - heard.seconds > 1)
    truncated = facts.truncated or short
    notes = set(facts.notes) | ({"sampled"} if heard.sampled else set())
    notes |= {"pixel-format"} if heard.odd_pixels else set()
    has_sound = any(track.kind == "audio" for track in heard.tracks)
    has_picture = any(track.kind == "video" for track in heard.tracks)
    if kind == "mp4":
        notes -= {"no-audio", "no-video"}
        notes |= ({"no-audio"} if not has_sound else set()) | ({"no-video"} if not has_picture else set())
    seconds = heard.seconds or None
    return replace(
        facts,
        opens=heard.frames > 0,
        damaged=facts.damaged or truncated or heard.errors > 0 or bool(lines),
        truncated=truncated,
        width=facts.width or heard.width,
        height=facts.height or heard.height,
        duration=seconds,
        bitrate=int(size * 8 / seconds) if seconds else None,
        tracks=tuple(heard.tracks),
        gps=facts.gps or heard.gps,
        personal=tuple(sorted({*facts.personal, *heard.personal, *_tags(path)})),
        notes=tuple(sorted(notes)),
    ).to_json()


def _listen(path: str) -> _Heard:
    heard, budget = _Heard(), Budget()
    with av.open(path, metadata_errors="replace") as container:
        streams = [stream for stream in container.streams if not stream.disposition & Disposition.attached_pic]
        heard.stated = container.duration / av.time_base if container.duration else None
        for stream in streams:
            _describe(stream, heard)
        _metadata(container, heard)
        played = [stream for stream in streams if stream.type in ("audio", "video")]
        for packet in container.demux(played) if played else ():
            _hear(packet, heard, budget)
    return heard


def _describe(stream: Stream, heard: _Heard) -> None:
    kind = stream.type if stream.type in ("audio", "video") else "other"
    context: CodecContext | None = stream.codec_context  # None where FFmpeg has no decoder
    name = context.name if context is not None else ""
    heard.tracks.append(Track(kind, CODECS.get(name, name)))
    if context is not None:
        context.thread_count = 1  # the pool already uses every core
    if isinstance(context, VideoCodecContext):
        heard.odd_pixels |= context.pix_fmt is not None and context.pix_fmt not in PLAYED_PIXELS
        if heard.width is None:
            heard.width, heard.height = context.width, context.height


def _metadata(container: InputContainer, heard: _Heard) -> None:
    for key, value in container.metadata.items():
        name = key.lower().removeprefix("com.apple.quicktime.")
        if name.startswith("location") and value.strip():
            heard.gps = True
        elif name in TAG_PERSONAL and value.strip():
            heard.personal.add(TAG_PERSONAL[name])


def _hear(packet: Packet[Any], heard: _Heard, budget: Budget) -> None:
    if packet.pts is not None and packet.time_base is not None:
        end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
        heard.seconds = max(heard.seconds, end - float((packet.stream.start_time or 0) * packet.time_base))
    if packet.is_corrupt:
        heard.errors += 1
    if budget.over and heard.frames:
        heard.sampled = True
        return
    try:
        heard.frames += len(packet.decode())
    except av.error.FFmpegError:
        heard.errors += 1


def _tags(path: str) -> set[str]:
    """Personal metadata in ID3 and like tags."""
    try:
        tags = mutagen.File(path)
    except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        return set()
    keys = [str(key) for key in (tags.tags or {})] if tags is not None and tags.tags is not None else []
    return {ID3_PERSONAL[key[:4]] for key in keys if key[:4] in ID3_PERSONAL}
