"""What was typed and could not be kept, as text to take elsewhere.

Owed(piece, before, typed, form)  ->  an edit to send again   |   words: 《水質調查》 簡述：……
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio_desktop.gui.pieces.values import FIELD, edit
from portfolio_desktop.library.records import Edit
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Piece


@dataclass(frozen=True, slots=True)
class Owed:
    """One piece's typing that the library does not have yet: the values before it and those that were typed."""

    piece: Piece
    before: Mapping[str, str]
    typed: Mapping[str, str]
    form: Form | None = None

    @property
    def change(self) -> Edit | None:
        """What the library is to be asked for."""
        return edit(self.before, self.typed)

    @property
    def values(self) -> dict[str, str]:
        """The values that are not kept, by their names."""
        return {name: value for name, value in self.typed.items() if value != self.before.get(name, "")}

    @property
    def words(self) -> str:
        """The same as people read it."""
        lines = [_("《{title}》").format(title=self.piece.title or _("（沒有標題）"))]
        lines += [f"{_name(key, self.form)}：{value}" for key, value in self.values.items()]
        return "\n".join(lines)


def text_of(owed: Iterable[Owed]) -> str:
    """Everything that is owed, a piece after the other; '' where nothing is."""
    return "\n\n".join(one.words for one in owed if one.values)


def _name(key: str, form: Form | None) -> str:
    own = {
        "title": _("標題"),
        "category": _("類別"),
        "term": _("學期"),
        "course_id": _("課程"),
        "certification": _("教師認證"),
        "certification_note": _("認證備註"),
    }
    if key in own:
        return own[key]
    name = key.removeprefix(FIELD)
    spec = form.field(name) if form is not None else None
    return _(spec.called) if spec is not None else name
