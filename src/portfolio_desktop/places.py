"""Where things lie on this computer.

resources   rules, forms, words, fonts, icons, sample work: beside the checkout, inside the wheel, or in the frozen program
home        settings, log and cache: the system's usual places, or one folder (`--home`, used by tests)
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

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
    def of_user(cls, home: Path | None = None) -> Places:
        """Name the places under `home`, or the system's usual ones."""
        if home is not None:
            return cls(home / "settings.json", home / "log", home / "cache", home / "library", home / "sample")
        usual = PlatformDirs(NAME, appauthor=False)
        return cls(
            settings=usual.user_config_path / "settings.json",
            log=usual.user_log_path,
            cache=usual.user_cache_path,
            default_library=usual.user_documents_path / "學習歷程",
            sample=usual.user_data_path / "sample",
        )


def resources() -> Path:
    """The folder `resources/`, found in a frozen program, an installed wheel, or a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else [PACKAGE / "resources", PACKAGE.parents[1] / "resources"]
    for candidate in candidates:
        if (candidate / "rules").is_dir():
            return candidate
    raise FileNotFoundError(f"resources/ is missing; looked in {', '.join(map(str, candidates))}")
