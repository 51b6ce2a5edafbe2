"""Bytes carried to another place and proved there: what arrives is what was asked for, or nothing has its name.

source -> hashed on the way -> temporary file, synced -> read back from the disk, hashed -> renamed

WrongBytesError   the source is not what it should be: that file's fault, the others go on
DamageError       the disk gave back other bytes than were written: nothing more is trusted to it
PortfolioError    the disk is in the way, in words that say what is not done and that the library is as it was
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.files import Unreadable, open_source
from portfolio_desktop.library import bounded
from portfolio_desktop.library.store import BUFFER, SYNCS, digest
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
GONE = (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN)


class WrongBytesError(Exception):
    """A source that is gone, cannot be read, or holds other bytes than its hash says; `code` is a Problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LyingDiskError(DamageError):
    """A disk that does not give back what was written to it."""


def carry(source: Path, sha256: str, unfinished: Path, target: Path, stop: Progress, *, protect: bool = True) -> int:
    """Copy the bytes of a hash to `target`, by way of `unfinished` on the same disk; returns how many they are.

    The names in the folder are not synced. Raises WrongBytesError for the source, OSError and DamageError for the target,
    Cancelled when stopped; then neither name is there.
    """
    try:
        with unfinished.open("xb", buffering=0) as sink:
            size = 0
            hashed = hashlib.sha256()
            for block in _blocks(source):
                stop.check()
                hashed.update(block)
                size += len(block)
                while block:
                    block = block[sink.write(block) or 0 :]
            if hashed.hexdigest() != sha256:
                raise WrongBytesError("file.hash")
            durable.sync_file(sink)
            if protect:
                durable.protect(sink)
        if not holds(unfinished, sha256, stop):
            raise lying(target)
        durable.move(unfinished, target)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    return size


def put(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all, and read it back. Raises OSError, DamageError."""
    durable.write(path, content)
    durable.read_anew(path)
    if not bounded.holds(path, content):
        raise lying(path)


def holds(path: Path, sha256: str, stop: Progress) -> bool:
    """Whether a file on the disk has the bytes of a hash; one that cannot be read has not."""
    try:
        durable.read_anew(path)
        return digest(path, stop) == sha256
    except (OSError, Unreadable):
        return False


def lying(path: Path) -> LyingDiskError:
    """What is said of a disk that does not keep what it was given."""
    return LyingDiskError(
        _("「{path}」寫入後讀回來的內容不同，這個磁碟不可靠；請換一個磁碟再做一次。原來的學習歷程庫沒有更動。").format(
            path=path
        )
    )


@contextlib.contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Damage that is found inside is the fault of the disk that `path` was just written to: what was written was sound."""
    try:
        yield
    except DamageError as error:
        raise lying(path) from error


def sync_folders(folders: Iterable[Path]) -> None:
    """Write the names in many folders through to the disk, several at once: they wait for the same turn of its journal."""
    with ThreadPoolExecutor(SYNCS, thread_name_prefix="sync") as pool:
        for _done in pool.map(durable.sync_folder, folders):
            pass


def take_away(folder: Path) -> None:
    """Remove a folder that is ours with all that is in it, as far as the disk lets us; tried twice, never raises OSError."""
    for _attempt in range(2):
        with contextlib.suppress(OSError):  # `ignore_errors` lets some through
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def told(place: Path) -> Iterator[None]:
    """Turn what a disk answers while something is written to `place` into one sentence; the library was only read."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise in_words(error, place) from error
    except PortfolioError as error:
        if isinstance(error.__cause__, OSError | sqlite3.Error):  # said as if it were the library that is written
            raise in_words(error.__cause__, place) from error
        raise


def in_words(error: OSError | sqlite3.Error, place: Path) -> PortfolioError:
    """The sentence for one error of the system or the database."""
    number = error.errno if isinstance(error, OSError) else _LIKE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if number in FULL:
        said = _("「{path}」所在的磁碟空間不足，沒有完成；學習歷程庫沒有更動。請清出空間，或換到別的磁碟再做一次。")
    elif number in FORBIDDEN:
        said = _("沒有寫入或讀取「{path}」的權限，沒有完成；學習歷程庫沒有更動。請檢查權限，或換到別的地方。")
    elif number in GONE:
        said = _("讀寫「{path}」時磁碟發生錯誤，沒有完成；學習歷程庫沒有更動。請檢查連接線，或換一個磁碟。")
    elif number == errno.EFBIG:
        said = _(
            "「{path}」所在的磁碟放不下這麼大的檔案（FAT32 最大 4 GB），沒有完成。請換一個磁碟，或改用 exFAT 格式。"
        )
    elif isinstance(error, OSError):
        said = _("無法讀寫「{path}」（{reason}），沒有完成；學習歷程庫沒有更動。請檢查這個資料夾，或換到別的地方。")
    else:
        return _of_database(error)
    return PortfolioError(said.format(path=place, reason=reason_words(error) if isinstance(error, OSError) else error))


_LIKE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


def _of_database(error: sqlite3.Error) -> PortfolioError:
    try:
        with plain_words():
            raise error
    except PortfolioError as said:
        return said


def _blocks(source: Path) -> Iterator[bytes]:
    """A file's bytes; whatever keeps it from being read is its own fault."""
    try:
        with open_source(source) as stream:
            while block := stream.read(BUFFER):
                yield block
    except Unreadable as fault:
        raise WrongBytesError("file.missing" if fault.reason == "missing" else "file.unreadable") from fault
    except OSError as error:
        raise WrongBytesError("file.unreadable") from error
