"""Where a backup goes: the folder that was chosen, made a backup place, never inside the library.

`to` is a backup place, empty or new  -> PLACE = to
`to` holds other things               -> PLACE = to/學習歷程備份
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.files import is_junk, is_library
from portfolio_desktop.library.safekeeping import layout, transfer
from portfolio_desktop.messages import _

SPARE = 1 << 20
CLUSTER = 4096
"""Bytes that a disk gives out at once: a small file costs as many."""
ABANDONED = 24 * 3600.0
"""Seconds after which what an unfinished backup left is taken away; a younger one may still be at work."""
UNFINISHED = ".new"


def chosen(to: Path, library: Path) -> Path:
    """The place that `to` means; nothing is made yet. Raises UsageError inside a library, PortfolioError for what is none.

    Raises OSError when it cannot be looked at.
    """
    to = Path(os.path.abspath(to))  # noqa: PTH100 - a link to a disk stays the name that the student knows
    refuse_inside(to, library)
    if to.exists() and not to.is_dir():
        raise PortfolioError(_("「{path}」是檔案，不是資料夾。請選一個資料夾來放備份。").format(path=to))
    for place in (to, to / layout.USUAL):
        if layout.is_place(place):
            layout.check_marker(place)
            return place
        if not place.exists() or (place.is_dir() and is_empty(place)):
            return place
    raise PortfolioError(_("「{path}」裡已經有別的東西，不能當作備份。請換一個資料夾。").format(path=to / layout.USUAL))


@contextlib.contextmanager
def made(place: Path) -> Iterator[None]:
    """Make the place, or what is missing of it; when the first backup cannot even be begun, what was made is gone again.

    Raises OSError.
    """
    folders = [
        one for one in (place / layout.OBJECTS, place / layout.SNAPSHOTS, place, *place.parents) if not one.exists()
    ]
    marker = place / layout.MARKER
    is_marked = marker.exists()
    try:
        _make(place)
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            if not is_marked and not any((place / layout.SNAPSHOTS).glob("*")):
                marker.unlink(missing_ok=True)
            for folder in folders:  # the inner ones first; one that holds anything stays, and so do those around it
                if folder.exists():
                    folder.rmdir()
        raise


def _make(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    if not layout.check_marker(place):
        marker = json.dumps({"format": layout.FORMAT, "version": layout.VERSION})
        transfer.put(place / layout.MARKER, f"{marker}\n".encode())
    for name in (layout.OBJECTS, layout.SNAPSHOTS):
        (place / name).mkdir(exist_ok=True)


def refuse_inside(path: Path, library: Path | None = None) -> None:
    """Raise UsageError for a path inside a library: `library`, or any."""
    real = Path(os.path.realpath(path))
    for folder in (real, *real.parents):
        with contextlib.suppress(OSError):
            if is_library(folder) or (library is not None and folder.exists() and folder.samefile(library)):
                raise UsageError(
                    _("「{path}」在學習歷程庫「{library}」裡面。請選學習歷程庫以外的地方。").format(
                        path=path, library=folder
                    )
                )


def is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing but the systems' own files, and what a killed making left. Raises OSError."""
    return all(is_junk(one.name) or one.name == f"{layout.MARKER}.new" for one in folder.iterdir())


def objects(place: Path) -> dict[str, int]:
    """The objects that a place holds, with their sizes; what was left behind a day ago or longer is taken away."""
    found, old = dict[str, int](), time.time() - ABANDONED
    for bucket in (place / layout.OBJECTS).iterdir():
        for one in bucket.iterdir() if bucket.is_dir() else ():
            if one.suffix == UNFINISHED:
                _clear(one, old)
            elif one.name.startswith(bucket.name):
                found[one.name] = one.stat().st_size
    for one in (place / layout.SNAPSHOTS).iterdir():
        if one.suffix == UNFINISHED:
            _clear(one, old)
    return found


def _clear(path: Path, old: float) -> None:
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < old:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def check_room(place: Path, needed: int) -> None:
    """Raise PortfolioError when the disk has not the room."""
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < needed + SPARE:
        raise PortfolioError(
            _(
                "「{path}」所在的磁碟空間不夠：需要 {needed:.0f} MB，只剩 {free:.0f} MB。請清出空間，或換到別的磁碟。"
            ).format(path=place, needed=(needed + SPARE) / 1e6, free=free / 1e6)
        )
