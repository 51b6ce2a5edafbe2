"""How far a piece is on its way: from a draft to one that may be ticked.

draft -> needs-work -> to-certify -> certifying -> certified          course results
draft -> needs-work -> ready                                          activities
                                      trashed                         either
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from portfolio_desktop.messages import N_

if TYPE_CHECKING:
    from portfolio_desktop.findings.finding import Finding
    from portfolio_desktop.pieces.piece import Piece

State = Literal["draft", "needs-work", "ready", "to-certify", "certifying", "failed", "certified", "trashed"]
STATES: tuple[State, ...] = get_args(State)

STATE_NAMES: Mapping[State, str] = {
    "draft": N_("草稿"),
    "needs-work": N_("要修正"),
    "ready": N_("可以勾選"),
    "to-certify": N_("待送認證"),
    "certifying": N_("認證中"),
    "failed": N_("認證失敗"),
    "certified": N_("認證成功"),
    "trashed": N_("在垃圾桶"),
}
"""What people read for each state."""


def state(piece: Piece, findings: Iterable[Finding]) -> State:
    """The state of a piece with these findings.

    A piece is a draft while all its errors are of something missing (codes that end in `.missing`).
    """
    if piece.trashed is not None:
        return "trashed"
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        return "draft" if all(error.code.endswith(".missing") for error in errors) else "needs-work"
    if piece.kind != "course":
        return "ready"
    by_certification: Mapping[str, State] = {"editing": "to-certify", "sent": "certifying", "failed": "failed"}
    return by_certification.get(piece.certification, "certified")
