"""What the export page has done elsewhere: the plan that is shown, on the lane; the export itself, beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portfolio_desktop.bootstrap import exporting
from portfolio_desktop.bootstrap.deeper import Ask, Seen
from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.bootstrap.exporting import Exported, Stage, Watch, Wish
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.progress import Progress


def plan(desk: Desk, year: int, everything: bool) -> BundlePlan:
    """What would be exported now."""
    return desk.plan_bundle(year, everything)


def export(
    ask: Ask, wish: tuple[int, bool, Path], watch: tuple[Callable[[Stage], object], Seen], progress: Progress
) -> Exported:
    """Look deeper, plan anew, write. `wish` and `watch` are plain, so that asking imports nothing of this."""
    return exporting.export(ask, Wish(*wish), progress, Watch(*watch))
