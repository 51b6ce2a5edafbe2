"""What will be exported, as records: the plan that the window shows and that the archive is written from.

    BundlePlan
      entries      one a piece, in the platform's order      Entry -> rows -> Copy (the exact text that a button copies)
                                                                    -> targets (its files, under their new names)
      left_out     ticked, but not exportable: with the reason
      stored       every version of every file (a complete bundle only)

Frozen and free of any open file, so that it can cross a thread and be shown before anything is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.piece import Role


@dataclass(frozen=True, slots=True)
class Target:
    """One file of the bundle: where it goes, and which bytes they are.

    original  the name it came with
    sealed    when it was recorded as certified, else empty
    """

    path: str
    sha256: str
    md5: str
    size: int
    role: Role = "document"
    kind: str = ""
    original: str = ""
    sealed: str = ""

    @property
    def name(self) -> str:
        """The file's own name, as it is picked in a file dialog."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The sub-folder it lies in."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Copy:
    """One text that a button copies; `note` tells it from the others of its row (a notation, a code)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the form: its label, and what goes into it in every notation that a platform may ask for.

    name      the field's name in the form (resources/forms); type: as there
    copies    empty where the student left the field empty
    value     as stored: ISO date, a choice's code; for the manifest
    target    the file, where the field is a file slot
    """

    name: str
    label: str
    type: str
    required: bool = False
    copies: tuple[Copy, ...] = ()
    value: str = ""
    target: Target | None = None

    @property
    def text(self) -> str:
        """What a person reads in a list: the first notation, with the code's wording where there is one."""
        return self.target.name if self.target else self.copies[0].text if self.copies else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece as it is exported. `number` counts through the sheet from 1, `folder` is its category's."""

    number: int
    id: str
    title: str
    category: str
    label: str
    folder: str
    term: str
    certification: str
    rows: tuple[Row, ...]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The piece as the manifest tells it; language does not matter to it."""
        return {
            "number": self.number,
            "id": self.id,
            "category": self.category,
            "title": self.title,
            "term": self.term,
            "certification": self.certification,
            "fields": {row.name: row.value for row in self.rows if row.value},
            "files": [
                {"role": target.role, "path": target.path, "original": target.original}
                | ({"sealed": target.sealed} if target.sealed else {})
                for target in self.targets
            ],
            "findings": [finding.code for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A ticked piece that cannot be exported, and why."""

    id: str
    title: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """Everything that an export will do. `profile`: school_type, entry_year, name, school."""

    year: int
    profile: Mapping[str, Any]
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    everything: bool = False
    stored: tuple[Target, ...] = ()

    @property
    def id(self) -> str:
        """The first 16 hex digits of a SHA-256 over the profile and the pieces: equal content, equal id."""
        return _digest([self.year, dict(self.profile), [self._content(entry) for entry in self.entries]])

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding of the plan, its pieces and those left out: any error among them means exit code 1."""
        of_pieces = (finding for entry in self.entries for finding in entry.findings)
        return (*self.findings, *of_pieces, *(left.finding for left in self.left_out))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every file that will be copied."""
        return (*(target for entry in self.entries for target in entry.targets), *self.stored)

    @property
    def size(self) -> int:
        """The bytes of all of them."""
        return sum(target.size for target in self.targets)

    def mark(self, entry: Entry) -> str:
        """The key under which the copy sheet remembers what is done: it changes when anything of the piece does.

        The profile is part of it, so that two students of one group at one school computer never share a mark.
        """
        return _digest([self.year, dict(self.profile), self._content(entry)])

    def _content(self, entry: Entry) -> list[Any]:
        """What a platform would hold of an entry: its place among the others is no part of it."""
        return [
            entry.id,
            entry.category,
            entry.term,
            [[row.name, row.value] for row in entry.rows if row.target is None],
            [[target.role, target.sha256] for target in entry.targets],
        ]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
