"""Where things lie on this computer.

resources   rules, forms, words, fonts, icons, sample work: beside the checkout, inside the wheel, or in the frozen program
home        settings, log and cache: one folder (`--home`), or the system's usual places (bootstrap/usual_places.py)
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
NAME = "portfolio-desktop"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one user on one computer; nothing here is created before it is written to."""

    settings: Path
    log: Path
    cache: Path
    default_library: Path
    sample: Path

    @classmethod
    def under(cls, home: Path) -> Places:
        """Name the places in one folder."""
        return cls(home / "settings.json", home / "log", home / "cache", home / "library", home / "sample")


def resources() -> Path:
    """The folder `resources/`, found in a frozen program, an installed wheel, or a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else [PACKAGE / "resources", PACKAGE.parents[1] / "resources"]
    for candidate in candidates:
        if (candidate / "rules").is_dir():
            return candidate
    raise FileNotFoundError(f"resources/ is missing; looked in {', '.join(map(str, candidates))}")
