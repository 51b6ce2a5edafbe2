"""The last step of an export: the finished bundle takes its place in one move.

    nothing there, or an empty folder      renamed into place
    the same library's earlier bundle      exchanged in one system call where there is one (Linux, macOS), else moved aside
    of the same year and scope             first and back again if the rename fails; then the earlier one is removed
    any other bundle, or one changed       moved aside under a name of its own first, and kept there
    by hand
    anything else                          refused

Nothing of the student's is ever overwritten.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.bundle import beside
from portfolio_desktop.bundle.reading import open_bundle
from portfolio_desktop.bundle.succession import replaces
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.messages import _


def check(target: Path, *, zipped: bool) -> None:
    """Refuse a target that is taken by anything but a bundle of the same sort or an empty folder."""
    if not target.name:
        raise UsageError(_("匯出的位置要有名字，例如「{example}」。").format(example="113學年度.zip"))
    if target.is_symlink():
        raise PortfolioError(_("{path} 是一個連結；請給真正的位置。").format(path=target))
    if not target.exists():
        return
    if zipped and target.is_dir():
        raise PortfolioError(_("{path} 是資料夾，不是 ZIP 檔；請換一個名字。").format(path=target))
    if not zipped and not target.is_dir():
        raise PortfolioError(_("{path} 是檔案，不是資料夾；請換一個名字。").format(path=target))
    if not zipped and not any(target.iterdir()):
        return
    if not _is_bundle(target):
        raise PortfolioError(_("{path} 已經有別的東西，不是成果包；為了不蓋掉它，請換一個位置。").format(path=target))


def _is_bundle(target: Path) -> bool:
    """Whether an earlier export lies there, damaged or not: its manifest still says so."""
    try:
        with open_bundle(target):
            return True
    except PortfolioError:
        return False


def into_place(stage: Path, target: Path) -> Path | None:
    """Move the finished bundle to its place; returns where an earlier one went that must not be lost, else None."""
    durable.sync_folder(target.parent)
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    if not target.exists():
        stage.rename(target)
        durable.sync_folder(target.parent)
        return None
    if not _replaces(stage, target) or not verify(target).sound:
        kept = _free_name(target)
        _replace(stage, target, kept)
        durable.sync_folder(target.parent)
        return kept
    earlier = stage
    if not _exchange(stage, target):
        earlier = beside.aside(stage)
        _replace(stage, target, earlier)
    durable.sync_folder(target.parent)
    if earlier.is_dir():
        shutil.rmtree(earlier, ignore_errors=True)
    else:
        earlier.unlink(missing_ok=True)
    return None


def _replaces(stage: Path, target: Path) -> bool:
    """Whether the new bundle stands for all that the earlier one says."""
    try:
        with open_bundle(stage) as new, open_bundle(target) as earlier:
            return replaces(new.manifest, earlier.manifest)
    except PortfolioError:
        return False


def _replace(stage: Path, target: Path, aside: Path) -> None:
    """Move the earlier one aside and the new one in; put it back when that fails."""
    target.rename(aside)
    try:
        stage.rename(target)
    except OSError:
        aside.rename(target)
        raise


def _free_name(target: Path) -> Path:
    """A name beside the target for the earlier bundle: 113學年度（舊）, （舊2） …"""
    number = 1
    while True:
        mark = _("（舊）") if number == 1 else _("（舊{number}）").format(number=number)
        name = target.with_name(f"{target.stem}{mark}{target.suffix}")
        if not name.exists() and not name.is_symlink():
            return name
        number += 1


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system or the file system has no such call."""
    here, flag = -100, 2  # AT_FDCWD; RENAME_EXCHANGE, RENAME_SWAP
    first, second = os.fsencode(one), os.fsencode(other)
    calls: dict[str, tuple[str, tuple[int | bytes, ...]]] = {
        "linux": ("renameat2", (here, first, here, second, flag)),
        "darwin": ("renamex_np", (first, second, flag)),
    }
    name, arguments = calls.get(sys.platform, ("", ()))
    if not name:
        return False
    try:
        return bool(getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) == 0)
    except (AttributeError, OSError):
        return False
