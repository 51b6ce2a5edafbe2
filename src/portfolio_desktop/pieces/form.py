"""One upload form as a record: what a platform asks for, field by field, in its order.

    Form        category label kind fields spans file_required categories
    FieldSpec   name label type required max_length choices suggestions minimum maximum decimals hint
    Choice      code label                          the platform's code, and its words

Labels are the platforms' own words in Traditional Chinese; `_` them where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from portfolio_desktop.findings.strict import Confidence
from portfolio_desktop.pieces.course_code import CodeBook
from portfolio_desktop.pieces.piece import Kind

FieldType = Literal[
    "text", "date", "choice", "integer", "decimal", "course", "document", "media", "summary", "link", "term", "year"
]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

OWN_PLACE: frozenset[FieldType] = frozenset({"course", "document", "media", "summary", "link", "term", "year"})
"""Types whose value a piece keeps in a place of its own; all others stand in `Piece.fields` by the field's name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words a platform offers; `by_school` marks what the school enters itself."""

    code: str
    label: str
    by_school: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form.

    name        short and stable; the name in `Piece.fields` and in `edit --field NAME=VALUE`
    label       as the platforms call it
    alias       what it is called beside the piece's own values, where its label is also the name of one of those (類別)
    required    mandatory on at least one real platform
    min_length, max_length    in characters, as one older system limits them
    suggestions words that some platforms offer; anything may be entered
    minimum, maximum, decimals    of numbers
    separator   divides the parts of one text
    from_title  the piece's title stands in while the field itself is empty
    """

    name: str
    label: str
    type: FieldType
    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    separator: str = ""
    from_title: bool = False
    alias: str = ""
    hint: str = ""
    confidence: Confidence = "own"

    @property
    def called(self) -> str:
        """What it is called wherever a piece is written or judged; the copy sheet has the platforms' label."""
        return self.alias or self.label

    @property
    def in_fields(self) -> bool:
        """Whether the value stands in `Piece.fields`."""
        return self.type not in OWN_PLACE

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, or None."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class CourseCategory:
    """A category of courses in one school type: `required`, 部定必修, of the group 部定課程."""

    code: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one category.

    spans          pairs of date fields of which the first may not be after the second
    file_required  a document or a media file must be there
    categories     the course categories of the school type; only in the form of course results, as are the two below
    school_type    the student's school type; codes: how official course codes are built
    """

    category: str
    label: str
    fields: tuple[FieldSpec, ...]
    spans: tuple[tuple[str, str], ...] = ()
    file_required: bool = False
    categories: tuple[CourseCategory, ...] = ()
    school_type: str = ""
    codes: CodeBook | None = None
    source: str = ""
    confidence: Confidence = "own"

    @property
    def kind(self) -> Kind:
        """`course` for 課程學習成果, `activity` for 多元表現."""
        return "course" if self.category == "course" else "activity"

    def field(self, name: str) -> FieldSpec | None:
        """The field of this name, or None."""
        return next((spec for spec in self.fields if spec.name == name), None)

    def place(self, role: str) -> FieldSpec | None:
        """The field that a file of this role (`document`, `media`) is uploaded in, or None where the form has none."""
        return next((spec for spec in self.fields if spec.type == role), None)

    def takes(self, role: str) -> bool:
        """Whether a file of this role can be uploaded with this form."""
        return self.place(role) is not None

    @property
    def own_fields(self) -> tuple[FieldSpec, ...]:
        """The fields whose values stand in `Piece.fields`, in order."""
        return tuple(spec for spec in self.fields if spec.in_fields)
