"""What a file may be, guessed from its name, the folders it lies in and its day: the term, the category, the course.

    高一上/志工/淨灘心得.pdf  ->  Guess(113-1 by the folder 高一上, service by the folder 志工)

    TellingWords, Traces, Student  ──guess──▶  Guess

A guess is shown with its reason and can be changed before anything is added. Where nothing speaks for a value it stays
open: a gap is mended sooner than a wrong guess is found.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.pieces.telling_words import TellingWords, Word, course_word, fold
from portfolio_desktop.pieces.term_guessing import TermTold, term_told, usual_term
from portfolio_desktop.terms import Term

Origin = Literal["", "section", "name", "folder", "course", "day", "now"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What a value was guessed by: a `name` or `folder` (`text` is it), the `section` that is shown, a `course` of the
    student's, the `day` of the file's last change, what is usual `now`. Nothing: ''.
    """

    by: Origin = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Traces:
    """What is known of a file without opening it.

    name     the file's, with its extension
    folders  the names of the folders that it lies in, the nearest first; only those that may have been named for it
    day      when it was changed last, None where that says nothing (it was pasted)
    """

    name: str
    folders: tuple[str, ...] = ()
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Student:
    """Whom the guesses are for: the school year of entry, the courses, the day it is.

    `section` is the category whose pieces are shown while files are brought in: what is dropped there is meant for it.
    """

    entry_year: int
    courses: tuple[Course, ...]
    today: datetime.date
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess with its reasons; None where nothing speaks for a value."""

    term: Term | None = None
    category: str | None = None
    course_id: str | None = None
    term_reason: Reason = Reason()
    category_reason: Reason = Reason()


def guess(words: TellingWords, traces: Traces, student: Student) -> Guess:
    """What a file with these traces may be."""
    stem, dot, extension = traces.name.rpartition(".")
    shown = (traces.name, *traces.folders)
    names = [fold(stem if dot and stem and extension.isascii() else traces.name), *map(fold, traces.folders)]
    told = term_told(names, student.entry_year, traces.day)
    category, reason = _category(words, names, shown, student)
    course = _course(names, student, told, traces.day) if category == "course" else None
    term, why = _term(told, course, traces, student, shown)
    return Guess(term, category, course.id if course else None, why, reason)


def _category(
    words: TellingWords, names: Sequence[str], shown: Sequence[str], student: Student
) -> tuple[str | None, Reason]:
    if student.section is not None:
        return student.section, Reason("section")
    best = words.best(names, _course_words(student))
    if best is None:
        return None, Reason()
    return best.word.category, Reason("folder" if best.place else "name", shown[best.place])


def _course_words(student: Student) -> list[Word]:
    return [word for course in student.courses if (word := course_word(course.name)) is not None]


def _course(names: Sequence[str], student: Student, told: TermTold, day: datetime.date | None) -> Course | None:
    """The student's course that is named: in the nearest name, the longest; of several terms the one that is told.

    A course of another term than the names tell is not meant, and of two that may be meant neither is chosen.
    """
    found = [
        (one.rank, course)
        for course in student.courses
        if (word := course_word(course.name)) is not None
        for one in word.told_by(names)
    ]
    best = min((rank for rank, _course in found), default=None)
    alike = [course for rank, course in found if rank == best]
    if told.by != "":
        alike = [course for course in alike if course.term is None or told.allows(course.term)]
    elif len(alike) > 1:
        alike = [course for course in alike if course.term == usual_term(day, student.entry_year)]
    return alike[0] if len(alike) == 1 else None


def _term(
    told: TermTold, course: Course | None, traces: Traces, student: Student, shown: Sequence[str]
) -> tuple[Term | None, Reason]:
    """As the names tell it; else the course's; else by the day it was changed; else what is usual now."""
    if told.term is not None:
        return told.term, Reason("folder" if told.place else "name", shown[told.place])
    if course is not None and course.term is not None:
        return course.term, Reason("course", course.name)
    if told.by != "":
        return None, Reason()  # half of it is told: the other half is the student's to say
    if (by_day := usual_term(traces.day, student.entry_year)) is not None:
        return by_day, Reason("day")
    now = usual_term(student.today, student.entry_year)
    return now, Reason("now" if now else "")
