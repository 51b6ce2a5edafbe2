"""Fill a stage: every file copied, read back, proven by its hash and made durable, several at once.

    stage = FolderStage | ZipStage
    Filling(stage, places {sha256: Path}).add({path: bytes | Target}) … .finish()  ->  each path, there and proven

What is added is under way at once, so that the documents of a bundle can be made while its files are copied. Copying
is left to the system where it can copy by itself. The one pass that hashes reads what was written, and so proves the
library's file, the copy and the way between them at once; a ZIP's checksums come from the same pass.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Self

from portfolio_desktop import durable
from portfolio_desktop.bundle import stored_zip
from portfolio_desktop.bundle.entries import Target
from portfolio_desktop.bundle.verify import CHUNK
from portfolio_desktop.errors import DamageError
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

FILE_MODE, FOLDER_MODE = 0o644, 0o755
THREADS = 4
"""More than most computers have cores: while one waits for the disk, another hashes."""
SYNC_EVERY = 32 << 20
"""Bytes of a ZIP after which they are made durable."""
_PORTION = 8 << 20  # bytes that the system copies between two looks at the wish to stop

Content = bytes | Target
"""What a file of the bundle is made of: bytes at hand, or a file of the library."""
Contents = Mapping[str, Content]
Places = Mapping[str, Path]
"""Where the library's files lie, by SHA-256."""


def size_of(content: Content) -> int:
    """How many bytes it will be."""
    return content.size if isinstance(content, Target) else len(content)


class FolderStage:
    """An empty folder to be filled; its folders are made durable last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: set[str] = set()

    def place(self, contents: Contents) -> None:
        """Make the folders that the paths lie in."""
        wanted = {str(parent) for path in contents for parent in Path(path).parents} - self._folders
        for folder in sorted(wanted):
            (self._root / folder).mkdir(exist_ok=True)
            durable.set_mode(self._root / folder, FOLDER_MODE)
        self._folders |= wanted

    def write(self, path: str, content: Content, places: Places, progress: Progress) -> None:
        """Write one file, prove it and make it durable."""
        with (self._root / path).open("x+b", buffering=0) as sink:
            _write(path, content, sink, 0, places, progress)
            durable.sync_file(sink)
        durable.set_mode(self._root / path, FILE_MODE)

    def complete(self) -> None:
        """Make the names durable, the deepest first."""
        for folder in sorted(self._folders, reverse=True):
            durable.sync_folder(self._root / folder)


class ZipStage:
    """An empty file to become a ZIP of stored members, one behind the other in the order in which they were placed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._slots: dict[str, stored_zip.Slot] = {}
        self._after = 0
        self._directory: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._unsynced = 0

    def place(self, contents: Contents) -> None:
        """Give each path its place behind all that have one."""
        for slot in stored_zip.place(((path, size_of(content)) for path, content in contents.items()), self._after):
            self._slots[slot.path] = slot
            self._after = slot.after

    def write(self, path: str, content: Content, places: Places, progress: Progress) -> None:
        """Write one member into its place and prove it."""
        slot = self._slots[path]
        with self._file.open("r+b", buffering=0) as sink:
            crc = _write(path, content, sink, slot.content, places, progress)
            sink.seek(slot.offset)
            _put(sink, slot.header(crc))
            if self._is_due(slot.size):
                durable.sync_file(sink)
        self._directory[path] = slot.central(crc)

    def complete(self) -> None:
        """Write the directory and make the whole durable."""
        central = b"".join(self._directory[path] for path in self._slots)
        with self._file.open("r+b", buffering=0) as sink:
            sink.seek(self._after)
            _put(sink, central + stored_zip.end(len(self._slots), self._after, len(central)))
            durable.sync_file(sink)
        durable.set_mode(self._file, FILE_MODE)

    def _is_due(self, written: int) -> bool:
        """Whether the disk should catch up now: it works while others hash, instead of all at once at the end."""
        with self._lock:
            self._unsynced += written
            if self._unsynced < SYNC_EVERY:
                return False
            self._unsynced = 0
            return True


