"""Works out what 總覽 shows, beside window and lane: it only reads the library's small record of its own safety.

rows, rules, folder -> look -> Prospect(items, picture, record)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.library.problems import NEWER
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.record import Record
from portfolio_desktop.progress import Progress
from portfolio_desktop.year.attention import attention
from portfolio_desktop.year.item import Item
from portfolio_desktop.year.picture import Picture, picture
from portfolio_desktop.year.situation import Care, Situation


@dataclass(frozen=True, slots=True)
class Prospect:
    """What there is to do, the three years, and what is known of backups; `folder` tells of which library, `now` of when."""

    folder: Path
    now: datetime.datetime
    items: tuple[Item, ...]
    picture: Picture
    record: Record


def look(
    rows: Sequence[Row],
    rules: Callable[[int], Rules],
    entry_year: int,
    folder: Path,
    now: datetime.datetime,
    _progress: Progress,
) -> Prospect:
    """Everything that the page shows. `rows` are the library's, those in the trash too; `now` carries the local zone."""
    live = [row for row in rows if row.piece.trashed is None]
    known = record.read(folder)
    care = care_of(known, record.failing(folder))
    situation = Situation(live, rules, entry_year, now.date(), care)
    return Prospect(folder, now, attention(situation), picture(live, entry_year), known)


def care_of(known: Record, failing: str | None) -> Care:
    """What attention asks about a library's safety; `failing` is why automatic copies cannot be made."""
    problems = known.check.problems if known.check is not None else ()
    drill = known.drill
    return Care(
        backed_up=known.places[0].at.astimezone().date() if known.places else None,
        # A drill of the database alone proves no backup.
        drilled=drill.at.astimezone().date() if drill is not None and drill.complete else None,
        drill_failed=drill is not None and not drill.ok,
        faults=len(problems),
        newer=any(problem.get("code") in NEWER for problem in problems),
        trouble=failing or "",
    )
