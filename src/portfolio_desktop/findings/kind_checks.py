"""What matters for one kind of file only, pages, pictures, films and sound: one small pure function a rule.

FileCase + Rules -> DOCUMENT_CHECKS | IMAGE_CHECKS | MEDIA_CHECKS -> Finding …
"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_desktop.findings.content_checks import FileCase, FileCheck
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules

PICTURES = frozenset({"jpg", "png"})
UPRIGHT = 1  # EXIF orientation: the pixels stand as they are shown


def _pages(case: FileCase, rules: Rules) -> Iterator[Finding]:
    pages = case.facts.pages
    if case.facts.kind != "pdf" or pages is None:
        return
    if pages == 0:
        if case.facts.opens:
            yield Finding("pages.none")
    elif pages > rules.pages_too_many:
        yield Finding("pages.too-many", {"pages": pages, "limit": rules.pages_too_many})
    elif pages > rules.pages_many:
        yield Finding("pages.many", {"pages": pages, "limit": rules.pages_many})


def _text(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.kind == "pdf" and case.facts.has_text is False and case.facts.pages:
        yield Finding("text.none")


def _small(case: FileCase, rules: Rules) -> Iterator[Finding]:
    width, height = case.facts.width, case.facts.height
    if case.facts.kind in PICTURES and width and height and max(width, height) < rules.image_small:
        yield Finding("image.small", {"width": width, "height": height, "limit": rules.image_small})


def _huge(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if "pixel-bomb" in case.facts.notes:
        yield Finding("image.huge", {"width": case.facts.width or 0, "height": case.facts.height or 0})


def _rotated(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.kind in PICTURES and case.facts.orientation not in (None, UPRIGHT):
        yield Finding("image.rotated", {"orientation": case.facts.orientation})


def _animated(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.kind in PICTURES and (case.facts.frames or 1) > 1:
        yield Finding("image.animated", {"frames": case.facts.frames})


def _printing_colour(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.kind in PICTURES and case.facts.colour in ("cmyk", "ycck"):
        yield Finding("image.cmyk", {"colour": case.facts.colour.upper()})


def _video_codec(case: FileCase, rules: Rules) -> Iterator[Finding]:
    videos = [track.codec for track in case.facts.tracks if track.kind == "video"]
    if case.facts.kind == "mp4" and (odd := [codec for codec in videos if codec not in rules.video_codecs]):
        yield Finding("video.codec", {"codec": odd[0]})


def _video_pixels(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.kind == "mp4" and "pixel-format" in case.facts.notes:
        yield Finding("video.pixels")


def _audio_codec(case: FileCase, rules: Rules) -> Iterator[Finding]:
    sounds = [track.codec for track in case.facts.tracks if track.kind == "audio"]
    if case.facts.kind == "mp4" and (odd := [codec for codec in sounds if codec not in rules.audio_codecs]):
        yield Finding("audio.codec", {"codec": odd[0]})


def _no_picture(case: FileCase, rules: Rules) -> Iterator[Finding]:
    kinds = {track.kind for track in case.facts.tracks}
    if case.facts.kind == "mp4" and "audio" in kinds and "video" not in kinds:
        yield Finding("media.no-picture")


def _long(case: FileCase, rules: Rules) -> Iterator[Finding]:
    limit = {"mp3": rules.audio_seconds, "mp4": rules.video_seconds}.get(case.facts.kind)
    if limit is not None and case.facts.duration is not None and case.facts.duration > limit:
        yield Finding("media.long", {"duration": round(case.facts.duration, 1), "limit": limit})


KIND_CHECKS: tuple[FileCheck, ...] = (
    _pages,
    _text,
    _small,
    _huge,
    _rotated,
    _animated,
    _printing_colour,
    _video_codec,
    _video_pixels,
    _audio_codec,
    _no_picture,
    _long,
)
"""Every rule on one kind of file, in the order in which they are told."""
