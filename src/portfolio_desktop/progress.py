"""Long work tells how far it is, and can be stopped between two steps.

    worker:  progress.step(3, 200, "報告.pdf")   ->  report(Step) on the caller's side
    user:    progress.cancel()                   ->  the worker's next step() or check() raises Cancelled

Cancelling is an outcome, not an error: whoever started the work catches `Cancelled` and nothing of the work remains.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):  # noqa: N818 - an outcome, not an error
    """The work was stopped on request and left no trace."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: `done` of `total` (0 where unknown), and what is being worked on."""

    done: int
    total: int
    what: str = ""


class Progress:
    """Carries steps out of a piece of work and the wish to stop into it; safe to use from several threads."""

    def __init__(self, report: Callable[[Step], None] | None = None) -> None:
        self._report = report
        self._cancelled = threading.Event()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report a step; raises Cancelled when stopping was asked for."""
        self.check()
        if self._report is not None:
            self._report(Step(done, total, what))

    def check(self) -> None:
        """Raise Cancelled when stopping was asked for."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._cancelled.is_set()
