"""The files on disk: written once, never changed, never deleted.

    files/
      .incoming/            copies being written, and `placing`: the names about to be given, by which computer
      0a1b2c3d4e5f6071/     16 hex of the SHA-256
        水質調查.pdf         the original name, made safe for every file system

    copy -> .incoming/1 (written, synced) -> place: `placing` names them, renames, folders synced -> the database commits -> done

A crash at any point loses nothing and leaves nothing: at the next opening `clear_up` takes away what was being brought
in and never reached the database. The student's own file was only ever read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO, cast

from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError
from portfolio_desktop.files import Unreadable, is_junk, open_source, read_source
from portfolio_desktop.library import bounded
from portfolio_desktop.library.names import safe_name
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

FOLDER = "files"
INCOMING = ".incoming"
PLACING = "placing"
SYNCS = 8
BUFFER = 1 << 18
"""Bytes read at once: few enough for the processor to keep; a fresh block of a megabyte costs more than hashing it."""
_STORED = re.compile(r"[0-9a-f]{16}/(?!\.)[^/\\:\x00]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file's bytes, safely written under a temporary name; `name` is the one it came with."""

    temporary: Path
    name: str
    sha256: str
    md5: str
    size: int
    kind: str


class Store:
    """The folder `files/` of one library. `copy_in` and `digest` may run on several threads, the rest on one."""

    def __init__(self, library: Path) -> None:
        self.folder = library / FOLDER
        self._incoming = self.folder / INCOMING

    def path(self, stored: str) -> Path:
        """Where a stored file lies; `stored` is its path below `files/`, with `/` between the parts.

        Raises DamageError for a path that this program never wrote: none leads out of the library.
        """
        if not _STORED.fullmatch(stored):
            raise DamageError(_("資料庫裡的檔案路徑「{path}」不正常，可能已損壞。").format(path=stored))
        return self.folder.joinpath(*stored.split("/"))

    def holds(self, stored: str, size: int) -> bool:
        """Whether a file of that size is where the database says (its content is not read)."""
        try:
            return self.path(stored).stat().st_size == size
        except OSError:
            return False

    def is_sound(self, stored: str, sha256: str, stop: Progress | None = None) -> bool:
        """Whether the bytes of a stored file are what they were; all of it is read."""
        try:
            return digest(self.path(stored), stop) == sha256
        except (Unreadable, OSError):
            return False

    def begin(self) -> None:
        """Make ready for `copy_in`; what an earlier bringing-in left must have been cleared up."""
        if self._incoming.exists():
            shutil.rmtree(self._incoming)
        self._incoming.mkdir(parents=True)

    def copy_in(self, source: Path, number: int, stop: Progress) -> Copy:
        """Copy one file and hash it in the same pass; on disk when this returns.

        `number` tells the copies of one bringing-in apart. Raises files.Unreadable for the source's faults, OSError
        for the store's, Cancelled when stopped; then no copy is left.
        """
        temporary = self._incoming / str(number)
        try:
            with temporary.open("xb") as sink:
                read = read_source(source, sink, stop)
                durable.sync_file(sink)
                durable.protect(sink)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return Copy(temporary, read.name, read.sha256, read.md5, read.size, read.kind)

    def place(self, copies: Sequence[Copy]) -> list[str]:
        """Give the copies their final names; returns these. Everything is on disk when this returns."""
        names = self._free_names(copies)
        if not copies:
            return names
        # What lay there before is perhaps all that a newer database has of it: it is neither replaced nor ever taken away.
        there = {name for name in names if self.path(name).is_file() and not self.path(name).is_symlink()}
        placing = {"host": platform.node(), "names": [name for name in names if name not in there]}
        durable.write(self._incoming / PLACING, json.dumps(placing).encode())
        for copy, name in zip(copies, names, strict=True):
            target = self.path(name)
            if name in there:
                copy.temporary.unlink()
                continue
            target.parent.mkdir(exist_ok=True)
            durable.move(copy.temporary, target)
        _sync_folders(dict.fromkeys(self.path(name).parent for name in names))
        durable.sync_folder(self.folder)
        return names

    def mend(self, copy: Copy, stored: str) -> None:
        """Put a copy where its lost or shortened twin lay."""
        target = self.path(stored)
        if copy.temporary.exists():
            target.parent.mkdir(exist_ok=True)
            durable.replace(copy.temporary, target)

    def done(self) -> None:
        """The database has what was brought in: forget how it was done."""
        shutil.rmtree(self._incoming, ignore_errors=True)

    def clear_up(self, is_known: Callable[[str], bool]) -> int:
        """Take away what an interrupted bringing-in left; `is_known` says whether the database names a path.

        Returns how many files were taken away. Only files that `placing` names are ever looked at, and none while it names
        another computer: its database is perhaps still on the way here through a synced folder.
        """
        if not self._incoming.is_dir():
            return 0
        names = _names(self._incoming / PLACING)
        if names is None:
            return 0
        removed = 0
        for name in names:
            if is_known(name):
                continue
            if self.path(name).is_file():
                self.path(name).unlink()
                removed += 1
            with contextlib.suppress(OSError):  # it holds another file of the same hash, or was never made
                self.path(name).parent.rmdir()
        self.done()
        return removed

    def _free_names(self, copies: Iterable[Copy]) -> list[str]:
        taken = set[str]()
        names = []
        for copy in copies:
            folder, name, attempt = copy.sha256[:16], safe_name(copy.name), 1
            while (stored := f"{folder}/{_numbered(name, attempt)}") in taken or self._is_other(stored, copy):
                attempt += 1
            taken.add(stored)
            names.append(stored)
        return names

    def _is_other(self, stored: str, copy: Copy) -> bool:
        """Whether other bytes lie under this name; the same bytes, left by an older database, are taken over."""
        path = self.path(stored)
        return os.path.lexists(path) and not (self.holds(stored, copy.size) and self.is_sound(stored, copy.sha256))


