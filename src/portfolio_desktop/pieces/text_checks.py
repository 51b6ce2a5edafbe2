"""What is written: title, summary, link, and what should not stand in any of them.

PieceCase -> TEXT_CHECKS -> Finding …

The hints follow the official faults: a careless summary, no reflection, a QR code without the written link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from portfolio_desktop.findings.characters import invisible
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.personal import personal_data
from portfolio_desktop.fitting.text import tidy_summary
from portfolio_desktop.pieces.piece_case import PieceCase, PieceCheck
from portfolio_desktop.pieces.summary import count

_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|pxl|mvimg|vid|mov|wp|scan|image|photo|document|doc|new|untitled|screenshot|screen shot|recording|"
    r"line_album|fb_img|p)[-_ ]?[\d\s_.()-]*|[\d\s_.()-]{6,}|"
    r"(?:掃描|未命名|文件|新文件|新增文件|圖片|照片|相片|影片|錄音|螢幕擷取畫面|螢幕快照|截圖)[\d\s_.()（）-]*",
    re.IGNORECASE,
)


def _title(case: PieceCase) -> Iterator[Finding]:
    title = case.piece.title.strip()
    if not title:
        yield Finding("title.missing", {}, "title")
    elif _CAMERA.fullmatch(title):
        yield Finding("title.file-name", {"title": title}, "title")


def _summary_missing(case: PieceCase) -> Iterator[Finding]:
    if not case.piece.summary.strip():
        yield Finding("summary.missing", {}, "summary")


def _summary_length(case: PieceCase) -> Iterator[Finding]:
    counted = case.counted
    numbers = {"strict": counted.strict, "limit": counted.limit}
    if counted.level == "red":
        yield Finding("summary.over", numbers, "summary")
    elif counted.level == "amber":
        yield Finding("summary.near", numbers, "summary")


def _summary_refused(case: PieceCase) -> Iterator[Finding]:
    if case.counted.refused_by:
        yield Finding("summary.refused", {"refused": list(case.counted.refused_by)}, "summary")


def _summary_short(case: PieceCase) -> Iterator[Finding]:
    if case.piece.summary.strip() and case.counted.strict < case.rules.summary_short:
        yield Finding("summary.short", {"strict": case.counted.strict}, "summary")


def _summary_spaces(case: PieceCase) -> Iterator[Finding]:
    summary = case.piece.summary
    if not summary.strip() or invisible(summary):
        return  # told as missing, or as invisible characters; the same mend takes both out
    tidy = tidy_summary(summary)
    saved = 0 if tidy == summary else case.counted.strict - count(tidy, case.rules).strict
    if saved > 0:
        yield Finding("summary.spaces", {"saved": saved}, "summary")


def _invisible(case: PieceCase) -> Iterator[Finding]:
    for name, label, text in case.texts():
        if characters := invisible(text):
            yield Finding("text.invisible", {"label": label, "characters": list(characters)}, name)


def _personal(case: PieceCase) -> Iterator[Finding]:
    for name, label, text in case.texts():
        for find in personal_data(text):
            yield Finding(f"personal.{find.kind}", {"label": label, "found": find.masked}, name)


def _reflection(case: PieceCase) -> Iterator[Finding]:
    if case.counted.strict >= case.rules.summary_short and not reflects(case):
        yield Finding("reflection.missing", {}, "summary")


def _link(case: PieceCase) -> Iterator[Finding]:
    link, rules = case.piece.link.strip(), case.rules
    if not link:
        return
    if case.piece.kind == "course":
        yield Finding("link.not-allowed", {}, "link")
        return
    scheme = link_scheme(link)
    if scheme not in rules.link_schemes:
        yield Finding("link.invalid", {"value": link}, "link")
    elif scheme != rules.link_schemes[0]:
        yield Finding("link.insecure", {}, "link")
    if len(link) > rules.link_limit:
        yield Finding("link.long", {"length": len(link), "limit": rules.link_limit}, "link")


def _qr_only(case: PieceCase) -> Iterator[Finding]:
    text = "\n".join(text for _name, _label, text in case.texts()).casefold()
    told = any(word in text for word in case.rules.qr_words)
    if told and "://" not in text and not case.piece.link.strip():
        yield Finding("link.qr-only", {}, "link" if case.piece.kind == "activity" else "summary")


TEXT_CHECKS: tuple[PieceCheck, ...] = (
    _title,
    _summary_missing,
    _summary_length,
    _summary_refused,
    _summary_short,
    _summary_spaces,
    _invisible,
    _personal,
    _reflection,
    _link,
    _qr_only,
)
"""Every rule on what is written, in the order in which they are told."""


def reflects(case: PieceCase) -> bool:
    """Whether the summary shows a reflection, as far as its words tell."""
    summary = case.piece.summary.casefold()
    return any(word in summary for word in case.rules.reflection_words)


def link_scheme(link: str) -> str:
    """The scheme of a web address with a host, empty when the text is not one."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return ""
    complete = "." in host.strip(".") and not re.search(r"\s", link)
    return parts.scheme.lower() if complete else ""
