"""What the window remembers about itself between two runs: its place and size, splitters, columns, section, order."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray

from portfolio_desktop import settings


class Memory:
    """Values by name; kept in the settings file when told to."""

    def __init__(self, path: Path, values: Mapping[str, Any]) -> None:
        self._path = path
        self._values = dict(values)

    def bytes(self, name: str) -> QByteArray | None:
        """A state of Qt's as it was remembered, or None."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return None
        try:
            return QByteArray(b64decode(value, validate=True))
        except (binascii.Error, ValueError):
            return None

    def text(self, name: str, usual: str = "") -> str:
        """A word that was remembered."""
        value = self._values.get(name)
        return value if isinstance(value, str) else usual

    def number(self, name: str, usual: int) -> int:
        """A number that was remembered."""
        value = self._values.get(name)
        return value if isinstance(value, int) else usual

    def put(self, name: str, value: QByteArray | str | int) -> None:
        """Remember a value."""
        self._values[name] = b64encode(value.data()).decode() if isinstance(value, QByteArray) else value

    def keep(self, last_library: str | None) -> None:
        """Write everything down; a place that cannot be written is told to the log only."""
        settings.remember(self._path, window=self._values, last_library=last_library)
