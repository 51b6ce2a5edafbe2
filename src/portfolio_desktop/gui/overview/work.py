"""Works out what 總覽 shows, beside window and lane: it only reads the library's small record of its own safety.

rows, rules, folder -> look -> Prospect(items, picture, backup and drill in words)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.safekeeping.safety import Level, ago, known_of
from portfolio_desktop.gui.safekeeping.verdict import verdict
from portfolio_desktop.library.problems import NEWER
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.record import Record
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress
from portfolio_desktop.year.attention import attention
from portfolio_desktop.year.item import Item
from portfolio_desktop.year.picture import Picture, picture
from portfolio_desktop.year.situation import Care, Situation


@dataclass(frozen=True, slots=True)
class Prospect:
    """What there is to do, the three years, and the last backup in words; `folder` tells of which library, `now` of when."""

    folder: Path
    now: datetime.datetime
    items: tuple[Item, ...]
    picture: Picture
    backup: tuple[Level, str]
    drill: str


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
    known = record.looked_up(folder, record.read(folder))
    care = care_of(known, record.failing(folder))
    situation = Situation(live, rules, entry_year, now.date(), care)
    stand = verdict(known_of(folder, known, has_work=bool(rows)), now)
    heading = _("{what}。").format(what=stand.heading) if stand.is_news else ""
    backup, drill = backup_words(known, now), heading + drill_words(known, now)
    return Prospect(folder, now, attention(situation), picture(live, entry_year), (stand.level, backup), drill)


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
        same_disk=bool(known.places) and all(place.same_disk for place in known.places),
    )


def backup_words(known: Record, now: datetime.datetime) -> str:
    """When and where the newest complete backup was made."""
    if not known.places:
        return _("還沒有完整的備份：作品現在只在這一臺電腦裡。")
    place = known.places[0]
    return _("上次完整備份：{when}，在「{place}」。").format(when=ago(place.at, now), place=place.place)


def drill_words(known: Record, now: datetime.datetime) -> str:
    """When a backup was last really restored, and whether it worked."""
    drill = known.drill
    if drill is None:
        return _("還沒有演練過還原。")
    if not drill.ok:
        return _("上次演練還原（{when}）沒有成功。").format(when=ago(drill.at, now))
    if not drill.complete:
        return _("上次演練還原（{when}）只試了資料庫。").format(when=ago(drill.at, now))
    return _("上次演練還原：{when}，全部還原得回來。").format(when=ago(drill.at, now))
