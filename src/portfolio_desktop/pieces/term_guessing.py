"""The term that names tell: of a file, and of the folders around it, the nearest first.

    113-1  113上  113學年度第二學期  高一上  高二下學期  一年級第1學期     both halves in one name
    113學年度 / 高二   and   上學期 / 第二學期                          one half each, in two names or with the file's day
    2024-10-05  20241005  1131005                                  a day of the student's three years

    names ──term_told──▶ TermTold

Only terms of the student's own three years are told: any other number is no term of his or hers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio_desktop.terms import ERA, Term, terms_of_student

_FIRST, _SECOND = "1一上", "2二下"
_GRADE = {"1": 0, "一": 0, "2": 1, "二": 1, "3": 2, "三": 2}
_DASH = "[-_. \u2010-\u2015~(（]"
_HALF = r"(?:第?(?P<half>[12一二])學期|(?P<side>[上下])(?:學期)?)"

_YEAR_AND_HALF = re.compile(
    rf"(?<!\d)(?P<year>1\d\d|\d\d)(?:學年度?(?:第|{_DASH})?{_DASH}?|{_DASH}?第|{_DASH}?(?=[上下])|{_DASH})"
    rf"(?P<half>[12一二上下])(?:學期)?(?!\d|{_DASH}\d)"
)
_GRADE_AND_HALF = re.compile(rf"(?:高中?|普|(?<![一二三123十學第\d]))(?P<grade>[123一二三])(?:年級)?{_DASH}*{_HALF}")
_YEAR = re.compile(r"(?<!\d)(?P<year>1\d\d|\d\d)學年")
_BARE_YEAR = re.compile(r"(?P<year>1\d\d)")
_GRADE_ALONE = re.compile(r"(?:高中?(?P<grade>[123一二三])(?!等|中)|(?<![一二三123十第\d])(?P<years>[123一二三])年級)")
_HALF_ALONE = re.compile(r"(?:第(?P<half>[12一二])學期|(?P<side>[上下])學期)")
_DAY = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<sep>[-_./年]?)(?P<month>\d\d?)(?:(?P=sep)|月)(?P<day>\d\d?)(?!\d)")
_MINGUO_DAY = re.compile(r"(?<!\d)(?P<year>1\d\d)(?P<sep>[-_./年]?)(?P<month>\d\d)(?:(?P=sep)|月)(?P<day>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class TermTold:
    """What the names tell: a whole term; or only a school `year` or a `semester`; `place` is the name's that told it."""

    term: Term | None = None
    year: int | None = None
    semester: int | None = None
    place: int = 0

    @property
    def by(self) -> str:
        """Whether anything is told: `term`, `half`, or ''."""
        return "term" if self.term is not None else "half" if self.year or self.semester else ""

    def allows(self, term: Term) -> bool:
        """Whether a term agrees with all that is told."""
        if self.term is not None:
            return term == self.term
        return self.year in (None, term.year) and self.semester in (None, term.semester)


def usual_term(day: datetime.date | None, entry_year: int) -> Term | None:
    """The term of a day, None where the student was not at school."""
    term = None if day is None else _of(day)
    return term if term in terms_of_student(entry_year) else None


def term_told(names: Sequence[str], entry_year: int, day: datetime.date | None = None) -> TermTold:
    """What folded names tell, the nearest first; `day` gives the half that they leave open, where it agrees."""
    own = frozenset(terms_of_student(entry_year))
    year = semester = None
    place = 0
    for at, name in enumerate(names):
        whole = next((term for term in _terms(name, entry_year) if term in own), None)
        if whole is not None and year in (None, whole.year) and semester in (None, whole.semester):
            return TermTold(whole, place=at)
        if year is None and (year := _year(name, entry_year, own)) is not None:
            place = at
        if semester is None and (semester := _semester(name)) is not None:
            place = at
        if year is not None and semester is not None:
            return TermTold(Term(year, semester), place=place)
    told = TermTold(None, year, semester, place)
    by_day = usual_term(day, entry_year)
    if told.by and by_day is not None and told.allows(by_day):
        return TermTold(by_day, place=place)
    return told


def _terms(name: str, entry_year: int) -> Iterator[Term]:
    """The whole terms that a name may tell, the surest first."""
    for found in _YEAR_AND_HALF.finditer(name):
        yield from _term(int(found["year"]), _half(found["half"]))
    for found in _GRADE_AND_HALF.finditer(name):
        yield from _term(entry_year + _GRADE[found["grade"]], _half(found["half"] or found["side"]))
    for pattern, era in ((_DAY, 0), (_MINGUO_DAY, ERA)):
        for found in pattern.finditer(name):
            day = _date(int(found["year"]) + era, int(found["month"]), int(found["day"]))
            if day is not None and (term := _of(day)) is not None:
                yield term


def _year(name: str, entry_year: int, own: frozenset[Term]) -> int | None:
    years = [int(found["year"]) for found in _YEAR.finditer(name)]
    if bare := _BARE_YEAR.fullmatch(name):
        years.append(int(bare["year"]))
    years += [entry_year + _GRADE[found["grade"] or found["years"]] for found in _GRADE_ALONE.finditer(name)]
    return next((year for year in years if any(term.year == year for term in own)), None)


def _semester(name: str) -> int | None:
    if name in ("上", "下"):
        return _half(name)
    found = _HALF_ALONE.search(name)
    return _half(found["half"] or found["side"]) if found else None


def _half(text: str) -> int:
    return 1 if text in _FIRST else 2


def _term(year: int, semester: int) -> Iterator[Term]:
    if 1 <= year <= 999:
        yield Term(year, semester)


def _of(day: datetime.date) -> Term | None:
    return Term.of(day) if ERA + 1 < day.year < ERA + 999 else None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
