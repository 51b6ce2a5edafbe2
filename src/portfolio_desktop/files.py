"""A student's file as the world hands it over: opened without traps, read once, named by its content.

path -> open_source   regular files only: a FIFO, device or folder is refused instead of waited for
     -> read_source   one pass: SHA-256, MD5, the copy into a sink -> SourceFile
folders -> walk       the files a student means, in order, without the system's rubbish
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from portfolio_desktop.kinds.detect import kind_of
from portfolio_desktop.progress import Progress

Reason = Literal[
    "missing",
    "directory",
    "fifo",
    "device",
    "socket",
    "broken-link",
    "link-loop",
    "permission",
    "vanished",
    "io",
    "name",
]

CHUNK = 1 << 20
HEAD = 4096
JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "system volume information"})
_SPECIAL: tuple[tuple[int, Reason], ...] = (
    (stat.S_IFDIR, "directory"),
    (stat.S_IFIFO, "fifo"),
    (stat.S_IFSOCK, "socket"),
    (stat.S_IFCHR, "device"),
    (stat.S_IFBLK, "device"),
)


class Unreadable(Exception):  # noqa: N818 - becomes a finding on that file, not an error of the program
    """A path that cannot be read as a file, and why (`reason`, one of `Reason`)."""

    def __init__(self, reason: Reason, path: Path) -> None:
        super().__init__(f"{reason}: {os.fsencode(path)!r}")
        self.reason: Reason = reason
        self.path = path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, read to its end.

    size in bytes as read; sha256 and md5 in lower-case hex; kind by content (`kinds.kind_of`); head the first 4 KiB;
    modified in seconds since the epoch.
    """

    path: Path
    name: str
    size: int
    sha256: str
    md5: str
    kind: str
    head: bytes
    modified: float


def open_source(path: Path) -> BinaryIO:
    """Open a regular file for reading; links are followed. Raises Unreadable, never waits on a FIFO or a device."""
    try:
        _refuse_special(path.stat().st_mode, path)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise Unreadable(_reason(error, path), path) from error
    try:
        _refuse_special(os.fstat(descriptor).st_mode, path)
    except Unreadable:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_source(path: Path, sink: BinaryIO | None = None, progress: Progress | None = None) -> SourceFile:
    """Read a file once, to its end: hashes, kind, and a copy into `sink` on the way.

    Raises Unreadable for the file's own faults, OSError for the sink's (a full disk), Cancelled when stopped.
    """
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    size, head = 0, b""
    with open_source(path) as stream:
        facts = os.fstat(stream.fileno())
        while chunk := _read(stream, path):
            head = head or chunk[:HEAD]
            sha256.update(chunk)
            md5.update(chunk)
            if sink is not None:
                sink.write(chunk)
            size += len(chunk)
            if progress is not None:
                progress.step(size, facts.st_size, path.name)
        kind = _kind(stream, path)
    return SourceFile(path, path.name, size, sha256.hexdigest(), md5.hexdigest(), kind, head, facts.st_mtime)


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that were meant: each path given, and for folders all files below them, sorted by name.

    A path that was named itself is always yielded, whatever it is, so that its fault can be told. Below a folder,
    hidden files and the systems' own (.DS_Store, Thumbs.db, desktop.ini, ~$…) are left out, folder links are not
    followed, and file links only while they stay inside that folder. A folder that cannot be listed is yielded itself.
    """
    for path in paths:
        if _is_folder(path):
            yield from _below(path, path.resolve())
        else:
            yield path


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is the system's own or hidden."""
    return name.startswith((".", "~$")) or name.lower() in JUNK


def _below(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in entries:
        if is_junk(path.name):
            continue
        if path.is_symlink():
            if not _is_folder(path) and _stays_inside(path, root):
                yield path
        elif _is_folder(path):
            yield from _below(path, root)
        else:
            yield path


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; False where it cannot even be asked, so that opening it tells why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _stays_inside(link: Path, root: Path) -> bool:
    """Whether a link leads to a place below `root`, or nowhere at all (then its fault is worth telling)."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return True


def _refuse_special(mode: int, path: Path) -> None:
    for special, reason in _SPECIAL:
        if stat.S_IFMT(mode) == special:
            effective = os.access in os.supports_effective_ids
            readable = reason != "directory" or os.access(path, os.R_OK | os.X_OK, effective_ids=effective)
            raise Unreadable(reason if readable else "permission", path)


def _reason(error: OSError | ValueError, path: Path) -> Reason:
    """Why a path could not be opened, from the system's error number."""
    if isinstance(error, ValueError):  # a null character, or a name the file system's encoding cannot hold
        return "name"
    number = error.errno
    if number in (errno.EACCES, errno.EPERM):
        return "permission"
    if number == errno.ELOOP:
        return "link-loop"
    if number in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        return "name"
    if number in (errno.ENOENT, errno.ENOTDIR):
        return "broken-link" if path.is_symlink() else "missing"
    return "socket" if number == errno.ENXIO else "io"


def _read(stream: BinaryIO, path: Path) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:
        raise Unreadable("vanished" if error.errno in (errno.ENOENT, errno.ESTALE) else "io", path) from error


def _kind(stream: BinaryIO, path: Path) -> str:
    try:
        return kind_of(stream)
    except OSError as error:
        raise Unreadable("io", path) from error
