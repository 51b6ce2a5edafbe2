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
import errno
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.owner import Whereabouts, whereabouts
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


NAME = "lock"
LARGEST_NOTE = 1 << 16
"""Bytes that are read of a note: more is none of ours."""
_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_CANNOT = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})


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


def _held_by(note: Note | None, where: Whereabouts | None) -> str:
    if note is None:
        return _("這個學習歷程庫已由另一個程式開啟。請先關閉它，或改以唯讀方式開啟。")
    if where == "elsewhere":
        said = _("這個學習歷程庫正在另一臺電腦「{host}」上開著（{since} 起）。請先在那裡關閉，或改以唯讀方式開啟。")
    elif where == "gone":
        said = _(
            "這個學習歷程庫還鎖著，但開啟它的程式（行程 {process}，{since} 起）已經不在了。"
            "作品沒有受影響：等幾秒再試；還是不行就重新開機，或改以唯讀方式開啟。"
        )
    else:
        said = _(
            "這個學習歷程庫已由「{host}」上的程式開啟（行程 {process}，{since} 起）。請先關閉它，或改以唯讀方式開啟。"
        )
    return said.format(host=note.host, process=note.process, since=note.since)


class LockedError(PortfolioError):
    """Another program holds the library; `note` says which and `where` it is, None where that cannot be read."""

    def __init__(self, note: Note | None) -> None:
        self.note = note
        self.where = whereabouts(note.host, note.process) if note else None
        super().__init__(_held_by(note, self.where))


class Lock:
    """Holds `path` until `release`; raises LockedError when somebody else does, OSError when it cannot be written.

    `left_behind` says that an owner ended without letting go, `left_note` which one, where that can be read.
    Raises PortfolioError where the file system cannot lock at all: two programs would destroy each other's work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._file: IO[bytes] = os.fdopen(descriptor, "r+b")
        try:
            self._take()
            left = self._file.read(LARGEST_NOTE)
            self.left_behind = bool(left.strip())
            self.left_note = _note(left)
            self._write(json.dumps(asdict(Note.of_this_process()), ensure_ascii=False))
            durable.sync_file(self._file)  # a power cut must leave the note, as a crash does
        except BaseException:
            self._file.close()
            raise

    def release(self) -> None:
        """Let go; the note is emptied to say that the library was closed properly."""
        if self._file.closed:
            return
        with contextlib.suppress(OSError), self._file:  # a vanished disk must not keep the program from closing
            self._write("")
            _release(self._file)

    def abandon(self) -> None:
        """Let go but leave the note, as a crash would: the next owner then looks the library over."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _take(self) -> None:
        try:
            _take(self._file)
        except OSError as error:
            if error.errno in _HELD:
                raise LockedError(read_note(self.path)) from error
            if error.errno in _CANNOT:
                raise PortfolioError(
                    _(
                        "「{path}」所在的磁碟或網路資料夾不能鎖定檔案，無法保證同時只有一個程式寫入。"
                        "請把學習歷程庫移到電腦本身的磁碟，或以唯讀方式開啟。"
                    ).format(path=self.path.parent)
                ) from error
            raise
        self._file.seek(0)

    def _write(self, text: str) -> None:
        """Write over what stands there, then cut off the rest: at no moment is a note of ours empty."""
        content = text.encode()
        self._file.seek(0)
        self._file.write(content)
        self._file.truncate(len(content))
        self._file.flush()


@contextlib.contextmanager
def borrowed(path: Path) -> Iterator[bool]:
    """Keep others out for a moment without opening the library: no note is written, one that was left stays.

    Gives False where somebody holds it, or it cannot be locked or written at all.
    """
    with contextlib.ExitStack() as opened:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            file = opened.enter_context(os.fdopen(descriptor, "r+b"))
            _take(file)
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            _release(file)


def read_note(path: Path) -> Note | None:
    """The note in a lock file, or None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return _note(file.read(LARGEST_NOTE))
    except OSError:
        return None


def _note(content: bytes) -> Note | None:
    try:
        stored = json.loads(content)
        return Note(str(stored["host"]), int(stored["process"]), str(stored["since"]))
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
