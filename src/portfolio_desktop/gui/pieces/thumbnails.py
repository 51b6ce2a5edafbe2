"""Gets the small pictures of the cards that can be seen: from memory, from disk, from a guarded reader, in this order.

    want([sha256 …])  ─ not in memory ─▶ disk (a thread beside) ─ not there ─▶ lane: where the file lies ─▶ reader ─▶ disk
                                              └──────────── QImage, cut and scaled there ◀─────────────────┘
    came()  one or more can be drawn

A new wish takes the place of the last one: what was scrolled past is not read. Few are under way at a time, so that the
library and the preview are not kept waiting; a file of which no picture came is not asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.picture_store import PictureStore
from portfolio_desktop.gui.preview.cache import Cache, Key
from portfolio_desktop.gui.session import Session

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

SIZES = (320, 640)
"""The pixels that readers are asked for, so that few sizes are kept."""
AT_ONCE = 2
LIMIT_BYTES = 64_000_000
PAGE_SHAPE = 1.15
"""Pictures this much higher than wide, as pages are, show their upper part; all others are shown whole."""


class Thumbnails(QObject):
    """The pictures in memory, and the fetching of those that lack."""

    came = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._store = PictureStore(session.ground.places.cache)
        self._memory = Cache(LIMIT_BYTES)
        self._nothing: set[str] = set()
        self._wanted: list[str] = []
        self._under_way: set[str] = set()
        self._size, self._ratio = QSize(1, 1), 1.0
        session.opened.connect(lambda _shelf: self.forget())

    def fit(self, size: QSize, ratio: float) -> None:
        """The room for a picture in units, and the screen's pixels a unit: others are made when these change."""
        if (size, ratio) != (self._size, self._ratio):
            self._size, self._ratio = size, ratio

    def picture(self, sha256: str) -> QImage | None:
        """A picture that is there, made for cards of another size where there is no other yet; None while there is none."""
        key = self._key(sha256)
        return self._memory.get(key) or self._memory.nearest(key)

    def want(self, hashes: Sequence[str]) -> None:
        """Have these, and not what was wanted before."""
        self._wanted = [
            sha256
            for sha256 in dict.fromkeys(hashes)
            if sha256 not in self._nothing and self._memory.get(self._key(sha256)) is None
        ]
        self._go_on()

    def forget(self) -> None:
        """Ask for nothing any more: another library is open."""
        self._wanted, self._nothing = [], set()

    def _go_on(self) -> None:
        while self._wanted and len(self._under_way) < AT_ONCE and self._session.shelf is not None:
            sha256 = self._wanted.pop(0)
            if sha256 not in self._under_way:
                self._under_way.add(sha256)
                self._fetch(sha256)

    def _fetch(self, sha256: str) -> None:
        jobs, key, name, wanted = self._session.jobs, self._key(sha256), self._name(sha256), self._pixels()
        jobs.run(
            "",
            lambda _way: jobs.aside(self._from_disk, name, wanted),
            lambda image: self._came(key, image) if image is not None else self._ask(key),
            failed=lambda _error: self._ask(key),
            cancelled=lambda: self._over(sha256),
        )

    def _ask(self, key: Key) -> None:
        """Nothing on disk: have it read. What is in the way of that is not worth a word, there is a drawing instead."""
        sha256 = key.sha256
        self._session.ask(
            "",
            self._read,
            sha256,
            self._side(),
            done=lambda png: self._follow(key, png),
            failed=lambda _error: self._came(key, None),
            cancelled=lambda: self._over(sha256),
        )

    def _read(self, desk: Desk, sha256: str, side: int) -> Future[bytes | None]:
        """On the lane: begin, without waiting."""
        return self._session.readers.thumbnail(errands.file_path(desk, sha256), side)

    def _follow(self, key: Key, png: Future[bytes | None]) -> None:
        jobs, sha256 = self._session.jobs, key.sha256
        name, wanted = self._name(sha256), self._pixels()
        jobs.run(
            "",
            lambda _way: self._made(name, png, wanted),
            lambda image: self._came(key, image),
            failed=lambda _error: self._came(key, None),
            cancelled=lambda: self._over(sha256),
        )

    def _came(self, key: Key, image: QImage | None) -> None:
        if image is None:
            self._nothing.add(key.sha256)
        else:
            self._memory.put(key, image)
            self.came.emit()
        self._over(key.sha256)

    def _over(self, sha256: str) -> None:
        self._under_way.discard(sha256)
        self._go_on()

    def _from_disk(self, name: str, wanted: QSize) -> QImage | None:
        """On a thread beside."""
        data = self._store.load(name)
        return None if data is None else fitted(data, wanted)

    def _made(self, name: str, png: Future[bytes | None], wanted: QSize) -> Future[QImage | None]:
        """The picture as it is drawn, made and kept on the reader's thread."""
        image: Future[QImage | None] = Future()

        def make(done: Future[bytes | None]) -> None:
            error = None if done.cancelled() else done.exception()
            if error is not None:
                image.set_exception(error)
                return
            data = None if done.cancelled() else done.result()
            made = fitted(data, wanted) if data is not None else None
            if data is not None and made is not None:
                self._store.keep(name, data)
            image.set_result(made)

        png.add_done_callback(make)
        return image

    def _side(self) -> int:
        """How many pixels a reader is asked for."""
        needed = max(self._pixels().width(), self._pixels().height())
        return next((side for side in SIZES if side >= needed), SIZES[-1])

    def _pixels(self) -> QSize:
        return QSize(round(self._size.width() * self._ratio), round(self._size.height() * self._ratio))

    def _key(self, sha256: str) -> Key:
        return Key(sha256, "thumbnail", 0, self._pixels().width())

    def _name(self, sha256: str) -> str:
        return f"{sha256}-{self._side()}"


def fitted(data: bytes, room: QSize) -> QImage | None:
    """A picture in just the pixels that a card has for it: a page's upper part, all of anything else; None for no picture."""
    image = QImage.fromData(data)
    if image.isNull() or room.isEmpty():
        return None
    if image.height() > image.width() * PAGE_SHAPE:
        wide = image.scaledToWidth(room.width(), Qt.TransformationMode.SmoothTransformation)
        return wide.copy(0, 0, room.width(), min(room.height(), wide.height()))
    return image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
