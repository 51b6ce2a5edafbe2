"""The facts about one file, as data: what `findings` judges, what the library stores, what `check --json` prints.

Inspection
  kind opens damaged truncated repaired encrypted active           every file
  pages has_text                                                   documents
  width height orientation frames colour                           images and films
  duration bitrate tracks                                          sound and films
  gps personal                                                     what the file tells about its owner
  notes                                                            odd things worth a finding, by code
  stopped                                                          the readers had to be ended: time, memory, crash
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Encryption = Literal["none", "owner-only", "user-password"]
Depth = Literal["structure", "deep"]

DOCUMENT_KINDS = frozenset({"pdf", "jpg", "png"})
MEDIA_KINDS = frozenset({"mp3", "mp4"})
ALLOWED_KINDS = DOCUMENT_KINDS | MEDIA_KINDS


@dataclass(frozen=True, slots=True)
class Track:
    """One stream inside a sound or film: `kind` is audio, video or other; `codec` its usual short name."""

    kind: str
    codec: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """Facts about one file's content. `None` means: does not apply, or was not found out at this depth.

    kind         by content: pdf jpg png mp3 mp4, or another lower-case word (`empty`, `unknown`, `directory`, `heic` …)
    depth        `structure`: the container was walked; `deep`: every page, pixel and packet was read
    opens        an ordinary viewer would show it
    damaged      truncated, corrupt or repaired while reading
    active       sorted, of: embedded-file external-action javascript launch xfa
    orientation  EXIF orientation 1 to 8; frames: of an image, 1 unless it is animated
    colour       of an image: grey rgb rgba palette cmyk …; duration in seconds; bitrate in bits per second
    personal     sorted names of the personal metadata found: author camera owner serial …
    notes        sorted codes of odd facts, for example `polyglot`, `trailing-data`, `progressive`
    stopped      None, or why the readers were ended: `time`, `memory`, `crash`
    """

    kind: str
    depth: Depth = "structure"
    opens: bool = False
    damaged: bool = False
    truncated: bool = False
    repaired: bool = False
    encrypted: Encryption = "none"
    active: tuple[str, ...] = ()
    pages: int | None = None
    has_text: bool | None = None
    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    frames: int | None = None
    colour: str | None = None
    duration: float | None = None
    bitrate: int | None = None
    tracks: tuple[Track, ...] = ()
    gps: bool = False
    personal: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every key."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Inspection:
        """Read back what `to_json` wrote; keys of a newer version are left out."""
        known = {f.name for f in fields(cls)} - {"tracks"}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
        }
        return cls(tracks=tuple(Track(**track) for track in data.get("tracks", ())), **values)
