"""A bundle in a folder: regular files only, no link followed, no folder without end."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portfolio_desktop.bundle import layout, opened
from portfolio_desktop.bundle.manifest import shown
from portfolio_desktop.findings.finding import Finding

DEEPEST = 8
"""Folders inside each other that are looked into; a bundle itself has three."""
_REPARSE_POINT = 0x400


class Folder:
    """A bundle in a folder."""

    def __init__(self, root: Path) -> None:
        self._real: dict[str, Path] = {}
        self.members: dict[str, int] = {}
        self.problems: list[Finding] = []
        if not (root / layout.MANIFEST).is_file() or (root / layout.MANIFEST).is_symlink():
            raise opened.no_bundle(root)
        self._walk(root, "")
        self.manifest = opened.read_manifest(self)

    def _walk(self, folder: Path, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                # macOS may give names back in another Unicode form than they were written in.
                path = prefix + unicodedata.normalize("NFC", entry.name)
                if layout.is_junk(path):
                    continue
                status = entry.stat(follow_symlinks=False)
                if _is_link(status):
                    self.problems.append(Finding("bundle.link", {"path": shown(path)}))
                elif path in self.members:
                    self.problems.append(Finding("bundle.same-name", {"path": shown(path)}))
                elif stat.S_ISDIR(status.st_mode):
                    if path.count("/") < DEEPEST:
                        self._walk(Path(entry.path), f"{path}/")
                    else:
                        self.problems.append(Finding("bundle.extra", {"path": shown(path)}))
                elif stat.S_ISREG(status.st_mode):
                    self.members[path] = status.st_size
                    self._real[path] = Path(entry.path)
                else:
                    self.problems.append(Finding("bundle.not-a-file", {"path": shown(path)}))
                if len(self.members) > opened.MOST_MEMBERS:
                    raise opened.too_many()

    def real(self, path: str) -> Path | None:
        """The file itself."""
        return self._real[path]

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one member; a file swapped for a link or a pipe meanwhile is not followed."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(self._real[path], flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(f"not a regular file: {path}")
            yield file


def _is_link(status: os.stat_result) -> bool:
    """Whether it is a symbolic link, or Windows' junction or any other reparse point."""
    return stat.S_ISLNK(status.st_mode) or bool(getattr(status, "st_file_attributes", 0) & _REPARSE_POINT)
