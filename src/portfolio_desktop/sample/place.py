"""Where the sample library may be built: never over anything that is somebody's.

new or empty folder -> there        a sample library with sample files alone -> built anew        anything else -> refused
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.messages import _
from portfolio_desktop.sample.year import SampleYear


def clear(folder: Path, year: SampleYear, files: Iterable[Path]) -> None:
    """Make room for the sample library; raises PortfolioError where something else lies.

    A library is taken for the sample when it is the sample student's and holds no file but the sample's (`files`): what
    anybody brought in himself is never deleted.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        with Library.open(folder) as library:
            known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
            ours = library.profile == year.profile and all(file.sha256 in known for file in library.files())
    except PortfolioError as error:
        raise _occupied(folder) if _is_no_library(folder) else error from None
    if not ours:
        raise _occupied(folder)
    shutil.rmtree(folder)


def candidates(folder: Path) -> Iterator[Path]:
    """Places for a sample where none was named: `folder`, then folder-2, folder-3 …"""
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}-{number}")
        number += 1


def _is_no_library(folder: Path) -> bool:
    return not (folder / "library.sqlite3").exists()


def _occupied(folder: Path) -> PortfolioError:
    return PortfolioError(
        _("「{folder}」裡有範例以外的東西，沒有動它；請換一個新的或空的資料夾放範例").format(folder=folder)
    )
