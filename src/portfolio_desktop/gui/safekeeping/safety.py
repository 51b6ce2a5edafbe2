"""How safe the library is, as one record; and what is to be said of it, in the student's words. Pure.

Safety(places, copy, check, drill, faults)  ->  backup_words · check_words · drill_words     (level, sentence); see verdict.py
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from portfolio_desktop.library.problems import NEWER, SENTENCES, Problem
from portfolio_desktop.library.safekeeping.layout import SNAPSHOTS, moment_of
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.safekeeping.record import Checked, Copied, Drilled, Record, Trouble
from portfolio_desktop.messages import _

Level = Literal["ok", "hint", "warning", "error"]
OLD_DAYS = 30
WHOLE = frozenset({"full", "quick"})
"""Depths of a check that looked at every file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a check found wrong: the sentence, and the ids and titles of the pieces that it concerns."""

    code: str
    path: str
    sha256: str | None
    pieces: tuple[tuple[str, str], ...]
    message: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Fault:
        """As the record keeps it; what is missing is empty."""
        pieces = data.get("pieces")
        named = [piece for piece in pieces if isinstance(piece, dict)] if isinstance(pieces, list) else []
        sha256 = data.get("sha256")
        return cls(
            str(data.get("code", "")),
            str(data.get("path", "")),
            sha256 if isinstance(sha256, str) else None,
            tuple((str(piece.get("id", "")), str(piece.get("title", ""))) for piece in named),
            _message(data),
        )

    @property
    def problem(self) -> Problem:
        """What the library's mending is asked with."""
        return Problem(self.code, self.path, self.sha256, self.pieces)

    @property
    def mendable(self) -> bool:
        """Whether there is something here that can be put right without making the database anew."""
        return not self.needs_rebuilding and not self.is_newer

    @property
    def needs_rebuilding(self) -> bool:
        """Whether only a database made anew puts it right."""
        return self.code.startswith("database.") and self.code != "database.search"

    @property
    def is_newer(self) -> bool:
        """Whether it tells of work that the database lacks, which the student has to decide about."""
        return self.code in NEWER


def _message(data: Mapping[str, Any]) -> str:
    """The sentence in the language in use, where it needs no more than the path; else as it was noted."""
    code = data.get("code")
    try:
        return _(SENTENCES[str(code)]).format(path=data["path"])
    except (KeyError, IndexError):
        return str(data.get("message", ""))


@dataclass(frozen=True, slots=True)
class Place:
    """A place with complete backups: when the newest was made, whether it can be reached now, and is no disk of its own;
    None where that is not known.
    """

    path: Path
    at: datetime.datetime
    there: bool
    same_disk: bool | None = False


@dataclass(frozen=True, slots=True)
class Safety:
    """What is known of one library's safety at a moment; `places` the newest first, `has_work`: there is something to lose."""

    folder: Path
    read_only: bool
    places: tuple[Place, ...] = ()
    copy: Copied | None = None
    trouble: Trouble | None = None
    check: Checked | None = None
    drill: Drilled | None = None
    faults: tuple[Fault, ...] = ()
    has_work: bool = True


def proves(drill: Drilled | None, places: Iterable[Path]) -> bool:
    """Whether a backup in one of these places was really restored, files and all; one elsewhere says nothing of theirs."""
    return (
        drill is not None
        and drill.ok
        and drill.complete
        and any(drill.backup.is_relative_to(place) for place in places)
    )


def ago(moment: datetime.datetime, now: datetime.datetime) -> str:
    """今天 14:05, 昨天 09:30, 12 天前: by the calendar, as people count days."""
    there, here = moment.astimezone(), now.astimezone()
    days = (here.date() - there.date()).days
    if days <= 0:
        return _("今天 {time}").format(time=f"{there:%H:%M}")
    if days == 1:
        return _("昨天 {time}").format(time=f"{there:%H:%M}")
    return _("{count} 天前").format(count=days)


def age(moment: datetime.datetime, now: datetime.datetime) -> int:
    """Whole days, by the calendar."""
    return (now.astimezone().date() - moment.astimezone().date()).days


def backup_named(path: Path, now: datetime.datetime) -> str:
    """A backup in words: when it was made, and where it lies, rather than how its files are called."""
    made = next((moment for one in (path, path.parent) if (moment := moment_of(one.name)) is not None), None)
    when = ago(made, now) if made is not None else ""
    snapshot = next((one for one in (path, path.parent) if one.parent.name == SNAPSHOTS), None)
    if snapshot is not None:
        return _("「{place}」裡的備份（{when}）").format(place=snapshot.parent.parent, when=when)
    if made is not None and path.parent.name == BACKUPS:
        return _("自動副本（{when}）").format(when=when)
    return _("「{path}」").format(path=path)


