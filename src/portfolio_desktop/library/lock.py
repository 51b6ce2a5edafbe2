"""One owner at a time: a lock of the operating system on `<library>/lock`, and a note in it of who holds it.

    free, empty note        closed properly                     -> ours
    free, note left         the owner crashed (`left_behind`)   -> ours, and the library looks itself over
    held                    LockedError with the note: host, process, since

The lock goes with its process, so a crash never locks anyone out. The file itself stays: taking it away would let
two programs lock two files of the same name.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.messages import _

if sys.platform == "win32":
    import msvcrt

    _BYTE = 1 << 30  # beyond the note, which others must be able to read

    def _take(file: IO[bytes]) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(file: IO[bytes]) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


@dataclass(frozen=True, slots=True)
class Note:
    """Who holds the library: the computer's name, the process number, and since when (ISO 8601)."""

    host: str
    process: int
    since: str

    @classmethod
    def of_this_process(cls) -> Note:
        """The note that this process leaves."""
        return cls(platform.node(), os.getpid(), datetime.datetime.now().astimezone().isoformat(timespec="seconds"))


class LockedError(PortfolioError):
    """Another program holds the library; `note` says which, where it can be read."""

    def __init__(self, note: Note | None) -> None:
        self.note = note
        super().__init__(
            _(
                "這個資料庫已由「{host}」上的程式開啟（行程 {process}，{since} 起）。請先關閉它，或改以唯讀方式開啟。"
            ).format(host=note.host, process=note.process, since=note.since)
            if note
            else _("這個資料庫已由另一個程式開啟。請先關閉它，或改以唯讀方式開啟。")
        )


class Lock:
    """Holds `path` until `release`; raises LockedError when somebody else does, OSError when it cannot be written.

    `left_behind` is the note of an owner that ended without letting go, or None.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._file: IO[bytes] = os.fdopen(descriptor, "r+b")
        try:
            _take(self._file)
        except OSError as error:
            note = read_note(path)
            self._file.close()
            raise LockedError(note) from error
        self.left_behind = read_note(path)
        self._write(json.dumps(asdict(Note.of_this_process()), ensure_ascii=False))

    def release(self) -> None:
        """Let go; the note is emptied to say that the library was closed properly."""
        if self._file.closed:
            return
        with self._file, contextlib.suppress(OSError):  # a vanished disk must not keep the program from closing
            self._write("")
            _release(self._file)

    def abandon(self) -> None:
        """Let go but leave the note, as a crash would: the next owner then looks the library over."""
        if not self._file.closed:
            self._file.close()

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text.encode())
        self._file.flush()


def read_note(path: Path) -> Note | None:
    """The note in a lock file, or None where there is none that can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Note(str(stored["host"]), int(stored["process"]), str(stored["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
