"""Which of the objects that were in a place already are read at this backup: a fiftieth, the next ones each time.

    PLACE/turns.json   {"0f1e2d3c": "<SHA-256>"}   for each library the last hash that was read
    begin(place, identity, hashes) -> Turn(due) -> end        a backup that is not finished moves nothing on

What is lost with that file is only how far it came: the reading begins anew.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from portfolio_desktop import durable

NAME = "turns.json"
ROUNDS = 50
"""Backups in which every object of a library is read once."""
_MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class Turn:
    """The objects whose turn it is, and how to say that they were read."""

    place: Path
    identity: str
    due: frozenset[str]
    last: str | None

    def end(self) -> None:
        """Remember how far it came; a place that cannot take that is read from the same object on next time."""
        if self.last is not None:
            with contextlib.suppress(OSError):
                told = _read(self.place) | {self.identity: self.last}
                durable.write(self.place / NAME, f"{json.dumps(told, indent=1)}\n".encode())


def begin(
    place: Path, identity: str, there: Iterable[str], *, everything: bool = False, doubted: Collection[str] = ()
) -> Turn:
    """Whose turn it is of the objects that are `there`; with `everything` that of all of them.

    doubted  those that are read in any case: the library has lost its own bytes of them
    """
    hashes, last = sorted(there), _read(place).get(identity, "")
    if everything:
        return Turn(place, identity, frozenset(hashes), None)
    behind = [one for one in hashes if one > last]
    due = (behind + hashes)[: ceil(len(hashes) / ROUNDS)]
    return Turn(place, identity, frozenset(due) | (frozenset(doubted) & frozenset(hashes)), due[-1] if due else None)


def _read(place: Path) -> dict[str, str]:
    try:
        with (place / NAME).open("rb") as file:
            data = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}
