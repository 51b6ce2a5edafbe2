"""`demo`: the whole road on sample work, told station by station; opens the window on it where there is a display."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.bundle import swap
from portfolio_desktop.cli.check import line
from portfolio_desktop.cli.command import Call, Command
from portfolio_desktop.cli.console import shown
from portfolio_desktop.cli.export import has_error
from portfolio_desktop.cli.parser import Parser
from portfolio_desktop.cli.piece_view import about_words
from portfolio_desktop.cli.settling import warn_of_place
from portfolio_desktop.cli.ticks import plan_json, quota_words
from portfolio_desktop.cli.width import clean
from portfolio_desktop.cli.words import MARKS, finding_lines, size
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.messages import N_, _
from portfolio_desktop.sample.demo import DemoReport, Mend, build
from portfolio_desktop.sample.place import candidates, check

BUNDLE_SUFFIX = "-成果包"
TRIES = 20


def _arguments(parser: Parser) -> None:
    parser.add("--bundle", type=Path, metavar=_("資料夾"), help=_("成果包放哪裡（否則放在範例庫旁邊）"))
    parser.add("--no-window", action="store_true", help=_("做完不要開啟視窗"))


def _demo(call: Call) -> int:
    report = _build(call)
    call.bar.wipe()
    if call.console.as_json:
        call.console.document(report_json(report))
    else:
        tell(call, report)
    code = 1 if has_error(report.plan) or not report.verified.sound else 0
    if has_display() and not call.no_window and not call.console.as_json:
        return call.open_window(call.home, report.library) or code
    return code


def _build(call: Call) -> DemoReport:
    """Build at the place that was named, else at the first usual one that is free or holds a sample as it was built."""
    folder, bundle = _place(call)
    warn_of_place(call, folder, new=True)
    sample = call.ground.resources / "sample"
    return build(folder, bundle, sample, call.ground.forms, call.ground.rules, call.progress)


def _place(call: Call) -> tuple[Path, Path]:
    places = [call.arguments.library] if call.arguments.library else candidates(call.ground.places.sample)
    troubles: list[PortfolioError] = []
    for folder, _number in zip(places, range(TRIES), strict=False):
        bundle = call.arguments.bundle or folder.with_name(folder.name + BUNDLE_SUFFIX)
        try:
            check(folder)
            swap.check(bundle, zipped=False)
        except PortfolioError as error:
            troubles.append(error)
            continue
        if troubles:
            call.console.complain(_("{trouble}。這次放在：{folder}").format(trouble=troubles[0], folder=shown(folder)))
        return folder, bundle
    raise troubles[0]


def has_display() -> bool:
    """Whether a window could be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(call: Call, report: DemoReport) -> None:
    """Print what was done, station by station."""
    say = call.console.say
    verdicts = Counter(checked.verdict for checked in report.checked)
    say(_("一、收進 {files} 個檔案，成為 {pieces} 件。").format(files=len(report.checked), pieces=report.pieces))
    told = _("二、檢查：{good} 個可以上傳，{warned} 個可以上傳但有提醒，{bad} 個要修正。")
    say(told.format(good=verdicts["pass"], warned=verdicts["warn"], bad=verdicts["fail"]))
    for checked in report.checked:
        if checked.verdict != "pass":
            say(f"  {MARKS[checked.verdict]} {shown(checked.path.name)}")
            for text in finding_lines((one for one in checked.findings if one.severity != "hint"), "      "):
                say(text)
    say(_("三、程式修正了 {count} 處：").format(count=len(report.mended)))
    for mend in report.mended:
        say(f"  ✓ {mend_words(mend)}")
    say(_("四、還有 {count} 件要自己處理：").format(count=len(report.left)))
    for left in report.left:
        say(f"  {left.piece.id} {clean(left.piece.title)}")
        form = call.ground.forms.forms[left.piece.category] if left.piece.category else None
        for text in finding_lines(left.findings, "      ", about_words(form)):
            say(text)
    done = _("五、勾選到 {year} 學年度：{quota}。")
    say(done.format(year=report.year, quota=quota_words(report.ticks.used, report.ticks.limits)))
    for identity in dict.fromkeys(no.piece_id for no in report.ticks.refused):
        say(_("  沒有勾選 {id}：").format(id=identity))
        for text in finding_lines(report.ticks.reasons(identity), "      "):
            say(text)
    done = _("六、匯出 {pieces} 件、{files} 個檔案（{size}），讀回來逐一核對，{sound}。")
    sound = (
        _("全部相符") if report.verified.sound else _("有 {count} 個不符").format(count=len(report.verified.problems))
    )
    written = report.written
    say(done.format(pieces=len(report.plan.entries), files=written.files, size=size(written.bytes), sound=sound))
    say()
    say(_("用了 {seconds:.1f} 秒。").format(seconds=report.seconds))
    say(_("範例庫：{path}").format(path=shown(report.library)))
    say(_("成果包：{path}").format(path=shown(written.path)))
    for sheet in sorted(written.path.glob("*.html")):
        say(_("複製單：{path}（用瀏覽器打開）").format(path=shown(sheet)))


def mend_words(mend: Mend) -> str:
    """What was mended, in a sentence."""
    if mend.what == "summary":
        told = _("{title}：拿掉簡述裡多餘的換行和空白，{before} 字變成 {after} 字")
    else:
        told = _("{title}：檔名「{before}」在成果包裡改成「{after}」")
    return told.format(title=clean(mend.title), before=clean(mend.before), after=clean(mend.after))


def report_json(report: DemoReport) -> dict[str, Any]:
    """What `demo --json` prints."""
    return {
        "library": str(report.library),
        "bundle": str(report.written.path),
        "year": report.year,
        "pieces": report.pieces,
        "checked": [line(checked) for checked in report.checked],
        "mended": [
            {"piece": one.piece_id, "title": one.title, "what": one.what, "before": one.before, "after": one.after}
            for one in report.mended
        ],
        "left": [
            {
                "piece": left.piece.id,
                "title": left.piece.title,
                "findings": [finding.to_json() for finding in left.findings],
            }
            for left in report.left
        ],
        "ticks": plan_json(report.ticks),
        "exported": {
            "pieces": len(report.plan.entries),
            "files": report.written.files,
            "bytes": report.written.bytes,
            "sound": report.verified.sound,
        },
        "seconds": round(report.seconds, 3),
    }


COMMANDS: Mapping[str, Command] = {
    "demo": Command(
        N_(
            "用五種格式的範例作品（有些故意有毛病）走完整條路：收進、檢查、能修的修好、其餘說明、勾選、匯出。有螢幕時打開視窗。"
        ),
        "portfolio-desktop demo\nportfolio-desktop demo --library 範例 --bundle 範例成果包 --no-window",
        _demo,
        _arguments,
    )
}
