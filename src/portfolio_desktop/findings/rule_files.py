"""Rules files: every rule there, each value of its type, dated, with its source and confidence.

[document_limit]                       one table a rule
label = "…"   unit = "bytes"
[[document_limit.dated]]               its values, oldest first
since = 109   value = 4_194_304   source = "…"   confidence = 5 | "own"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio_desktop.findings.strict import Confidence, Strict, read_toml

WHOLE, WORDS, TABLE = "int", "tuple[str, ...]", "Mapping[str, tuple[str, ...]]"
UNITS: Mapping[str, tuple[str, ...]] = {
    WHOLE: ("bytes", "pages", "pixels", "seconds", "characters", "pieces", "years", "weeks", "days"),
    WORDS: ("kinds", "words"),
    TABLE: ("table",),
}
"""The types that a rule's value may have, as `Rules` writes them, and the units that go with each."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a rule, in force from the school year `since` until the next one."""

    since: int
    value: Any
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One rule with all its values, oldest first."""

    name: str
    label: str
    unit: str
    dated: tuple[Dated, ...]

    def in_force(self, year: int) -> Dated:
        """The value in force in a school year that is not before the first one."""
        return [dated for dated in self.dated if dated.since <= year][-1]


def read_tables(folder: Path, types: Mapping[str, str], problems: list[str]) -> dict[str, RuleTable]:
    """Read the rules files of a folder; `types` names the rules and the type of each one's value.

    What is wrong with the files is added to `problems`, one line each.
    """
    tables: dict[str, RuleTable] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, table in read_toml(path, problems).items():
            row = Strict(f"{path.name}: {name}", table, problems)
            if name not in types:
                row.wrong("no such rule")
            elif name in tables:
                row.wrong("stands twice")
            else:
                tables[name] = _read_table(name, row, types[name])
    problems.extend(f"{folder.name}: {name} is missing" for name in types if name not in tables)
    return tables


def checked_value(value: Any, expected: str) -> Any:
    """A rule's value in the form that is kept (lists become tuples); raises ValueError where it is not of the type."""
    if expected == WHOLE:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"a whole number from 0 on is wanted, not {value!r}")
        return value
    if expected == TABLE:
        if not isinstance(value, Mapping) or not value:
            raise ValueError(f"a table of lists is wanted, not {value!r}")
        return {str(key): checked_value(entry, WORDS) for key, entry in value.items()}
    if not isinstance(value, list | tuple) or not value or not all(isinstance(word, str) and word for word in value):
        raise ValueError(f"a list of words is wanted, not {value!r}")
    return tuple(value)


def _read_table(name: str, row: Strict, expected: str) -> RuleTable:
    label, unit = row.text("label"), row.text("unit")
    if unit and unit not in UNITS[expected]:
        row.wrong(f"the unit must be one of {', '.join(UNITS[expected])}, not {unit}")
    dated = tuple(_read_dated(entry, expected) for entry in row.tables("dated"))
    years = [entry.since for entry in dated]
    if not years or years != sorted(set(years)):
        row.wrong(f"the school years must be there and ascend, not {years}")
    row.done()
    return RuleTable(name, label, unit, dated)


def _read_dated(row: Strict, expected: str) -> Dated:
    since, confidence = row.whole("since") or 0, row.confidence()
    if not 1 <= since <= 999:
        row.wrong(f"since must be a school year, not {since}")
    source, value = row.text("source"), row.value("value")
    try:
        value = checked_value(value, expected)
    except ValueError as error:
        row.wrong(str(error))
    row.done()
    return Dated(since, value, source, confidence)
