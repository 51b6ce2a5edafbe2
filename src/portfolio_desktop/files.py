"""A student's file as the world hands it over: opened without traps, read once, named by its content.

path -> open_source   regular files only: a FIFO, device or folder is refused instead of waited for
     -> read_source   one pass: SHA-256, MD5, the copy into a sink -> SourceFile
folders -> walk       the files a student means, in order, without the system's rubbish; what is no file, with its reason
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
    "folder-link",
    "outside-link",
    "too-deep",
    "library",
    "bundle",
]

CHUNK = 1 << 20
HEAD = 4096
DEEPEST = 100
"""Folders inside each other that are looked into."""
DATABASE, STORE, MANIFEST = "library.sqlite3", "files", "manifest.json"
"""What a library of ours, and a bundle, are known by."""
BUNDLE_FORMAT = b'"portfolio-desktop/bundle"'
_JUNCTION = 0xA0000003  # Windows: a folder that is really another one
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


def walk(paths: Iterable[Path], *, into_bundles: bool = True) -> Iterator[Path | Unreadable]:
    """The files that were meant: each path given, and for folders all files below them, sorted by name.

    A path that was named itself is always told, whatever it is: yielded, so that opening it tells its fault, or as
    Unreadable with the reason. Below a folder, hidden files and the systems' own (.DS_Store, Thumbs.db, desktop.ini, ~$…)
    are left out; links to folders and links that lead out of that folder are told, not followed, and so are empty folders.
    A library of this program is told once and none of its files is opened: closing its database here would let go of the
    locks that SQLite holds on it. So is a bundle unless `into_bundles`.
    """
    for path in paths:
        if is_library(Path(os.path.abspath(path)).parent):  # noqa: PTH100 - `..` is meant by its words
            yield Unreadable("library", path)
        elif _is_folder(path):
            yield from _below(path, into_bundles)
        else:
            yield path


def is_library(folder: Path) -> bool:
    """Whether a folder is a library of this program."""
    return os.path.isfile(folder / DATABASE) and os.path.isdir(folder / STORE)  # noqa: PTH112, PTH113 - never raise


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is the system's own or hidden."""
    return name.startswith((".", "~$")) or name.lower() in JUNK


def _below(top: Path, into_bundles: bool) -> Iterator[Path | Unreadable]:
    root, waiting = top.resolve(), [(0, top)]
    while waiting:
        depth, path = waiting.pop()
        if depth and _is_link(path):
            fault: Reason = "folder-link" if _is_folder(path) else "outside-link"
            yield path if fault == "outside-link" and _stays_inside(path, root) else Unreadable(fault, path)
        elif not _is_folder(path):
            yield path
        elif closed := _closed(path, depth, into_bundles):
            yield Unreadable(closed, path)
        else:
            try:
                inside = sorted((each for each in path.iterdir() if not is_junk(each.name)), reverse=True)
            except OSError:
                yield path  # opening it tells why
                continue
            if not inside:
                yield Unreadable("directory", path)
            waiting.extend((depth + 1, each) for each in inside)


def _closed(folder: Path, depth: int, into_bundles: bool) -> Reason | None:
    """Why a folder is not looked into."""
    if is_library(folder):
        return "library"
    if not into_bundles and _is_bundle(folder):
        return "bundle"
    return "too-deep" if depth >= DEEPEST else None


def _is_bundle(folder: Path) -> bool:
    try:
        with open_source(folder / MANIFEST) as stream:
            return BUNDLE_FORMAT in stream.read(HEAD)
    except (OSError, Unreadable):
        return False


def _is_link(path: Path) -> bool:
    """Whether it is a symbolic link, or Windows' junction; a file kept in a cloud is neither."""
    try:
        return path.is_symlink() or getattr(path.lstat(), "st_reparse_tag", 0) == _JUNCTION
    except OSError:
        return False


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
