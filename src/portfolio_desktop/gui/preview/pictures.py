"""Pictures of stored files, from guarded processes: what is looked at first, few at a time, each read once.

ask(key), wish(keys) ─▶ path, readers (lane) ─▶ Readers (guarded process) ─▶ QImage (reader's thread) ─▶ drawn(key, image)
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.preview.cache import Cache, Key
from portfolio_desktop.gui.session import Session

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

SIZE = struct.Struct("<II")
AT_ONCE = 3
"""More would only wait in the readers' queue, where what is wanted next cannot overtake them."""


class Pictures(QObject):
    """Asks for pictures and keeps them."""

    drawn = Signal(object, object)
    """A key and its image; None where there is nothing to be seen."""
    unread = Signal(object, object)
    """A key and the error that kept it from being read."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.cache = Cache()
        self._asked: list[Key] = []
        self._wished: list[Key] = []
        self._running: set[Key] = set()

    def ask(self, key: Key) -> None:
        """Draw this next; the pictures of the same film at other times are not wanted any more."""
        image = self.cache.get(key)
        if image is not None:
            self.drawn.emit(key, image)
            return
        self._asked = [one for one in self._asked if one != key and (one.what != "frame" or key.what != "frame")]
        self._asked.append(key)
        self._next()

    def wish(self, keys: Sequence[Key]) -> None:
        """Draw these when nothing else is wanted, in this order, instead of those that were wished for before."""
        self._wished = []
        for key in keys:
            image = self.cache.get(key)
            if image is not None:
                self.drawn.emit(key, image)
            else:
                self._wished.append(key)
        self._next()

    def forget(self) -> None:
        """Drop everything: another library is open."""
        self.cache.clear()
        self._asked, self._wished = [], []
        self._running.clear()

    def _next(self) -> None:
        while len(self._running) < AT_ONCE and (self._asked or self._wished) and self._session.shelf is not None:
            key = self._asked.pop() if self._asked else self._wished.pop(0)
            if key not in self._running:
                self._running.add(key)
                self._start(key)

    def _start(self, key: Key) -> None:
        self._session.ask(
            "",
            self._read,
            key,
            done=lambda pixels: self._follow(key, pixels),
            failed=lambda error: self._failed(key, error),
            cancelled=lambda: self._running.discard(key),
        )

    def _read(self, desk: Desk, key: Key) -> Future[bytes | None]:
        """On the lane, which also imports the readers: have a guarded process read a page, without waiting for it."""
        readers, path = self._session.readers, errands.file_path(desk, key.sha256)
        return readers.pixels(path, key.what, key.number, key.width)

    def _follow(self, key: Key, pixels: Future[bytes | None]) -> None:
        self._session.jobs.run(
            "",
            lambda _way: _made(pixels),
            lambda image: self._arrived(key, image),
            failed=lambda error: self._failed(key, error),
            cancelled=lambda: self._running.discard(key),
        )

    def _arrived(self, key: Key, image: QImage | None) -> None:
        if key in self._running:  # else it is of a library that is not open any more
            self._running.discard(key)
            if image is not None:
                self.cache.put(key, image)
            self.drawn.emit(key, image)
        self._next()

    def _failed(self, key: Key, error: Exception) -> None:
        if key in self._running:
            self._running.discard(key)
            self.unread.emit(key, error)
        self._next()


def _made(pixels: Future[bytes | None]) -> Future[QImage | None]:
    """The picture as an image, made on the reader's thread."""
    image: Future[QImage | None] = Future()

    def make(done: Future[bytes | None]) -> None:
        error = done.exception()
        if error is not None:
            image.set_exception(error)
        else:
            image.set_result(image_of(done.result() or b""))

    pixels.add_done_callback(make)
    return image


def image_of(pixels: bytes) -> QImage | None:
    """What Readers.pixels tells, as an image; None where that is nothing, or its numbers do not agree."""
    if len(pixels) <= SIZE.size:
        return None
    wide, high = SIZE.unpack_from(pixels)
    if wide * high * 4 != len(pixels) - SIZE.size:
        return None
    # Plain pixels, not PNG: decoding a large page holds Python, and with it the window, for longer than a frame.
    return QImage(memoryview(pixels)[SIZE.size :], wide, high, wide * 4, QImage.Format.Format_RGB32).copy()
