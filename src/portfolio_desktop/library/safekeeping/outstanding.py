"""What is still wrong with a library, kept in its record from one check to the next until it is seen to be right.

    check full                       what it found: it looked at everything
    check quick                      what it found, and earlier rot that names and sizes do not show
    check rolling, or after a crash  what was known, and what it found
    mended                           what was known, without what was put right

A check that sees less than the one before never makes damage look healed.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from portfolio_desktop.library.problems import NEWER, Problem
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.record import Checked

Told = Mapping[str, Any]
"""A problem as the record keeps it: Problem.to_json."""

UNSEEN: Mapping[str, frozenset[str] | None] = {
    "full": NEWER,
    "quick": NEWER | {"file.hash", "file.unreadable"},
}
"""Codes that a check of this depth does not look for; any other depth looks at a part, and clears nothing."""

logger = logging.getLogger(__name__)


def remaining(before: Checked | None, depth: str, problems: Iterable[Problem]) -> tuple[Told, ...]:
    """What is wrong after a check, in view of what was known before it; pure."""
    found = [problem.to_json() for problem in problems if not problem.only_told]
    known = before.problems if before is not None else ()
    unseen, told = UNSEEN.get(depth), {one["path"] for one in found}
    if depth == "start":  # whether the database lacks something is asked then, and whenever it may have become so
        known = tuple(one for one in known if one.get("code") not in NEWER)
    kept = [one for one in known if one.get("path") not in told and (unseen is None or one.get("code") in unseen)]
    return (*found, *kept)


def note(folder: Path, depth: str, files: int, problems: Iterable[Problem]) -> tuple[Told, ...]:
    """Note a check in the library's record, which only its owner may, and tell what is wrong now.

    That it cannot be written is told in the log.
    """
    left = remaining(record.read(folder).check, depth, problems)
    _write(folder, Checked(datetime.datetime.now(datetime.UTC), depth, files, left))
    return left


def note_mended(folder: Path, restored: Iterable[Problem]) -> tuple[Told, ...]:
    """Note what was put right, and tell what is wrong still."""
    check = record.read(folder).check
    if check is None or not check.problems:
        return ()
    right = {(problem.code, problem.path) for problem in restored}
    left = tuple(one for one in check.problems if (one.get("code"), one.get("path")) not in right)
    if len(left) < len(check.problems):
        _write(folder, Checked(check.at, check.depth, check.files, left))
    return left


def _write(folder: Path, check: Checked) -> None:
    try:
        record.note_check(folder, check.at, check.depth, check.files, tuple(check.problems))
    except OSError as error:
        logger.warning("the check was not noted in %s: %s", folder, error)
