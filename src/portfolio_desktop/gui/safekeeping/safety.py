"""How safe the library is, as one record; and what is to be said of it, in the student's words. Pure.

Safety(places, copy, check, drill, faults)  ->  verdict   act now, could be better, well: with the one next step
                                            ->  backup_words · check_words · drill_words     (level, sentence)
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from portfolio_desktop.library.problems import NEWER, SENTENCES, Problem
from portfolio_desktop.library.safekeeping.layout import SNAPSHOTS, moment_of
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.safekeeping.record import Checked, Copied, Drilled, Record, Trouble
from portfolio_desktop.messages import _

Level = Literal["ok", "hint", "warning", "error"]
Deed = Literal["", "back_up", "elsewhere", "check", "drill"]
OLD_DAYS = 30
PROVED_DAYS = 180
"""Days after which a check or a drill proves little any more; our own measure."""
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
    """A place with complete backups: when the newest was made, whether it can be reached now, and is no disk of its own."""

    path: Path
    at: datetime.datetime
    there: bool
    same_disk: bool = False


class Verdict(NamedTuple):
    """The worst of it, and what is to be done first; `state` says in a word how things stand, `deed` which button does it."""

    level: Level
    heading: str
    advice: str
    state: str
    deed: Deed = ""


@dataclass(frozen=True, slots=True)
class Safety:
    """What is known of one library's safety at a moment; `places` the newest first, `has_files`: there is something to lose."""

    folder: Path
    read_only: bool
    places: tuple[Place, ...] = ()
    copy: Copied | None = None
    trouble: Trouble | None = None
    check: Checked | None = None
    drill: Drilled | None = None
    faults: tuple[Fault, ...] = ()
    has_files: bool = True


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


def known_of(folder: Path, known: Record) -> Safety:
    """What the library's own record says, without looking whether a place can be reached now."""
    places = tuple(Place(one.place, one.at, False, one.same_disk) for one in known.places)
    found = tuple(map(Fault.from_json, known.check.problems)) if known.check is not None else ()
    return Safety(folder, False, places, known.copy, known.trouble, known.check, known.drill, found)


def verdict(safety: Safety, now: datetime.datetime) -> Verdict:
    """How things stand: the worst of it first."""
    act, better = _("現在要處理"), _("可以更好")
    if any(fault.code in NEWER for fault in safety.faults):
        return Verdict(
            "error",
            _("資料庫可能被換成了舊的"),
            _("備份裡有這裡沒有的作品內容。先別刪任何東西；下面說出是哪一份備份，可以還原到新的資料夾來看。"),
            act,
        )
    if safety.faults:
        return Verdict(
            "error",
            _("檢查發現 {count} 個問題").format(count=len(safety.faults)),
            _("作品的檔案壞了或不見了。先別刪任何東西；下面列出是哪些，多半可以從備份救回。"),
            act,
        )
    if safety.drill is not None and not safety.drill.ok:
        return Verdict(
            "error",
            _("上次的演練沒有成功"),
            _("那份備份還原不出完整的作品。請換一個地方，再做一份新的備份。"),
            act,
            "elsewhere",
        )
    if not safety.places and not safety.has_files:
        words = _("收進作品以後，接上隨身碟或外接硬碟，按「現在備份」。")
        return Verdict("hint", _("還沒有作品要備份"), words, _("很好"))
    if not safety.places:
        return Verdict(
            "warning",
            _("還沒有完整的備份"),
            _("作品現在只在這一臺電腦裡。插上隨身碟或外接硬碟，按「現在備份」，壞了、丟了都救得回來。"),
            act,
            "back_up",
        )
    level, heading, advice, deed = _better(safety, now)
    return Verdict(level, heading, advice, better if deed else _("很好"), deed)


def _better(safety: Safety, now: datetime.datetime) -> tuple[Level, str, str, Deed]:
    """What could be better where nothing is lost, the heaviest first; no deed where nothing is left to be done."""
    away = [place for place in safety.places if not place.same_disk]
    if not away:
        return (
            "warning",
            _("備份和作品在同一個磁碟裡"),
            _("誤刪了救得回來；但是磁碟壞了、電腦丟了，兩份會一起不見。接上隨身碟或外接硬碟，再備份一份到那裡。"),
            "elsewhere",
        )
    days = age(away[0].at, now)
    if days > OLD_DAYS:
        return (
            "warning",
            _("上一次完整備份是 {count} 天前").format(count=days),
            _("這段時間的作品還沒有第二份。有空時接上放備份的磁碟，按「現在備份」；只會多寫新的部分。"),
            "back_up" if away[0] is safety.places[0] else "elsewhere",
        )
    if safety.trouble is not None:
        heading = _("自動副本做不成")
        return "warning", heading, _("最近的修改沒有副本：{reason}").format(reason=safety.trouble.reason), "back_up"
    check, drill = safety.check, safety.drill
    if check is None or check.depth not in WHOLE:
        words = _("有備份了，還不知道收著的檔案是不是都完好。檢查一次，每個檔案從頭讀到尾。")
        return "hint", _("檔案還沒有從頭檢查過"), words, "check"
    if drill is None or not drill.complete:
        return "hint", _("備份還沒有演練過"), _("備份要真的還原得回來才算數。演練不會動到任何作品。"), "drill"
    if age(check.at, now) > PROVED_DAYS:
        words = _("上次檢查是 {count} 天前").format(count=age(check.at, now))
        return "hint", words, _("磁碟會老。再檢查一次，確定每個檔案都還完好。"), "check"
    if age(drill.at, now) > PROVED_DAYS:
        words = _("上次演練是 {count} 天前").format(count=age(drill.at, now))
        return "hint", words, _("磁碟會老。再試一次，確定備份還是還原得回來。"), "drill"
    return "ok", _("作品都收得好好的"), _("另一個磁碟上有完整的備份，真的還原過；檔案也都檢查過，沒有問題。"), ""


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
