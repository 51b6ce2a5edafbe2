"""`backup --to DIR`, `restore BACKUP --new DIR` and `drill [BACKUP]`: copies of everything, and the proof that they can be used.

0 all of it · 3 something is damaged, named with its pieces, and the rest was done
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.libraries import desk_to_read
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.problems import problem_line
from portfolio_desktop.cli.words import moment, size
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping import backups, record
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.restoring import restore
from portfolio_desktop.library.safekeeping.whole import BackedUp, back_up
from portfolio_desktop.messages import N_, _


def _backup_arguments(parser: Parser) -> None:
    about = _("備份放這裡：外接磁碟、隨身碟或雲端資料夾；裡面已有別的東西時，放在其中的「學習歷程備份」")
    parser.add("--to", type=Path, required=True, metavar=_("資料夾"), help=about)

    parser.add("--full", action="store_true", help=_("原有的檔案也全部讀過一遍，壞了的換成好的（平常每次抽查一部分）"))


def _backup(call: Call) -> int:
    with desk_to_read(call) as desk:
        done = back_up(desk.library, call.to, call.progress, full=call.full)
        is_noted = not desk.library.read_only
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "place": str(done.place),
                "snapshot": str(done.snapshot),
                "files": done.files,
                "bytes": done.bytes,
                "new_files": done.new_files,
                "new_bytes": done.new_bytes,
                "read": done.read,
                "replaced": done.replaced,
                "seconds": round(done.seconds, 3),
                "problems": _as_json(done.problems),
            }
        )
    else:
        _name(call, done.problems)
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
    return _code(done.problems)


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


def _restore_arguments(parser: Parser) -> None:
    about = _("備份的資料夾、其中一份，或 backups 裡的一個資料庫檔案")
    parser.add("backup", type=Path, metavar=_("備份"), help=about)
    about = _("還原到這裡，要是新的或空的資料夾；原來的學習歷程庫不會更動")
    parser.add("--new", type=Path, required=True, metavar=_("資料夾"), help=about)


def _restore(call: Call) -> int:
    backup = backups.find(call.backup)
    done = restore(backup, call.new, call.progress)
    call.bar.wipe()
    if done.missing:
        _doubt(call, backup)
    else:
        call.ground.remember(done.folder)
    if call.console.as_json:
        call.console.document(
            {
                "library": str(call.new),
                "pieces": done.pieces,
                "files": done.files,
                "missing": _as_json(done.missing),
            }
        )
    else:
        _name(call, done.missing)
        said = _("還原好了，核對無誤：{pieces} 件，{files} 個檔案（{size}），在：{path}")
        if done.missing:
            said = _("還原了其餘的：{pieces} 件，{files} 個檔案（{size}），在：{path}")
        call.console.say(said.format(pieces=done.pieces, files=done.files, size=size(done.bytes), path=shown(call.new)))
        after = _("之後的指令會使用這個學習歷程庫；原來的沒有更動。")
        if done.missing:
            after = _("它不完整，所以之後的指令仍然使用原來的學習歷程庫；要用這一份，請加上 --library。")
        call.console.say(after)
    if more := backups.fuller(backup, done.pieces):
        told = _("較早的一份備份有 {count} 件，比這一份多；少了什麼的話，可以還原那一份：{path}")
        call.console.complain(told.format(count=more[1], path=shown(more[0])))
    return _code(done.missing)


def _doubt(call: Call, backup: Backup) -> None:
    """Let the library in use know that the place has lost bytes: its next backup there then reads everything."""
    with contextlib.suppress(PortfolioError, OSError), contextlib.ExitStack() as opened:
        folder = call.library_folder
        if record.is_kept(folder) and opened.enter_context(record.as_owner(folder)):
            known = {one.place for one in record.read(folder).places}
            record.note_doubt(folder, known & {objects.parent for objects in backup.objects})


def _drill_arguments(parser: Parser) -> None:
    parser.add(
        "backup", type=Path, nargs="?", metavar=_("備份"), help=_("演練這一份；沒有指定時，是最新的一份完整備份")
    )


def _drill(call: Call) -> int:
    backup = None if call.backup is None else backups.find(call.backup)
    if backup is not None and not backups.may_be_one(backup):
        raise UsageError(
            _("「{path}」不是備份。請給備份的資料夾、其中一份，或 backups 裡的一個檔案。").format(path=call.backup)
        )
    done = drill(call.library_folder, backup, progress=call.progress)
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "backup": str(done.backup.path),
                "files": done.files,
                "bytes": done.bytes,
                "seconds": round(done.seconds, 3),
                "ok": done.ok,
                "complete": done.complete,
                "problems": _as_json(done.problems),
            }
        )
    else:
        _name(call, done.problems)
        made = moment(done.backup.moment.astimezone().isoformat())
        call.console.say(_("演練的備份：{path}（{moment}）").format(path=shown(done.backup.path), moment=made))
        if done.ok and not done.complete:
            call.console.say(
                _(
                    "只試了資料庫，它還原得回來；{files} 個檔案只在學習歷程庫裡有一份，沒有備份可以演練"
                    "（還沒做過完整的備份，或放備份的地方現在接不到）。請用 backup --to 備份到另一個磁碟。"
                ).format(files=done.files)
            )
        elif done.ok:
            told = _("真的還原了一次，{files} 個檔案（{size}）和資料庫全部相符。")
            call.console.say(told.format(files=done.files, size=size(done.bytes)))
        else:
            call.console.say(
                _(
                    "這份備份不能完整還原。請立刻用 backup --to 再做一份，最好放在另一個磁碟；"
                    "放在同一個地方時，會把原有的檔案全部讀過，壞了的換成好的。"
                )
            )
    return _code(done.problems)


def _name(call: Call, problems: Iterable[Problem]) -> None:
    for problem in problems:
        call.console.say(problem_line(problem))


def _as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [problem.to_json() for problem in problems]


def _code(problems: tuple[Problem, ...]) -> int:
    return DamageError.exit_code if problems else 0


COMMANDS: Mapping[str, Command] = {
    "backup": Command(
        N_(
            "把資料庫和所有檔案備份到另一個地方，新的檔案寫完都讀回核對。"
            "同一個地方再備份一次，只複製新的檔案。學習歷程庫自己有檔案不見或損壞時會說出來，結束代碼是 3。"
        ),
        "portfolio-desktop backup --to /media/隨身碟",
        _backup,
        _backup_arguments,
    ),
    "restore": Command(
        N_(
            "把備份還原成新的學習歷程庫，核對無誤才算完成；絕不更動原來的學習歷程庫。"
            "備份缺了檔案時，其餘的都會還原，並說出少了哪些，結束代碼是 3。"
        ),
        "portfolio-desktop restore /media/隨身碟/學習歷程備份 --new ~/還原的學習歷程",
        _restore,
        _restore_arguments,
    ),
    "drill": Command(
        N_(
            "演練：把備份真的還原到暫時的地方，逐一比對後再移除，證明這份備份用得上。有任何不符時說出來，結束代碼是 3。"
        ),
        "portfolio-desktop drill",
        _drill,
        _drill_arguments,
    ),
}
