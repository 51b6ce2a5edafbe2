"""What an export will hold, worked out before a byte is written; pure.

    pieces ticked for the year -> platforms' order -> number, folder, file names, rows, findings -> BundlePlan

Nothing is refused silently: a ticked piece that cannot be exported stands in `left_out` with its reason, and one that a
platform may refuse is exported with its findings beside it, since it is the student who decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.entries import BundlePlan, Entry, LeftOut, Target
from portfolio_desktop.bundle.rows import plain, rows
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import RuleBook, Rules
from portfolio_desktop.fitting.names import file_name, folder_name, plain_name, same, unique
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.judging import Judge
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece, PieceFile, Role
from portfolio_desktop.year.ticks import plan_ticks

UPLOADED: tuple[Role, ...] = ("document", "media")
"""The slots that a platform has; what a file was made from stays at home."""

TOLD = frozenset({"tick.no-term"})
"""Reasons against a tick that the piece's own findings tell, too."""

TOLD_BY_TICK: Mapping[str, str] = {"certification.ticked": "tick.not-certified"}
"""Findings of a piece that a reason against its tick tells with more weight: here it is the year's bundle that suffers."""


def plan_bundle(
    pieces: Collection[Piece],
    courses: Collection[Course],
    forms: FormBook,
    rules: RuleBook,
    year: int,
    profile: Profile,
    everything: bool = False,
    school: Mapping[str, Any] | None = None,
) -> BundlePlan:
    """Plan the bundle of a school year: the pieces ticked for it, each with its current files.

    `pieces` are all of the library's, the trashed ones too; each is judged by the rules of its own school year, with the
    school's own values (`school`) over them. With `everything` the bundle also carries every version of every file, so
    that (with the library's dump) it can be imported.
    """
    judge = Judge(forms, rules, profile.school_type, courses, year, school, profile.entry_year)
    in_force = rules.for_year(max(year, rules.first_year), school)
    ticked = sorted((piece for piece in pieces if year in piece.ticked), key=lambda piece: _order(piece, year))
    reasons = _reasons(ticked, year, in_force, profile)
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for piece in ticked:
        form = judge.form(piece)
        if form is None or piece.trashed is not None:
            left_out.append(LeftOut(piece.id, plain(piece.title), reasons[piece.id][0]))
        else:
            told = {found.code for found in reasons[piece.id]}
            own = (found for found in judge.findings(piece) if TOLD_BY_TICK.get(found.code) not in told)
            findings = (*own, *(found for found in reasons[piece.id] if found.code not in TOLD))
            entries.append(_entry(len(entries) + 1, piece, form, judge.course(piece), findings, in_force))
    return BundlePlan(
        year=year,
        profile=asdict(profile),
        entries=tuple(entries),
        left_out=tuple(left_out),
        findings=() if ticked else (Finding("bundle.empty", {"year": year}),),
        everything=everything,
        stored=tuple(_stored(pieces)) if everything else (),
    )


def _order(piece: Piece, year: int) -> tuple[int, int, int, str]:
    place = CATEGORIES.index(piece.category) if piece.category in CATEGORIES else len(CATEGORIES)
    return place, piece.ticked[year], len(piece.id), piece.id


def _reasons(ticked: Sequence[Piece], year: int, rules: Rules, profile: Profile) -> dict[str, tuple[Finding, ...]]:
    """What would keep each piece from being ticked were it ticked now: much may have changed since it was.

    Its own findings are told beside it; here they stay out, so that a faulty piece still counts for quota and twins.
    """
    before = [replace(piece, ticked={y: place for y, place in piece.ticked.items() if y != year}) for piece in ticked]
    plan = plan_ticks(before, year, [piece.id for piece in ticked], rules, {}, profile.entry_year)
    return {piece.id: plan.reasons(piece.id) for piece in ticked}


def _entry(
    number: int, piece: Piece, form: Form, course: Course | None, findings: tuple[Finding, ...], rules: Rules
) -> Entry:
    folder = folder_name(f"{CATEGORIES.index(form.category) + 1:02d}_{form.label}", rules)
    targets = _targets(number, piece, folder, form.label, rules)
    return Entry(
        number=number,
        id=piece.id,
        title=plain(piece.title),
        category=form.category,
        label=form.label,
        folder=folder,
        term=str(piece.term) if piece.term else "",
        certification=piece.certification if piece.kind == "course" else "",
        rows=rows(piece, form, course, targets, rules),
        targets=tuple(targets.values()),
        findings=findings,
    )


def _targets(number: int, piece: Piece, folder: str, label: str, rules: Rules) -> dict[str, Target]:
    """The current files of the slots under their new names; the piece's number leads, so that dialogs sort them so."""
    title = plain_name(piece.title) or label
    targets: dict[str, Target] = {}
    for role in UPLOADED:
        file = piece.file(role)
        if file is not None:
            # Two files of one kind in one piece: only where a file stands in the wrong slot.
            taken = {same(target.name) for target in targets.values()}
            name = unique(file_name(f"{number:02d}_{title}", file.kind, rules), taken, rules)
            targets[role] = _target(f"{folder}/{name}", file)
    return targets


def _target(path: str, file: PieceFile) -> Target:
    return Target(path, file.sha256, file.md5, file.size, file.role, file.kind, plain(file.name), file.sealed or "")


def _stored(pieces: Iterable[Piece]) -> Iterable[Target]:
    """Every version of every file once, whichever pieces share it."""
    files = sorted((file for piece in pieces for file in piece.files), key=lambda file: (file.sha256, file.name))
    known: set[str] = set()
    for file in files:
        if file.sha256 not in known:
            known.add(file.sha256)
            yield _target(layout.stored_path(file.sha256, plain(file.name)), file)
