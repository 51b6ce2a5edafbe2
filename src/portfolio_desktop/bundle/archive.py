"""Write a bundle: whole and verified, or not at all.

    plan -> documents + manifest -> staged beside the target -> fsync -> read back, every hash -> renamed into place

Until the last rename an earlier bundle at the same place stays as it was; a cancel or an error leaves nothing. The same
plan gives the same bytes: no clock, no random, fixed modes and dates. Several threads copy; the hashes of what was
copied are computed by reading back, so that one pass proves the source, the copy and the medium.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.bundle import documents, layout, stored_zip, swap
from portfolio_desktop.bundle.entries import BundlePlan, Target
from portfolio_desktop.bundle.manifest import BundleFile, Manifest
from portfolio_desktop.bundle.verify import CHUNK, THREADS, Verified, verify
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

FILE_MODE, FOLDER_MODE = 0o644, 0o755

Source = Callable[[str], Path]
"""Where the bytes with a SHA-256 lie: the library's `file_path`."""
Places = Mapping[str, Path]
Content = bytes | Target
"""What a file of the bundle is made of: bytes at hand, or a file of the library."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished bundle. `files` counts the manifest too; `kept` is where an earlier bundle went that had been changed by hand."""

    path: Path
    files: int
    bytes: int
    kept: Path | None = None


def write(
    plan: BundlePlan, source: Source, out: Path, progress: Progress | None = None, dump: bytes | None = None
) -> Written:
    """Write the bundle to `out`: a ZIP where it ends in .zip, a folder otherwise. Steps are files, written then verified.

    `dump` belongs to a complete bundle (`plan.everything`) and only to that. Raises PortfolioError when the place is
    taken by something else, cannot be written or is too small; DamageError when a file of the library is not what it
    was; Cancelled when stopped. In none of these cases anything is left, or an earlier bundle touched.
    """
    if plan.everything is not (dump is not None):
        raise ValueError("a dump belongs to a complete bundle, and a complete bundle has one")
    progress = progress or Progress()
    target = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link at the target itself
    swap.check(target, zipped=_is_zip(target))
    contents = assemble(plan, dump)
    # Asked for here and not in the threads below: a library answers the thread that opened it only.
    places = {file.sha256: source(file.sha256) for file in plan.targets}
    try:
        with _staging(target) as stage:
            _check_room(target.parent, sum(map(_size, contents.values())))
            count = len(contents)
            steps = 2 * count - 1  # the manifest is written, but not listed in itself
            for done, path in enumerate(_fill(stage, contents, places, progress), 1):
                progress.step(done, steps, path)
            checked = verify(stage, Progress(lambda step: progress.step(count + step.done, steps, step.what)))
            _demand_sound(checked, plan)
            progress.check()
            kept = swap.into_place(stage, target)
    except OSError as error:
        raise _in_the_way(error, target) from error
    return Written(target, len(contents), sum(map(_size, contents.values())), kept)


def assemble(plan: BundlePlan, dump: bytes | None = None) -> dict[str, Content]:
    """Everything that lies in the bundle by path, the manifest first, the rest sorted; pure."""
    contents: dict[str, Content] = dict(documents.render(plan))
    contents |= {target.path: target for target in plan.targets}
    if dump is not None:
        contents[layout.DUMP] = dump
    ordered = dict(sorted(contents.items()))
    manifest = Manifest(
        year=plan.year,
        id=plan.id,
        complete=plan.everything,
        profile=plan.profile,
        pieces=[entry.to_json() for entry in plan.entries],
        left_out=[{"id": left.id, "title": left.title, "reason": left.finding.code} for left in plan.left_out],
        files=tuple(_described(path, content) for path, content in ordered.items()),
    )
    return {layout.MANIFEST: manifest.to_bytes()} | ordered


def _described(path: str, content: Content) -> BundleFile:
    if isinstance(content, Target):
        return BundleFile(path, content.size, content.sha256, content.md5)
    return BundleFile(
        path,
        len(content),
        hashlib.sha256(content).hexdigest(),
        hashlib.md5(content, usedforsecurity=False).hexdigest(),
    )


