"""What the page of bringing asks for: on the lane what touches the library, beside it what only reads files.

surroundings (lane)  ->  look (beside): proposals and refusals, told as they come  ->  add (lane)

Only the structure of files is looked at, since hundreds may come; but whether a locked PDF opens without its password
takes the guarded readers, and is what decides about it.
"""

from __future__ import annotations

import datetime
import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent import futures
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.errands import Brought
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import Unavailable
from portfolio_desktop.library.planning import Examiner, Proposal, incoming, propose
from portfolio_desktop.library.records import Refused
from portfolio_desktop.pieces.guessing import Student
from portfolio_desktop.pieces.telling_words import TellingWords
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk
    from portfolio_desktop.inspection.readers import Readers

Source = Callable[[], Sequence[Path]]
"""Where the paths come from: they are known, or are written first where something was pasted."""
TELL_SECONDS = 0.05
"""Rows are told together, as often as the page can show them."""
MOST_TOLD = 200
"""Rows at once, however quickly they are found: the page takes them in between two frames."""
PATIENCE = 0.1
"""Seconds between two questions whether waiting for a reader is to be given up."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What files are looked at by: the library's twins, the student, the words; `free` bytes on the library's disk.

    The examiner remembers what it saw, so that a second handful finds its twins in the first.
    """

    examiner: Examiner
    student: Student
    words: TellingWords
    home: Path
    free: int


def surroundings(readers: Callable[[], Readers], desk: Desk) -> Surroundings:
    """Everything that planning needs of the library; `readers` is asked on the lane, and only for the guarded ones."""
    library, today = desk.library, datetime.datetime.now().astimezone().date()
    student = Student(library.profile.entry_year, tuple(library.courses()), today)
    free = shutil.disk_usage(library.folder).free
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - unlike Path.home, this never fails
    return Surroundings(
        Examiner(library.held(), partial(_unlocked, readers())), student, desk.ground.telling_words, home, free
    )


def _unlocked(readers: Readers, path: Path, facts: Inspection, stop: Progress) -> Inspection:
    """Facts about a locked file from the deep look. Raises Cancelled, Unreadable."""
    verdict = readers.inspect(path)
    while True:
        try:
            return verdict.result(PATIENCE)
        except TimeoutError:
            stop.check()
        except (Unavailable, futures.CancelledError):
            return facts  # nobody could look: the look that follows the adding will tell


def look(
    ask: Callable[[Callable[[Desk], Any]], Any],
    readers: Callable[[], Readers],
    known: Surroundings | None,
    section: str | None,
    source: Source,
    tell: Callable[[Surroundings, Sequence[Proposal | Refused]], None],
    progress: Progress,
) -> Surroundings:
    """Look at files and tell what they may become. Raises Cancelled; what was told until then stays told.

    `ask` has something done on the lane and waits for it; `section` is the category that is shown, which is meant for all.
    """
    around: Surroundings = known or ask(partial(surroundings, readers))
    student = replace(around.student, section=section)
    waiting, told = list[Proposal | Refused](), time.monotonic()
    try:
        for one in around.examiner.examine(source(), progress):
            waiting.append(one if isinstance(one, Refused) else propose(one, around.words, student, around.home))
            if len(waiting) >= MOST_TOLD or time.monotonic() - told >= TELL_SECONDS:
                tell(around, waiting)
                waiting, told = [], time.monotonic()
    finally:
        tell(around, waiting)
    return around


def add(desk: Desk, proposals: Sequence[Proposal], progress: Progress) -> Brought:
    """Add what is planned, as one step for undo."""
    added = desk.library.add_each(incoming(proposals), progress)
    return Brought(added, errands.some_rows(desk, [piece.id for piece in added.added]))
