"""Where cards stand: as many beside each other as there is room for, under headings where there are groups. Pure numbers.

    Grid(count, headings, width, …)    rect(place)   at(x, y)   seen(top, bottom)   moved(place, step)

Places are those of the model, headings among them. Everything but the making is found by bisection, so that ten thousand
cards cost no more than ten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

GAP, MARGIN = 12, 12


@dataclass(frozen=True, slots=True)
class Run:
    """Cards without a heading between them: the first one's place, how many, and where the first line begins."""

    first: int
    count: int
    top: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """In pixels: the narrowest card, the height of a card's words, of a heading; a picture's height over its width."""

    narrowest: int
    words: int
    heading: int
    shape: float = 0.66


class Grid:
    """The places of `count` lines, of which those in `headings` reach over the whole width."""

    def __init__(self, count: int, headings: Sequence[int], width: int, sizes: Sizes) -> None:
        room = max(sizes.narrowest, width - 2 * MARGIN)
        self.columns = max(1, (room + GAP) // (sizes.narrowest + GAP))
        self.card_width = (room - GAP * (self.columns - 1)) // self.columns
        self.picture_height = round(self.card_width * sizes.shape)
        self.card_height = self.picture_height + sizes.words
        self._width, self._heading = width, sizes.heading
        self._pitch = self.card_height + GAP
        self._headings: dict[int, int] = {}
        self._runs: list[Run] = []
        top = MARGIN
        for at, heading in enumerate((-1, *headings)):
            following = headings[at] if at < len(headings) else count
            if heading >= 0:
                self._headings[heading] = top
                top += self._heading + GAP
            if following > heading + 1:
                self._runs.append(Run(heading + 1, following - heading - 1, top))
                top += -(-(following - heading - 1) // self.columns) * self._pitch
        self.height = top + MARGIN - GAP if top > MARGIN else 0
        self._firsts = [run.first for run in self._runs]
        self._tops = [run.top for run in self._runs]

    def rect(self, place: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a card or a heading."""
        if place in self._headings:
            return (0, self._headings[place], self._width, self._heading)
        run = self._runs[bisect_right(self._firsts, place) - 1]
        line, column = divmod(place - run.first, self.columns)
        left = MARGIN + column * (self.card_width + GAP)
        return (left, run.top + line * self._pitch, self.card_width, self.card_height)

    def at(self, x: int, y: int) -> int | None:
        """The card or heading at a point, None between them."""
        for place, top in self._headings.items():
            if top <= y < top + self._heading:
                return place
        near = self.near(x, y)
        if near is None:
            return None
        left, top, width, height = self.rect(near)
        return near if left <= x < left + width and top <= y < top + height else None

    def near(self, x: int, y: int) -> int | None:
        """The card at a point, or the nearest one in the line above or at it; None where there are no cards."""
        if not self._runs:
            return None
        run = self._runs[max(0, bisect_right(self._tops, y) - 1)]
        line = min(max(0, (y - run.top) // self._pitch), (run.count - 1) // self.columns)
        column = min(max(0, (x - MARGIN) // (self.card_width + GAP)), self.columns - 1)
        return run.first + min(line * self.columns + column, run.count - 1)

    def seen(self, top: int, bottom: int) -> list[int]:
        """The places of which something stands between two heights, from top to bottom."""
        found = [place for place, at in self._headings.items() if at < bottom and at + self._heading > top]
        begin = max(0, bisect_right(self._tops, top) - 1)
        for run in self._runs[begin:]:
            if run.top >= bottom:
                break
            first = max(0, (top - run.top - self.card_height) // self._pitch + 1)
            last = (bottom - run.top - 1) // self._pitch
            found += range(
                run.first + min(first * self.columns, run.count),
                run.first + min((last + 1) * self.columns, run.count),
            )
        return sorted(found)

    def moved(self, place: int, lines: int = 0, cards: int = 0) -> int:
        """The card so many lines below, or so many cards after a card; the last one there is in that direction."""
        if not self._runs:
            return place
        at = max(0, bisect_right(self._firsts, place) - 1)
        while cards:
            step = 1 if cards > 0 else -1
            cards -= step
            place += step
            if place in self._headings:
                place += step
            first, last = self._runs[0].first, self._runs[-1].first + self._runs[-1].count - 1
            place = min(max(place, first), last)
        column = (place - self._runs[at].first) % self.columns
        while lines:
            step = 1 if lines > 0 else -1
            lines -= step
            following = self._line_after(at, place, column, step)
            if following is None:
                break
            at, place = following
        return place

    def _line_after(self, at: int, place: int, column: int, step: int) -> tuple[int, int] | None:
        """The run and the card in the same column of the next line; the line's last one where it is shorter."""
        run = self._runs[at]
        line = (place - run.first) // self.columns + step
        if not 0 <= line <= (run.count - 1) // self.columns:
            at += step
            if not 0 <= at < len(self._runs):
                return None
            run = self._runs[at]
            line = 0 if step > 0 else (run.count - 1) // self.columns
        return at, run.first + min(line * self.columns + column, run.count - 1)
