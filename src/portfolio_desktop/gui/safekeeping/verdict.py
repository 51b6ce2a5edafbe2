"""How a library's safety stands as a whole: act now, could be better, well; with the one next step. Pure.

Safety -> verdict -> Verdict(level, heading, advice, state, deed)        the heaviest first
"""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from portfolio_desktop.gui.safekeeping.safety import OLD_DAYS, WHOLE, Level, Safety, age, proves
from portfolio_desktop.library.problems import NEWER
from portfolio_desktop.messages import _

Deed = Literal["", "back_up", "elsewhere", "check", "drill"]
PROVED_DAYS = 180
"""Days after which a check or a drill proves little any more; our own measure."""


class Verdict(NamedTuple):
    """The worst of it, and what is to be done first; `state` says in a word how things stand, `deed` which button does it.

    is_news  whether it tells more than when the last backup was made and the last drill, which 總覽 says in any case
    """

    level: Level
    heading: str
    advice: str
    state: str
    deed: Deed = ""
    is_news: bool = False


class _Better(NamedTuple):
    level: Level
    heading: str
    advice: str
    deed: Deed = ""
    is_news: bool = False


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
            is_news=True,
        )
    if not safety.places and not safety.has_work:
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
    level, heading, advice, deed, is_news = _better(safety, now)
    return Verdict(level, heading, advice, better if deed else _("很好"), deed, is_news)


def _better(safety: Safety, now: datetime.datetime) -> _Better:
    """What could be better where nothing is lost, the heaviest first; no deed where nothing is left to be done."""
    away = [place for place in safety.places if place.same_disk is False]
    hoped = away or [place for place in safety.places if place.same_disk is None]
    if not hoped:
        return _Better(
            "warning",
            _("備份和作品在同一個磁碟裡"),
            _("誤刪了救得回來；但是磁碟壞了、電腦丟了，兩份會一起不見。接上隨身碟或外接硬碟，再備份一份到那裡。"),
            "elsewhere",
            is_news=True,
        )
    days = age(hoped[0].at, now)
    if days > OLD_DAYS:
        return _Better(
            "warning",
            _("上一次完整備份是 {count} 天前").format(count=days),
            _("這段時間的作品還沒有第二份。有空時接上放備份的磁碟，按「現在備份」；只會多寫新的部分。"),
            "back_up" if hoped[0] is safety.places[0] else "elsewhere",
            is_news=hoped[0] is not safety.places[0],
        )
    if not away:
        return _Better(
            "hint",
            _("不確定備份是不是在另一個磁碟"),
            _("當時沒有記下來，那個地方現在也接不到。接上放備份的磁碟再備份一次，就看得出來；只會多寫新的部分。"),
            "back_up" if len(hoped) == len(safety.places) else "elsewhere",
            is_news=True,
        )
    if safety.trouble is not None:
        heading = _("自動副本做不成")
        words = _("最近的修改沒有副本：{reason}").format(reason=safety.trouble.reason)
        return _Better("warning", heading, words, "back_up")
    check, drill = safety.check, safety.drill
    if check is None or check.depth not in WHOLE:
        words = _("有備份了，還不知道收著的檔案是不是都完好。檢查一次，每個檔案從頭讀到尾。")
        return _Better("hint", _("檔案還沒有從頭檢查過"), words, "check", is_news=True)
    if drill is None or not drill.complete:
        words = _("備份要真的還原得回來才算數。演練不會動到任何作品。")
        return _Better("hint", _("備份還沒有演練過"), words, "drill")
    if not proves(drill, [place.path for place in away]):
        words = _("別的地方的備份還原得回來，不代表這一份也可以。接上放備份的磁碟再演練一次，不會動到任何作品。")
        return _Better("hint", _("另一個磁碟上的備份還沒有演練過"), words, "drill", is_news=True)
    if age(check.at, now) > PROVED_DAYS:
        words = _("上次檢查是 {count} 天前").format(count=age(check.at, now))
        return _Better("hint", words, _("磁碟會老。再檢查一次，確定每個檔案都還完好。"), "check", is_news=True)
    if age(drill.at, now) > PROVED_DAYS:
        words = _("上次演練是 {count} 天前").format(count=age(drill.at, now))
        return _Better("hint", words, _("磁碟會老。再試一次，確定備份還是還原得回來。"), "drill")
    words = _("另一個磁碟上有完整的備份，真的還原過；檔案也都檢查過，沒有問題。")
    return _Better("ok", _("作品都收得好好的"), words)
