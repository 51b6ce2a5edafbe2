"""The mends that the editor does at once, on what is typed, and the ways that it shows to where something is mended.

    mend(finding, values, form) -> {"summary": "…"}     the values that change; the controller keeps them as any typing
    way(finding)                -> course | file | sealed                  what the editor opens or asks for instead

Mends of files (fit, strip) need the file and more time; they are not offered here, nor is `rename`: the bundle names every
file by the rules anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from portfolio_desktop.findings.catalogue_content import CONTENT
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.fitting.text import tidy_parts, tidy_summary, tidy_title
from portfolio_desktop.gui.pieces.values import FIELD, Values
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Certification

_Mend = Callable[[Finding, Values, Form | None], dict[str, str]]


Way = Literal["course", "file", "sealed"]


def mend(finding: Finding, values: Values, form: Form | None) -> dict[str, str]:
    """What the finding's mend makes of the values; {} where there is nothing to do."""
    work = _MENDS.get(finding.code) or _MENDS.get(finding.fix or "")
    return work(finding, values, form) if work is not None else {}


def way(finding: Finding) -> Way | None:
    """Where it is mended, for what no change of a value mends."""
    return _WAYS.get(finding.code)


def mend_words() -> Mapping[str, str]:
    """The words of the buttons that mend, by a finding's code or its fix's name."""
    return {
        "tidy": _("整理"),
        "swap": _("對調"),
        "certification.not-sent": _("已經送出了"),
        "certification.locked": _("改回「編輯中」"),
        "link.insecure": _("改成 https"),
        "link.not-allowed": _("拿掉連結"),
    }


def help_words() -> Mapping[str, str]:
    """The same with the words of those that only show the way."""
    words: Mapping[Way, str] = {
        "course": _("修改課程…"),
        "file": _("換一個檔案…"),
        "sealed": _("用回認證過的檔案"),
    }
    return {**{code: words[where] for code, where in _WAYS.items()}, **mend_words()}


def _tidy(finding: Finding, values: Values, form: Form | None) -> dict[str, str]:
    name = finding.about or ""
    if name == "summary":
        return _changed(values, "summary", tidy_summary)
    if name in ("title", "link"):
        return _changed(values, name, tidy_title)
    spec = form.field(name) if form is not None else None
    if spec is None or not spec.in_fields:
        return {}
    separator = spec.separator
    return _changed(values, f"{FIELD}{name}", (lambda text: tidy_parts(text, separator)) if separator else tidy_title)


def _swap(finding: Finding, values: Values, form: Form | None) -> dict[str, str]:
    for first, last in form.spans if form is not None else ():
        if finding.about in (first, last):
            one, other = f"{FIELD}{first}", f"{FIELD}{last}"
            return {one: values.get(other, ""), other: values.get(one, "")}
    return {}


def _changed(values: Values, key: str, tidy: Callable[[str], str]) -> dict[str, str]:
    text = values.get(key, "")
    return {key: tidy(text)} if tidy(text) != text else {}


def _certification(state: Certification) -> _Mend:
    return lambda _finding, _values, _form: {"certification": state}


def _secure(_finding: Finding, values: Values, _form: Form | None) -> dict[str, str]:
    scheme, colon, rest = values.get("link", "").strip().partition(":")
    return {"link": f"https:{rest}"} if colon and scheme.lower() == "http" else {}


def _no_link(_finding: Finding, _values: Values, _form: Form | None) -> dict[str, str]:
    return {"link": ""}


_MENDS: Mapping[str, _Mend] = {
    "tidy": _tidy,
    "swap": _swap,
    "certification.not-sent": _certification("sent"),
    "certification.locked": _certification("editing"),
    "link.insecure": _secure,
    "link.not-allowed": _no_link,
}
_WAYS: Mapping[str, Way] = {
    "course.category": "course",
    "course.code": "course",
    "course.code-differs": "course",
    "course.code-part": "course",
    "course.term": "course",
    "certification.bytes-changed": "sealed",
    **dict.fromkeys((code for code in CONTENT if not code.startswith("extension.")), "file"),
}
"""By code; what is wrong inside a file is mended outside, and the file put in again."""
