"""`restore BACKUP --new DIR` and `drill [BACKUP]`: a library out of a backup, and the proof that one can be used.

0 all of it · 3 something is damaged, named with its pieces, and the rest was done
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import picked, shown
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.problems import code_of, problems_json, say_problems
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.cli.words import moment, size
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library.safekeeping import backups, record
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.restoring import restore
from portfolio_desktop.messages import N_, _


def _restore_arguments(parser: Parser) -> None:
    about = _("備份的資料夾、其中一份，或 backups 裡的一個資料庫檔案")
    parser.add("backup", type=Path, metavar=_("備份"), help=about)
    about = _("還原到這裡，要是新的或空的資料夾；原來的學習歷程庫不會更動")
    parser.add("--new", type=Path, required=True, metavar=_("資料夾"), help=about)


def _restore(call: Call) -> int:
    backup = backups.find(call.backup)
    warn_of_place(call, call.new, new=True)
    done = restore(backup, call.new, call.progress)
    call.bar.wipe()
    is_whole = not done.missing and not done.told
    if not is_whole:
        _doubt(call, backup)
    else:
        call.ground.remember(done.folder)
    if call.console.as_json:
        call.console.document(
            {
                "library": str(call.new),
                **picked(done, "pieces", "files"),
                "missing": problems_json(done.missing),
                "told": list(done.told),
            }
        )
    else:
        say_problems(call.console, done.missing)
        said = _("還原好了，核對無誤：{pieces} 件，{files} 個檔案（{size}），在：{path}")
        if done.told:
            said = _("作品和檔案還原了：{pieces} 件，{files} 個檔案（{size}），在：{path}")
        if done.missing:
            said = _("還原了其餘的：{pieces} 件，{files} 個檔案（{size}），在：{path}")
        for sentence in done.told:
            call.console.say(sentence)
        call.console.say(said.format(pieces=done.pieces, files=done.files, size=size(done.bytes), path=shown(call.new)))
        after = _("之後的指令會使用這個學習歷程庫；原來的沒有更動。")
        if not is_whole:
            after = _("它不完整，所以之後的指令仍然使用原來的學習歷程庫；要用這一份，請加上 --library。")
        call.console.say(after)
    if more := backups.fuller(backup, done.pieces):
        told = _("較早的一份備份有 {count} 件，比這一份多；少了什麼的話，可以還原那一份：{path}")
        call.console.complain(told.format(count=more[1], path=shown(more[0])))
    return code_of((*done.missing, *done.told))


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
                **picked(done, "files", "bytes", "ok", "complete"),
                "seconds": round(done.seconds, 3),
                "problems": problems_json(done.problems),
            }
        )
    else:
        say_problems(call.console, done.problems)
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
    return code_of(done.problems)


COMMANDS: Mapping[str, Command] = {
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
