"""The deep look at what was only looked over, the same for both front ends.

look_deeper(ask, progress)  ->  how many files nobody could look at

ask(work)   has `work(desk)` done where the library lives: at once on the command line, over its lane in the window
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.library.deep import look_at
from portfolio_desktop.library.records import Look
from portfolio_desktop.progress import Progress

T = TypeVar("T")
Seen = Callable[[Sequence[str]], object]
"""Told the SHA-256 of files that were looked at, each time some were recorded."""


class Ask(Protocol):
    """Has something done with the desk, by the one thread that its library belongs to, and waits for it."""

    def __call__(self, work: Callable[[Desk], T], /) -> T:
        """What `work` returns or raises."""


def at_once(desk: Desk) -> Ask:
    """For whoever has the desk: the work is done where it is asked for."""

    def ask(work: Callable[[Desk], T], /) -> T:
        return work(desk)

    return ask


def look_deeper(ask: Ask, progress: Progress, seen: Seen = lambda _hashes: None) -> int:
    """Read every page, pixel and packet of files that were only looked over; stopping leaves the rest for another time.

    Returns how many files could not be looked at: what is found cannot be recorded in a library that is only read.
    """
    pending = ask(lambda desk: desk.library.pending_looks())
    if not pending:
        return 0
    if ask(lambda desk: desk.library.read_only):
        return len(pending)

    def record(looks: Sequence[Look]) -> None:
        ask(lambda desk: desk.library.record_looks(looks))
        seen([look.sha256 for look in looks])

    with Readers() as readers:
        look_at(pending, readers, record, progress)
    return 0
