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

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Encryption = Literal["none", "owner-only", "user-password"]
Depth = Literal["structure", "deep"]

DOCUMENT_KINDS = frozenset({"pdf", "jpg", "png"})
MEDIA_KINDS = frozenset({"mp3", "mp4"})
ALLOWED_KINDS = DOCUMENT_KINDS | MEDIA_KINDS

NOTES: Mapping[str, str] = {
    "16-bit": "png: sixteen bits a channel",
    "animated": "png, gif, webp: it moves; a form shows the first frame only",
    "apple-png": "png: in Apple's own variant, which other viewers do not show",
    "fragmented": "mp4: in fragments, as streamed films are",
    "header-offset": "pdf: something stands before its header",
    "index-at-end": "mp4: its index comes last; it plays only when it is there completely",
    "interlaced": "png: in passes",
    "leading-data": "mp3: something that is no sound stands before the first frame",
    "linearized": "pdf: arranged for reading over a network",
    "motion-photo": "jpg: a short film hangs behind the picture",
    "multi-picture": "jpg: holds further pictures (MPO, previews)",
    "multimedia": "pdf: holds sound, film or 3D annotations",
    "no-audio": "mp4: without sound",
    "no-video": "mp4: without picture, sound only",
    "pixel-format": "mp4: its pictures are coded in a way that not every browser plays",
    "pixel-bomb": "picture: claims more than 268 megapixels, which viewers refuse; not decoded",
    "polyglot": "another program would take it for something else: an archive, a program, a document",
    "progressive": "jpg: in several scans",
    "raw-exif": "png: EXIF in an old private text chunk",
    "sampled": "deep look: too long to be read completely, the beginning was",
    "signature-spoilt": "png: its first bytes were changed, mostly by a transfer as text",
    "signed": "pdf: carries a signature or a field for one; changing it would break the signature",
    "stream-checksum": "pdf: a part unpacks to something else than was packed; viewers show it, maybe wrongly",
    "trailing-data": "something stands behind its end",
    "unusual-coding": "jpg: lossless, arithmetic, hierarchical or 12-bit, which most viewers do not show",
}
"""Every code that `Inspection.notes` may hold, and what it means."""

PERSONAL = frozenset(
    {
        "author",
        "camera",
        "comment",
        "contact",
        "copyright",
        "date",
        "device",
        "owner",
        "people",
        "place",
        "private",
        "serial",
    }
)
"""Every name that `Inspection.personal` may hold: what kind of thing is told, never what it says."""


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
    opens        an ordinary viewer shows at least a part of it without a password; at `structure`: nothing speaks against it
    damaged      truncated, corrupt, or repaired while reading; a file may open and be damaged
    truncated    its end is missing; also damaged.   repaired: pdf, opens only because viewers mend it; also damaged
    encrypted    pdf: `owner-only` opens without a password; at `structure` any encryption counts as that
    active       sorted, of: embedded-file external-action javascript launch xfa; found at `deep` only
    pages        of a pdf; has_text: whether one of its first 50 pages has text that can be marked; both at `deep` only
    width …      in pixels, as stored: orientation 5 to 8 shows them exchanged
    orientation  EXIF orientation 1 to 8, of films their turn in the same numbers; frames: of an image, 1 unless animated
    colour       of an image: grey grey-alpha rgb rgba palette cmyk other
    duration     in seconds, at `deep` what was really there; bitrate: the whole file's, in bits per second
    gps          a place is written in it (EXIF, XMP, film tags; also in a photo inside a pdf)
    personal     sorted, of PERSONAL; notes: sorted, of NOTES
    stopped      None, or why the readers were ended: `time`, `memory`, `crash`; opens is then False
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
