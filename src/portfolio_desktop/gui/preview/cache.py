"""Pictures that were drawn already, the newest kept, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtGui import QImage

Key = tuple[str, int, int]
"""SHA-256 of the file, page from 0, width in pixels."""

LIMIT_BYTES = 96_000_000


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
