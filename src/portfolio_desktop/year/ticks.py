"""Ticking 勾選, planned purely: which pieces may be handed in for a school year, and why the others may not.

(pieces, year, wanted ids, rules, findings) -> plan_ticks -> TickPlan(accepted, refused with reasons, used, limits)

Course results: certified ones of that school year only, at most 6. Activities: any term of senior high up to that school
year, at most 10. Nothing with a faulty file or a value that no platform takes, nothing twice. What is not written yet
keeps nothing back (docs/decisions/0009): it is told beside the tick. Every reason is a Finding, to be shown and stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Kind, Piece


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why one piece cannot be ticked; a piece may have several."""

    piece_id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class TickPlan:
    """What ticking would do: ids in the wished order. Nothing is refused silently: each refused piece has its reasons.

    already     wanted, but ticked for this school year before
    unfinished  of the accepted ones: the errors that are told beside the tick, by the piece's id
    used        how many are ticked by kind (`course`, `activity`) once the plan is carried out; limits: how many may be
    """

    year: int
    accepted: tuple[str, ...]
    already: tuple[str, ...]
    refused: tuple[Refusal, ...]
    used: Mapping[Kind, int]
    limits: Mapping[Kind, int]
    unfinished: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def reasons(self, piece_id: str) -> tuple[Finding, ...]:
        """Why a piece was refused; empty when it was not."""
        return tuple(refusal.finding for refusal in self.refused if refusal.piece_id == piece_id)


@dataclass(frozen=True, slots=True)
class _Case:
    """One wanted piece and what it is judged by; `entry_year` and `taken` (twins by sha256) say what is there already."""

    piece: Piece
    year: int
    entry_year: int | None
    findings: Sequence[Finding]
    taken: Mapping[str, Piece]


def plan_ticks(
    pieces: Iterable[Piece],
    year: int,
    wanted_ids: Iterable[str],
    rules: Rules,
    findings: Mapping[str, Sequence[Finding]],
    entry_year: int | None = None,
) -> TickPlan:
    """Plan to tick `wanted_ids` for a school year, in that order.

    `pieces` are all pieces of the library, `findings` those of each wanted piece by its id (see pieces.judging),
    `entry_year` the school year in which the student entered, where it is known. Raises UsageError for an unknown id.
    """
    known = {piece.id: piece for piece in pieces}
    ticked = [piece for piece in known.values() if year in piece.ticked and piece.trashed is None]
    used: dict[Kind, int] = {"course": 0, "activity": 0}
    for piece in ticked:
        if piece.kind is not None:
            used[piece.kind] += 1
    taken = {sha256: piece for piece in ticked for sha256 in handed_in(piece)}
    accepted: list[str] = []
    already: list[str] = []
    refused: list[Refusal] = []
    for wanted in dict.fromkeys(wanted_ids):
        if wanted not in known:
            raise UsageError(_("沒有「{piece}」這一件。").format(piece=wanted))
        piece = known[wanted]
        if year in piece.ticked and piece.trashed is None:
            already.append(wanted)
            continue
        case = _Case(piece, year, entry_year, findings.get(wanted, ()), taken)
        reasons = [reason for check in REFUSALS for reason in check(case)]
        if not reasons and piece.kind is not None:
            reasons = list(_over_quota(piece, piece.kind, year, used, rules))
        if reasons:
            refused.extend(Refusal(wanted, reason) for reason in reasons)
            continue
        accepted.append(wanted)
        if piece.kind is not None:
            used[piece.kind] += 1
        taken.update(dict.fromkeys(handed_in(piece), piece))
    limits: dict[Kind, int] = {"course": rules.quota_course, "activity": rules.quota_activity}
    errors = {one: tuple(f for f in findings.get(one, ()) if f.severity == "error") for one in accepted}
    unfinished = {one: told for one, told in errors.items() if told}
    return TickPlan(year, tuple(accepted), tuple(already), tuple(refused), used, limits, unfinished)


def only_unwritten(error: Finding) -> bool:
    """Whether an error is only that something is not written yet, which neither rules nor platforms ask for at the tick.

    (Without a category or a term the year or the quota is unknown: that has reasons of its own. Without a file nothing
    was uploaded that could be ticked.)
    """
    return error.code.endswith(".missing") and error.code != "file.missing"


def handed_in(piece: Piece) -> frozenset[str]:
    """The SHA-256 of the files that would be uploaded for a piece."""
    return frozenset(file.sha256 for file in piece.files if file.current and file.role != "source")


def _trashed(case: _Case) -> Iterator[Finding]:
    if case.piece.trashed is not None:
        yield Finding("tick.trashed", {"title": case.piece.title})


def _no_category(case: _Case) -> Iterator[Finding]:
    if case.piece.category is None:
        yield Finding("tick.no-category", {"title": case.piece.title})


def _no_term(case: _Case) -> Iterator[Finding]:
    if case.piece.term is None:
        yield Finding("tick.no-term", {"title": case.piece.title})


def _wrong_year(case: _Case) -> Iterator[Finding]:
    piece = case.piece
    if piece.kind == "course" and piece.term is not None and piece.term.year != case.year:
        yield Finding("tick.wrong-year", _when(case))


def _after_year(case: _Case) -> Iterator[Finding]:
    piece = case.piece
    if piece.kind == "activity" and piece.term is not None and piece.term.year > case.year:
        yield Finding("tick.after-year", _when(case))


def _before_entry(case: _Case) -> Iterator[Finding]:
    piece, entry = case.piece, case.entry_year
    if piece.kind == "activity" and piece.term is not None and entry is not None and piece.term.year < entry:
        yield Finding("tick.before-entry", _when(case))


def _not_certified(case: _Case) -> Iterator[Finding]:
    if case.piece.kind == "course" and case.piece.certification != "certified":
        yield Finding("tick.not-certified", {"title": case.piece.title})


def _other_year(case: _Case) -> Iterator[Finding]:
    others = sorted(year for year in case.piece.ticked if year != case.year)
    if others:
        yield Finding("tick.other-year", {"title": case.piece.title, "other": others[0]})


def _same_bytes(case: _Case) -> Iterator[Finding]:
    twin = next((case.taken[sha256] for sha256 in sorted(handed_in(case.piece)) if sha256 in case.taken), None)
    if twin is not None:
        yield Finding("tick.same-bytes", {"title": case.piece.title, "twin": twin.title, "twin_id": twin.id})


def _errors(case: _Case) -> Iterator[Finding]:
    errors = [f.code for f in case.findings if f.severity == "error" and not only_unwritten(f)]
    if errors:
        yield Finding("tick.errors", {"title": case.piece.title, "count": len(errors), "codes": errors})


def _over_quota(piece: Piece, kind: Kind, year: int, used: Mapping[Kind, int], rules: Rules) -> Iterator[Finding]:
    if used[kind] >= rules.quota(kind):
        yield Finding("tick.quota", {"title": piece.title, "kind": kind, "year": year, "limit": rules.quota(kind)})


def _when(case: _Case) -> dict[str, object]:
    return {"title": case.piece.title, "term": str(case.piece.term), "year": case.year}


REFUSALS: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
    _trashed,
    _no_category,
    _no_term,
    _wrong_year,
    _after_year,
    _before_entry,
    _not_certified,
    _other_year,
    _same_bytes,
    _errors,
)
"""Every reason that does not depend on how many are ticked already, in the order in which they are told."""
