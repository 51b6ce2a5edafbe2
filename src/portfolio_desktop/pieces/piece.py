"""A piece 件: one entry of the portfolio, as it is at one moment.

    Piece
      id title category term                p12, 水質調查報告, course, 113-1
      fields summary link                   the form's other fields by name; the 簡述; the 外部連結
      course_id certification               course results only
      files                                 current and earlier ones; `role` says which slot of the form
      ticked                                the school years it is ticked 勾選 for, with its place in the order

Pieces are made by the library and never changed: an edit makes another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.terms import Term

CATEGORIES = (
    "course",
    "officer",
    "competition",
    "certificate",
    "service",
    "flexible",
    "group",
    "workplace",
    "creation",
    "college",
    "other",
)
"""Category codes in the platforms' order: 課程學習成果, then the ten of 多元表現."""

SCHOOL_TYPES = ("general", "technical", "comprehensive")
"""普通型, 技術型, 綜合型高中."""

Kind = Literal["course", "activity"]
Role = Literal["document", "media", "source"]
Certification = Literal["editing", "sent", "certified", "failed"]
CERTIFICATIONS: tuple[Certification, ...] = ("editing", "sent", "certified", "failed")


@dataclass(frozen=True, slots=True)
class PieceFile:
    """One file of a piece: its bytes by SHA-256, its name as it came, and what is known of it.

    role      document (pdf jpg png), media (mp3 mp4), or source (what it was made from; never uploaded; also a file of another kind)
    current   False for an earlier version that was replaced; those are kept for ever
    sealed    when it was recorded as certified (ISO 8601), else None: these exact bytes keep a teacher's certification
    """

    id: str
    role: Role
    name: str
    sha256: str
    md5: str
    size: int
    inspection: Inspection
    current: bool = True
    made_from: str | None = None
    sealed: str | None = None

    @property
    def kind(self) -> str:
        """By content: pdf, jpg …"""
        return self.inspection.kind


@dataclass(frozen=True, slots=True)
class Course:
    """One course of the student's own list; `code` is the official 23 characters, where given."""

    id: str
    name: str
    term: Term | None = None
    category: str = ""
    credits: str = ""
    teacher: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of the portfolio at one moment."""

    id: str
    title: str
    category: str | None
    term: Term | None
    summary: str = ""
    link: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    course_id: str | None = None
    certification: Certification = "editing"
    certification_note: str = ""
    files: tuple[PieceFile, ...] = ()
    ticked: Mapping[int, int] = field(default_factory=dict)
    added: str = ""
    changed: str = ""
    trashed: str | None = None

    @property
    def kind(self) -> Kind | None:
        """`course` for 課程學習成果, `activity` for 多元表現, None while it has no category yet."""
        return None if self.category is None else "course" if self.category == "course" else "activity"

    def file(self, role: Role) -> PieceFile | None:
        """The current file in a slot, or None."""
        return next((file for file in self.files if file.role == role and file.current), None)
