"""What really lies in `files/`: every name, and the hashes of whatever is a file.

    files/ -> below -> scan (all bytes, several threads) -> Found(path, sha256, md5, size, kind) …

A read that fails is tried once more. What fails twice is damaged (`sha256` None), like a link or a folder that stands where a
file should; what may not be read is no damage and stops everything: the student asks somebody with the permission.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.files import Unreadable, read_source
from portfolio_desktop.library.safekeeping.reading_through import Stop, each
from portfolio_desktop.library.store import FOLDER, below
from portfolio_desktop.progress import Progress

TRIES = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Something in `files/`: `path` as it is written there, below it, with `/`; hashes None where it is no file to be read."""

    path: str
    size: int
    sha256: str | None = None
    md5: str = ""
    kind: str = "unknown"

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition("/")[2]

    @property
    def key(self) -> str:
        """The path as names are compared: some systems decompose what was written composed."""
        return unicodedata.normalize("NFC", self.path)

    @property
    def in_its_place(self) -> bool:
        """Whether it lies where its hash says, under whatever name."""
        folder, slash, name = self.path.partition("/")
        return bool(slash) and "/" not in name and self.sha256 is not None and folder == self.sha256[:16]


def scan(library: Path, progress: Progress) -> list[Found]:
    """Everything in the store, by path; hidden files and the systems' own are left out.

    Raises PermissionError for what may not be read, Cancelled when stopped.
    """
    folder = library / FOLDER
    listed = [Found(path, _size(folder / path)) for path in sorted(below(folder))]

    def read(found: Found, stop: Progress) -> Found:
        if not stat.S_ISREG((folder / found.path).lstat().st_mode):
            return found
        fault: Unreadable | None = None
        for _try in range(TRIES):
            try:
                source = read_source(folder / found.path, None, Stop(stop))
                return Found(found.path, source.size, source.sha256, source.md5, source.kind)
            except Unreadable as error:
                fault = error
        if fault is not None and fault.reason == "permission":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder / found.path))
        return found

    return each(listed, read, progress, lambda found: found.name, lambda found: found.size)


def _size(path: Path) -> int:
    return path.lstat().st_size
