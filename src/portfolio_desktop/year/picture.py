"""The three years at a glance: terms × categories, with how far the pieces in each are. Pure.

    pieces (judged) -> picture -> Picture(terms, categories, cells[category, term])
        Cell  count · ready · certified · ticked          each on its own: a draft can be ticked, too
              stages                                      the same pieces once each, by the furthest that they are;
                                                          one that is ticked and not written has a stage of its own

What has no category or no term of the student's stands under None, so that every piece is in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from portfolio_desktop.pieces.piece import CATEGORIES, Kind, Piece
from portfolio_desktop.terms import Term, terms_of_student
from portfolio_desktop.year.situation import Judged

Stage = Literal["writing", "ready", "certified", "unfinished", "ticked"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""How far a piece is, the furthest last; `unfinished` is ticked, and there is still something to be mended or written."""

Place = tuple[str | None, Term | None]
"""A category and a term."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many pieces there are, and how many of them are ready (nothing to be mended), certified, ticked."""

    count: int = 0
    ready: int = 0
    certified: int = 0
    ticked: int = 0
    stages: tuple[int, ...] = (0,) * len(STAGES)

    @property
    def unfinished(self) -> int:
        """How many are ticked that are not ready."""
        return self.stages[STAGES.index("unfinished")]

    def __add__(self, other: Cell) -> Cell:
        """Both together."""
        return Cell(
            self.count + other.count,
            self.ready + other.ready,
            self.certified + other.certified,
            self.ticked + other.ticked,
            tuple(here + there for here, there in zip(self.stages, other.stages, strict=True)),
        )


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Picture:
    """`terms` are the student's six, `categories` all eleven; None comes last in either where something has none.

    `used` are the ticks of each school year by kind.
    """

    terms: tuple[Term | None, ...]
    categories: tuple[str | None, ...]
    cells: Mapping[Place, Cell] = field(default_factory=dict)
    used: Mapping[int, Mapping[Kind, int]] = field(default_factory=dict)

    def cell(self, category: str | None, term: Term | None) -> Cell:
        """What one category has in one term."""
        return self.cells.get((category, term), NOTHING)

    def in_term(self, term: Term | None) -> Cell:
        """What all categories have in one term."""
        return sum((self.cell(category, term) for category in self.categories), NOTHING)

    def in_category(self, category: str | None) -> Cell:
        """What one category has in all terms."""
        return sum((self.cell(category, term) for term in self.terms), NOTHING)

    @property
    def total(self) -> Cell:
        """Everything."""
        return sum(self.cells.values(), NOTHING)


def picture(pieces: Iterable[Judged], entry_year: int) -> Picture:
    """Count the pieces that are not in the trash."""
    terms = terms_of_student(entry_year)
    cells: dict[Place, Cell] = {}
    used: dict[int, dict[Kind, int]] = {year: {"course": 0, "activity": 0} for year in sorted({t.year for t in terms})}
    for one in pieces:
        piece = one.piece
        if piece.trashed is not None:
            continue
        place = place_of(piece, terms)
        cells[place] = cells.get(place, NOTHING) + _cell(one)
        for year in piece.ticked:
            if piece.kind is not None and year in used:
                used[year][piece.kind] += 1
    return Picture(
        (*terms, *((None,) if any(term is None for _category, term in cells) else ())),
        (*CATEGORIES, *((None,) if any(category is None for category, _term in cells) else ())),
        cells,
        used,
    )


def place_of(piece: Piece, terms: Sequence[Term | None]) -> Place:
    """Where a piece stands in the picture of a student with these terms."""
    return piece.category if piece.category in CATEGORIES else None, piece.term if piece.term in terms else None


def stage(one: Judged) -> Stage:
    """The furthest that a piece is."""
    if one.piece.ticked:
        return "ticked" if one.state in READY else "unfinished"
    if one.state == "certified":
        return "certified"
    return "ready" if one.state in READY else "writing"


def _cell(one: Judged) -> Cell:
    is_ready = one.state in READY
    at = STAGES.index(stage(one))
    stages = tuple(int(place == at) for place in range(len(STAGES)))
    return Cell(1, int(is_ready), int(one.state == "certified"), int(bool(one.piece.ticked)), stages)


READY = frozenset({"ready", "to-certify", "certifying", "certified"})
"""States in which nothing is left to be written or mended."""
