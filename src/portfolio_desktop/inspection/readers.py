"""The second depth: every page, pixel and packet, read in guarded processes; also text, thumbnails and pages.

path -> kind (here) -> Pool -> pdf | jpeg | png | image | media : inspect -> Inspection(depth="deep")
                            -> text : extract -> str       pictures : thumbnail, page -> PNG bytes, or pixels

A reader that hangs, dies or eats memory becomes `Inspection(stopped=...)` on that file, or "no text", "no picture". Where
no process can be started, the future of an inspection or a text holds guard.Unavailable: ask another time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from portfolio_desktop.files import Unreadable, open_source
from portfolio_desktop.inspection.abilities import MEDIA, PICTURES, WITH_PICTURE, WITH_TEXT
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import MEMORY, SECONDS, Pool, Stopped, TaskFailed, Unavailable, spelt
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.kinds.detect import kind_of

_log = logging.getLogger(__name__)
Sight = Literal["thumbnail", "page", "frame"]
_HERE = "portfolio_desktop.inspection"

TASKS: Mapping[str, str] = {
    "pdf": f"{_HERE}.pdf:inspect",
    "jpg": f"{_HERE}.jpeg:inspect",
    "png": f"{_HERE}.png:inspect",
    **dict.fromkeys(MEDIA, f"{_HERE}.media:inspect"),
    **dict.fromkeys(PICTURES, f"{_HERE}.image:inspect"),
}


class Readers:
    """Guarded readers; a context manager. Every call returns a future at once; files are read several at a time.

    A future holds Unreadable when the path is no readable file, Unavailable when nobody could look. `close` waits for what is under way.
    """

    def __init__(self, workers: int | None = None, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """At most `workers` processes (default: one a core), `seconds` and `memory` bytes for each file."""
        self._pool = Pool(workers, seconds, memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self.close(abandon=error is not None)

    def inspect(self, path: Path) -> Future[Inspection]:
        """The full verdict on the file at `path`."""
        return self._pool.call(self._inspect, path)

    def text(self, path: Path) -> Future[str]:
        """The text of a document, at most 2,000,000 characters; "" where there is none or it could not be read."""
        return self._pool.call(self._text, path)

    def thumbnail(self, path: Path, pixels: int = 256) -> Future[bytes | None]:
        """A PNG of at most `pixels` by `pixels`: first page or frame, the right way up; None where there is none."""
        return self._pool.call(self._picture, path, "thumbnail", pixels)

    def page(self, path: Path, number: int, width: int) -> Future[bytes | None]:
        """Page `number` (from 0) of a PDF, or a picture, as a PNG of at most `width` pixels; None where there is none."""
        return self._pool.call(self._picture, path, "page", number, width)

    def pixels(self, path: Path, what: Sight, number: int, width: int) -> Future[bytes | None]:
        """A thumbnail, a page or a film's frame without any coding, as pictures.pixels says; None as above.

        `number` is the page from 0, the time in milliseconds (after the end stands the last frame), or 0.
        """
        return self._pool.call(self._picture, path, "pixels", what, number, width)

    def close(self, *, abandon: bool = False) -> None:
        """End the processes; with `abandon` without waiting for what is under way."""
        self._pool.close(abandon=abandon)

    def _inspect(self, path: Path) -> Inspection:
        kind = _kind(path)
        task = TASKS.get(kind)
        if task is None:
            return replace(inspect_structure(path, kind), depth="deep")
        try:
            return Inspection.from_json(self._pool.run(task, spelt(path), kind))
        except Stopped as stopped:
            reason: str = stopped.reason
        except TaskFailed as failed:
            open_source(path).close()  # a file that has vanished meanwhile is told as such
            _log.error("a reader failed on %s: %s", ascii(os.fspath(path)), failed)
            reason = "crash"
        return replace(inspect_structure(path, kind), depth="deep", opens=False, stopped=reason)

    def _text(self, path: Path) -> str:
        return str(self._try(path, WITH_TEXT, "text:extract") or "")

    def _picture(self, path: Path, task: str, *arguments: int | str) -> bytes | None:
        try:
            picture: bytes | None = self._try(path, WITH_PICTURE, f"pictures:{task}", *arguments)
        except Unavailable:  # a picture is drawn again when it is wanted again
            return None
        return picture or None

    def _try(self, path: Path, kinds: frozenset[str], task: str, *arguments: Any) -> Any:
        kind = _kind(path)
        if kind not in kinds:
            return None
        try:
            return self._pool.run(f"{_HERE}.{task}", spelt(path), kind, *arguments)
        except (Stopped, TaskFailed) as ended:
            _log.info("no %s of %s: %s", task, ascii(os.fspath(path)), ended)
            return None


def _kind(path: Path) -> str:
    try:
        with open_source(path) as stream:
            return kind_of(stream)
    except OSError as error:
        raise Unreadable("io", path) from error
