"""The platforms' upload forms, read from data: one for course results, ten for activities.

    resources/forms/*.toml ──FormBook.load──▶ FormBook ──form("competition", "general")──▶ Form

Editors, checks, copy sheet and command line are made from these: adding a field or a category touches data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio_desktop.errors import DamageError, UsageError
from portfolio_desktop.findings.strict import Strict, read_toml
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.course_code import CodeBook, read_code_book
from portfolio_desktop.pieces.form import FIELD_TYPES, Choice, CourseCategory, FieldSpec, FieldType, Form
from portfolio_desktop.pieces.piece import CATEGORIES, SCHOOL_TYPES


@dataclass(frozen=True, slots=True)
class FormBook:
    """All forms, and the course categories of the school types.

    `school_types` maps a school type (`general`, `technical`, `comprehensive`) to its label.
    """

    forms: Mapping[str, Form]
    school_types: Mapping[str, str]
    course_categories: Mapping[str, tuple[CourseCategory, ...]]
    codes: CodeBook

    @classmethod
    def load(cls, folder: Path) -> FormBook:
        """Read every form of a folder; raises DamageError when they are not in order."""
        problems: list[str] = []
        book = _read(folder, problems)
        if problems:
            raise DamageError(_("表單資料有誤，請重新安裝程式：{problem}").format(problem=problems[0]))
        return book

    def form(self, category: str, school_type: str) -> Form:
        """The form of a category in a school type; raises UsageError when there is no such one."""
        if category not in self.forms:
            raise UsageError(
                _("沒有「{category}」這個類別；類別有：{known}。").format(category=category, known=" ".join(self.forms))
            )
        if school_type not in self.school_types:
            raise UsageError(
                _("沒有「{school_type}」這種學校類型；學校類型有：{known}。").format(
                    school_type=school_type, known=" ".join(self.school_types)
                )
            )
        form = self.forms[category]
        if category != "course":
            return form
        categories = self.course_categories[school_type]
        return replace(form, categories=categories, school_type=school_type, codes=self.codes)


def lint(folder: Path) -> tuple[str, ...]:
    """What is wrong with the forms of a folder, one line each; nothing when they are in order."""
    problems: list[str] = []
    _read(folder, problems)
    return tuple(problems)


def _read(folder: Path, problems: list[str]) -> FormBook:
    common = Strict("activity.toml", read_toml(folder / "activity.toml", problems), problems)
    opening = tuple(_read_field(row) for row in common.tables("opening"))
    closing = tuple(_read_field(row) for row in common.tables("closing"))
    common.done()
    forms: dict[str, Form] = {}
    types: dict[str, str] = {}
    categories: dict[str, tuple[CourseCategory, ...]] = {}
    for category in CATEGORIES:
        name = f"{category}.toml"
        row = Strict(name, read_toml(folder / name, problems), problems)
        if row.text("category") != category:
            row.wrong(f"category must be {category}")
        if category == "course":
            forms[category] = _read_form(category, row, (), ())
            for school in row.tables("school_types"):
                code = school.text("code")
                types[code] = school.text("label")
                categories[code] = _read_school_type(school)
        else:
            forms[category] = _read_form(category, row, opening, closing)
        row.done()
    if tuple(types) != SCHOOL_TYPES:
        problems.append(f"course.toml: the school types must be {', '.join(SCHOOL_TYPES)}")
    known = {code: frozenset(entry.code for entry in entries) for code, entries in categories.items()}
    return FormBook(forms, types, categories, read_code_book(folder / "course_code.toml", known, problems))


def _read_form(category: str, row: Strict, opening: tuple[FieldSpec, ...], closing: tuple[FieldSpec, ...]) -> Form:
    own = tuple(_read_field(entry) for entry in row.tables("fields"))
    replaced = {spec.name: spec for spec in own}
    ends = {spec.name for spec in closing}
    fields = (
        *opening,
        *(spec for spec in own if spec.name not in ends),
        *(replaced.get(spec.name, spec) for spec in closing),
    )
    names = [spec.name for spec in fields]
    if len(set(names)) < len(names):
        row.wrong("two fields have the same name")
    return Form(
        category=category,
        label=row.text("label"),
        fields=fields,
        spans=_read_spans(row, {spec.name for spec in fields if spec.type == "date"}),
        file_required=row.flag("file_required"),
        source=row.text("source"),
        confidence=row.confidence(),
    )


def _read_spans(row: Strict, dates: set[str]) -> tuple[tuple[str, str], ...]:
    spans = row.value("spans") if row.has("spans") else []
    if not isinstance(spans, list) or not all(
        isinstance(span, list) and len(span) == 2 and set(span) <= dates for span in spans
    ):
        row.wrong(f"spans must be pairs of date fields, not {spans!r}")
        return ()
    return tuple((str(start), str(end)) for start, end in spans)


def _read_field(row: Strict) -> FieldSpec:
    spec = FieldSpec(
        name=row.text("name"),
        label=row.text("label"),
        type=_field_type(row),
        required=row.flag("required"),
        min_length=row.whole("min_length"),
        max_length=row.whole("max_length"),
        choices=tuple(_read_choice(entry) for entry in row.tables("choices")),
        suggestions=row.texts("suggestions"),
        minimum=row.number("minimum"),
        maximum=row.number("maximum"),
        decimals=row.whole("decimals"),
        separator=row.text("separator", ""),
        from_title=row.flag("from_title"),
        alias=row.text("alias", ""),
        hint=row.text("hint", ""),
        confidence=row.confidence() if row.has("confidence") else "own",
    )
    if not spec.name.isidentifier() or spec.name != spec.name.lower():
        row.wrong(f"name must be lower-case words joined by _, not {spec.name!r}")
    if (spec.type == "choice") != bool(spec.choices):
        row.wrong("choices belong to a field of type choice, and only to it")
    codes = [choice.code for choice in spec.choices]
    if len(set(codes)) < len(codes):
        row.wrong("two choices have the same code")
    row.done()
    return spec


def _field_type(row: Strict) -> FieldType:
    wanted = row.text("type")
    for known in FIELD_TYPES:
        if wanted == known:
            return known
    row.wrong(f"type must be one of {', '.join(FIELD_TYPES)}, not {wanted!r}")
    return "text"


def _read_choice(row: Strict) -> Choice:
    choice = Choice(row.text("code"), row.text("label"), row.flag("by_school"))
    row.done()
    return choice


def _read_school_type(row: Strict) -> tuple[CourseCategory, ...]:
    categories = []
    for entry in row.tables("categories"):
        categories.append(CourseCategory(entry.text("code"), entry.text("label"), entry.text("group")))
        entry.done()
    row.text("source")
    row.confidence()
    row.done()
    return tuple(categories)
