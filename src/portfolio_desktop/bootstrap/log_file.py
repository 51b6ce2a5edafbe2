"""The log file: three of 1 MB at most, the oldest lines go first.

record -> LogFile -> <home>/log/portfolio-desktop.log, .log.1, .log.2
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

BYTES = 1_000_000
FILES = 3


class LogFile(RotatingFileHandler):
    """A log file whose folder is made with its first line, and whose own trouble (a read-only home) stays silent."""

    def __init__(self, path: Path) -> None:
        """`path` is the newest of the files; nothing is created yet."""
        super().__init__(
            path, maxBytes=BYTES, backupCount=FILES - 1, encoding="utf-8", errors="backslashreplace", delay=True
        )
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, if the place allows it."""
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Say nothing: a log that cannot be written must not disturb what it was to tell about."""
