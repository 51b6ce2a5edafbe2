"""On disk when it returns: files and names that outlive a power cut, and files that are written whole or not at all.

    sync_file(file)            a file's bytes          sync_folder(folder)     the names in a folder
    move(source, target)       a new name, over an old one                     replace = move + sync_folder
    read_anew(path)            the next reading comes from the disk
    write(path, content)       temporary file, sync_file, replace              protect set_mode: permissions, where they exist

What a file system cannot do at all (network shares, FUSE, FAT) is left undone: nothing of it was promised there. Every other
failure is an OSError.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_CANNOT = frozenset(
    getattr(errno, name)
    for name in ("EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EBADF", "EISDIR", "ENOTTY")
    if hasattr(errno, name)
)
"""What file systems answer that have no such call; a disk in trouble answers EIO or ENOSPC."""
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between two tries of a rename on Windows, where a virus scanner or an indexer holds a new file for a moment."""


def sync_file(file: IO[bytes]) -> None:
    """Write a file's bytes through to the disk."""
    file.flush()
    with _as_far_as_possible():
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Write the names in a folder through to the disk; Windows does that with the file."""
    if os.name != "posix":
        return
    with _as_far_as_possible():
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read_anew(path: Path) -> None:
    """Let the next reading of a file that was synced come from the disk and not from memory, where the system can (Linux)."""
    forget = getattr(os, "posix_fadvise", None)
    if forget is not None:
        with _as_far_as_possible(), path.open("rb") as file:
            forget(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def protect(file: IO[bytes]) -> None:
    """Make an open file read only, so that no other program changes it by accident; only a precaution."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.fchmod(file.fileno(), 0o444)


def set_mode(path: Path, mode: int) -> None:
    """Give a file or folder its permissions, where the file system has any (exFAT and many shares refuse)."""
    with contextlib.suppress(OSError):
        path.chmod(mode)


def move(source: Path, target: Path) -> None:
    """Give a file another name, in place of a file that has it, in one step; the folder is not written through."""
    for pause in PAUSES if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            os.replace(source, target)  # noqa: PTH105 - the one call whose atomicity is documented
            return
        time.sleep(pause)
    os.replace(source, target)  # noqa: PTH105 - the one call whose atomicity is documented


def replace(source: Path, target: Path) -> None:
    """Give a file another name, in place of a file that has it, in one step that outlives a power cut."""
    move(source, target)
    sync_folder(target.parent)


def write(path: Path, content: bytes, mark: str = "") -> None:
    """Write a file whole or not at all; an earlier one stays until the new one is on disk.

    `mark` tells the temporary files of several writers apart, where there can be more than one.
    """
    unfinished = path.with_name(f"{path.name}{mark}.new")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            sync_file(file)
        replace(unfinished, path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def _as_far_as_possible() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
