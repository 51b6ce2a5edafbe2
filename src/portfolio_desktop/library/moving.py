"""A library goes to another folder: the whole of it is copied and proved there; the old one stays as it is.

    open library -> stage beside the target: files (hashed while copied, read back; those behind links too, as files)
                    and database (SQLite's backup, checked)
                 -> opened and its dump compared -> one rename -> Moved

Whoever asked then opens the new one in place of the old. Until the rename nothing lies at the target; a failure or a cancel
takes the stage away, and one that a kill left is taken away by the next attempt.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.files import Unreadable, is_library, read_source
from portfolio_desktop.library import presence
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping.aside import FOLDER as ASIDE
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.library.store import INCOMING
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

UNFINISHED = ".moving"
"""The end of the stage's name, and the name of the mark in it by which a left one is known."""
ROOM = 16 << 20
"""Bytes that have to stay free beside what is copied."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A library in its new place: `files` and `bytes` that were copied; `problems`: what was wrong with it before already."""

    folder: Path
    old: Path
    files: int
    bytes: int
    problems: tuple[Problem, ...] = ()


def move(library: Library, new: Path, progress: Progress | None = None) -> Moved:
    """Copy an open library to `new`, a folder that is not there yet or is empty; steps are files.

    Raises PortfolioError when the place is taken, inside the library, too small or cannot be written, DamageError when
    what was copied is not what was read, Cancelled when stopped. In each case nothing is left there.
    """
    progress = progress or Progress()
    with plain_words():
        target = Path(os.path.realpath(new))
        _check(Path(os.path.realpath(library.folder)), target)
        if not library.read_only:
            library.refresh_catalog()
        stage = target.with_name(f"{target.name}{UNFINISHED}")
        with _staged(stage):
            _check_room(library, stage)
            moved = _copy(library, stage, target, progress)
            _prove(library, stage)
            progress.check()
            _into_place(stage, target)
    return moved


def _check(old: Path, target: Path) -> None:
    if target == old or target.is_relative_to(old) or is_library(target.parent):
        raise PortfolioError(_("新的位置不能在學習歷程庫裡面：「{path}」。請選另一個資料夾。").format(path=target))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PortfolioError(_("「{path}」不是空的資料夾，請選一個新的資料夾。").format(path=target))


@contextlib.contextmanager
def _staged(stage: Path) -> Iterator[None]:
    """The folder that is filled, made new; gone afterwards unless it got its name."""
    if (stage / UNFINISHED).is_file():  # left by an attempt that was killed
        shutil.rmtree(stage)
    stage.mkdir(parents=True)
    try:
        (stage / UNFINISHED).touch()
        yield
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _check_room(library: Library, folder: Path) -> None:
    paths = {*_all(library.folder), *(file.path for file in library.files() if file.path.is_file())}
    needed = sum(path.stat().st_size for path in (*paths, library.folder / DATABASE))
    free = shutil.disk_usage(folder).free
    if free < needed + ROOM:
        said = _("磁碟空間不夠：需要 {needed:.0f} MB，只剩 {free:.0f} MB；請清出空間，或選別的磁碟。")
        raise PortfolioError(said.format(needed=(needed + ROOM) / 1e6, free=free / 1e6))


def _all(folder: Path) -> list[Path]:
    """Every file of a library but its database, its lock, and what is not finished.

    Of links only those in place of a folder of the library's own are followed; what its database names is added by `_copy`.
    """
    left_out = {DATABASE, f"{DATABASE}-journal", f"{DATABASE}.new", f"{DATABASE}.new-journal", LOCK}
    found, elsewhere = list[Path](), [folder / name for name in (FILES, BACKUPS, ASIDE) if (folder / name).is_symlink()]
    for top in (folder, *elsewhere):
        for place, folders, names in os.walk(top):
            here = Path(place)
            folders[:] = sorted(name for name in folders if here / name != folder / FILES / INCOMING)
            found += [here / name for name in sorted(names) if not (here == folder and name in left_out)]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _copy(library: Library, stage: Path, target: Path, progress: Progress) -> Moved:
    """Copy all of it; what the database names and does not arrive as it should be is a problem."""
    files = {file.path: file.sha256 for file in library.files()}
    with library._holding.reading() as connection:
        wanted = {library.folder / FILES / one.path: one for one in presence.expected(connection)}
    paths = _all(library.folder)
    known = set(paths)
    paths += [path for path in files if path not in known and path.is_file()]  # behind a link
    copied, problems = 0, list[Problem]()
    for done, path in enumerate(paths, 1):
        progress.step(done, len(paths), path.name)
        there = stage / path.relative_to(library.folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        sha256, size = _copy_file(path, there, progress)
        copied += size
        if path in files and sha256 != files[path]:
            problems.append(presence.fault(library.folder, wanted[path]) or wanted[path].problem("file.hash"))
    for path in sorted(files.keys() - set(paths)):
        problems.append(presence.fault(library.folder, wanted[path]) or wanted[path].problem("file.missing"))
    for place, folders, _names in os.walk(stage):
        for name in folders:
            durable.sync_folder(Path(place) / name)
    return Moved(target, library.folder, len(paths), copied, tuple(problems))


def _copy_file(path: Path, there: Path, progress: Progress) -> tuple[str, int]:
    """Copy one file and read it back; its hash and size."""
    try:
        with there.open("xb") as sink:
            source = read_source(path, sink)
            durable.sync_file(sink)
            if path.stat().st_mode & 0o200 == 0:
                durable.protect(sink)
        progress.check()
        if read_source(there).sha256 != source.sha256:
            raise DamageError(
                _("複製到「{path}」的內容讀回來不一樣；磁碟可能有問題，請換一個磁碟。").format(path=there)
            )
    except Unreadable as fault:
        raise PortfolioError(
            _("讀不到「{path}」，所以沒有搬；請檢查磁碟後再試一次。").format(path=fault.path)
        ) from fault
    os.utime(there, (source.modified, source.modified))
    return source.sha256, source.size


def _prove(library: Library, stage: Path) -> None:
    """The database, copied by SQLite itself, opened at its new place: it says the same."""
    library._holding.database.backup(stage / DATABASE)
    with Library.open(stage, read_only=True) as copy:
        if copy.dump() != library.dump():
            raise DamageError(_("搬到新位置的資料庫和原來的不同，所以沒有搬；磁碟可能有問題，請換一個磁碟。"))


def _into_place(stage: Path, target: Path) -> None:
    durable.sync_folder(stage)
    if target.exists():
        target.rmdir()
    durable.move(stage, target)
    # It is there. Should the disk not take what follows, a power cut can only bring back a stage; the old library stands.
    with contextlib.suppress(OSError):
        (target / UNFINISHED).unlink()
        durable.sync_folder(target.parent)
