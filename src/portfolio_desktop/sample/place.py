"""Where the sample library may be built: never over anything that is somebody's.

new or empty folder -> there        a sample library as it was built -> built anew        anything else -> refused

What was built is known by its mark: the hash of its dump and its last change. An edit, an undone one too, a file or a note
of the student's own make it his. It is built beside its place and moved there when it is whole: an error or a cancel leaves
what was there before.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolio_desktop.bundle import layout
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import catalog, database, lock, store
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.layout import COPY
from portfolio_desktop.messages import _

MARK = ".sample.json"
NAMES = frozenset({MARK, database.NAME, catalog.NAME, lock.NAME, store.FOLDER, record.FOLDER})


def check(folder: Path) -> None:
    """Raise PortfolioError where anything else lies than a sample library as it was built."""
    if not folder.exists() or _is_empty(folder):
        return
    if not folder.is_dir() or not {MARK, database.NAME} <= set(_names(folder)) <= NAMES:
        raise _occupied(folder)
    if not all(name == record.NAME or COPY.fullmatch(name) for name in _names(folder / record.FOLDER)):
        raise _occupied(folder)
    with Library.open(folder) as library:
        stored = {file.path for file in library.files()}
        if _mark(library) != _read_mark(folder) or _files(folder / store.FOLDER) != stored:
            raise _occupied(folder)


def mark(folder: Path, library: Library) -> None:
    """Note in `folder` what the sample library there is like now that it is built."""
    (folder / MARK).write_text(json.dumps(_mark(library)), encoding="utf-8")


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its place when the context ends well (`check` again), else is gone.

    The earlier sample is moved aside first, back again if the move fails, and removed last.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    aside = stage.with_suffix(".old")
    try:
        yield stage
        check(folder)
        if folder.exists():
            folder.rename(aside)
        try:
            stage.rename(folder)
        except OSError:
            if aside.exists():
                aside.rename(folder)
            raise
        folder.chmod(0o755)
        shutil.rmtree(aside, ignore_errors=True)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def candidates(folder: Path) -> Iterator[Path]:
    """Places for a sample where none was named: `folder`, then folder-2, folder-3 …"""
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}-{number}")
        number += 1


def _mark(library: Library) -> dict[str, object]:
    last = [entry.group for entry in library.history(limit=1)]
    return {"dump": hashlib.sha256(library.dump()).hexdigest(), "last": last}


def _read_mark(folder: Path) -> object:
    try:
        return json.loads((folder / MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _names(folder: Path) -> list[str]:
    """What lies in a folder, but for what the systems drop there by themselves; nothing where there is none."""
    return [path.name for path in folder.glob("*") if not layout.is_junk(path.name)]


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if not path.is_dir() and not layout.is_junk(path.name)}


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _occupied(folder: Path) -> PortfolioError:
    return PortfolioError(
        _("「{folder}」裡有範例以外的東西，或範例已經改過，沒有動它；請換一個新的或空的資料夾放範例").format(
            folder=folder
        )
    )
