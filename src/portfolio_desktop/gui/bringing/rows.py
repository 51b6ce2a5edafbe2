"""The rows of a plan, plain data: what each file would become, whether it is wanted, and what is wrong with it.

Proposal ──judged──▶ PlanRow      Refused ──▶ PlanRow      rows ──counted──▶ Counts
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from portfolio_desktop.findings.finding import Finding, verdict
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.inspection.facts import ALLOWED_KINDS
from portfolio_desktop.library.planning import Examined, Proposal, findings
from portfolio_desktop.library.records import Refused

RulesOf = Callable[[int | None], Rules]
"""The rules of a school year, of the student's first one where none is given."""
Standing = Literal["fine", "warned", "convert", "wrong", "left-out", "twin", "trashed", "same", "refused"]
NOT_TAKEN = "kind.not-allowed"
"""The code of a finding that says nothing against bringing a file in: it only cannot be uploaded as it is."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row: a proposal, or what could not be read (`refused`). `number` tells it from the others for as long as it lives."""

    number: int
    proposal: Proposal | None
    refused: Refused | None = None
    wanted: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def can_be_wanted(self) -> bool:
        """Whether it would bring anything."""
        return self.wanted or (self.proposal is not None and self.proposal.is_new)

    @property
    def year(self) -> int | None:
        """The school year whose rules it is judged by, None for the student's first one."""
        return self.proposal.new.term.year if self.proposal and self.proposal.new.term else None

    @property
    def standing(self) -> Standing:
        """What becomes of it, in one word."""
        if self.proposal is None:
            return "refused"
        if not self.proposal.is_new:
            twins = [file.twin for file in self.proposal.files if file.twin is not None]
            return "same" if not twins else "trashed" if twins[0].trashed else "twin"
        if not self.wanted:
            return "left-out"
        worst = verdict(finding for finding in self.findings if finding.code != NOT_TAKEN)
        if worst != "fail" and any(finding.code == NOT_TAKEN for finding in self.findings):
            return "wrong" if any(map(_is_mistaken, self.proposal.files)) else "convert"
        return "wrong" if worst == "fail" else "warned" if worst == "warn" else "fine"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pieces are `wanted`, `left_out` by the student, `known` already, `refused`; the `size` in bytes to copy."""

    wanted: int = 0
    left_out: int = 0
    known: int = 0
    refused: int = 0
    size: int = 0


def _is_mistaken(file: Examined) -> bool:
    """Whether a file is not what it is called, or nothing that is known: converting it is not what it needs."""
    kind, extension = file.inspection.kind, file.path.suffix.lower().lstrip(".")
    return kind == "unknown" or (kind not in ALLOWED_KINDS and extension in ALLOWED_KINDS)


def judged(number: int, proposal: Proposal, rules: RulesOf, *, wanted: bool = True) -> PlanRow:
    """A proposal's row, judged by the rules of its school year; what would bring nothing is not wanted."""
    row = PlanRow(number, proposal, None, wanted and proposal.is_new)
    return replace(row, findings=findings(proposal, rules(row.year)))


def counted(rows: Iterable[PlanRow]) -> Counts:
    """What a plan comes to."""
    wanted = left_out = known = refused = size = 0
    for row in rows:
        if row.proposal is None:
            refused += 1
        elif not row.can_be_wanted:
            known += 1
        elif row.wanted:
            wanted += 1
            size += sum(file.size for file in row.proposal.files if file.is_new)
        else:
            left_out += 1
    return Counts(wanted, left_out, known, refused, size)