def _size(content: Content) -> int:
    return content.size if isinstance(content, Target) else len(content)


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """An unfinished bundle beside the target, so that the last rename stays on one disk; gone afterwards whatever happens."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if _is_zip(target):
        handle, name = tempfile.mkstemp(prefix=swap.PREFIX, suffix=".part.zip", dir=target.parent)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    else:
        name = tempfile.mkdtemp(prefix=swap.PREFIX, suffix=".part", dir=target.parent)
        try:
            yield Path(name)
        finally:
            shutil.rmtree(name, ignore_errors=True)


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + (1 << 20):
        raise PortfolioError(
            _("磁碟空間不夠：需要 {needed:.0f} MB，只剩 {free:.0f} MB；請清出空間，或匯出到別的磁碟。").format(
                needed=needed / 1e6 + 1, free=free / 1e6
            )
        )


def _fill(stage: Path, contents: Mapping[str, Content], places: Places, progress: Progress) -> Iterator[str]:
    """Copy everything into the stage and make it durable; yields each path when it is there."""
    return (_fill_zip if _is_zip(stage) else _fill_folder)(stage, contents, places, progress)


def _fill_folder(stage: Path, contents: Mapping[str, Content], places: Places, progress: Progress) -> Iterator[str]:
    folders = sorted({str(parent) for path in contents for parent in Path(path).parents})
    for folder in folders:
        (stage / folder).mkdir(exist_ok=True)
        (stage / folder).chmod(FOLDER_MODE)

    def one(path: str) -> str:
        with (stage / path).open("xb") as sink:
            for chunk in _chunks(contents[path], path, places, progress):
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())
        (stage / path).chmod(FILE_MODE)
        return path

    with ThreadPoolExecutor(THREADS, thread_name_prefix="export") as pool:
        yield from pool.map(one, contents)
    for folder in reversed(folders):
        swap.sync_folder(stage / folder)


def _fill_zip(stage: Path, contents: Mapping[str, Content], places: Places, progress: Progress) -> Iterator[str]:
    slots = stored_zip.place((path, _size(content)) for path, content in contents.items())

    def one(slot: stored_zip.Slot) -> bytes:
        crc = 0
        with stage.open("r+b") as sink:
            sink.seek(slot.content)
            for chunk in _chunks(contents[slot.path], slot.path, places, progress):
                crc = zlib.crc32(chunk, crc)
                sink.write(chunk)
            sink.seek(slot.offset)
            sink.write(slot.header(crc))
        return slot.central(crc)

    directory: list[bytes] = []
    with ThreadPoolExecutor(THREADS, thread_name_prefix="export") as pool:
        for slot, central in zip(slots, pool.map(one, slots), strict=True):
            directory.append(central)
            yield slot.path
    with stage.open("r+b") as sink:
        start, length = slots[-1].after, sum(map(len, directory))
        sink.seek(start)
        sink.write(b"".join(directory) + stored_zip.end(len(slots), start, length))
        sink.flush()
        os.fsync(sink.fileno())
    stage.chmod(FILE_MODE)


def _chunks(content: Content, path: str, places: Places, progress: Progress) -> Iterator[memoryview]:
    """The content in pieces, exactly as many bytes as the plan says; DamageError when the library has other ones."""
    if isinstance(content, bytes):
        yield memoryview(content)
        return
    try:
        file = places[content.sha256].open("rb", buffering=0)
    except FileNotFoundError as error:
        raise _lost(path) from error
    buffer = memoryview(bytearray(min(CHUNK, content.size + 1)))
    left = content.size
    with file:
        while got := file.readinto(buffer):
            progress.check()
            left -= got
            if left < 0:
                raise _lost(path)
            yield buffer[:got]
    if left:
        raise _lost(path)


def _lost(path: str) -> DamageError:
    return DamageError(
        _("檔案庫裡「{path}」的檔案不見了或已經損壞，所以沒有匯出；請先執行「檢查檔案庫」，再從備份還原。").format(
            path=path
        )
    )


def _demand_sound(checked: Verified, plan: BundlePlan) -> None:
    """Raise when what was read back is not what the plan says."""
    if checked.sound:
        return
    damaged = {target.path for target in plan.targets}
    path = str(checked.problems[0].numbers["path"])
    raise (
        _lost(path)
        if path in damaged
        else DamageError(
            _("寫出去的「{path}」讀回來不一樣，所以沒有匯出；磁碟可能有問題，請換一個磁碟再試。").format(path=path)
        )
    )


def _in_the_way(error: OSError, target: Path) -> PortfolioError:
    reasons = {
        errno.ENOSPC: _("磁碟空間不夠，沒有匯出到 {path}；請清出空間，或匯出到別的磁碟。"),
        errno.EDQUOT: _("磁碟空間不夠，沒有匯出到 {path}；請清出空間，或匯出到別的磁碟。"),
        errno.EROFS: _("{path} 所在的磁碟不能寫入；請匯出到別的地方。"),
        errno.EACCES: _("沒有權限寫入 {path}，或裡面的檔案正開著；請關閉它，或匯出到別的地方。"),
        errno.EPERM: _("沒有權限寫入 {path}，或裡面的檔案正開著；請關閉它，或匯出到別的地方。"),
        errno.EFBIG: _("{path} 所在的磁碟放不下這麼大的檔案；請匯出成資料夾，或匯出到別的磁碟。"),
    }
    usual = _("匯出到 {path} 時出錯（{reason}）；請匯出到別的地方再試一次。")
    return PortfolioError(reasons.get(error.errno or 0, usual).format(path=target, reason=error.strerror or error))
