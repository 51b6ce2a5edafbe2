"""Exporting, as both front ends do it: what was only looked over is read to its end first, then planned, then written.

export(ask, wish, progress)  ->  Exported(plan, written, unseen)

ask(work)      has `work(desk)` done where the library lives (deeper.py)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portfolio_desktop.bootstrap.deeper import Ask, Seen, look_deeper
from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.archive import Written
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

Stage = Literal["looking", "writing"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported: a school year's ticks or with `everything` the whole library, to a folder or a .zip."""

    year: int
    everything: bool
    out: Path


@dataclass(frozen=True, slots=True)
class Watch:
    """Whom to tell on the way: which stage begins, and the SHA-256 of the files that were looked at."""

    stage: Callable[[Stage], object] = lambda _stage: None
    seen: Seen = lambda _hashes: None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was planned and written; `unseen` files could not be looked at, since the library can only be read."""

    plan: BundlePlan
    written: Written
    unseen: int


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A plan with all that writing it needs, so that the library is free meanwhile."""

    plan: BundlePlan
    sources: Mapping[str, Path]
    dump: bytes | None


WATCH_NOTHING = Watch()


def export(ask: Ask, wish: Wish, progress: Progress, watch: Watch = WATCH_NOTHING) -> Exported:
    """Look deeper, plan, and write the bundle, whole and verified or not at all.

    Raises PortfolioError for a place that cannot be, or that the disk refuses; Cancelled when stopped: then nothing is
    written, and what was found by the deep look is kept.
    """
    refuse_inside(wish.out, ask(lambda desk: desk.library.folder))
    watch.stage("looking")
    unseen = look_deeper(ask, progress, watch.seen)
    prepared = ask(lambda desk: _prepare(desk, wish))
    watch.stage("writing")
    written = archive.write(prepared.plan, prepared.sources.__getitem__, wish.out, progress, prepared.dump)
    return Exported(prepared.plan, written, unseen)


def refuse_inside(out: Path, library: Path) -> None:
    """Raise PortfolioError for a place inside the library: its folder holds what the library put there, and nothing else."""
    if out.resolve().is_relative_to(library.resolve()):
        raise PortfolioError(_("成果包不能放在學習歷程庫裡面：{path}。請換一個位置").format(path=out))


def _prepare(desk: Desk, wish: Wish) -> _Prepared:
    """Plan a bundle. Stored files never change, so their places hold until it is written."""
    library = desk.library
    plan = desk.plan_bundle(wish.year, wish.everything)
    wanted = {target.sha256 for target in plan.targets}
    sources = {stored.sha256: stored.path for stored in library.files() if stored.sha256 in wanted}
    return _Prepared(plan, sources, library.dump() if wish.everything else None)
