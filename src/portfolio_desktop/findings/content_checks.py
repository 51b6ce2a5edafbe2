"""What a file is and how it opens: one small pure function a rule.

FileCase(name, size, inspection) + Rules -> CONTENT_CHECKS -> Finding …

A damaged file is refused; one that viewers silently mend is only warned about, since they do show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.inspection.facts import Inspection


@dataclass(frozen=True, slots=True)
class FileCase:
    """One file to be judged: its name, its size in bytes, the facts about its content."""

    name: str
    size: int
    facts: Inspection


FileCheck = Callable[[FileCase, Rules], Iterator[Finding]]


def _stopped(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.stopped is not None:
        yield Finding("inspection.stopped", {"reason": case.facts.stopped})


def _empty(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.size == 0 or case.facts.kind == "empty":
        yield Finding("content.empty")


def _kind(case: FileCase, rules: Rules) -> Iterator[Finding]:
    kind = case.facts.kind
    if case.size > 0 and kind != "empty" and rules.role_of(kind) == "source":
        yield Finding("kind.not-allowed", {"kind": kind, "to": rules.converts_to(kind)})


def _size(case: FileCase, rules: Rules) -> Iterator[Finding]:
    role = rules.role_of(case.facts.kind)
    if role == "source":
        return
    document = role == "document"
    limit = rules.document_limit if document else rules.media_limit
    near = rules.document_near if document else rules.media_near
    if case.size > limit:
        yield Finding("size.over", {"size": case.size, "limit": limit})
    elif case.size > near:
        yield Finding("size.near", {"size": case.size, "limit": limit, "near": near})


def _password(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.encrypted == "user-password":
        yield Finding("encryption.password")


def _restricted(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.encrypted == "owner-only":
        yield Finding("encryption.restricted")


def _whole(case: FileCase, rules: Rules) -> Iterator[Finding]:
    facts = case.facts
    if case.size == 0 or facts.kind == "empty" or facts.stopped is not None or rules.role_of(facts.kind) == "source":
        return
    if facts.truncated:
        yield Finding("content.truncated")
    elif facts.damaged and not (facts.repaired and facts.opens):
        yield Finding("content.damaged")
    elif facts.damaged or facts.repaired:
        yield Finding("content.repaired")
    elif not facts.opens and facts.encrypted != "user-password" and "pixel-bomb" not in facts.notes:
        yield Finding("content.unopenable")


def _active(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.active:
        yield Finding("active.content", {"active": list(case.facts.active)})


def _multimedia(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if "multimedia" in case.facts.notes:
        yield Finding("content.multimedia")


def _polyglot(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if "polyglot" in case.facts.notes:
        yield Finding("content.polyglot")


def _trailing(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if "trailing-data" in case.facts.notes and "polyglot" not in case.facts.notes:
        yield Finding("content.trailing")


def _gps(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.gps:
        yield Finding("gps.present")


def _personal(case: FileCase, rules: Rules) -> Iterator[Finding]:
    if case.facts.personal:
        yield Finding("personal.metadata", {"names": list(case.facts.personal)})


CONTENT_CHECKS: tuple[FileCheck, ...] = (
    _stopped,
    _empty,
    _kind,
    _size,
    _password,
    _restricted,
    _whole,
    _active,
    _multimedia,
    _polyglot,
    _trailing,
    _gps,
    _personal,
)
"""Every rule on the content of any file, in the order in which they are told."""
