"""The mends that the editor does at once, on what is typed: text without what nobody sees, two dates the right way round.

    mend(finding, values, form) -> {"summary": "…"}     the values that change; the controller keeps them as any typing

Mends of files (fit, strip) need the file and more time; they are not offered here, nor is `rename`: the bundle names every
file by the rules anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.fitting.text import tidy_parts, tidy_summary, tidy_title
from portfolio_desktop.gui.pieces.values import FIELD, Values
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form


def mend(finding: Finding, values: Values, form: Form | None) -> dict[str, str]:
    """What the finding's mend makes of the values; {} where there is nothing to do."""
    work = _MENDS.get(finding.fix or "")
    return work(finding, values, form) if work is not None else {}


def mend_words() -> Mapping[str, str]:
    """The mends by name, with the words of their buttons."""
    return {"tidy": _("整理"), "swap": _("對調")}


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


_MENDS: Mapping[str, Callable[[Finding, Values, Form | None], dict[str, str]]] = {"tidy": _tidy, "swap": _swap}
