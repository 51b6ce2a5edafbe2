"""Copies of stored files for other programs: what they do to them never reaches the library.

    copy_out(stored file, folder) -> folder/<a place of its own>/報告.pdf, read only        clear_out(folder, older than)

A program that is handed the kept original may write into it, rename it, or put a lock file beside it; then the hash in
the catalog is wrong, and what a teacher certified is gone. Every copy has a folder to itself, so that the folder can be
shown too. They lie in the cache until the next day: the other program may have them open.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

PIECE = 1 << 20  # bytes between two looks at the wish to stop
READ_ONLY = 0o400
KEPT_SECONDS = 24 * 60 * 60


def copy_out(source: Path, folder: Path, progress: Progress) -> Path:
    """A read-only copy of a stored file under its own name, in a new folder of `folder` that nobody else can look into.

    Raises PortfolioError when it cannot be made, Cancelled when stopped; then nothing of it remains.
    """
    place: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=folder))
        return _copy(source, place / source.name, progress)
    except BaseException as error:
        if place is not None:
            _take_away(place)
        if isinstance(error, OSError):
            words = _("沒辦法複製「{name}」給其他程式開啟：{reason}。請確認磁碟還接著，也還有空間。")
            raise PortfolioError(words.format(name=source.name, reason=reason_words(error))) from error
        raise


def clear_out(folder: Path, older: float = KEPT_SECONDS) -> None:
    """Take away copies that were made more than `older` seconds ago; one that is in use stays for another time."""
    with contextlib.suppress(OSError):
        for place in list(folder.iterdir()):
            if time.time() - place.stat().st_mtime > older:
                _take_away(place)


def _copy(source: Path, target: Path, progress: Progress) -> Path:
    with source.open("rb") as stored, target.open("xb") as copy:
        total, done = os.fstat(stored.fileno()).st_size, 0
        while part := stored.read(PIECE):
            copy.write(part)
            done += len(part)
            progress.step(done, total, source.name)
    durable.set_mode(target, READ_ONLY)
    return target


def _take_away(place: Path) -> None:
    """Remove a folder of copies; Windows wants a file to be writable for that."""
    with contextlib.suppress(OSError):
        for copy in place.iterdir():
            durable.set_mode(copy, stat.S_IWRITE | stat.S_IREAD)
    shutil.rmtree(place, ignore_errors=True)
