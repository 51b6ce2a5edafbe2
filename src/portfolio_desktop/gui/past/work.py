"""What the history panel asks of the library, on the lane: plain records back.

read -> Past(entries, texts, files, names)        use_text use_file -> Row        stored -> where a file lies
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.words import certification_words, short_category
from portfolio_desktop.library.records import ChangeEntry, FileVersion, TextVersion
from portfolio_desktop.library.sentences import LABELS
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CERTIFICATIONS, Role

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

ROLES: tuple[Role, ...] = ("document", "media", "source")


@dataclass(frozen=True, slots=True)
class Names:
    """The student's words for what the log stores: `fields` by their names, values by field and then by code."""

    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def field(self, name: str) -> str:
        """A field's label; a field that the form does not have (any more) stands for itself."""
        return self.fields.get(name, name.removeprefix("fields."))

    def value(self, field: str, value: str) -> str:
        """A value as it is read."""
        return self.values.get(field, {}).get(value, value)


@dataclass(frozen=True, slots=True)
class Past:
    """One piece's past, the newest first; `locked` where it can only be looked at."""

    id: str
    entries: tuple[ChangeEntry, ...]
    texts: tuple[TextVersion, ...]
    files: tuple[FileVersion, ...]
    names: Names
    locked: bool


def read(desk: Desk, piece_id: str) -> Past:
    """Everything that is known of a piece's past."""
    library = desk.library
    piece = library.piece(piece_id)
    return Past(
        piece_id,
        tuple(library.history(piece_id)),
        library.texts(piece_id),
        tuple(reversed(library.versions(piece_id))),
        names(desk, piece.category),
        library.read_only or piece.trashed is not None,
    )


def names(desk: Desk, category: str | None) -> Names:
    """The labels of this student's form, and the words of its choices."""
    fields = {name: _(label) for name, label in LABELS.items()}
    fields |= {f"file.{role}": words for role, words in zip(ROLES, (_("文件"), _("影音"), _("原始檔")), strict=True)}
    fields |= {"year": _("學年度"), "semester": _("學期")}
    values: dict[str, Mapping[str, str]] = {
        "certification": {state: certification_words(state) for state in CERTIFICATIONS},
        "category": {code: short_category(_(form.label)) for code, form in desk.ground.forms.forms.items()},
        "semester": {"1": _("上學期"), "2": _("下學期")},
        "course": {course.id[1:]: course.name for course in desk.library.courses()},
    }
    form = desk.form(category) if category else None
    for spec in form.fields if form else ():
        name = f"fields.{spec.name}" if spec.in_fields else spec.type
        fields[name] = _(spec.called)
        if spec.choices:
            values[name] = {choice.code: _(choice.label) for choice in spec.choices}
    return Names(fields, values)


def use_text(desk: Desk, piece_id: str, text_id: str) -> Row:
    """Make an earlier text the one in force."""
    desk.library.use_text(piece_id, text_id)
    return errands.some_rows(desk, [piece_id])[0]


def use_file(desk: Desk, piece_id: str, file_id: str) -> Row:
    """Make an earlier file the current one."""
    desk.library.use_version(piece_id, file_id)
    return errands.some_rows(desk, [piece_id])[0]
