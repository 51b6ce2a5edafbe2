"""Names of files: one small pure function a rule.

(name, rules) -> NAME_CHECKS -> Finding …      always mended by `rename`; a bundle renames by itself

No official rule on names was found; these are what Windows, macOS, Linux and web forms take without surprises.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from portfolio_desktop.findings.characters import invisible, is_plain, is_undecodable
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules

NameCheck = Callable[[str, Rules], Iterator[Finding]]


def split_name(name: str) -> tuple[str, str]:
    """A file's name as stem and extension without the dot; a leading dot begins a stem."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and stem.strip(".") and extension.strip() else (name, "")


def name_findings(name: str, rules: Rules) -> tuple[Finding, ...]:
    """Everything that is odd about a file's name."""
    return tuple(finding for check in NAME_CHECKS for finding in check(name, rules))


def _long(name: str, rules: Rules) -> Iterator[Finding]:
    if len(name) > rules.name_length:
        yield Finding("name.long", {"length": len(name), "limit": rules.name_length})


def _invisible(name: str, rules: Rules) -> Iterator[Finding]:
    if characters := sorted({*invisible(name), *(c for c in name if c in "\n\r\t")}):
        yield Finding("name.invisible", {"characters": characters})


def _undecodable(name: str, rules: Rules) -> Iterator[Finding]:
    if any(is_undecodable(character) for character in name):
        yield Finding("name.undecodable")


def _forbidden(name: str, rules: Rules) -> Iterator[Finding]:
    if characters := sorted(set(name) & set(rules.name_forbidden)):
        yield Finding("name.forbidden", {"characters": characters})


def _unusual(name: str, rules: Rules) -> Iterator[Finding]:
    stem, _extension = split_name(name)
    known = {*rules.name_forbidden, *invisible(stem), *"\n\r\t"}
    odd = {c for c in unicodedata.normalize("NFC", stem) if not is_plain(c) and not is_undecodable(c)}
    if characters := sorted(odd - known):
        yield Finding("name.unusual", {"characters": characters})


def _reserved(name: str, rules: Rules) -> Iterator[Finding]:
    # Windows looks at what stands before the first dot, whatever follows it, and past trailing spaces.
    stem = name.split(".")[0].rstrip()
    if stem.casefold() in rules.name_reserved:
        yield Finding("name.reserved", {"stem": stem})


def _ends_badly(name: str, rules: Rules) -> Iterator[Finding]:
    stem, _extension = split_name(name)
    if name != name.strip() or name.endswith(".") or stem != stem.strip() or stem.endswith(".") or name.startswith("."):
        yield Finding("name.ends-badly")


def _decomposed(name: str, rules: Rules) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", name):
        yield Finding("name.decomposed")


NAME_CHECKS: tuple[NameCheck, ...] = (
    _long,
    _invisible,
    _undecodable,
    _forbidden,
    _unusual,
    _reserved,
    _ends_badly,
    _decomposed,
)
"""Every rule on names, in the order in which they are told."""
