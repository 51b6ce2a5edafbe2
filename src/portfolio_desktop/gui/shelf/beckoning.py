"""One window calls another to the front, without any connection: by a small file in a folder that the other one watches.

    <cache>/windows/<process>.open      a window with a library open: it listens
    <cache>/windows/<process>.show      somebody asks it to come; taken away when it does

Process numbers come from the note in a library's lock. What ended processes left is taken away by whoever comes next.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from portfolio_desktop.library.owner import is_alive

OPEN, SHOW = ".open", ".show"

log = logging.getLogger(__name__)


class Beckoning(QObject):
    """Listens for this process; `beckoned` when somebody asks for its window."""

    beckoned = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None, process: int | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._process = os.getpid() if process is None else process
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)

    def listen(self) -> None:
        """Begin; a cache that cannot be written means that nobody can call, and is told to the log."""
        if self._watcher.directories():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            clear(self._folder)
            _path(self._folder, self._process, SHOW).unlink(missing_ok=True)  # meant for an earlier one of this number
            _path(self._folder, self._process, OPEN).touch()
        except OSError as error:
            log.info("no other window can call this one: %s", error)
            return
        self._watcher.addPath(str(self._folder))

    def close(self) -> None:
        """Listen no more, and leave nothing; nothing to do for one that never listened."""
        if not self._watcher.directories():
            return
        self._watcher.removePaths(self._watcher.directories())
        with contextlib.suppress(OSError):
            for end in (OPEN, SHOW):
                _path(self._folder, self._process, end).unlink(missing_ok=True)

    def _look(self) -> None:
        request = _path(self._folder, self._process, SHOW)
        if request.exists():
            with contextlib.suppress(OSError):
                request.unlink()
            self.beckoned.emit()


def listens(folder: Path, process: int) -> bool:
    """Whether a process has a window that can be called."""
    return _path(folder, process, OPEN).is_file() and is_alive(process)


def beckon(folder: Path, process: int) -> None:
    """Ask the window of a process to come; raises OSError."""
    _path(folder, process, SHOW).touch()


def came(folder: Path, process: int) -> bool:
    """Whether it did."""
    return not _path(folder, process, SHOW).exists()


def call_off(folder: Path, process: int) -> None:
    """Ask no more."""
    with contextlib.suppress(OSError):
        _path(folder, process, SHOW).unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take away what processes left that have ended."""
    for path in folder.iterdir():
        if path.suffix in (OPEN, SHOW) and not (
            path.stem.isascii() and path.stem.isdigit() and is_alive(int(path.stem))
        ):
            path.unlink(missing_ok=True)


def _path(folder: Path, process: int, end: str) -> Path:
    return folder / f"{process}{end}"
