"""All rules on one file, put to it one after another.

(name, size, Inspection, Rules) -> file_findings      content, kind, extension, name: for a file that is uploaded as it is
                                -> content_findings   without the name: for a file that a bundle will rename
(reason, name)                  -> unreadable_finding for what could not be read at all
"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_desktop.findings.content_checks import CONTENT_CHECKS, FileCase, FileCheck
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.kind_checks import KIND_CHECKS
from portfolio_desktop.findings.name_checks import name_findings, split_name
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.inspection.facts import Inspection


def file_findings(name: str, size: int, inspection: Inspection, rules: Rules) -> tuple[Finding, ...]:
    """Everything that is wrong with a file: `size` in bytes, `name` without its folder."""
    case = FileCase(name, size, inspection)
    extension = (finding for check in EXTENSION_CHECKS for finding in check(case, rules))
    return (*content_findings(name, size, inspection, rules), *extension, *name_findings(name, rules))


def content_findings(name: str, size: int, inspection: Inspection, rules: Rules) -> tuple[Finding, ...]:
    """What is wrong with a file's content, whatever it is called."""
    case = FileCase(name, size, inspection)
    return tuple(finding for check in (*CONTENT_CHECKS, *KIND_CHECKS) for finding in check(case, rules))


def unreadable_finding(reason: str, name: str) -> Finding:
    """What kept a path from being read: `reason` as `files.Unreadable` gives it."""
    return Finding(f"unreadable.{reason}", {"name": name})


def _mismatch(case: FileCase, rules: Rules) -> Iterator[Finding]:
    usual, extension = _usual(case, rules), _extension(case)
    if usual and extension and extension.lower() not in rules.extensions[case.facts.kind]:
        yield Finding("extension.mismatch", {"extension": extension, "kind": case.facts.kind, "usual": usual})


def _missing(case: FileCase, rules: Rules) -> Iterator[Finding]:
    usual = _usual(case, rules)
    if usual and not _extension(case):
        yield Finding("extension.missing", {"kind": case.facts.kind, "usual": usual})


def _unusual(case: FileCase, rules: Rules) -> Iterator[Finding]:
    usual, extension = _usual(case, rules), _extension(case).lower()
    if usual and extension != usual and extension in rules.extensions[case.facts.kind]:
        yield Finding("extension.unusual", {"extension": extension, "usual": usual})


def _upper_case(case: FileCase, rules: Rules) -> Iterator[Finding]:
    usual, extension = _usual(case, rules), _extension(case)
    if usual and extension != extension.lower() and extension.lower() in rules.extensions[case.facts.kind]:
        yield Finding("name.extension-case", {"extension": extension, "usual": usual})


def _extension(case: FileCase) -> str:
    # A space after it is told by the rule on names.
    return split_name(case.name)[1].strip()


def _usual(case: FileCase, rules: Rules) -> str:
    """The extension that goes with the content; empty where the kind is not one that the platforms take."""
    return rules.extensions.get(case.facts.kind, ("",))[0]


EXTENSION_CHECKS: tuple[FileCheck, ...] = (_mismatch, _missing, _unusual, _upper_case)
"""Every rule on the extension, which must agree with the content."""
