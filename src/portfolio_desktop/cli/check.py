"""`check PATH…`: inspect and judge files without any library; a line of JSON a file, in the order given.

paths -> check_files (findings/batch.py) -> a line or a small block each, as they get done -> summary, exit 0 or 1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.words import MARKS, finding_lines, length, size
from portfolio_desktop.cli.years import school_year, this_school_year
from portfolio_desktop.findings.batch import Checked, check_files
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.messages import N_, _, ngettext
from portfolio_desktop.progress import Step

SPECIAL: Mapping[str, str] = {
    **{reason: reason for reason in ("directory", "fifo", "device", "socket")},
    **dict.fromkeys(("library", "bundle", "folder-link", "too-deep"), "directory"),
}
"""What is there instead of a file, by the reason of an unreadable path."""


def _arguments(parser: Parser) -> None:
    parser.add("paths", nargs="+", type=Path, metavar=_("路徑"), help=_("檔案或資料夾；資料夾連同裡面的資料夾"))
    parser.add(
        "--rules", type=school_year, metavar=_("學年度"), help=_("照哪一個學年度的規定，例如 113（預設是現在的）")
    )


def _check(call: Call) -> int:
    rules = call.ground.rules.for_year(call.rules or this_school_year())
    verdicts: Counter[str] = Counter()
    with Readers() as readers:
        for checked in check_files(call.paths, readers, rules, call.progress):
            if checked.reason is None or checked.verdict == "fail":  # a link that was not followed is no file
                verdicts[checked.verdict] += 1
            if call.console.as_json:
                call.console.json_line(line(checked))
            else:
                call.bar.wipe()
                for text in block(checked):
                    call.console.say(text)
                call.bar.show(Step(verdicts.total(), 0, checked.path.name))
    if not call.console.as_json:
        call.console.say(_summary(verdicts))
    return 1 if verdicts["fail"] else 0


def line(checked: Checked) -> dict[str, Any]:
    """What `--json` prints of one file."""
    facts = checked.inspection
    stopped = facts.stopped if facts else None
    return {
        "path": str(checked.path),
        "size": checked.source.size if checked.source else None,
        "sha256": checked.source.sha256 if checked.source else None,
        "md5": checked.source.md5 if checked.source else None,
        "kind": kind(checked),
        "opens": facts.opens if facts else False,
        "damaged": facts.damaged if facts else False,
        "truncated": facts.truncated if facts else False,
        "repaired": facts.repaired if facts else False,
        "encrypted": facts.encrypted if facts else "none",
        "active": list(facts.active) if facts else [],
        "pages": facts.pages if facts else None,
        "has_text": facts.has_text if facts else None,
        "width": facts.width if facts else None,
        "height": facts.height if facts else None,
        "orientation": facts.orientation if facts else None,
        "frames": facts.frames if facts else None,
        "colour": facts.colour if facts else None,
        "duration": facts.duration if facts else None,
        "bitrate": facts.bitrate if facts else None,
        "tracks": [asdict(track) for track in facts.tracks] if facts else [],
        "gps": facts.gps if facts else False,
        "personal": list(facts.personal) if facts else [],
        "findings": [finding.to_json() for finding in checked.findings],
        "verdict": checked.verdict,
        "seconds": round(checked.seconds, 3),
        "error": _(STOPPED[stopped]) if stopped else None,
    }


def kind(checked: Checked) -> str:
    """What the file is; for a path that is no file, what is there instead."""
    if checked.inspection is not None:
        return checked.inspection.kind
    if checked.source is not None:
        return checked.source.kind
    return SPECIAL.get(checked.reason or "", "unknown")


STOPPED: Mapping[str, str] = {
    "time": N_("檢查花的時間太久，已停止"),
    "memory": N_("檢查用的記憶體太多，已停止"),
    "crash": N_("檢查的程式在這個檔案上中斷"),
}


def block(checked: Checked) -> list[str]:
    """What a person reads of one file: its name and facts, then each finding."""
    facts = [kind(checked)]
    if checked.source is not None:
        facts.append(size(checked.source.size))
    about = checked.inspection
    if about is not None:
        if about.pages is not None:
            facts.append(ngettext("{count} 頁", "{count} 頁", about.pages).format(count=about.pages))
        if about.width and about.height:
            facts.append(f"{about.width}×{about.height}")
        if about.duration is not None:
            facts.append(length(about.duration))
    heading = f"{MARKS[checked.verdict]} {shown(checked.path)}　{' · '.join(facts)}"
    return [heading, *finding_lines(checked.findings)]


def _summary(verdicts: Counter[str]) -> str:
    total = verdicts.total()
    if not total:
        return _("沒有找到檔案。")
    text = ngettext("共 {total} 個檔案：", "共 {total} 個檔案：", total).format(total=total)
    parts = [
        (verdicts["pass"], _("{count} 個可以上傳")),
        (verdicts["warn"], _("{count} 個可以上傳，但有提醒")),
        (verdicts["fail"], _("{count} 個要修正")),
    ]
    return text + "，".join(part.format(count=count) for count, part in parts if count)


COMMANDS: Mapping[str, Command] = {
    "check": Command(
        N_(
            "檢查檔案能不能上傳：真正的格式、大小、壞損、密碼、會動的內容、個人資料。不需要學習歷程庫，原檔不會被更動。"
        ),
        "portfolio-desktop check 水質調查報告.pdf 照片/\nportfolio-desktop check --json --rules 113 作品/ > 結果.jsonl",
        _check,
        _arguments,
    )
}
