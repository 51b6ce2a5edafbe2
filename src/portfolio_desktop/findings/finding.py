"""A finding: what the student can mend, as data.

    Finding("size.over", {"size": 5242880, "limit": 4194304})
        .severity .fix       from the catalogue (findings/catalogue.py), by its code
        .message .why .advice    in the language in use, with the numbers filled in (findings/wording.py)

A finding is never an exception, and holds no text: it can be stored, compared, and shown in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from portfolio_desktop.findings.catalogue import CATALOGUE
from portfolio_desktop.findings.wording import phrase
from portfolio_desktop.messages import _

Severity = Literal["error", "warning", "hint"]
Verdict = Literal["pass", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `numbers` fills the catalogue's sentence; `about` names the field or file it concerns."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    about: str | None = None

    @property
    def severity(self) -> Severity:
        """`error` keeps a platform from taking it, `warning` may, `hint` is advice."""
        return CATALOGUE[self.code].severity

    @property
    def fix(self) -> str | None:
        """The name of the mend that the program offers for it, or None."""
        entry = CATALOGUE[self.code]
        return entry.fix if entry.needs is None or self.numbers.get(entry.needs) else None

    @property
    def message(self) -> str:
        """What is wrong, in one sentence."""
        return phrase(CATALOGUE[self.code].message, self.numbers)

    @property
    def why(self) -> str:
        """Why it matters: what a platform or a reader does with it."""
        return phrase(CATALOGUE[self.code].why, self.numbers)

    @property
    def advice(self) -> str:
        """What to do."""
        return phrase(CATALOGUE[self.code].advice, self.numbers)

    @property
    def explanation(self) -> str:
        """Why it matters and what to do, one after the other."""
        return _("{why}{advice}").format(why=self.why, advice=self.advice)

    @property
    def in_full(self) -> str:
        """What is wrong, why it matters and what to do, one after the other."""
        return _("{what}{explanation}").format(what=self.message, explanation=self.explanation)

    def to_json(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "numbers": dict(self.numbers),
            "fix": self.fix,
            "about": self.about,
        }


def verdict(findings: Iterable[Finding]) -> Verdict:
    """`fail` with any error, `warn` with any warning, else `pass`; hints leave the verdict alone."""
    severities = {finding.severity for finding in findings}
    return "fail" if "error" in severities else "warn" if "warning" in severities else "pass"
