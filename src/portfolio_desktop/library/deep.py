"""The deep look: every file read to its last page, pixel and packet, in guarded processes, after it is safe.

    pending files -> Readers.inspect + .text (+ .thumbnail) -> Look … -> record, some at a time

A file that crashes or hangs a reader gets that as its fact and never stops the others. Needs no database: the window runs
it beside its lane, with `record` going through the lane. Thumbnails are a cache outside the library, by SHA-256.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import Unavailable
from portfolio_desktop.library.records import Look
from portfolio_desktop.progress import Cancelled, Progress

T = TypeVar("T")

AHEAD = 8  # files given to the readers before the first answer is waited for
TOGETHER = 20  # looks recorded in one transaction
THUMBNAIL = 256  # pixels
LOOK_UP = 0.1  # seconds between two looks at the wish to stop


class LookingReaders(Protocol):
    """What the deep look asks of `inspection.readers.Readers`."""

    def inspect(self, path: Path) -> Future[Inspection]:
        """The full verdict."""

    def text(self, path: Path) -> Future[str]:
        """The document's text."""

    def thumbnail(self, path: Path, pixels: int = THUMBNAIL) -> Future[bytes | None]:
        """A small picture, PNG."""


@dataclass(frozen=True, slots=True)
class _Asked:
    sha256: str
    path: Path
    inspection: Future[Inspection]
    text: Future[str]
    thumbnail: Future[bytes | None] | None


def look_at(
    pending: Sequence[tuple[str, Path]],
    readers: LookingReaders,
    record: Callable[[Sequence[Look]], object],
    progress: Progress,
    thumbnails: Path | None = None,
) -> int:
    """Look at the pending files and record what was found; returns how many there were.

    Stopping raises Cancelled; what was found until then is recorded, and the rest is still pending: cancel `progress`
    first and close the readers then. Thumbnails are written into the folder `thumbnails`, where it is given.
    """
    if thumbnails is not None:
        thumbnails.mkdir(parents=True, exist_ok=True)
    looks = list[Look]()
    try:
        for done, asked in enumerate(_answers(pending, readers, thumbnails, progress), 1):
            # Only now: readers that are ended while the work is being stopped answer that they crashed.
            progress.step(done, len(pending), asked.path.name)
            if any(isinstance(one.exception(), Unreadable | Unavailable) for one in (asked.inspection, asked.text)):
                continue  # not there now (for `verify` to tell), or nobody could look: it stays pending
            looks.append(_look(asked))
            _keep_thumbnail(asked, thumbnails)
            if len(looks) >= TOGETHER:
                record(looks)
                looks = []
    finally:
        if looks:
            record(looks)
    return len(pending)


def thumbnail_path(thumbnails: Path, sha256: str) -> Path:
    """Where the small picture of a file lies, if it has one."""
    return thumbnails / f"{sha256}.png"


def _answers(
    pending: Sequence[tuple[str, Path]], readers: LookingReaders, thumbnails: Path | None, progress: Progress
) -> Iterator[_Asked]:
    """Each file, asked for a little ahead of the one that is waited for."""
    waiting = deque[_Asked]()
    for sha256, path in pending:
        wanted = thumbnails is not None and not thumbnail_path(thumbnails, sha256).exists()
        small = readers.thumbnail(path, THUMBNAIL) if wanted else None
        waiting.append(_Asked(sha256, path, readers.inspect(path), readers.text(path), small))
        if len(waiting) > AHEAD:
            yield _waited_for(waiting.popleft(), progress)
    while waiting:
        yield _waited_for(waiting.popleft(), progress)


def _waited_for(asked: _Asked, progress: Progress) -> _Asked:
    """With all its answers there; a reader that was closed before it came to them means that the work was stopped."""
    try:
        for future in (asked.inspection, asked.text, asked.thumbnail):
            while future is not None:
                progress.check()
                with contextlib.suppress(TimeoutError):
                    # `futures.wait` would wait for ever on one that a closed pool has dropped
                    future.exception(LOOK_UP)
                    break
    except CancelledError:
        raise Cancelled from None
    return asked


def _look(asked: _Asked) -> Look:
    inspection = _answer(asked.inspection)
    facts = (
        Inspection(kind="unknown", depth="deep", damaged=True, stopped="crash") if inspection is None else inspection
    )
    return Look(asked.sha256, facts, _answer(asked.text) or "")


def _answer(future: Future[T]) -> T | None:
    """The reader's answer, or None where it had none: its fault is that file's, and the others go on."""
    return future.result() if future.exception() is None else None


def _keep_thumbnail(asked: _Asked, thumbnails: Path | None) -> None:
    picture = _answer(asked.thumbnail) if asked.thumbnail is not None else None
    if thumbnails is None or picture is None:
        return
    target = thumbnail_path(thumbnails, asked.sha256)
    unfinished = target.with_suffix(f".{os.getpid()}.new")
    with contextlib.suppress(OSError):  # only a cache: it is drawn again when it is wanted
        unfinished.write_bytes(picture)
        os.replace(unfinished, target)  # noqa: PTH105 - the one call whose atomicity is documented
