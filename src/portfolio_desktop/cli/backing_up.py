"""`backup --to DIR` and `backup --list [DIR]`: a copy of everything in another place, and which there are.

0 all of it · 3 something of the library is damaged, named with its pieces, and the rest was done
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import picked, shown
from portfolio_desktop.cli.libraries import desk_to_read
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.problems import code_of, problems_json, say_problems
from portfolio_desktop.cli.words import moment, size
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.safekeeping import listing
from portfolio_desktop.library.safekeeping.listing import Listed
from portfolio_desktop.library.safekeeping.whole import BackedUp, back_up
from portfolio_desktop.messages import N_, _


def _arguments(parser: Parser) -> None:
    about = _("備份放這裡：外接磁碟、隨身碟或雲端資料夾；裡面已有別的東西時，放在其中的「學習歷程備份」")
    parser.add("--to", type=Path, metavar=_("資料夾"), help=about)
    parser.add("--full", action="store_true", help=_("原有的檔案也全部讀過一遍，壞了的換成好的（平常每次抽查一部分）"))
    parser.add("--list", action="store_true", help=_("不備份，只列出有哪些備份：這個學習歷程庫的，或這個資料夾裡的"))
    parser.add("place", type=Path, nargs="?", metavar=_("資料夾"), help=_("和 --list 一起用：列出這裡的備份"))


def _backup(call: Call) -> int:
    if call.list:
        return _list(call)
    if call.to is None:
        raise UsageError(_("要備份到哪裡？請用 --to 指定；要看有哪些備份，用 --list"))
    if call.place is not None:
        raise UsageError(_("資料夾要接在 --to 後面；單獨的資料夾只和 --list 一起用"))
    with desk_to_read(call) as desk:
        done = back_up(desk.library, call.to, call.progress, full=call.full)
        is_noted = not desk.library.read_only
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "place": str(done.place),
                "snapshot": str(done.snapshot),
                **picked(done, "files", "bytes", "new_files", "new_bytes", "read", "replaced"),
                "seconds": round(done.seconds, 3),
                "problems": problems_json(done.problems),
            }
        )
    else:
        say_problems(call.console, done.problems)
        said = _("備份好了：{path}")
        if done.problems:
            said = _("備份了其餘的檔案；上面這些在學習歷程庫裡就已經不見或損壞：{path}")
        elif done.all_read:
            said = _("備份好了，讀回核對無誤：{path}")
        call.console.say(said.format(path=shown(done.snapshot)))
        _say_what_was_read(call, done)
        told = _("共 {files} 個檔案（{size}），這次新複製 {new_files} 個（{new_size}）。")
        call.console.say(
            told.format(
                files=done.files, size=size(done.bytes), new_files=done.new_files, new_size=size(done.new_bytes)
            )
        )
    if not is_noted:
        call.console.complain(_("學習歷程庫正由另一個程式開著，或不能寫入，所以沒有記下這份備份；備份本身是完整的。"))
    return code_of(done.problems)


def _say_what_was_read(call: Call, done: BackedUp) -> None:
    """No more than is true: what was copied now is read back, of what was there before a part."""
    new, old = done.new_files - done.replaced, done.files - done.new_files + done.replaced
    if old > 0:
        told = _(
            "新的 {new} 個檔案寫完都讀回核對；原有的 {old} 個抽查了 {read} 個，其餘只看大小（--full 會全部讀過）。"
        )
        if done.read >= old:
            told = _("新的 {new} 個檔案寫完都讀回核對；原有的 {old} 個也全部讀過。")
        call.console.say(told.format(new=new, old=old, read=done.read))
    if done.replaced:
        call.console.say(_("原有的檔案有 {count} 個已經損壞，換成了好的。").format(count=done.replaced))


def _list(call: Call) -> int:
    if call.to is not None or call.full:
        raise UsageError(_("--list 只列出備份，不能和 --to、--full 一起用"))
    found = listing.of_library(call.library_folder) if call.place is None else listing.in_place(call.place)
    if call.console.as_json:
        places = [
            {
                "place": str(one.known.place),
                "moment": one.known.at.isoformat(),
                "snapshot": one.known.snapshot,
                "reachable": one.reachable,
            }
            for one in found.places
        ]
        call.console.document({"places": places, "backups": [_listed_json(one) for one in found.backups]})
        return 0
    for place in found.places:
        if not place.reachable:
            told = _("這個地方現在接不到，最後一次備份是 {moment}：{path}")
            call.console.say(told.format(moment=_moment(place.known.at), path=shown(place.known.place)))
    if not found.backups:
        call.console.say(
            _("沒有備份可以列出。") if found.places else _("還沒有備份。請用 backup --to 備份到另一個磁碟。")
        )
        return 0
    rows = [
        [
            _moment(one.backup.moment),
            _("完整") if one.backup.complete else _("只有資料庫"),
            "" if one.files is None else str(one.files),
            "" if one.bytes is None else size(one.bytes),
            _notes(one),
            shown(one.backup.path),
        ]
        for one in found.backups
    ]
    call.console.table([_("時間"), _("種類"), _("檔案"), _("大小"), _("說明"), _("在哪裡")], rows, right=(2, 3))
    if not found.places and call.place is None:
        call.console.say(_("這些只是資料庫的副本，和作品在同一個磁碟。請用 backup --to 備份到另一個磁碟。"))
    return 0


def _notes(one: Listed) -> str:
    """What is to be known before one is chosen."""
    notes = [_("最新")] if one.newest else []
    notes += [] if one.readable else [_("資料庫損壞")]
    notes += [_("缺 {count} 個檔案").format(count=one.missing)] if one.missing else []
    return _("、").join([*notes, *(shown(name) for name in one.student if name)])


def _listed_json(one: Listed) -> dict[str, Any]:
    name, school = one.student
    return {
        "path": str(one.backup.path),
        "moment": one.backup.moment.isoformat(),
        "complete": one.backup.complete,
        **picked(one, "files", "bytes", "missing", "readable", "newest"),
        "student": {"name": name, "school": school},
    }


def _moment(when: datetime.datetime) -> str:
    return moment(when.astimezone().isoformat())


COMMANDS: Mapping[str, Command] = {
    "backup": Command(
        N_(
            "把資料庫和所有檔案備份到另一個地方，新的檔案寫完都讀回核對。"
            "同一個地方再備份一次，只複製新的檔案。學習歷程庫自己有檔案不見或損壞時會說出來，結束代碼是 3。"
        ),
        "portfolio-desktop backup --to /media/隨身碟\nportfolio-desktop backup --list",
        _backup,
        _arguments,
    ),
}
