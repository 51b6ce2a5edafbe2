"""Pictures that were drawn already, the newest kept, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal, NamedTuple

from PySide6.QtGui import QImage

LIMIT_BYTES = 96_000_000


class Key(NamedTuple):
    """One picture of a file: by its SHA-256; `number` is the page from 0 or the time in milliseconds, `width` in pixels."""

    sha256: str
    what: Literal["page", "thumbnail", "frame"]
    number: int
    width: int


class Cache:
    """A bounded store of pictures."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[Key, QImage] = OrderedDict()

    def get(self, key: Key) -> QImage | None:
        """A picture, or None; one that was asked for stays longer."""
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
        return image

    def nearest(self, key: Key) -> QImage | None:
        """The same page in the width that is nearest to the wanted one."""
        near = [one for one in self._kept if one[:3] == key[:3]]
        return self.get(min(near, key=lambda one: abs(one.width - key.width))) if near else None

    def put(self, key: Key, image: QImage) -> None:
        """Keep a picture and let the oldest go while there are too many."""
        old = self._kept.pop(key, None)
        self._bytes += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._kept[key] = image
        while self._bytes > self._limit and len(self._kept) > 1:
            _key, gone = self._kept.popitem(last=False)
            self._bytes -= gone.sizeInBytes()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """What the kept pictures take."""
        return self._bytes
