"""What the program remembers between two runs: a small JSON file, written whole or not at all.

A damaged or missing file means defaults: losing a window position must never keep a student from their work.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from portfolio_desktop import durable

APPEARANCES = ("system", "light", "dark")
TEXT_SIZES = range(100, 201)

logger = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Settings:
    """The remembered choices.

    window     what the window keeps about itself, by name
    accepted   places that had to be warned of and may stay, by the library's folder (library/place.py)
    appearance `system`, `light` or `dark`
    text_size  percent of the usual size, 100 to 200
    """

    last_library: str | None = None
    language: str | None = None
    window: dict[str, Any] = field(default_factory=dict)
    accepted: dict[str, Any] = field(default_factory=dict)
    appearance: str = "system"
    text_size: int = 100


def load(path: Path) -> Settings:
    """Read the settings; defaults where the file or a value cannot be used."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    return replace(Settings(), **{f.name: stored[f.name] for f in fields(Settings) if _is_usable(f.name, stored)})


def remember(path: Path, **changes: Any) -> Settings:
    """Change some of the choices, and write them; a place that cannot be written is told to the log only.

    Read anew first: what another run, or the window, remembered meanwhile stays.
    """
    with _one_at_a_time:
        changed = replace(load(path), **changes)
        try:
            save(path, changed)
        except (OSError, UnicodeError) as error:
            # Work goes on without a memory: a read-only home, a name that is no text.
            logger.warning("the settings could not be remembered in %s: %s", path, error)
    return changed


def save(path: Path, settings: Settings) -> None:
    """Write the settings atomically; raises OSError when the place cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1, sort_keys=True)
    durable.write(path, text.encode(), f".{os.getpid()}")


def _is_usable(name: str, stored: dict[str, Any]) -> bool:
    if name not in stored:
        return False
    value = stored[name]
    if name in ("window", "accepted"):
        return isinstance(value, dict)
    if name == "appearance":
        return value in APPEARANCES
    if name == "text_size":
        return type(value) is int and value in TEXT_SIZES
    return value is None or isinstance(value, str)
