"""The sample school year as records: resources/sample/year.toml, with the files that go with it.

read(folder) -> SampleYear(profile, year, courses, pieces)          .lay_out(scratch) -> the paths of all files
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio_desktop.library.profile import Profile
from portfolio_desktop.pieces.piece import Certification, Course
from portfolio_desktop.sample.oversized import stack
from portfolio_desktop.terms import Term

COLLAGE_OF = "社團成果發表.jpg"
COLLAGE_ROWS = 12
"""How often the photo is repeated in the collage: over 4 MB, and no taller than a JPEG may be."""


@dataclass(frozen=True, slots=True)
class SamplePiece:
    """One piece of the sample; `files` are names of its folder, `tick` whether the student wants it ticked."""

    files: tuple[str, ...]
    title: str
    category: str | None
    course: str | None
    term: Term | None
    summary: str
    certification: Certification
    fields: Mapping[str, str]
    tick: bool


@dataclass(frozen=True, slots=True)
class SampleYear:
    """Whose sample it is, the school year that is ticked, courses by their key in the file, and the pieces."""

    folder: Path
    profile: Profile
    year: int
    courses: Mapping[str, Course]
    pieces: tuple[SamplePiece, ...]

    def lay_out(self, scratch: Path) -> dict[str, Path]:
        """The path of every file by name; the one that is over the limit is made in `scratch`."""
        paths = {}
        for name in (name for piece in self.pieces for name in piece.files):
            path = self.folder / name
            if not path.exists():
                path = scratch / name
                path.write_bytes(stack((self.folder / COLLAGE_OF).read_bytes(), COLLAGE_ROWS))
            paths[name] = path
        return paths


def read(folder: Path) -> SampleYear:
    """Read the sample in `folder` (resources/sample)."""
    data = tomllib.loads((folder / "year.toml").read_text(encoding="utf-8"))
    profile = Profile(data["school_type"], data["entry_year"], data["name"], data["school"])
    courses = {row["key"]: _course(row) for row in data["courses"]}
    return SampleYear(folder / "files", profile, data["year"], courses, tuple(map(_piece, data["pieces"])))


def _course(row: Mapping[str, Any]) -> Course:
    return Course("", row["name"], Term.parse(row["term"]), row["category"], row["credits"], row["teacher"])


def _piece(row: Mapping[str, Any]) -> SamplePiece:
    return SamplePiece(
        files=tuple(row["files"]),
        title=row["title"],
        category=row.get("category"),
        course=row.get("course"),
        term=Term.parse(row["term"]) if "term" in row else None,
        summary=row.get("summary", ""),
        certification=row.get("certification", "editing"),
        fields=row.get("fields", {}),
        tick=row.get("tick", False),
    )
