"""A summary taken apart: what each known counting makes of it, what it is made of, and where it runs over. Pure.

    look(text, rules)
      counted      the numbers (pieces/summary.py)
      countings    code_points 73/100 | utf16 74/100 | bytes 219/300 | strict 76/100     each with what is over its limit
      parts        characters 60 | letters 5 | marks 8 | spaces 0 | newlines 2 | wide 1   what they cost by the strict count
      fits         how far the text reaches before the strict count runs over, in UTF-16 units (as Qt counts positions)

Nothing is cut: `fits` only tells from where on something would have to go.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.pieces.summary import SummaryCount, count, normal_newlines

CountingName = Literal["code_points", "utf16", "bytes", "strict"]
PartName = Literal["characters", "letters", "marks", "spaces", "newlines", "wide", "others"]
PARTS: tuple[PartName, ...] = get_args(PartName)


@dataclass(frozen=True, slots=True)
class Counting:
    """What one way of counting makes of a text: `count` and `limit` in its own unit (bytes for `bytes`)."""

    name: CountingName
    count: int
    limit: int

    @property
    def over(self) -> int:
        """By how much the text is too long; 0 where it fits."""
        return max(0, self.count - self.limit)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of character: how many there are, and what they cost by the strict count.

    wide    beyond the first plane, most of them emoji: a browser counts each as two
    marks   punctuation and symbols; others: what shows nothing, or joins the character before it
    """

    name: PartName
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A text taken apart; `parts` has only kinds that are there."""

    counted: SummaryCount
    countings: tuple[Counting, ...]
    parts: tuple[Part, ...]
    fits: int

    @property
    def blank(self) -> bool:
        """Whether nothing is written yet: spaces and line ends at most, and not too many of them."""
        told = any(part.name not in {"spaces", "newlines"} for part in self.parts)
        return not told and not any(counting.over for counting in self.countings)


def look(text: str, rules: Rules) -> Breakdown:
    """Take a summary apart by the rules of its school year."""
    plain, counted = normal_newlines(text), count(text, rules)
    numbers = dict.fromkeys(PARTS, 0)
    for character, times in Counter(plain).items():
        numbers[part_of(character)] += times
    countings = (
        Counting("code_points", counted.code_points, rules.summary_limit),
        Counting("utf16", counted.utf16, rules.summary_limit),
        Counting("bytes", counted.bytes, rules.summary_bytes),
        Counting("strict", counted.strict, rules.summary_limit),
    )
    costs = {"wide": 2, "newlines": rules.summary_newline}
    parts = tuple(Part(name, number, number * costs.get(name, 1)) for name, number in numbers.items() if number)
    return Breakdown(counted, countings, parts, _fits(plain, rules))


def _fits(plain: str, rules: Rules) -> int:
    strict = units = 0
    for character in plain:
        width = 2 if character > "\uffff" else 1
        strict += rules.summary_newline if character == "\n" else width
        if strict > rules.summary_limit:
            break
        units += width
    return units


def part_of(character: str) -> PartName:
    """Which kind of character one is."""
    if character == "\n":
        return "newlines"
    if character > "\uffff":
        return "wide"
    category = unicodedata.category(character)
    if category == "Zs" or character.isspace():
        return "spaces"
    if category == "Lo":
        return "characters"
    by_first: dict[str, PartName] = {"L": "letters", "N": "letters", "P": "marks", "S": "marks"}
    return by_first.get(category[0], "others")
