"""What would become of files, before anything is added: looked at beside the library, guessed, judged; nothing is written.

    paths ──Examiner──▶ Examined (size, facts, twin) | Refused      one after the other, as they are found
          ──propose───▶ Proposal (files, what is known of the piece, the guess behind it)
          joined, parted, replace …                                what the student changes about it
    Proposal … ──incoming──▶ Incoming … ──▶ Library.add_each

A proposal is carried out as it is shown. What changed on disk meanwhile is told by the adding itself.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from portfolio_desktop.files import Unreadable, open_source, walk
from portfolio_desktop.findings.checks import content_findings, file_findings
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.fitting.names import file_name
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.library.intake import role_of
from portfolio_desktop.library.names import guess_title
from portfolio_desktop.library.records import Incoming, NewPiece, Refused
from portfolio_desktop.library.store import digest
from portfolio_desktop.pieces.guessing import Guess, Student, Traces, guess
from portfolio_desktop.pieces.telling_words import TellingWords
from portfolio_desktop.progress import Progress

FOLDERS = 4
"""Folders around a file whose names are asked: those farther away were hardly named for it."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The piece that has the same bytes; `trashed`: it lies in the trash."""

    piece_id: str
    title: str
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Every file that a piece has, by its size in bytes and its SHA-256: a file of another size needs no reading."""

    by_size: Mapping[int, Mapping[str, Twin]] = field(default_factory=dict)

    def of(self, size: int, sha256: str) -> Twin | None:
        """The piece that has these bytes."""
        return self.by_size.get(size, {}).get(sha256)


@dataclass(frozen=True, slots=True)
class Examined:
    """One file as it was looked at: `size` in bytes, when it was `changed` last (seconds since the epoch), its structure.

    twin    the piece of the library that has these bytes already
    same    an earlier file of this bringing-in that has them
    """

    path: Path
    size: int
    changed: float
    inspection: Inspection
    twin: Twin | None = None
    same: Path | None = None

    @property
    def is_new(self) -> bool:
        """Whether adding it would bring anything."""
        return self.twin is None and self.same is None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One piece that may be: its files, what is known of it (always with a title), and what was guessed of it at first."""

    files: tuple[Examined, ...]
    new: NewPiece
    guess: Guess = field(default_factory=Guess)

    @property
    def is_new(self) -> bool:
        """Whether adding it would bring anything: a file that no piece has, or a link."""
        return not self.files or any(file.is_new for file in self.files)

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(file.size for file in self.files)


Unlocking = Callable[[Path, Inspection, Progress], Inspection]
"""Finds out whether a locked file opens without a password: what its structure told becomes what is really so."""


class Examiner:
    """Looks at files for one plan, in one or several goes; each path once. Used by one thread at a time."""

    def __init__(self, held: Held, unlocking: Unlocking | None = None) -> None:
        self._held, self._unlocking = held, unlocking
        self._paths = set[Path]()
        self._unread = dict[int, Path]()  # by size, while no other file has it
        self._read = dict[int, dict[str, Path]]()  # by size and SHA-256: the first that has them

    def examine(self, paths: Iterable[Path], progress: Progress) -> Iterator[Examined | Refused]:
        """Look at every file that is meant, folders walked; what cannot be read is told with its reason. Raises Cancelled.

        Only files of a size that occurs more than once are read to their end: others are nobody's twins.
        """
        found = dict[Path, Path | Unreadable]()
        for path in walk(paths, into_bundles=False):
            progress.check()
            found.setdefault(path.path if isinstance(path, Unreadable) else path, path)
        new = [(plain, path) for plain, path in found.items() if plain not in self._paths]
        for number, (plain, path) in enumerate(new, 1):
            self._paths.add(plain)  # not before: what was not looked at when it was stopped may come again
            try:
                if isinstance(path, Unreadable):
                    raise path
                yield self._examined(path, progress)
            except Unreadable as fault:
                yield Refused(fault.path, fault.reason)
            progress.step(number, len(new), plain.name)

    def _examined(self, path: Path, stop: Progress) -> Examined:
        with open_source(path) as stream:
            size, changed = stream.seek(0, 2), os.fstat(stream.fileno()).st_mtime
        inspection = inspect_structure(path)
        if inspection.encrypted != "none" and self._unlocking is not None:
            inspection = self._unlocking(path, inspection, stop)
        read = self._read.setdefault(size, {})
        if (earlier := self._unread.pop(size, None)) is not None:
            with contextlib.suppress(Unreadable):  # gone meanwhile: nobody's twin
                read.setdefault(_digest(earlier, stop), earlier)
        if not read and size not in self._held.by_size:
            self._unread[size] = path
            return Examined(path, size, changed, inspection)
        sha256 = _digest(path, stop)
        first = read.setdefault(sha256, path)
        return Examined(path, size, changed, inspection, self._held.of(size, sha256), None if first == path else first)


