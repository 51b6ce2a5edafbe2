"""The ticks of a school year as plain records: what can be ticked, what is, and why the rest cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.piece import Kind, Piece
from portfolio_desktop.year.ticks import plan_ticks

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

OTHER_TIME = frozenset({"tick.wrong-year", "tick.after-year", "tick.before-entry"})
"""Reasons that mean: not a piece of this school year at all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One piece that could be ticked: with the reasons why not, none where it can be or is.

    `lacking`: what is not written yet; it keeps no tick back and has to be there before the school hands it in.
    """

    piece: Piece
    ticked: bool
    reasons: tuple[Finding, ...] = ()
    lacking: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The candidates of a school year by kind, and the quotas; why a wish was refused."""

    year: int
    candidates: Mapping[Kind, tuple[Candidate, ...]]
    used: Mapping[Kind, int]
    limits: Mapping[Kind, int]
    unfiled: int
    refused: tuple[Finding, ...] = ()

    def lacking(self, piece_id: str | None) -> tuple[Finding, ...]:
        """What a ticked piece still lacks; nothing where it is not ticked."""
        every = (one for some in self.candidates.values() for one in some)
        return next((one.lacking for one in every if one.piece.id == piece_id and one.ticked), ())


def board(desk: Desk, year: int) -> Board:
    """What can be ticked for a school year. Ticked ones first in their order, then those that can be, then the rest."""
    judged = {one.piece.id: one for one in desk.judged(desk.library.pieces())}
    pieces = [one.piece for one in judged.values()]
    ticked = sorted((piece for piece in pieces if year in piece.ticked), key=lambda piece: piece.ticked[year])
    rules, entry = desk.rules(year), desk.library.profile.entry_year
    found: dict[Kind, list[Candidate]] = {"course": [], "activity": []}
    for piece in pieces:
        if piece.kind is None:
            continue
        if year in piece.ticked:
            lacking = tuple(one for one in judged[piece.id].findings if one.severity == "error")
            found[piece.kind].append(Candidate(piece, True, (), lacking))
            continue
        findings = {piece.id: judged[piece.id].findings}
        # Against the ticked ones only: among all pieces each would be compared with each.
        plan = plan_ticks([*ticked, piece], year, [piece.id], rules, findings, entry)
        reasons = plan.reasons(piece.id)
        if not OTHER_TIME & {reason.code for reason in reasons}:
            found[piece.kind].append(Candidate(piece, False, reasons, plan.unfinished.get(piece.id, ())))
    totals = plan_ticks(ticked, year, [], rules, {}, entry)
    unfiled = sum(piece.kind is None for piece in pieces)
    return Board(
        year,
        {kind: tuple(sorted(some, key=lambda one: _place(one, year))) for kind, some in found.items()},
        totals.used,
        totals.limits,
        unfiled,
    )


def tick(desk: Desk, piece_id: str, year: int) -> Board:
    """Tick a piece if the rules let it be; the board as it is then, with the reasons where they do not."""
    plan = desk.plan_ticks(year, [piece_id])
    if plan.accepted:
        desk.library.tick(plan.accepted, year)
    return replace(board(desk, year), refused=plan.reasons(piece_id))


def untick(desk: Desk, piece_id: str, year: int) -> Board:
    """Take a piece's tick away."""
    desk.library.untick([piece_id], year)
    return board(desk, year)


def _place(candidate: Candidate, year: int) -> tuple[int, int, str]:
    piece = candidate.piece
    if candidate.ticked:
        return 0, piece.ticked[year], ""
    return (2 if candidate.reasons else 1), 0, piece.title
