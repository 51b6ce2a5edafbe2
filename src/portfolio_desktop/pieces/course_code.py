"""The official course code: 23 characters that say who teaches what to whom.

    113123456V41101A1113040201
    entry year 113 · school 123456 · … · category (index 16) · way · attribute · domain · subject

The parts and what the category character means stand in resources/forms/course_code.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio_desktop.findings.strict import Strict, read_toml
from portfolio_desktop.pieces.piece import CATEGORIES, SCHOOL_TYPES, Course


@dataclass(frozen=True, slots=True)
class CodePart:
    """One part of the code: so many characters, each of which fits `pattern`."""

    name: str
    label: str
    length: int
    pattern: str


@dataclass(frozen=True, slots=True)
class CodeCategory:
    """What one category character means: its label, the course categories by school type, or the activity's form."""

    code: str
    label: str
    courses: Mapping[str, tuple[str, ...]]
    activity: str = ""


@dataclass(frozen=True, slots=True)
class CourseCode:
    """A code taken apart: `parts` by name, and what its category means."""

    text: str
    parts: Mapping[str, str]
    category: CodeCategory

    def candidates(self, school_type: str) -> tuple[str, ...]:
        """The course categories that the code allows in a school type; one means that it fills the category."""
        return self.category.courses.get(school_type, ())


class CourseCodeError(ValueError):
    """A text is not a course code: `part` names the first part that does not fit, empty when the length is wrong."""

    def __init__(self, length: int, part: str = "") -> None:
        super().__init__(part or str(length))
        self.length = length
        self.part = part


@dataclass(frozen=True, slots=True)
class CodeBook:
    """How codes are built."""

    parts: tuple[CodePart, ...]
    categories: Mapping[str, CodeCategory]

    @property
    def length(self) -> int:
        """How many characters a code has."""
        return sum(part.length for part in self.parts)

    def parse(self, text: str) -> CourseCode:
        """Take a code apart (full-width and lower-case letters are read too); raises CourseCodeError."""
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        if len(plain) != self.length:
            raise CourseCodeError(len(plain))
        values: dict[str, str] = {}
        start = 0
        for part in self.parts:
            value = plain[start : start + part.length]
            if not re.fullmatch(f"{part.pattern}{{{part.length}}}", value):
                raise CourseCodeError(len(plain), part.label)
            values[part.name] = value
            start += part.length
        return CourseCode(plain, values, self.categories[values["category"]])


def coded(course: Course, codes: CodeBook, school_type: str) -> Course:
    """The course with its code in regular letters, and its category where it has none and the code allows one only.

    A text that is no code stays as it is: course_checks says what is wrong with it.
    """
    if not course.code.strip():
        return course
    try:
        code = codes.parse(course.code)
    except CourseCodeError:
        return course
    candidates = code.candidates(school_type)
    filled = candidates[0] if len(candidates) == 1 and not course.category else course.category
    return replace(course, code=code.text, category=filled)


def read_code_book(path: Path, known: Mapping[str, frozenset[str]], problems: list[str]) -> CodeBook:
    """Read how codes are built; `known` are the course categories of each school type. Problems are collected."""
    row = Strict(path.name, read_toml(path, problems), problems)
    row.text("label")
    row.text("source")
    row.confidence()
    parts = tuple(_read_part(entry) for entry in row.tables("parts"))
    categories = {category.code: category for category in (_read_category(e, known) for e in row.tables("categories"))}
    pattern = next((part.pattern for part in parts if part.name == "category"), "(?!)")
    unread = [code for code in (*"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",) if re.fullmatch(pattern, code)]
    if sorted(unread) != sorted(categories):
        row.wrong("the categories are not those that the pattern of the part `category` lets through")
    row.done()
    return CodeBook(parts, categories)


def _read_part(row: Strict) -> CodePart:
    part = CodePart(row.text("name"), row.text("label"), row.whole("length") or 0, row.text("pattern"))
    try:
        re.compile(part.pattern)
    except re.error as error:
        row.wrong(f"pattern: {error}")
    row.done()
    return part


def _read_category(row: Strict, known: Mapping[str, frozenset[str]]) -> CodeCategory:
    courses = {school_type: row.texts(school_type) for school_type in SCHOOL_TYPES}
    category = CodeCategory(row.text("code"), row.text("label"), courses, row.text("activity", ""))
    for school_type, codes in courses.items():
        if unknown := set(codes) - known.get(school_type, frozenset()):
            row.wrong(f"{school_type}: no such course category: {', '.join(sorted(unknown))}")
    if category.activity and category.activity not in CATEGORIES:
        row.wrong(f"activity: no such form: {category.activity}")
    row.done()
    return category
