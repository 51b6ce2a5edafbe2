"""`rebuild DIR`: a database that is gone or damaged, made anew. 0 all of it is there, 3 files are missing, and named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.problems import problem_line
from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt, rebuild
from portfolio_desktop.messages import N_, _

_DID = {
    "added": N_("照 catalog.json 加上：{id} {title}"),
    "changed": N_("照 catalog.json 改了：{id} {title}"),
    "removed": N_("照 catalog.json 移除：{id} {title}"),
}


def _arguments(parser: Parser) -> None:
    parser.add("folder", type=Path, metavar=_("資料夾"), help=_("學習歷程庫的資料夾"))


def _rebuild(call: Call) -> int:
    done = rebuild(call.folder, call.progress)
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(
            {
                "library": str(call.folder),
                "rebuilt": done.rebuilt,
                "base": done.base,
                "pieces": done.pieces,
                "files": done.files,
                "changed": [{"id": one.id, "title": one.title, "did": one.did} for one in done.changed],
                "filed": [{"id": identity, "title": title} for identity, title in done.filed],
                "aside": list(done.aside),
                "missing": [problem.to_json() for problem in done.missing],
                "told": list(done.told),
            }
        )
    else:
        _tell(call, done)
    return DamageError.exit_code if done.missing else 0


def _tell(call: Call, done: Rebuilt) -> None:
    if not done.rebuilt:
        said = _("資料庫完好，沒有做任何更動（{pieces} 件，{files} 個檔案）。").format(**_counts(done))
        if done.missing:
            lost = _("資料庫完好，沒有更動它；但有 {count} 個檔案不見了或不對，請用 verify --mend 從備份補回：")
            said = lost.format(count=len(done.missing))
        call.console.say(said)
        for problem in done.missing:
            call.console.say(problem_line(problem))
        for sentence in done.told:
            call.console.say(shown(sentence))
        return
    call.console.say(_("資料庫重建好了：{pieces} 件，{files} 個檔案。").format(**_counts(done)))
    base = _("沒有可用的備份：修改的紀錄從現在重新開始。")
    if done.base is not None:
        base = _("以備份 {base} 為底，先前的文字和修改的紀錄都在；不要的話，用 undo 回到備份時的樣子。")
    call.console.say(base.format(base=shown(done.base)))
    for sentence in done.told:
        call.console.say(sentence)
    for one in done.changed:
        call.console.say(_(_DID[one.did]).format(id=one.id, title=shown(one.title)))
    for identity, title in done.filed:
        call.console.say(_("還沒分類：{id} {title}").format(id=identity, title=shown(title)))
    for path in done.aside:
        call.console.say(_("原來的移到：{path}").format(path=shown(path)))
    for problem in done.missing:
        call.console.say(problem_line(problem))


def _counts(done: Rebuilt) -> dict[str, int]:
    return {"pieces": done.pieces, "files": done.files}


COMMANDS: Mapping[str, Command] = {
    "rebuild": Command(
        N_(
            "資料庫不見或損壞時，從最新的備份、catalog.json 和 files 裡的檔案重建。"
            "損壞的原檔移到 kept-aside，不會刪除；沒有記錄的檔案各自成為一件，還沒分類。資料庫完好時什麼都不做。"
        ),
        "portfolio-desktop rebuild ~/學習歷程",
        _rebuild,
        _arguments,
    ),
}
