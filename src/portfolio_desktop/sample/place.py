"""Where the sample library may be built: never over anything that is somebody's.

new or empty folder -> there        a sample library with sample files alone -> built anew        anything else -> refused

It is built beside its place and moved there when it is whole: an error or a cancel leaves what was there before.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.messages import _
from portfolio_desktop.sample.year import SampleYear


def check(folder: Path, year: SampleYear, files: Iterable[Path]) -> None:
    """Raise PortfolioError where something else than a sample library lies.

    A library is taken for the sample when it is the sample student's and holds no file but the sample's (`files`): what
    anybody brought in himself is never deleted.
    """
    if not folder.exists() or _is_empty(folder):
        return
    try:
        with Library.open(folder) as library:
            known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
            ours = library.profile == year.profile and all(file.sha256 in known for file in library.files())
    except PortfolioError as error:
        raise _occupied(folder) if _is_no_library(folder) else error from None
    if not ours:
        raise _occupied(folder)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which takes its place (`check` first) when the context ends well, else is gone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    try:
        yield stage
        if folder.exists():
            shutil.rmtree(folder)
        stage.rename(folder)
        folder.chmod(0o755)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def candidates(folder: Path) -> Iterator[Path]:
    """Places for a sample where none was named: `folder`, then folder-2, folder-3 …"""
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}-{number}")
        number += 1


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _is_no_library(folder: Path) -> bool:
    return not (folder / "library.sqlite3").exists()


def _occupied(folder: Path) -> PortfolioError:
    return PortfolioError(
        _("「{folder}」裡有範例以外的東西，沒有動它；請換一個新的或空的資料夾放範例").format(folder=folder)
    )
