"""Unfinished work beside its target, on the same disk; what a killed program left there is cleared up by the next one.

    .portfolio-bundle-<token>.lock       held as long as the process that works on it lives
    .portfolio-bundle-<token>.part       the unfinished bundle, a folder; .part.zip: a file
    .portfolio-bundle-<token>.old        an earlier bundle, for the moment between two renames

A name without its lock file, a held lock and anything of another name are let alone.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from portfolio_desktop.library.lock import borrowed

PREFIX = ".portfolio-bundle-"
_LEFT = re.compile(re.escape(PREFIX) + r"(?P<token>[0-9a-f]{16})(?P<kind>\.part|\.part\.zip|\.old)")

Kind = Literal[".part", ".part.zip"]


@contextmanager
def unfinished(folder: Path, kind: Kind) -> Iterator[Path]:
    """An empty folder (`.part`) or file (`.part.zip`) of our own in `folder`; gone afterwards, whatever happens."""
    lock = folder / f"{PREFIX}{secrets.token_hex(8)}.lock"
    stage = lock.with_suffix(kind)
    try:
        # Where a file system cannot lock, nobody else can either: then nothing there is ever cleared up.
        with borrowed(lock):
            try:
                stage.mkdir(0o700) if kind == ".part" else stage.touch(0o600, exist_ok=False)
                yield stage
            finally:
                _remove(stage)
    finally:
        with contextlib.suppress(OSError):
            lock.unlink(missing_ok=True)


def aside(stage: Path) -> Path:
    """Where an earlier bundle waits while `stage` takes its place."""
    return stage.with_name(f"{stage.name.partition('.part')[0]}.old")


def clear_up(folder: Path, *, earlier: bool) -> None:
    """Remove what dead processes left in `folder`: their unfinished bundles, or the `earlier` ones that they had replaced."""
    for path in sorted(folder.glob(f"{PREFIX}*")):
        left = _LEFT.fullmatch(path.name)
        if left is None or (left["kind"] == ".old") is not earlier:
            continue
        lock = folder / f"{PREFIX}{left['token']}.lock"
        if lock.is_symlink() or not lock.is_file():
            continue
        with borrowed(lock) as dead:
            if dead:
                _remove(path)
        if dead and not any(_LEFT.fullmatch(other.name) for other in folder.glob(f"{lock.stem}.*")):
            with contextlib.suppress(OSError):
                lock.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    """Take a folder or a file away, as far as it goes; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
