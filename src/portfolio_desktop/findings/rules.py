"""Dated rules: what may be uploaded, how much of it, and what makes it easy to read, for one school year.

    resources/rules/*.toml ──RuleBook.load──▶ RuleBook ──for_year(113, school)──▶ Rules
      label unit dated(since value source confidence)        .document_limit … .origins["document_limit"]

Every number that a check compares with stands in those files, none in the code. A school's own values lie over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from portfolio_desktop.errors import DamageError, UsageError
from portfolio_desktop.findings.rule_files import RuleTable, checked_value, read_tables
from portfolio_desktop.findings.strict import Confidence
from portfolio_desktop.messages import _


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value in force comes from: since which school year, by what source, how sure."""

    label: str
    unit: str
    since: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force in one school year. Sizes are bytes, times seconds; 0 uploads means set by the school.

    Each field is a rule of resources/rules/*.toml by the same name; `origins` tells where each value comes from.
    """

    year: int
    document_kinds: tuple[str, ...]
    media_kinds: tuple[str, ...]
    document_limit: int
    document_near: int
    media_limit: int
    media_near: int
    extensions: Mapping[str, tuple[str, ...]]
    convert_to: Mapping[str, tuple[str, ...]]
    pages_many: int
    pages_too_many: int
    image_small: int
    audio_seconds: int
    video_seconds: int
    video_codecs: tuple[str, ...]
    audio_codecs: tuple[str, ...]
    name_length: int
    name_forbidden: tuple[str, ...]
    name_reserved: tuple[str, ...]
    summary_limit: int
    summary_near: int
    summary_bytes: int
    summary_newline: int
    summary_short: int
    link_limit: int
    link_schemes: tuple[str, ...]
    reflection_words: tuple[str, ...]
    certificate_words: tuple[str, ...]
    slide_words: tuple[str, ...]
    qr_words: tuple[str, ...]
    quota_course: int
    quota_activity: int
    school_years: int
    uploads_course: int
    uploads_activity: int
    upload_weeks: int
    certification_weeks: int
    receipt_days: int
    receipt: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, Origin] = field(compare=False)

    def role_of(self, kind: str) -> Literal["document", "media", "source"]:
        """The slot that a file of this kind may fill; `source` when it may not be uploaded."""
        return "document" if kind in self.document_kinds else "media" if kind in self.media_kinds else "source"

    def converts_to(self, kind: str) -> str | None:
        """The allowed kind that a file of this kind can be turned into, or None."""
        return next((target for target, kinds in self.convert_to.items() if kind in kinds), None)

    def quota(self, kind: str) -> int:
        """How many pieces of this kind (`course` or `activity`) may be ticked in the school year."""
        return self.quota_course if kind == "course" else self.quota_activity


RULE_TYPES: Mapping[str, str] = {f.name: str(f.type) for f in fields(Rules) if f.name not in ("year", "origins")}
"""The rules that exist, and the type of each one's value as it is written above."""


NOT_ABOVE = (
    ("document_near", "document_limit"),
    ("media_near", "media_limit"),
    ("summary_near", "summary_limit"),
    ("summary_short", "summary_near"),
    ("pages_many", "pages_too_many"),
)
"""Pairs of rules of which the first may not be above the second."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules with all their dates."""

    tables: Mapping[str, RuleTable]

    @classmethod
    def load(cls, folder: Path) -> RuleBook:
        """Read every rules file of a folder; raises DamageError when they are not in order."""
        problems: list[str] = []
        tables = read_tables(folder, RULE_TYPES, problems)
        if problems:
            raise DamageError(_("規定的資料有誤，請重新安裝程式：{problem}").format(problem=problems[0]))
        return cls(tables)

    @property
    def first_year(self) -> int:
        """The first school year that every rule has a value for."""
        return max(table.dated[0].since for table in self.tables.values())

    def years(self) -> tuple[int, ...]:
        """The school years in which some rule changed, ascending."""
        return tuple(sorted({dated.since for table in self.tables.values() for dated in table.dated}))

    def for_year(self, year: int, school: Mapping[str, Any] | None = None) -> Rules:
        """The rules in force in a school year (民國), with a school's own values over them.

        `school` maps names of rules to values. Raises UsageError for a year before the first rules and for a value that
        no rule can have.
        """
        if not self.first_year <= year <= 999:
            raise UsageError(
                _("沒有 {year} 學年度的規定：學習歷程檔案從 {first} 學年度開始。").format(
                    year=year, first=self.first_year
                )
            )
        values: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for name, table in self.tables.items():
            dated = table.in_force(year)
            values[name] = dated.value
            origins[name] = Origin(table.label, table.unit, dated.since, dated.source, dated.confidence)
        for name, value in (school or {}).items():
            values[name] = school_value(name, value)
            origins[name] = Origin(self.tables[name].label, self.tables[name].unit, year, "", "school")
        return Rules(year=year, origins=origins, **values)


def school_value(name: str, value: Any) -> Any:
    """A school's value for a rule, checked; raises UsageError with what is wrong."""
    if name not in RULE_TYPES:
        raise UsageError(_("學校設定裡的「{name}」不是已知的規定。").format(name=name))
    try:
        return checked_value(value, RULE_TYPES[name])
    except ValueError as error:
        raise UsageError(_("學校設定裡的「{name}」不能是這個值：{value}").format(name=name, value=value)) from error


def lint(folder: Path) -> tuple[str, ...]:
    """What is wrong with the rules files of a folder, one line each; nothing when they are in order."""
    problems: list[str] = []
    tables = read_tables(folder, RULE_TYPES, problems)
    if not problems:
        book = RuleBook(tables)
        for year in book.years():
            told = contradictions(book.for_year(max(year, book.first_year)))
            problems += [f"{near} is above {limit} in the school year {year}" for near, limit in told]
    return tuple(problems)


def contradictions(rules: Rules) -> tuple[tuple[str, str], ...]:
    """Pairs of rules of which the first is above the second and may not be."""
    return tuple((near, limit) for near, limit in NOT_ABOVE if getattr(rules, near) > getattr(rules, limit))