def propose(file: Examined, words: TellingWords, student: Student, home: Path | None = None) -> Proposal:
    """The piece that a file may be; names of folders from `home` up tell nothing."""
    guessed = guess(words, traces(file.path, file.changed, home), student)
    new = NewPiece(guessed.term, guessed.category, guessed.course_id, guess_title(file.path.name))
    return Proposal((file,), new, guessed)


def traces(path: Path, changed: float, home: Path | None = None) -> Traces:
    """What a path tells about its file."""
    folders = list[str]()
    for folder in list(path.absolute().parents)[:FOLDERS]:
        if not folder.name or folder == home or (home is not None and home.is_relative_to(folder)):
            break
        folders.append(folder.name)
    try:
        day = datetime.datetime.fromtimestamp(changed).astimezone().date()
    except (OverflowError, OSError, ValueError):
        day = None
    return Traces(path.name, tuple(folders), day)


def findings(proposal: Proposal, rules: Rules) -> tuple[Finding, ...]:
    """What is wrong with the content of its files, each about its slot. Their names are not judged: see `given_name`.

    What another file was made from is never uploaded, so it is judged only while it stands alone, as in a piece.
    """
    uploaded = [file for file in proposal.files if role_of(file.inspection.kind) != "source"]
    return tuple(
        replace(finding, about=role_of(file.inspection.kind))
        for file in uploaded or proposal.files
        for finding in content_findings(file.path.name, file.size, file.inspection, rules)
    )


def name_fault(file: Examined, rules: Rules) -> str:
    """The code of what a platform might refuse a file's own name for, its characters before its extension; '' for nothing."""
    name, facts = file.path.name, file.inspection
    content = {one.code for one in content_findings(name, file.size, facts, rules)}
    faults = [one.code for one in file_findings(name, file.size, facts, rules) if one.code not in content]
    return min(faults, key=lambda code: "extension" in code, default="")


def given_name(proposal: Proposal, file: Examined, rules: Rules) -> str:
    """The name that a bundle would give a file whose own name a platform might refuse; '' for one that is in order."""
    return file_name(proposal.new.title or "", file.inspection.kind, rules) if name_fault(file, rules) else ""


def together(proposals: Sequence[Proposal]) -> list[tuple[int, ...]]:
    """Places of proposals that look like parts of one piece: one folder, one name but for the extension, slots that go together.

    A report and its film are, and so are a report and what it was made from; two reports are not.
    """
    groups = dict[tuple[Path, str], list[int]]()
    for place, proposal in enumerate(proposals):
        if len(proposal.files) == 1 and proposal.is_new:
            groups.setdefault(_kin(proposal.files[0].path), []).append(place)
    return [tuple(group) for group in groups.values() if len(group) > 1 and _go_together(proposals, group)]


def joined(proposals: Sequence[Proposal]) -> Proposal:
    """One piece of several: the files of all, and of each value the first that is known."""
    files = tuple(file for proposal in proposals for file in proposal.files)
    first = proposals[0]
    new, guessed = first.new, first.guess
    for other in proposals[1:]:
        if new.category is None and other.new.category is not None:
            new = replace(new, category=other.new.category, course_id=other.new.course_id)
            guessed = replace(guessed, category=other.guess.category, category_reason=other.guess.category_reason)
        if new.term is None and other.new.term is not None:
            new = replace(new, term=other.new.term)
            guessed = replace(guessed, term=other.guess.term, term_reason=other.guess.term_reason)
        new = replace(new, link=new.link or other.new.link)
    return Proposal(files, new, guessed)


def parted(proposal: Proposal) -> tuple[Proposal, ...]:
    """A piece for every file, with the same term and category; the first keeps title and link."""
    if len(proposal.files) < 2:
        return (proposal,)
    first, *rest = proposal.files
    others = (
        Proposal((file,), replace(proposal.new, title=guess_title(file.path.name), link=""), proposal.guess)
        for file in rest
    )
    return (replace(proposal, files=(first,)), *others)


def incoming(proposals: Iterable[Proposal]) -> list[Incoming]:
    """What the library is to add: of every proposal that brings something, the files that are new."""
    return [
        Incoming(tuple(file.path for file in proposal.files if file.is_new), proposal.new)
        for proposal in proposals
        if proposal.is_new
    ]


def _digest(path: Path, stop: Progress) -> str:
    """The SHA-256 of a file; raises Unreadable."""
    try:
        return digest(path, stop)
    except OSError as error:
        raise Unreadable("io", path) from error


@lru_cache(maxsize=1 << 14)
def _kin(path: Path) -> tuple[Path, str]:
    """What two files of one piece have in common; asked of the same thousands of paths at every change of a plan."""
    return path.parent, _stem(path.name)


def _stem(name: str) -> str:
    """A file's name without its extension, as two names are compared."""
    stem, dot, _extension = unicodedata.normalize("NFC", name).rpartition(".")
    return (stem if dot and stem else name).casefold().strip()


def _go_together(proposals: Sequence[Proposal], group: Sequence[int]) -> bool:
    roles = [role_of(proposals[place].files[0].inspection.kind) for place in group]
    return roles.count("document") <= 1 and roles.count("media") <= 1 and set(roles) != {"source"}
