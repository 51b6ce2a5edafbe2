"""Fill a stage: every file copied, read back, proven by its hash and made durable, several at once.

    contents {path: bytes | Target}, places {sha256: Path}  ->  stage folder | stage ZIP

Copying is left to the system where it can copy by itself. The one pass that hashes reads what was written, and so proves
the library's file, the copy and the way between them at once; a ZIP's checksums come from the same pass.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

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
_PORTION = 8 << 20  # bytes that the system copies between two looks at the wish to stop

Content = bytes | Target
"""What a file of the bundle is made of: bytes at hand, or a file of the library."""
Contents = Mapping[str, Content]
Places = Mapping[str, Path]
"""Where the library's files lie, by SHA-256."""


def size_of(content: Content) -> int:
    """How many bytes it will be."""
    return content.size if isinstance(content, Target) else len(content)


def fill_folder(stage: Path, contents: Contents, places: Places, progress: Progress) -> Iterator[str]:
    """Fill an empty folder; yields each path when it is there, proven and durable."""
    folders = sorted({str(parent) for path in contents for parent in Path(path).parents})
    for folder in folders:
        (stage / folder).mkdir(exist_ok=True)
        durable.set_mode(stage / folder, FOLDER_MODE)

    def one(path: str) -> str:
        with (stage / path).open("x+b", buffering=0) as sink:
            _write(path, contents[path], sink, 0, places, progress)
            durable.sync_file(sink)
        durable.set_mode(stage / path, FILE_MODE)
        return path

    yield from _all(one, contents)
    for folder in reversed(folders):
        durable.sync_folder(stage / folder)


def fill_zip(stage: Path, contents: Contents, places: Places, progress: Progress) -> Iterator[str]:
    """Fill an empty file with a ZIP of stored members; yields each path when it is there and proven."""
    slots = stored_zip.place((path, size_of(content)) for path, content in contents.items())
    by_path = {slot.path: slot for slot in slots}
    directory: dict[str, bytes] = {}

    def one(path: str) -> str:
        slot = by_path[path]
        with stage.open("r+b", buffering=0) as sink:
            crc = _write(path, contents[path], sink, slot.content, places, progress)
            sink.seek(slot.offset)
            _put(sink, slot.header(crc))
        directory[path] = slot.central(crc)
        return path

    yield from _all(one, contents)
    with stage.open("r+b", buffering=0) as sink:
        start = slots[-1].after
        central = b"".join(directory[slot.path] for slot in slots)
        sink.seek(start)
        _put(sink, central + stored_zip.end(len(slots), start, len(central)))
        durable.sync_file(sink)
    durable.set_mode(stage, FILE_MODE)


def _all(one: Callable[[str], str], paths: Iterator[str] | Contents) -> Iterator[str]:
    with ThreadPoolExecutor(THREADS, thread_name_prefix="export") as pool:
        yield from pool.map(one, paths)


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
        _("學習歷程庫裡「{path}」的檔案不見了或已經損壞，所以沒有匯出；把原來的檔案再加進來一次就會補好。").format(
            path=path
        )
    )