def below(folder: Path) -> Iterator[str]:
    """The paths of everything below a folder of the store that is no folder itself, links too; the systems' own left out.

    Raises OSError for a folder that cannot be listed; one that is not there holds nothing.
    """
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(f"{folder}{os.sep}{prefix}") as entries:
                for entry in entries:
                    if entry.name == INCOMING or is_junk(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{prefix}{entry.name}/")
                    else:
                        yield prefix + entry.name
        except (FileNotFoundError, NotADirectoryError):
            continue


def digest(path: Path, stop: Progress | None = None) -> str:
    """The SHA-256 of a file; raises files.Unreadable, or OSError while reading, or Cancelled."""
    sha256, buffer = hashlib.sha256(), bytearray(BUFFER)
    with open_source(path) as stream:
        while size := _read(stream, buffer):
            if stop is not None:
                stop.check()
            sha256.update(memoryview(buffer)[:size])
    return sha256.hexdigest()


def digest_beside(path: Path, stored: Path, stop: Progress) -> tuple[str, bool]:
    """The SHA-256 of a file, and whether a stored one has the same bytes; both are read once.

    Raises as `digest` does for the file; a stored one that cannot be read has not the same bytes.
    """
    sha256, mine, theirs = hashlib.sha256(), bytearray(BUFFER), bytearray(BUFFER)
    with contextlib.ExitStack() as opened:
        stream = opened.enter_context(open_source(path))
        beside = None
        with contextlib.suppress(Unreadable):
            beside = opened.enter_context(open_source(stored))
        while size := _read(stream, mine):
            stop.check()
            sha256.update(memoryview(mine)[:size])
            if beside is not None and not _has(beside, mine, size, theirs):
                beside = None
        return sha256.hexdigest(), beside is not None and _has(beside, mine, 0, theirs)


def _has(stream: BinaryIO, wanted: bytearray, size: int, buffer: bytearray) -> bool:
    """Whether a file goes on with the first `size` bytes of `wanted`; with its end, when that is 0."""
    try:
        found = _read(stream, buffer)
    except OSError:
        return False
    return found == size and (buffer == wanted if size == BUFFER else buffer[:size] == wanted[:size])


def _read(stream: BinaryIO, buffer: bytearray) -> int:
    """Fill the buffer, past Python's own; fewer bytes only at the file's end."""
    raw = cast(FileIO, cast(BufferedReader, stream).raw)
    found = raw.readinto(buffer)
    while 0 < found < len(buffer) and (more := raw.readinto(memoryview(buffer)[found:])):
        found += more
    return found


def _numbered(name: str, attempt: int) -> str:
    stem, dot, extension = name.rpartition(".")
    return name if attempt == 1 else f"{stem} ({attempt}){dot}{extension}" if stem else f"{name} ({attempt})"


def _names(path: Path) -> list[str] | None:
    """The names in a `placing` list, None where another computer wrote it; one that was cut off had no rename after it."""
    try:
        told = json.loads(bounded.content(path, bounded.FACTS))
    except (FileNotFoundError, IsADirectoryError, ValueError, RecursionError):
        return []  # any other trouble is told: without the list nobody would know what to clear up
    if isinstance(told, dict):
        if told.get("host") != platform.node():
            return None
        told = told.get("names")
    known = told if isinstance(told, list) else []
    return [name for name in known if isinstance(name, str) and _STORED.fullmatch(name)]


def _sync_folders(folders: Iterable[Path]) -> None:
    """Several at once, since they then wait for the same turn of the disk's journal."""
    if os.name == "posix":
        with ThreadPoolExecutor(SYNCS, thread_name_prefix="store") as pool:
            for _done in pool.map(durable.sync_folder, folders):
                pass
