"""How large a picture is shown: pure arithmetic between the room it has and its own shape.

Zoom(fit="width" | "page" | "", percent) + room + shape ─▶ width        larger(), smaller() ─▶ the next step
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STEPS = (25, 50, 75, 100, 125, 150, 200, 300, 400)
"""Widths of the picture in hundredths of the room's width."""

Fit = Literal["width", "page", ""]
Shape = tuple[float, float]
"""Width and height, in whatever unit."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """As wide as the room, wholly seen, or so many hundredths of the room's width."""

    fit: Fit = "width"
    percent: int = 100

    def width(self, room: Shape, shape: Shape, largest: float | None = None) -> int:
        """How wide the picture is shown; where it only fits it is never blown up beyond `largest`."""
        if not self.fit:
            return max(1, round(room[0] * self.percent / 100))
        wide = room[0]
        if self.fit == "page" and shape[1] > 0:
            wide = min(wide, room[1] * shape[0] / shape[1])
        return max(1, round(wide if largest is None else min(wide, largest)))

    def step(self, by: int, room: Shape, shape: Shape, largest: float | None = None) -> Zoom:
        """The next larger (1) or smaller (-1) step from what is shown now; the same where there is none."""
        now = 100 * self.width(room, shape, largest) / max(room[0], 1)
        steps = [step for step in STEPS if (step > now + 1 if by > 0 else step < now - 1)]
        if not steps:
            return self
        return Zoom("", min(steps) if by > 0 else max(steps))
