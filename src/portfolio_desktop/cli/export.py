"""`export --year N --out …`: the bundle of a school year; the same library exports the same bytes.

bootstrap/exporting.py: deep look at what is pending -> plan -> written whole and verified, or not at all -> findings told
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_desktop.bootstrap.deeper import at_once
from portfolio_desktop.bootstrap.exporting import Wish, export
from portfolio_desktop.bundle.archive import Written
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.libraries import desk_to_read, tell_unseen
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import about_words
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.words import finding_lines, size
from portfolio_desktop.cli.years import school_year
from portfolio_desktop.messages import N_, _


def _arguments(parser: Parser) -> None:
    parser.add("--year", type=school_year, required=True, metavar=_("學年度"), help=_("哪一個學年度的勾選，例如 113"))
    parser.add("--out", type=Path, required=True, metavar=_("位置"), help=_("資料夾，或檔名以 .zip 結尾的壓縮檔"))
    everything = _("完整的成果包：連同沒有勾選的、舊版和全部紀錄，可以用 import 變回學習歷程庫")
    parser.add("--all", action="store_true", help=everything)


def _export(call: Call) -> int:
    with desk_to_read(call) as desk:
        exported = export(at_once(desk), Wish(call.year, bool(call.all), call.out), call.progress)
    plan, written = exported.plan, exported.written
    tell_unseen(call, exported.unseen)
    if call.console.as_json:
        call.console.document(
            {
                "path": str(call.out),
                "year": plan.year,
                "complete": plan.everything,
                "files": written.files,
                "bytes": written.bytes,
                "kept": str(written.kept) if written.kept else None,
                "pieces": [
                    {
                        "number": entry.number,
                        "id": entry.id,
                        "title": entry.title,
                        "files": [target.path for target in entry.targets],
                        "findings": [finding.to_json() for finding in entry.findings],
                    }
                    for entry in plan.entries
                ],
                "left_out": [
                    {"id": left.id, "title": left.title, "finding": left.finding.to_json()} for left in plan.left_out
                ],
                "findings": [finding.to_json() for finding in plan.findings],
            }
        )
    else:
        _tell(call, plan, written)
    return 1 if has_error(plan) else 0


def has_error(plan: BundlePlan) -> bool:
    """Whether anything about the bundle keeps a platform from taking it."""
    findings = [*plan.findings, *(left.finding for left in plan.left_out)]
    findings += [finding for entry in plan.entries for finding in entry.findings]
    return any(finding.severity == "error" for finding in findings)


def _tell(call: Call, plan: BundlePlan, written: Written) -> None:
    say = call.console.say
    for entry in plan.entries:
        wrong = [finding for finding in entry.findings if finding.severity != "hint"]
        if wrong:
            say(f"{entry.number:02d} {clean(entry.title)}")
            labels = about_words(call.ground.forms.forms[entry.category])
            for line in finding_lines(wrong, labels=labels):
                say(line)
    for left in plan.left_out:
        say(_("沒有匯出 {id} {title}").format(id=left.id, title=clean(left.title)))
        for line in finding_lines([left.finding]):
            say(line)
    for line in finding_lines(plan.findings, ""):
        say(line)
    done = _("匯出 {pieces} 件，{files} 個檔案，{size}，每個都讀回來核對過：{path}")
    say(done.format(pieces=len(plan.entries), files=written.files, size=size(written.bytes), path=shown(call.out)))
    if written.kept is not None:
        say(_("原來在那裡的成果包內容不同或改過，沒有刪除，移到：{path}").format(path=shown(written.kept)))


COMMANDS: Mapping[str, Command] = {
    "export": Command(
        N_("匯出一個學年度勾選的各件：照平臺的順序改好檔名、複製單、清單和每個檔案的雜湊值。"),
        "portfolio-desktop export --year 113 --out ~/成果包113\nportfolio-desktop export --year 113 --all --out 全部.zip",
        _export,
        _arguments,
    )
}
