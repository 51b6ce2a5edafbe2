"""Whose library it is: the school type and entry year decide forms, rules and terms.

Profile("general", 113, name="示範學生", school="…")   ->   .terms: 113-1 … 115-2
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio_desktop.errors import UsageError
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import SCHOOL_TYPES
from portfolio_desktop.terms import Term, terms_of_student

SchoolType = Literal["general", "technical", "comprehensive"]


@dataclass(frozen=True, slots=True)
class Profile:
    """The student: 普通型, 技術型 or 綜合型 school, entry year (民國), and how they and their school are called.

    Raises UsageError for a school type or year that does not exist.
    """

    school_type: SchoolType
    entry_year: int
    name: str = ""
    school: str = ""

    def __post_init__(self) -> None:
        if self.school_type not in SCHOOL_TYPES:
            raise UsageError(
                _("學校類型只能是 {choices}，沒有「{given}」。").format(
                    choices="、".join(SCHOOL_TYPES), given=self.school_type
                )
            )
        if type(self.entry_year) is not int or not 90 <= self.entry_year <= 990:
            raise UsageError(_("入學年請用民國年，例如 113；沒有「{given}」。").format(given=self.entry_year))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The student's six terms."""
        return terms_of_student(self.entry_year)
