"""One thing that needs attention, as data: how urgent, in which words, and where it can be done.

Item("course.unsent", "now", {"count": 2, …}, Aim("course"), ("01J…", …))
    .message  2 件寫好了，還沒送認證。        .advice  what to do        .aim  where one click leads
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from portfolio_desktop.findings.wording import phrase
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.year.attention_words import WORDS
from portfolio_desktop.year.situation import Judged

Urgency = Literal["now", "soon", "later"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)


@dataclass(frozen=True, slots=True)
class Aim:
    """Where something can be done: one piece, or a section (of which an item's `pieces` are meant), or a deed of the program.

    `section` is `all`, `course`, `activity`, a category's code, `ticks` (then `year` may be given) or `safety`; `deed` is
    `add` or `back_up`.
    """

    section: str = "all"
    piece: str = ""
    year: int = 0
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """`numbers` fill the sentence; a `count` of 1 with a `title` has a sentence of its own. `pieces` are ids."""

    code: str
    urgency: Urgency
    numbers: Mapping[str, Any] = field(default_factory=dict)
    aim: Aim = field(default_factory=Aim)
    pieces: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What there is, in one sentence."""
        words = WORDS[self.code]
        one = words.one if len(self.pieces) == 1 else ""
        return phrase(one or words.message, self.numbers)

    @property
    def called(self) -> str:
        """What its pieces have in common, without how many there are."""
        return phrase(WORDS[self.code].called, self.numbers)

    @property
    def advice(self) -> str:
        """What to do about it."""
        return phrase(WORDS[self.code].advice, self.numbers)


def about(
    code: str,
    urgency: Urgency,
    pieces: Sequence[Judged],
    **numbers: Any,
) -> Item:
    """An item about pieces, of which there is at least one: it leads to the one, or to where all of them stand together."""
    told = {"count": len(pieces), "title": pieces[0].piece.title, **numbers}
    return Item(code, urgency, told, _where(pieces), tuple(one.piece.id for one in pieces))


def _where(pieces: Sequence[Judged]) -> Aim:
    if len(pieces) == 1:
        return Aim(piece=pieces[0].piece.id)
    return Aim(_section([one.piece for one in pieces]))


def _section(pieces: Sequence[Piece]) -> str:
    """The narrowest section that has all of them."""
    categories, kinds = {piece.category for piece in pieces}, {piece.kind for piece in pieces}
    if len(categories) == 1:
        return categories.pop() or "all"
    return "activity" if kinds == {"activity"} else "all"
