"""What stands before any library is open: places, settings, language, rules, forms, and the log.

    lay(home, language)  ->  Ground          reads settings, chooses the language; opens no database, writes nothing
    keep_log(places)     ->  the log file is fed while the context lasts

What not every run needs is imported when it is first asked for, through its module's name: the system's places without
`--home` (usual_places.py), the rules, the forms, the log file with its first line (log_file.py).
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio_desktop import messages, settings
from portfolio_desktop.places import Places, resources
from portfolio_desktop.settings import Settings

if TYPE_CHECKING:
    from portfolio_desktop.findings.rules import RuleBook
    from portfolio_desktop.pieces.forms import FormBook
    from portfolio_desktop.pieces.telling_words import TellingWords

HERE = "portfolio_desktop.bootstrap"
LOG_NAME = "portfolio-desktop.log"


@dataclass(frozen=True, slots=True)
class Ground:
    """The places and data that every command and the window share."""

    places: Places
    settings: Settings
    resources: Path

    @property
    def rules(self) -> RuleBook:
        """Every school year's rules."""
        book: RuleBook = _book("portfolio_desktop.findings.rules", "RuleBook", self.resources / "rules")
        return book

    @property
    def forms(self) -> FormBook:
        """The upload form of every category."""
        book: FormBook = _book("portfolio_desktop.pieces.forms", "FormBook", self.resources / "forms")
        return book

    @property
    def telling_words(self) -> TellingWords:
        """The words in names that tell a category."""
        words: TellingWords = _book(
            "portfolio_desktop.pieces.telling_words", "TellingWords", self.resources / "guesses"
        )
        return words

    def remember(self, library: Path) -> Ground:
        """The ground that knows `library` as the last one used; the settings are written only when that is news."""
        folder = str(library.absolute())  # not resolved: a mapped drive stays the name that the student knows
        if folder == self.settings.last_library:
            return self
        return replace(self, settings=settings.remember(self.places.settings, last_library=folder))


def lay(home: Path | None = None, language: str | None = None) -> Ground:
    """Read the settings and put the language in use: the one asked for, else the remembered one, else the system's."""
    places = importlib.import_module(f"{HERE}.usual_places").usual_places() if home is None else Places.under(home)
    remembered = settings.load(places.settings)
    folder = resources()
    messages.use(language or remembered.language or messages.preferred(), folder / "locale")
    return Ground(places, remembered, folder)


@cache
def _book(module: str, name: str, folder: Path) -> Any:
    """A book, read from `folder` once a run: `--help` needs neither, `check` no forms."""
    return getattr(importlib.import_module(module), name).load(folder)


@contextmanager
def keep_log(places: Places) -> Iterator[Path]:
    """Feed the log file while the context lasts; gives its path. No file before the first line (log_file.py has its size)."""
    path = places.log / LOG_NAME
    handler = _LateFile(path)
    handler.setLevel(logging.INFO)
    root, ours = logging.getLogger(), logging.getLogger("portfolio_desktop")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield path
    finally:
        ours.setLevel(level)
        root.removeHandler(handler)
        handler.close()


class _LateFile(logging.Handler):
    """A log file that is made with its first line: most runs of a command have none."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = importlib.import_module(f"{HERE}.log_file").LogFile(self._path)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
