"""A process that works on a library without end, telling each step before it begins and after it is done.

    the twin (in memory, where there is such a place) does a step first: its dump is what the library must be afterwards
    {"at": "open", "dump"}   {"at": "begin", "step", "expect"}   {"at": "done", "dump"}   …   one JSON line each, to the killer

So the killer knows at every moment which two states a library may be in: before the step that is under way, and after it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import random
import shutil
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chaos.intentions import Chooser
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library

START = datetime.datetime(2025, 3, 1, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@dataclass
class Clock:
    """The same time for a library and its twin: that of the step."""

    step: int = 0

    def __call__(self) -> datetime.datetime:
        return START + datetime.timedelta(seconds=self.step)


@dataclass(frozen=True)
class Life:
    """The places of one library's life, from its making to the kill after which another one is begun."""

    library: Path
    twin: Path
    work: Path
    outside: Path


def work(life: Life, seed: int, first: int, pipe: int, only: frozenset[str] = frozenset()) -> None:
    """Open the library and work on it until killed; `first` is the first step's number, for the clock, `only` what it does."""

    def tell(**what: object) -> None:
        os.write(pipe, json.dumps(what).encode() + b"\n")

    try:
        _work(life, seed, first, only, tell)
    except BaseException:  # noqa: BLE001 - it crosses a process
        tell(at="bug", text=traceback.format_exc())


def _work(life: Life, seed: int, first: int, only: frozenset[str], tell: Callable[..., None]) -> None:
    clock = Clock(first)
    shutil.rmtree(life.twin, ignore_errors=True)
    # As the kill left it, journal and all: the twin recovers as the library does.
    shutil.copytree(life.library, life.twin, ignore=shutil.ignore_patterns("backups", "lock"))
    twin = Library.open(life.twin, clock=clock)
    library = Library.open(life.library, clock=clock)
    chooser = Chooser(random.Random(seed), life.work, life.outside, only)
    tell(at="open", dump=digest(library), twin=digest(twin))
    while True:
        clock.step += 1
        if chooser.chance.random() < 0.06:
            expected = digest(twin)
            tell(at="begin", step="close", expect=expected)
            library.close()
            tell(at="begin", step="open", expect=expected)
            library = Library.open(life.library, clock=clock)
        else:
            step = chooser.choose(twin)
            try:
                if step.changes:
                    step.do(twin)
            except PortfolioError:
                continue  # what could not be meant: nothing happened, and nothing is to happen
            tell(at="begin", step=step.name, expect=digest(twin))
            step.do(library)
            tell(at="done", dump=digest(library), target=step.target)
            continue
        tell(at="done", dump=digest(library), target="")


def digest(library: Library) -> str:
    """The state of a library in one word."""
    return hashlib.sha256(library.dump()).hexdigest()
