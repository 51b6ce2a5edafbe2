"""A power cut, as far as it can be played: after each call that changes the disk, what would be there if the power went then.

    Power(folder)   a hook for disk.watching: keeps which bytes and names were written through (fsync of the file, of its folder)
    .cuts           at each moment two pictures of the folder: nothing but what was written through; and that, with what was not
                    there in part: each file's newer bytes or not, the names up to some moment (as a journal replays them)

A file's name counts as safe when its folder was synced, its bytes when it was: what POSIX promises, and less than ext4 keeps. Of
SQLite's layer it is known that a new journal's folder is synced with it. Not played: bytes of one file written in part or out
of order (SQLite's own tests do that), a disk that lies about a sync, hardware that breaks.
"""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path

_NAMES = ("created", "renamed", "deleted", "made")


@dataclass
class Picture:
    """A folder's content: folders, and files by path below it."""

    folders: set[str] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)

    def apply(self, step: tuple[str, str, str, int]) -> None:
        what, path, other, file = step
        match what:
            case "created":
                self.names[path] = file
            case "renamed":
                self.names.pop(path, None)
                self.names[other] = file
            case "made":
                self.folders.add(path)
            case _:
                self.names.pop(path, None)
                self.folders.discard(path)


class Power:
    """Watches one folder; see the module."""

    def __init__(self, folder: Path, seed: int = 7) -> None:
        self.folder = folder
        self.cuts: list[tuple[str, dict[str, bytes | None]]] = []
        self.armed = False
        self._chance = random.Random(seed)
        self._safe, self._now = Picture(), Picture()
        self._bytes: dict[int, bytes] = {}  # as they were written through
        self._waiting: list[tuple[str, str, str, int]] = []
        self._numbers = itertools.count(1)
        self._guard = threading.RLock()
        self._looking = threading.local()
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                self._safe.folders.add(str(path))
            else:
                number = next(self._numbers)
                self._safe.names[str(path)] = number
                self._bytes[number] = path.read_bytes()
        self._now = Picture(set(self._safe.folders), dict(self._safe.names))

    def __call__(self, what: str, path: str, other: str) -> None:
        if getattr(self._looking, "on", False) or what not in (*_NAMES, "synced", "folder synced"):
            return
        self._looking.on = True
        try:
            with self._guard:
                self._happened(what, path, other)
        finally:
            self._looking.on = False

    def _happened(self, what: str, path: str, other: str) -> None:
        if what in _NAMES:
            file = self._now.names.get(path, 0) or next(self._numbers)
            step = (what, path, other, file)
            self._now.apply(step)
            self._waiting.append(step)
        elif what == "synced":
            self._bytes[self._now.names[path]] = Path(path).read_bytes()
        else:
            for step in [step for step in self._waiting if path in (_parent(step[1]), _parent(step[2]))]:
                self._safe.apply(step)
                self._waiting.remove(step)
        if self.armed:
            self.cut(f"{what} {Path(path).name}")

    def cut(self, label: str) -> None:
        """Take the pictures of this moment."""
        self.cuts.append((f"{label}, only what is safe", self._picture(self._safe, newer=False)))
        more = Picture(set(self._safe.folders), dict(self._safe.names))
        for step in self._waiting[: self._chance.randint(0, len(self._waiting))]:
            more.apply(step)
        self.cuts.append((f"{label}, some of the rest", self._picture(more, newer=True)))

    def _picture(self, of: Picture, *, newer: bool) -> dict[str, bytes | None]:
        """Files with their bytes, folders with None; what lies in a folder that is not there is not there either."""
        found: dict[str, bytes | None] = {}
        root = str(self.folder)
        for path in sorted(of.folders, key=len):
            if _parent(path) == root or _parent(path) in of.folders:
                found[path[len(root) + 1 :]] = None
        now = {number: path for path, number in self._now.names.items()}
        for path, number in of.names.items():
            if _parent(path) == root or _parent(path)[len(root) + 1 :] in found:
                content = self._bytes.get(number, b"")
                if newer and number in now and self._chance.random() < 0.5:
                    content = Path(now[number]).read_bytes()
                found[path[len(root) + 1 :]] = content
        return found


def lay(picture: dict[str, bytes | None], folder: Path) -> None:
    """Make a folder that is like the picture."""
    folder.mkdir()
    for name, content in sorted(picture.items(), key=lambda item: len(item[0])):
        if content is None:
            (folder / name).mkdir()
    for name, content in picture.items():
        if content is not None:
            (folder / name).write_bytes(content)


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
