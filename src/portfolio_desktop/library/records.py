"""What goes into the library and what comes out of it, as frozen records; none of them needs the database.

NewPiece Incoming Edit PieceFilter   what a caller asks for
AddPlan Added Duplicate Refused      what adding will do, and did
ChangeEntry Detail                   the log of changes
TextVersion FileVersion              what a piece once said and held, from the log
Found Hit                            search
StoredFile Look                      a file in the store; what the deep readers said about it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.pieces.piece import Certification, Kind, Piece, PieceFile
from portfolio_desktop.terms import Term


@dataclass(frozen=True, slots=True)
class NewPiece:
    """What is known of pieces before they are added; None is guessed (title, term) or left open (category)."""

    term: Term | None = None
    category: str | None = None
    course_id: str | None = None
    title: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One piece that is to be: its files, each for the slot of its kind, and what is known of it; nothing more is guessed.

    A piece without files (an external link alone) needs a title.
    """

    paths: tuple[Path, ...]
    new: NewPiece


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to a piece: None leaves a value as it is.

    fields   merged into the piece's fields by name; an empty text takes the field away
    clear    names of `term`, `category`, `course_id` that are to be empty
    """

    title: str | None = None
    summary: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None
    term: Term | None = None
    category: str | None = None
    course_id: str | None = None
    certification: Certification | None = None
    certification_note: str | None = None
    clear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PieceFilter:
    """Which pieces: every given condition holds. `trashed` None means both; `ticked` is a school year.

    `limit` and `newest` are for a first screenful: the first pieces, or the last ones first.
    """

    kind: Kind | None = None
    category: str | None = None
    year: int | None = None
    term: Term | None = None
    trashed: bool | None = False
    ids: tuple[str, ...] | None = None
    ticked: int | None = None
    course_id: str | None = None
    limit: int | None = None
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A path that cannot be taken in, and why: one of `files.Unreadable`'s reasons."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose bytes the library has already, in `piece_id` (which may lie in the trash)."""

    path: Path
    piece_id: str
    sha256: str
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file that adding would read: `size` in bytes, and the title that it would get."""

    path: Path
    size: int
    title: str


@dataclass(frozen=True, slots=True)
class AddPlan:
    """What adding these paths would do: at most `bytes` are copied, `free` are left on the library's disk."""

    files: tuple[PlannedFile, ...]
    refused: tuple[Refused, ...]
    bytes: int
    free: int


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did."""

    added: list[Piece] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Detail:
    """One value that a change touched, in one piece or course: `field` is its name, `fields.award` for a form's own."""

    about: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One intention of the user in the log: `state` is done, undone, or dropped (undone, and then left behind)."""

    group: int
    when: str
    who: str
    sentence: str
    state: Literal["done", "undone", "dropped"]
    details: tuple[Detail, ...] = ()

    @property
    def undone(self) -> bool:
        """Whether the change is not in force now."""
        return self.state != "done"


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text that a piece had: `field` as in Detail, written by the change `group` (0: it was there before the log began)."""

    field: str
    group: int
    when: str
    who: str
    text: str
    current: bool = False

    @property
    def id(self) -> str:
        """What it is asked for by: `summary@12`."""
        return f"{self.field}@{self.group}"


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file that a piece held, and the change that brought it (0: it was there before the log began)."""

    file: PieceFile
    group: int
    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Travelled:
    """What undoing or redoing did, in sentences, and the ids of the pieces that it reached; None where that may be all."""

    sentences: tuple[str, ...]
    pieces: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece that was found; `where` names of: title summary fields files text."""

    id: str
    title: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search: the newest hits, how many there are in all, and how long it took in seconds."""

    query: str
    seconds: float
    total: int
    pieces: list[Hit]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file in the store; `path` is where it lies now."""

    sha256: str
    md5: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Look:
    """What the deep readers said about a stored file: its facts, and the text in it."""

    sha256: str
    inspection: Inspection
    text: str = ""
