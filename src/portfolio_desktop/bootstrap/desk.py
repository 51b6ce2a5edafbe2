"""The ground and one open library: what every command that touches a library, and the window, works on.

open_desk(ground, folder)    ->  Desk          remembers the library as the last one used
desk.judged(pieces)          ->  Judged …      form, course, findings by the rules of the piece's school year, state
desk.plan_ticks, .plan_bundle -> what ticking and exporting would do, by this student's forms and rules
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.pieces.course_code import coded
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.pieces.readiness import State
from portfolio_desktop.pieces.values import edited_fields
from portfolio_desktop.year.ticks import TickPlan, plan_ticks


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece with what is wrong with it, and how far it is."""

    piece: Piece
    form: Form | None
    course: Course | None
    findings: tuple[Finding, ...]
    state: State

    @property
    def has_error(self) -> bool:
        """Whether a platform would not take it as it is."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Desk:
    """A library on its ground; a context manager that closes the library."""

    ground: Ground
    library: Library

    def rules(self, year: int) -> Rules:
        """The rules of a school year, with the school's own values over them."""
        return self.ground.rules.for_year(year, self.library.school_rules())

    def form(self, category: str) -> Form:
        """The form of a category, as this student's school type has it."""
        return self.ground.forms.form(category, self.library.profile.school_type)

    def judge(self) -> Judge:
        """What this student's pieces are judged by at this moment."""
        profile = self.library.profile
        return Judge(
            self.ground.forms,
            self.ground.rules,
            profile.school_type,
            self.library.courses(),
            profile.entry_year,
            self.library.school_rules(),
            profile.entry_year,
        )

    def judged(self, pieces: Iterable[Piece]) -> list[Judged]:
        """The pieces with their findings and states."""
        judge = self.judge()
        found = []
        for piece in pieces:
            findings = judge.findings(piece)
            state = judge.state(piece, findings)
            found.append(Judged(piece, judge.form(piece), judge.course(piece), findings, state))
        return found

    def regular(self, piece_id: str, change: Edit) -> Edit:
        """An edit as it is kept: its fields regular, without choices that mean something else in the new category."""
        piece = self.library.piece(piece_id)
        category = None if "category" in change.clear else change.category or piece.category
        before, after = (None if one is None else self.form(one) for one in (piece.category, category))
        return replace(change, fields=edited_fields(before, after, piece.fields, change.fields))

    def coded(self, course: Course) -> Course:
        """A course as it is kept: what its official code tells is filled in."""
        form = self.form("course")
        return course if form.codes is None else coded(course, form.codes, form.school_type)

    def plan_ticks(self, year: int, ids: Sequence[str]) -> TickPlan:
        """What ticking these pieces for a school year, in that order, would do. Raises UsageError for an unknown id."""
        pieces, wanted = self.library.pieces(PieceFilter(trashed=None)), set(ids)
        findings = self.judge().all_findings([piece for piece in pieces if piece.id in wanted])
        return plan_ticks(pieces, year, ids, self.rules(year), findings, self.library.profile.entry_year)

    def plan_bundle(self, year: int, everything: bool = False) -> BundlePlan:
        """What exporting a school year's ticks, or with `everything` the whole library, would write."""
        library = self.library
        return plan_bundle(
            library.pieces(PieceFilter(trashed=None)),
            library.courses(),
            self.ground.forms,
            self.ground.rules,
            year,
            library.profile,
            everything,
            library.school_rules(),
        )

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_desk(ground: Ground, folder: Path, *, read_only: bool = False, remember: bool = True) -> Desk:
    """Open a library on the ground; raises PortfolioError where it cannot be opened."""
    library = Library.open(folder, read_only=read_only)
    return Desk(ground.remember(folder) if remember else ground, library)
