"""Small pictures kept on disk, so that cards have them at once the next time: bounded, the ones not asked for longest go first.

    <cache>/thumbnails/<sha256>-<pixels>.png        keep(name, bytes)   load(name) -> bytes

They show a student's work, so only their user may read them. Any thread may ask; a cache that cannot be written or is
damaged costs time, never work.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from pathlib import Path

from portfolio_desktop import durable

log = logging.getLogger(__name__)

FOLDER = "thumbnails"
LIMIT_BYTES = 64 << 20
LOW_WATER = 0.8
"""What is left of the limit once some had to go, so that not every picture makes others go."""


class PictureStore:
    """The pictures of all libraries, by name."""

    def __init__(self, cache: Path, limit: int = LIMIT_BYTES) -> None:
        self._folder, self._limit = cache / FOLDER, limit
        self._lock = threading.Lock()
        self._bytes: int | None = None

    def load(self, name: str) -> bytes | None:
        """A picture, None where it is not kept; one that was asked for stays longer."""
        path = self._path(name)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data

    def keep(self, name: str, data: bytes) -> None:
        """Keep a picture, and let others go while there are too many."""
        path = self._path(name)
        try:
            with self._lock:
                if self._bytes is None:
                    self._folder.mkdir(parents=True, exist_ok=True)
                    durable.set_mode(self._folder, 0o700)
                    self._bytes = sum(size for _when, size, _path in self._kept())
                durable.write(path, data, f".{os.getpid()}")
                durable.set_mode(path, 0o600)
                self._bytes += len(data)
                if self._bytes > self._limit:
                    self._thin()
        except OSError as error:
            log.warning("a small picture could not be kept in %s: %s", self._folder, error)

    def _thin(self) -> None:
        kept = sorted(self._kept())
        total = sum(size for _when, size, _path in kept)
        for _when, size, path in kept:
            if total <= self._limit * LOW_WATER:
                break
            path.unlink(missing_ok=True)
            total -= size
        self._bytes = total

    def _kept(self) -> list[tuple[int, int, Path]]:
        """When each was asked for last, its size and its path."""
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    facts = entry.stat()
                    found.append((facts.st_mtime_ns, facts.st_size, Path(entry.path)))
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.png"
