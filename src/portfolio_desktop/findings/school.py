"""A school's own settings: values of rules that lie over the general ones, in a small file that a school hands out.

school.toml         name = "某某高中"
                    [rules]
                    uploads_course = 3
-> read_school -> School(name, rules) -> RuleBook.for_year(113, school.rules)
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.rules import RuleBook, contradictions, school_value
from portfolio_desktop.findings.strict import Strict, read_toml
from portfolio_desktop.messages import _
from portfolio_desktop.terms import school_year_of


@dataclass(frozen=True, slots=True)
class School:
    """A school: its name, and its values by the names of the rules."""

    name: str
    rules: Mapping[str, Any] = field(default_factory=dict)


def read_school(path: Path) -> School:
    """Read a school's settings; raises UsageError that names the first thing that is wrong with them."""
    problems: list[str] = []
    row = Strict(path.name, read_toml(path, problems), problems)
    if not problems:
        name = row.text("name")
        values = row.value("rules") if row.has("rules") else {}
        if not isinstance(values, Mapping):
            row.wrong("rules must be a table")
        row.done()
        if not problems:
            return School(name, {rule: school_value(rule, value) for rule, value in values.items()})
    raise UsageError(_("學校設定檔有誤：{problem}").format(problem=problems[0]))


def refuse_contradictions(book: RuleBook, values: Mapping[str, Any]) -> None:
    """Raise UsageError where a school's values cannot hold together with the general ones, in any year they may be used."""
    now = school_year_of(datetime.datetime.now().astimezone().date())
    for year in dict.fromkeys((*(max(year, book.first_year) for year in book.years()), now)):
        for near, limit in contradictions(book.for_year(year, values)):
            if near in values or limit in values:
                raise UsageError(_("學校設定檔有誤：{near} 不能大於 {limit}").format(near=near, limit=limit))
