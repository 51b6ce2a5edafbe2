"""What the program remembers between two runs: a small JSON file, written whole or not at all.

A damaged or missing file means defaults: losing a window position must never keep a student from their work.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from portfolio_desktop import durable


@dataclass(frozen=True, slots=True)
class Settings:
    """The remembered choices.

    window     what the window keeps about itself, by name
    accepted   places that had to be warned of and may stay, by the library's folder (library/place.py)
    """

    last_library: str | None = None
    language: str | None = None
    window: dict[str, Any] = field(default_factory=dict)
    accepted: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> Settings:
    """Read the settings; defaults where the file or a value cannot be used."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    kinds: dict[str, type | tuple[type, ...]] = {"window": dict, "accepted": dict}
    usable = {
        f.name: stored[f.name]
        for f in fields(Settings)
        if f.name in stored and isinstance(stored[f.name], kinds.get(f.name, (str, type(None))))
    }
    return replace(Settings(), **usable)


def save(path: Path, settings: Settings) -> None:
    """Write the settings atomically; raises OSError when the place cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1, sort_keys=True)
    durable.write(path, text.encode(), f".{os.getpid()}")
