"""The main job from end to end, on sample work: what `demo` and a first visit show.

sample work -> library (brought in, forms filled, looked at deeply)
            -> checked -> mended where this program can (summary, file names) -> what is left, named
            -> ticked within the quota -> bundle, read back and verified -> DemoReport
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.bundle.archive import Written, write
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import Verified, verify
from portfolio_desktop.findings.batch import Checked, check_files
from portfolio_desktop.findings.checks import file_findings
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import RuleBook, Rules
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.pieces.summary import count
from portfolio_desktop.progress import Progress
from portfolio_desktop.sample import place
from portfolio_desktop.sample.year import SampleYear, read
from portfolio_desktop.year.ticks import TickPlan, plan_ticks


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was mended: `what` is summary or name; before and after are texts, counted or named."""

    piece_id: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Left:
    """A piece with what the student has to mend by hand."""

    piece: Piece
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo did, station by station; `seconds` in all."""

    library: Path
    year: int
    pieces: int
    checked: tuple[Checked, ...]
    mended: tuple[Mend, ...]
    left: tuple[Left, ...]
    ticks: TickPlan
    plan: BundlePlan
    written: Written
    verified: Verified
    seconds: float


def build(
    folder: Path, bundle: Path, sample: Path, forms: FormBook, book: RuleBook, progress: Progress | None = None
) -> DemoReport:
    """Build the sample library in `folder` (new, empty, or a sample as it was built, which is built anew) and its bundle.

    `sample` is resources/sample. Raises PortfolioError where something else lies in either place; Cancelled when stopped.
    """
    start, watch = time.monotonic(), progress or Progress()
    year = read(sample)
    with tempfile.TemporaryDirectory(prefix="portfolio-sample-") as scratch:
        paths = year.lay_out(Path(scratch))
        place.check(folder)
        with place.staged(folder) as stage, Readers() as readers, Library.create(stage, year.profile) as library:
            checked = tuple(check_files(paths.values(), readers, book.for_year(year.year), watch))
            wanted = _fill(library, year, paths, watch)
            library.deepen(readers, watch)
            rules = book.for_year(year.year, library.school_rules())
            mended = _mend_summaries(library, rules, watch)
            judge = Judge(forms, book, year.profile.school_type, library.courses(), year.profile.entry_year)
            pieces = library.pieces()
            findings = judge.all_findings(pieces)
            ticks = plan_ticks(pieces, year.year, wanted, rules, findings, year.profile.entry_year)
            library.tick(ticks.accepted, year.year)
            plan = plan_bundle(
                library.pieces(PieceFilter(trashed=None)), library.courses(), forms, book, year.year, year.profile
            )
            mended += _mended_names(plan, pieces, rules)
            written = write(plan, library.file_path, bundle, watch)
            place.mark(stage, library)
    return DemoReport(
        library=folder,
        year=year.year,
        pieces=len(pieces),
        checked=checked,
        mended=mended,
        left=tuple(Left(piece, _serious(findings[piece.id])) for piece in pieces if _serious(findings[piece.id])),
        ticks=ticks,
        plan=plan,
        written=written,
        verified=verify(bundle, watch),
        seconds=time.monotonic() - start,
    )


def _fill(library: Library, year: SampleYear, paths: dict[str, Path], progress: Progress) -> list[str]:
    """Bring the sample work in and fill the forms; returns the ids of the pieces that the student wants ticked."""
    courses = {key: library.add_course(course).id for key, course in year.courses.items()}
    wanted = []
    for done, sample in enumerate(year.pieces):
        progress.step(done, len(year.pieces), sample.title)
        course = courses[sample.course] if sample.course else None
        new = NewPiece(sample.term, sample.category, course, sample.title)
        [piece] = library.add([paths[sample.files[0]]], new).added
        for name in sample.files[1:]:
            library.attach(piece.id, paths[name])
        certification = None if sample.certification == "editing" else sample.certification
        library.edit(piece.id, Edit(summary=sample.summary, fields=sample.fields, certification=certification))
        if sample.tick:
            wanted.append(piece.id)
    return wanted


def _mend_summaries(library: Library, rules: Rules, progress: Progress) -> tuple[Mend, ...]:
    """Take what nobody sees out of the summaries."""
    mended = []
    for piece in library.pieces():
        progress.check()
        tidy = tidy_summary(piece.summary)
        if tidy != piece.summary:
            library.edit(piece.id, Edit(summary=tidy))
            before, after = (str(count(text, rules).strict) for text in (piece.summary, tidy))
            mended.append(Mend(piece.id, piece.title, "summary", before, after))
    return tuple(mended)


def _mended_names(plan: BundlePlan, pieces: Sequence[Piece], rules: Rules) -> tuple[Mend, ...]:
    """The files whose names or extensions were against the rules, and what the bundle calls them."""
    files = {file.sha256: file for piece in pieces for file in piece.files}
    mended = []
    for entry in plan.entries:
        for target in entry.targets:
            file = files[target.sha256]
            found = file_findings(file.name, file.size, file.inspection, rules)
            if any(finding.code.startswith(("extension.", "name.")) for finding in found):
                mended.append(Mend(entry.id, entry.title, "name", file.name, target.name))
    return tuple(mended)


def _serious(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors and warnings; hints can wait."""
    return tuple(finding for finding in findings if finding.severity != "hint")