def known_of(folder: Path, known: Record, *, has_work: bool) -> Safety:
    """What the library's own record says, without looking whether a place can be reached now; `has_work` as in Safety."""
    places = tuple(Place(one.place, one.at, False, one.same_disk) for one in known.places)
    found = tuple(map(Fault.from_json, known.check.problems)) if known.check is not None else ()
    return Safety(folder, False, places, known.copy, known.trouble, known.check, known.drill, found, has_work)


def backup_chip(safety: Safety, now: datetime.datetime) -> tuple[Level, str]:
    """The age of the newest complete backup in a word."""
    if not safety.places:
        return "warning", _("還沒有")
    days = age(safety.places[0].at, now)
    words = ago(safety.places[0].at, now)
    if days > OLD_DAYS:
        return "warning", _("{when}，有點久了").format(when=words)
    if all(place.same_disk for place in safety.places):
        return "warning", _("{when}，在同一個磁碟").format(when=words)
    if all(place.same_disk is not False for place in safety.places):
        return "hint", words
    return "ok", words


def backup_words(safety: Safety, now: datetime.datetime) -> list[str]:
    """Every place with complete backups, then the copies that the library makes of its database by itself."""
    lines = [
        _("完整備份：{when}，在「{place}」（{there}）").format(
            when=ago(place.at, now),
            place=place.path,
            there=_("現在接不到，可能是磁碟沒插")
            if not place.there
            else _("和學習歷程庫在同一個磁碟")
            if place.same_disk
            else _("現在接得到"),
        )
        for place in safety.places
    ]
    if not lines:
        lines.append(_("完整備份（資料庫和所有檔案）：還沒有做過。"))
    if safety.copy is not None:
        lines.append(_("自動副本（只有資料庫，放在學習歷程庫裡）：{when}").format(when=ago(safety.copy.at, now)))
    else:
        lines.append(_("自動副本（只有資料庫）：還沒有；關閉學習歷程庫時會自己做一份。"))
    if safety.trouble is not None:
        lines.append(
            _("{when} 的自動副本沒有做成：{reason}").format(
                when=ago(safety.trouble.at, now), reason=safety.trouble.reason
            )
        )
    return lines


def check_chip(safety: Safety) -> tuple[Level, str]:
    """What the last check found in a word."""
    if safety.faults:
        return "error", _("{count} 個問題").format(count=len(safety.faults))
    if safety.check is None:
        return "hint", _("還沒檢查過")
    return ("ok", _("沒有問題")) if safety.check.depth in WHOLE else ("hint", _("只看過一部分"))


def check_words(safety: Safety, now: datetime.datetime) -> list[str]:
    """When everything was looked at last, how closely, and with what result."""
    check = safety.check
    if check is None:
        return [_("還沒有從頭檢查過。每次開啟時會自己檢查一小部分。")]
    depth = {
        "full": _("每個檔案從頭讀到尾"),
        "quick": _("只看檔案在不在、大小對不對"),
        "rolling": _("開啟時檢查的一小部分"),
        "start": _("上次沒有正常關閉，開啟時看了檔案在不在"),
    }.get(check.depth, check.depth)
    result = (
        _("發現 {count} 個問題").format(count=len(safety.faults))
        if safety.faults
        else _("{count} 個檔案都沒有問題").format(count=check.files)
    )
    return [_("上次檢查：{when}（{depth}），{result}。").format(when=ago(check.at, now), depth=depth, result=result)]


def drill_chip(safety: Safety) -> tuple[Level, str]:
    """How the last drill went in a word."""
    if safety.drill is None:
        return "hint", _("還沒演練過")
    if safety.drill.ok and not safety.drill.complete:
        return "warning", _("只試了資料庫")
    return ("ok", _("成功")) if safety.drill.ok else ("error", _("沒有成功"))


def drill_words(safety: Safety, now: datetime.datetime) -> list[str]:
    """When a backup was last really restored, which one, and whether everything came back."""
    drill = safety.drill
    if drill is None:
        return [_("還沒有試過。備份要真的還原得回來才算數。")]
    result = _("作品和檔案全部還原得回來") if drill.ok else _("有些東西還原不回來")
    if drill.ok and not drill.complete:
        result = _("只試了資料庫；檔案只有一份，還沒有備份可以演練")
    return [
        _("上次演練：{when}，用{backup}，{result}。").format(
            when=ago(drill.at, now), backup=backup_named(drill.backup, now), result=result
        )
    ]
