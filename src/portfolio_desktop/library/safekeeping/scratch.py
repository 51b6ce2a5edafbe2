"""A folder of our own for a moment, that nobody else may read; what a killed program left there is cleared up by the next one.

    .portfolio-drill-<token>.lock     held as long as the process that works in it lives
    .portfolio-drill-<token>          a whole portfolio, restored to be compared: mode 700

A folder without its lock file, or whose lock is held, is let alone.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portfolio_desktop.library.lock import borrowed
from portfolio_desktop.library.safekeeping import transfer

PREFIX = ".portfolio-drill-"
_LOCK = re.compile(re.escape(PREFIX) + r"[0-9a-f]{16}\.lock")


@contextlib.contextmanager
def folder(place: Path) -> Iterator[Path]:
    """An empty folder in `place`, gone afterwards whatever happens. Raises OSError when it cannot be made."""
    made = place / f"{PREFIX}{secrets.token_hex(8)}"
    lock = made.with_name(f"{made.name}.lock")
    try:
        with borrowed(lock):  # where nothing can be locked nothing is ever cleared up
            try:
                made.mkdir(0o700)
                yield made
            finally:
                transfer.take_away(made)
    finally:
        with contextlib.suppress(OSError):
            lock.unlink(missing_ok=True)


def usual(library: Path) -> list[Path]:
    """Where such a folder is made for a library, unless a place was named: beside it, else where the system has its own."""
    return [library.absolute().parent, Path(tempfile.gettempdir())]


def clear_up_all(library: Path, *more: Path) -> None:
    """Take away what drills of a library that were killed left: each is somebody's whole portfolio."""
    for place in dict.fromkeys((*usual(library), *more)):
        clear_up(place)


def clear_up(place: Path) -> None:
    """Take away what dead processes left in `place`; as far as that goes."""
    with contextlib.suppress(OSError):
        for lock in sorted(place.glob(f"{PREFIX}*.lock")):
            if not _LOCK.fullmatch(lock.name) or lock.is_symlink() or not lock.is_file():
                continue
            left = lock.with_suffix("")
            with borrowed(lock) as dead:
                if dead and not left.is_symlink():
                    transfer.take_away(left)
            if dead and not left.exists():
                with contextlib.suppress(OSError):
                    lock.unlink(missing_ok=True)