class Filling:
    """Several threads that fill a stage; a context manager. Leaving it early drops what has not begun."""

    def __init__(self, stage: FolderStage | ZipStage, places: Places, progress: Progress) -> None:
        self._stage, self._places, self._progress = stage, places, progress
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="export")
        self._under_way: deque[tuple[str, Future[None]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def add(self, contents: Contents) -> None:
        """Begin to write these, in this order."""
        self._stage.place(contents)
        for path, content in contents.items():
            task = self._pool.submit(self._stage.write, path, content, self._places, self._progress)
            self._under_way.append((path, task))

    def finish(self) -> Iterator[str]:
        """Yield each path when it is there and proven; then the stage is complete and durable."""
        while self._under_way:
            path, task = self._under_way.popleft()
            task.result()
            yield path
        self._stage.complete()


def _write(path: str, content: Content, sink: BinaryIO, at: int, places: Places, progress: Progress) -> int:
    """Write one content at an offset and prove it by reading it back; returns its CRC-32."""
    progress.check()
    sink.seek(at)
    if isinstance(content, bytes):
        _put(sink, content)
        return _prove(path, content, sink, at, progress, hashlib.sha256(content).hexdigest())
    try:
        source = places[content.sha256].open("rb", buffering=0)
    except FileNotFoundError as error:
        raise lost(path) from error
    with source:
        if os.fstat(source.fileno()).st_size != content.size:
            raise lost(path)
        _copy(source, sink, content.size, progress)
        return _prove(path, content, sink, at, progress, content.sha256, source)


def _prove(
    path: str,
    content: Content,
    sink: BinaryIO,
    at: int,
    progress: Progress,
    sha256: str,
    source: BinaryIO | None = None,
) -> int:
    """Read back what was written; its CRC-32 when its SHA-256 is the one wanted, DamageError otherwise."""
    found, crc = _digest(sink, at, size_of(content), progress)
    if found == sha256:
        return crc
    if source is not None and _digest(source, 0, size_of(content), progress)[0] != sha256:
        raise lost(path)
    raise DamageError(
        _("寫出去的「{path}」讀回來不一樣，所以沒有匯出；磁碟可能有問題，請換一個磁碟再試。").format(path=path)
    )


def _digest(file: BinaryIO, at: int, size: int, progress: Progress) -> tuple[str, int]:
    sha256, crc = hashlib.sha256(), 0
    file.seek(at)
    left = size
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        progress.check()
        sha256.update(chunk)
        crc = zlib.crc32(chunk, crc)
        left -= len(chunk)
    return sha256.hexdigest(), crc


def _copy(source: BinaryIO, sink: BinaryIO, size: int, progress: Progress) -> None:
    """Copy `size` bytes from the start of one file to where the other stands."""
    left = size
    system_copy = getattr(os, "copy_file_range", None)  # Linux; it shares the blocks where the file system can
    while left and system_copy is not None:
        progress.check()
        try:
            copied = system_copy(source.fileno(), sink.fileno(), min(_PORTION, left))
        except OSError:  # another file system, an old kernel: the plain way tells what is really wrong, if anything is
            break
        if not copied:
            return
        left -= copied
    while left and (chunk := source.read(min(CHUNK, left))):
        progress.check()
        _put(sink, chunk)
        left -= len(chunk)


def _put(sink: BinaryIO, content: bytes) -> None:
    """Write all of it: an unbuffered file may take less than it is given."""
    view = memoryview(content)
    while view:
        view = view[sink.write(view) :]


def lost(path: str) -> DamageError:
    """What to say when the library has not the bytes that it should have."""
    return DamageError(
        _("學習歷程庫裡「{path}」的檔案不見了或已經損壞，所以沒有匯出；把原來的檔案再收進來一次就會補好。").format(
            path=path
        )
    )
