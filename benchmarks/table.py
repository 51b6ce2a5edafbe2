"""What came out: goal, ours, theirs, ratio, reached or not.

Row("1", "add 2,000 files", 4.1, "C pass", 12.9, at_most=0.8)
    -> | 1 | add 2,000 files | 4.1 s | C pass 12.9 s | 0.32 | ≤ 0.8 | reached |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("goal", "work", "ours", "peer", "ratio", "wanted", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `at_most` and `at_least` bound ours / theirs; without a peer they bound ours itself."""

    goal: str
    work: str
    ours: float
    peer: str = ""
    theirs: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    unit: str = "s"

    @property
    def value(self) -> float:
        """What is compared with the bound: the ratio ours / theirs (theirs / ours for `at_least`), or ours."""
        if self.theirs is None:
            return self.ours
        return self.theirs / self.ours if self.at_least is not None else self.ours / self.theirs

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where nothing is asked."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        sign, bound = ("≤", self.at_most) if self.at_least is None else ("≥", self.at_least)
        times = " ×" if self.theirs is not None and self.at_least is not None else ""
        limit = "" if bound is None else f"{bound:g}{times}" if self.theirs is not None else shown(bound, self.unit)
        wanted = f"{sign} {limit}" if limit else ""
        return (
            self.goal,
            self.work,
            shown(self.ours, self.unit),
            self.peer + (f" {shown(self.theirs, self.unit)}" if self.theirs is not None else ""),
            f"{self.value:.2f}{times}" if self.theirs is not None else "",
            wanted,
            {True: "reached", False: "NOT reached", None: ""}[self.reached],
        )

    def as_json(self) -> dict[str, object]:
        """The row for machines."""
        return {
            "goal": self.goal,
            "work": self.work,
            "ours": self.ours,
            "peer": self.peer,
            "theirs": self.theirs,
            "value": self.value,
            "at_most": self.at_most,
            "at_least": self.at_least,
            "reached": self.reached,
            "unit": self.unit,
        }


def shown(value: float, unit: str) -> str:
    """A number a person can read: seconds as ms below a second, memory as MB."""
    if unit == "s":
        return f"{value * 1e6:.0f} µs" if value < 1e-3 else f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.3g} s"
    return f"{value / 1e6:.0f} MB" if unit == "B" else f"{value:.3g} {unit}".strip()


def table(rows: Sequence[Row]) -> str:
    """A Markdown table that is also straight on a terminal."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([drawn[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *drawn[1:]])
