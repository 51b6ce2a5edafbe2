"""`verify` and `rebuild DIR`: whether everything is as it was written, and a damaged database made anew.

verify [--quick|--full] [--mend [--from BACKUP]]     0 sound · 3 damage, named with its pieces
rebuild DIR                                          0 all of it is there · 3 files are missing, and named
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.libraries import tell_newer
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.problems import problem_line, problems_json
from portfolio_desktop.cli.words import size
from portfolio_desktop.errors import DamageError, UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.safekeeping import backups
from portfolio_desktop.library.safekeeping.mending import Mended, mend
from portfolio_desktop.library.safekeeping.verifying import Depth, Verified, verify
from portfolio_desktop.messages import N_, _


def _verify_arguments(parser: Parser) -> None:
    parser.add("--quick", action="store_true", help=_("只看資料庫和每個檔案在不在、大小對不對"))
    parser.add("--full", action="store_true", help=_("讀完每一個檔案（沒有指定時就是這樣）"))
    parser.add("--mend", action="store_true", help=_("從備份補回不見或損壞的檔案；損壞的移到 kept-aside，不會刪除"))
    parser.add("--from", dest="source", type=Path, metavar=_("備份"), help=_("從這份備份補，而不只是已知的備份"))


def _verify(call: Call) -> int:
    if call.quick and call.full:
        raise UsageError(_("--quick 和 --full 只能選一個"))
    if call.source is not None and not call.mend:
        raise UsageError(_("--from 要和 --mend 一起用"))
    found, mended = _checked(call)
    call.bar.wipe()
    rest = [problem for problem in (mended.still if mended else found.problems) if not problem.only_told]
    if call.console.as_json:
        call.console.document(_as_json(found, mended, ok=not rest))
        return DamageError.exit_code if rest else 0
    for problem in found.problems:
        if mended is None or problem not in mended.restored:
            call.console.say(problem_line(problem))
    for problem in mended.restored if mended else ():
        call.console.say(_("修好了：{problem}").format(problem=problem_line(problem).strip()))
    for sentence in mended.told if mended else ():
        call.console.say(sentence)
    for path in mended.aside if mended else ():
        call.console.say(_("原來的移到：{path}").format(path=shown(path)))
    told = _("檢查了資料庫和 {files} 個檔案（{size}）：").format(files=found.files, size=size(found.bytes))
    call.console.say(told + (_("有 {count} 個問題。").format(count=len(rest)) if rest else _("全部完好。")))
    if mended is None and any(problem.code.startswith("file.") for problem in rest):
        call.console.say(_("用 verify --mend 從已知的備份補回，或用 --from 指定一份備份。"))
    elif mended is None and any(problem.code.startswith("catalog.") for problem in rest):
        call.console.say(_("用 verify --mend 照資料庫重寫 catalog.json，原來的那一份留在 kept-aside。"))
    return DamageError.exit_code if rest else 0


def _checked(call: Call) -> tuple[Verified, Mended | None]:
    """The check, and what was mended where that was asked for and there is a database to mend by."""
    folder, depth = call.library_folder, _depth(call)
    if not call.mend:
        return verify(folder, depth, call.progress), None
    given = () if call.source is None else (backups.bytes_in(call.source),)
    try:
        with Library.open(folder) as library:
            tell_newer(call, library)
            found = verify(library, depth, call.progress)
            sources = [*given, *(backup.source for backup in backups.reachable(folder))]
            return found, mend(library, found.problems, sources, call.progress)
    except DatabaseDamageError:
        return verify(folder, depth, call.progress), None


def _depth(call: Call) -> Depth:
    return "quick" if call.quick else "full"


def _as_json(found: Verified, mended: Mended | None, *, ok: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "depth": found.depth,
        "ok": ok,
        "files": found.files,
        "bytes": found.bytes,
        "seconds": round(found.seconds, 3),
        "problems": problems_json(found.problems),
    }
    if mended is not None:
        data |= {
            "mended": problems_json(mended.restored),
            "still": problems_json(mended.still),
            "aside": list(mended.aside),
        }
        data |= {"told": list(mended.told)}
    return data


COMMANDS: Mapping[str, Command] = {
    "verify": Command(
        N_(
            "檢查學習歷程庫：資料庫、每個檔案、catalog.json，是不是都和當初存入的一樣。"
            "不會更動任何作品；有問題時說出是哪一件，結束代碼是 3。"
        ),
        "portfolio-desktop verify --full",
        _verify,
        _verify_arguments,
    ),
}
