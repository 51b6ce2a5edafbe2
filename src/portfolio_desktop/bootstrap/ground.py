"""What stands before any library is open: places, settings, language, rules, forms, and the log.

    lay(home, language)  ->  Ground          reads settings, chooses the language; opens no database, writes nothing
    keep_log(places)     ->  the log file is fed while the context lasts

Rules and forms are imported and read when they are first asked for, and once (books.py): `--help` needs neither.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio_desktop import messages, settings
from portfolio_desktop.places import Places, resources
from portfolio_desktop.settings import Settings

if TYPE_CHECKING:
    from portfolio_desktop.findings.rules import RuleBook
    from portfolio_desktop.pieces.forms import FormBook

BOOKS = "portfolio_desktop.bootstrap.books"
LOG_NAME = "portfolio-desktop.log"
LOG_BYTES = 1_000_000
LOG_FILES = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ground:
    """The places and data that every command and the window share."""

    places: Places
    settings: Settings
    resources: Path

    @property
    def rules(self) -> RuleBook:
        """Every school year's rules."""
        book: RuleBook = importlib.import_module(BOOKS).rules(self.resources / "rules")
        return book

    @property
    def forms(self) -> FormBook:
        """The upload form of every category."""
        book: FormBook = importlib.import_module(BOOKS).forms(self.resources / "forms")
        return book

    def remember(self, library: Path) -> Ground:
        """The ground that knows `library` as the last one used; the settings are written only when that is news."""
        folder = str(library.absolute())  # not resolved: a mapped drive stays the name that the student knows
        if folder == self.settings.last_library:
            return self
        remembered = replace(self.settings, last_library=folder)
        try:
            settings.save(self.places.settings, remembered)
        except (OSError, UnicodeError) as error:
            # Work goes on without a memory: a read-only home, a name that is no text.
            logger.warning("the last library could not be remembered in %s: %s", self.places.settings, error)
        return replace(self, settings=remembered)


def lay(home: Path | None = None, language: str | None = None) -> Ground:
    """Read the settings and put the language in use: the one asked for, else the remembered one, else the system's."""
    places = Places.of_user(home)
    remembered = settings.load(places.settings)
    folder = resources()
    messages.use(language or remembered.language or messages.preferred(), folder / "locale")
    return Ground(places, remembered, folder)


@contextmanager
def keep_log(places: Places) -> Iterator[Path]:
    """Feed the log file (three of 1 MB at most) while the context lasts; gives its path. No file before the first line."""
    path = places.log / LOG_NAME
    handler = _LateFile(
        path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", errors="backslashreplace", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
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


class _LateFile(RotatingFileHandler):
    """A log file whose folder is made with its first line, and whose own trouble (a read-only home) stays silent."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Say nothing: a log that cannot be written must not disturb what it was to tell about."""
