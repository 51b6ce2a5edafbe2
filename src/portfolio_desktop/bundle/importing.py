"""A complete bundle becomes a library again, equal in its dump to the one that it came from.

    open_bundle -> nothing unsafe? complete? -> catalog.json (hash) -> Library.from_dump(every file by its hash)

A bundle may come from anywhere: what is odd in its names or kinds is refused with one sentence before anything is
written, every byte is compared with its hash while it is copied, and a failure or a cancel leaves nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from portfolio_desktop.bundle import beside, layout
from portfolio_desktop.bundle.manifest import BundleFile, shown
from portfolio_desktop.bundle.opened import OpenBundle, ReadErrors
from portfolio_desktop.bundle.reading import open_bundle
from portfolio_desktop.bundle.verify import CHUNK
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import bounded
from portfolio_desktop.library.library import Library
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress


def import_bundle(path: Path, new_folder: Path, progress: Progress | None = None) -> Library:
    """Make a library in `new_folder` (new or empty) from a complete bundle, and open it. Steps are files.

    Raises PortfolioError when it is no bundle, not complete, unsafe, or the folder is taken; DamageError when bytes are
    missing or not what they were; Cancelled when stopped. In each case nothing is left.
    """
    with ExitStack() as opened:
        bundle = opened.enter_context(open_bundle(path))
        _refuse_unsafe(bundle)
        if not bundle.manifest.complete:
            raise PortfolioError(
                _("這個成果包只有要上傳的檔案，不能做成學習歷程庫；請用「完整匯出」（--all）的成果包。")
            )
        files = {file.sha256: file for file in bundle.manifest.files if file.path.startswith(f"{layout.COMPLETE}/")}
        was_there = new_folder.exists()
        scratch = cache(lambda: opened.enter_context(_scratch(new_folder)))
        content, source = _dump(bundle), _source(bundle, files, scratch)
        try:
            return Library.from_dump(new_folder, content, source, progress)
        except BaseException:
            if not was_there:
                with contextlib.suppress(OSError):  # not empty: then it was not made here
                    new_folder.rmdir()
            raise


@contextmanager
def _scratch(new_folder: Path) -> Iterator[Path]:
    """A file for one member after another, on the disk that must have room for all of them: the system's own may be small."""
    folder = new_folder.absolute().parent
    beside.clear_up(folder, earlier=False)
    with ExitStack() as opened:
        try:
            scratch = opened.enter_context(beside.unfinished(folder, ".part.zip"))
        except OSError:  # an empty folder of the student's in a place that is not
            scratch = opened.enter_context(beside.unfinished(Path(tempfile.gettempdir()), ".part.zip"))
        yield scratch


def _refuse_unsafe(bundle: OpenBundle) -> None:
    if bundle.problems:
        raise PortfolioError(_("沒有匯入，因為成果包不安全：{problem}").format(problem=bundle.problems[0].message))


def _dump(bundle: OpenBundle) -> bytes:
    file = next((file for file in bundle.manifest.files if file.path == layout.DUMP), None)
    if file is None or file.size > bounded.DUMP:
        raise _lacking(layout.DUMP)
    try:
        with bundle.open(file.path) as source:
            content = source.read(file.size + 1)
    except (KeyError, *ReadErrors) as error:
        raise _lacking(layout.DUMP) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _lacking(layout.DUMP)
    return content


def _source(bundle: OpenBundle, files: dict[str, BundleFile], scratch: Callable[[], Path]) -> Callable[[str], Path]:
    """Where the bytes of a hash lie: in the folder itself, or one after another unpacked into the file `scratch()`."""

    def path(sha256: str) -> Path:
        file = files.get(sha256)
        if file is None or file.path not in bundle.members:
            raise _lacking(file.path if file else sha256)
        real = bundle.real(file.path)
        if real is None:
            _unpack(bundle, file, scratch())
        return real or scratch()

    return path


def _unpack(bundle: OpenBundle, file: BundleFile, scratch: Path) -> None:
    """Write one member to `scratch`, never more bytes than the manifest announces."""
    left = file.size + 1
    try:
        with bundle.open(file.path) as source, scratch.open("wb") as sink:
            while left > 0 and (chunk := source.read(min(CHUNK, left))):
                sink.write(chunk)
                left -= len(chunk)
    except ReadErrors as error:
        if isinstance(error, OSError) and error.filename == str(scratch):
            raise
        raise _lacking(file.path) from error


def _lacking(path: str) -> DamageError:
    return DamageError(_("沒有匯入，因為成果包裡的「{path}」不見了或已經損壞；請用另一份。").format(path=shown(path)))
