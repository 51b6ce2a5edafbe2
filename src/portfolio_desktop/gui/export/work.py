"""The two halves of an export: planning on the lane, writing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.archive import Written
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan with all that writing it needs, so that the library is free meanwhile."""

    plan: BundlePlan
    sources: Mapping[str, Path]
    dump: bytes | None


def prepare(desk: Desk, year: int, everything: bool) -> Prepared:
    """Plan a bundle. Stored files never change, so their places hold until it is written."""
    library = desk.library
    plan = desk.plan_bundle(year, everything)
    wanted = {target.sha256 for target in plan.targets}
    sources = {stored.sha256: stored.path for stored in library.files() if stored.sha256 in wanted}
    return Prepared(plan, sources, library.dump() if everything else None)


def write(prepared: Prepared, out: Path, progress: Progress) -> Written:
    """Write the bundle, whole and verified or not at all."""
    return archive.write(prepared.plan, prepared.sources.__getitem__, out, progress, prepared.dump)
