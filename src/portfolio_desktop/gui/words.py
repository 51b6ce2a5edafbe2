"""Records in the student's words: states, sizes, times, files; one place, so that every page says the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portfolio_desktop.messages import _, ngettext
from portfolio_desktop.pieces.readiness import STATE_NAMES, State

if TYPE_CHECKING:
    from portfolio_desktop.findings.finding import Finding
    from portfolio_desktop.pieces.piece import Certification, PieceFile
    from portfolio_desktop.terms import Term

KIBI = 1024
STATE_LOOKS: Mapping[str, tuple[str, str]] = {
    "draft": ("draft", "quiet"),
    "needs-work": ("error", "error"),
    "ready": ("ok", "ok"),
    "to-certify": ("person", "hint"),
    "certifying": ("person", "hint"),
    "failed": ("error", "error"),
    "certified": ("ok", "ok"),
    "trashed": ("trash", "quiet"),
}
"""The drawing and the colour of each state; the words come from pieces.readiness."""


def state_look(state: State, findings: Iterable[Finding]) -> tuple[str, str, str]:
    """A piece's state as words, the name of its icon, and its colour's name."""
    severities = [finding.severity for finding in findings]
    return counted_look(state, severities.count("error"), severities.count("warning"))


def counted_look(state: State, errors: int, warnings: int) -> tuple[str, str, str]:
    """The same where findings are only counted."""
    words = _(STATE_NAMES[state])
    icon, tone = STATE_LOOKS[state]
    if state == "needs-work" and errors:
        return _("{state} {count} 項").format(state=words, count=errors), icon, tone
    if warnings and tone == "ok":
        return _("留意 {count} 項").format(count=warnings), "warning", "warning"
    return words, icon, tone


def short_category(name: str) -> str:
    """A category's name without what stands in brackets and only explains it."""
    return name.replace("（", "(").partition("(")[0].strip()


def size_words(size: int) -> str:
    """Bytes as people read them, in the units that the limits are told in: a file of 4.1 MB is over 4 MB on every page."""
    if size < KIBI:
        return _("{count} 位元組").format(count=size)
    if size < KIBI**2:
        return f"{size / KIBI:.0f} KB"
    return f"{size / KIBI**2:.1f} MB" if size < KIBI**3 else f"{size / KIBI**3:.1f} GB"


def kind_words(kind: str) -> str:
    """The kind of a file as people know it: PDF, or that there is none."""
    return {"empty": _("空檔案"), "unknown": _("看不出格式"), "text": _("純文字檔")}.get(kind) or kind.upper()


def file_words(kinds: Iterable[str], size: int) -> str:
    """The kinds and the size of a piece's current files."""
    words = " + ".join(map(kind_words, kinds))
    return f"{words} · {size_words(size)}" if words else _("沒有檔案")


def when_words(moment: str, today: datetime.date | None = None) -> str:
    """A stored moment as a day: 今天 14:05, 昨天, 3月5日, 2024年3月5日."""
    try:
        when = datetime.datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return ""
    day, today = when.date(), today or datetime.datetime.now().astimezone().date()
    if day == today:
        return _("今天 {time}").format(time=f"{when:%H:%M}")
    if day == today - datetime.timedelta(days=1):
        return _("昨天 {time}").format(time=f"{when:%H:%M}")
    if day.year == today.year:
        return _("{month}月{day}日").format(month=day.month, day=day.day)
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def certification_words(state: Certification) -> str:
    """How far the teacher's certification is."""
    return {
        "editing": _("編輯中（還沒送認證）"),
        "sent": _("認證中（已送出）"),
        "certified": _("認證成功"),
        "failed": _("認證失敗"),
    }[state]


def term_words(term: Term, entry_year: int) -> str:
    """A term as a student of that entry year calls it: 113-1　高一上."""
    semester = term.semester_of_student(entry_year)
    if not 1 <= semester <= 6:
        return _("{term} 學期").format(term=term)
    called = (_("高一上"), _("高一下"), _("高二上"), _("高二下"), _("高三上"), _("高三下"))[semester - 1]
    return f"{term}　{called}"


def severity_words(severity: str) -> str:
    """How bad a finding is."""
    return {"error": _("要修正"), "warning": _("留意"), "hint": _("建議")}[severity]


def duration_words(seconds: float) -> str:
    """A duration as minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return (
        _("{minutes} 分 {seconds} 秒").format(minutes=minutes, seconds=rest)
        if minutes
        else _("{count} 秒").format(count=rest)
    )


def file_facts(file: PieceFile, *, with_size: bool = True) -> str:
    """What matters about a file in one line: PDF · 2.1 MB · 12 頁."""
    seen = file.inspection
    kind = [kind_words(file.kind)] if file.size else []
    facts = [*kind, *([size_words(file.size)] if with_size else [])]
    if seen.pages:
        facts.append(ngettext("{count} 頁", "{count} 頁", seen.pages).format(count=seen.pages))
    if seen.duration:
        facts.append(duration_words(seen.duration))
    if seen.width and seen.height:
        facts.append(f"{seen.width} × {seen.height}")
    return " · ".join(facts)
