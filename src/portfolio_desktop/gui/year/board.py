"""The ticks of a school year as plain records: what can be ticked, what is, and why the rest cannot be.

    rows that the window knows ── board (beside) ──▶ Board          a wish ── tick, untick (lane) ──▶ Carried: rows anew

The library is asked about nothing but the wish: all its pieces are in the window's memory already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.pieces.piece import Kind, Piece
from portfolio_desktop.progress import Progress
from portfolio_desktop.year.ticks import plan_ticks

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

OTHER_TIME = frozenset({"tick.wrong-year", "tick.after-year", "tick.before-entry"})
"""Reasons that mean: not a piece of this school year at all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One piece that could be ticked: with the reasons why not, none where it can be or is.

    `lacking`: its errors. Of one that is ticked, or can be, they are what is not written yet: that keeps no tick back and has
    to be there before the school hands it in.
    """

    piece: Piece
    ticked: bool
    reasons: tuple[Finding, ...] = ()
    lacking: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The candidates of a school year by kind, and the quotas; `unfiled` are the ids of pieces of no kind yet."""

    year: int
    candidates: Mapping[Kind, tuple[Candidate, ...]]
    used: Mapping[Kind, int]
    limits: Mapping[Kind, int]
    unfiled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a wish: the pieces that it changed as they are now, or why it was refused."""

    rows: tuple[Row, ...] = ()
    refused: tuple[Finding, ...] = ()


def board(rows: Iterable[Row], year: int, rules: Rules, entry_year: int, progress: Progress | None = None) -> Board:
    """What can be ticked for a school year. Ticked ones first in their order, then those that can be, then the rest.

    `rows` are all of the library's; raises Cancelled where `progress` is cancelled meanwhile.
    """
    live = [row for row in rows if row.piece.trashed is None]
    ticked = sorted((row.piece for row in live if year in row.piece.ticked), key=lambda piece: piece.ticked[year])
    found: dict[Kind, list[Candidate]] = {"course": [], "activity": []}
    for row in live:
        if progress is not None:
            progress.check()
        piece = row.piece
        if piece.kind is None:
            continue
        lacking = tuple(one for one in row.findings if one.severity == "error")
        if year in piece.ticked:
            found[piece.kind].append(Candidate(piece, True, (), lacking))
            continue
        # Against the ticked ones only: among all pieces each would be compared with each.
        plan = plan_ticks([*ticked, piece], year, [piece.id], rules, {piece.id: row.findings}, entry_year)
        reasons = plan.reasons(piece.id)
        if not OTHER_TIME & {reason.code for reason in reasons}:
            found[piece.kind].append(Candidate(piece, False, reasons, lacking))
    totals = plan_ticks(ticked, year, [], rules, {}, entry_year)
    return Board(
        year,
        {kind: tuple(sorted(some, key=lambda one: _place(one, year))) for kind, some in found.items()},
        totals.used,
        totals.limits,
        tuple(row.id for row in live if row.piece.kind is None),
    )


def tick(desk: Desk, piece_id: str, year: int) -> Carried:
    """Tick a piece if the rules let it be: it is planned against what the library has ticked at this moment."""
    ticked, piece = desk.library.pieces(PieceFilter(ticked=year, trashed=None)), desk.library.piece(piece_id)
    others = [one for one in ticked if one.id != piece_id]
    findings, entry = {piece_id: desk.judge().findings(piece)}, desk.library.profile.entry_year
    plan = plan_ticks([*others, piece], year, [piece_id], desk.rules(year), findings, entry)
    if plan.accepted:
        desk.library.tick(plan.accepted, year)
    return Carried(errands.some_rows(desk, [piece_id]), plan.reasons(piece_id))


def untick(desk: Desk, piece_id: str, year: int) -> Carried:
    """Take a piece's tick away."""
    desk.library.untick([piece_id], year)
    return Carried(errands.some_rows(desk, [piece_id]))


def _place(candidate: Candidate, year: int) -> tuple[int, int, str]:
    piece = candidate.piece
    if candidate.ticked:
        return 0, piece.ticked[year], ""
    return (2 if candidate.reasons else 1), 0, piece.title
