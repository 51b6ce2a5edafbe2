"""Whether a library will be taken to a newer schema when it is opened, which may take a while: to be told before.

folder -> user_version in the database's header -> below the top of the ladder?
"""

from __future__ import annotations

from pathlib import Path

from portfolio_desktop.library import ladder
from portfolio_desktop.library.database import NAME, is_library

# https://www.sqlite.org/fileformat2.html#the_database_header
_USER_VERSION = slice(60, 64)


def is_outdated(folder: Path) -> bool:
    """Look into the header only; False where that is not possible, for opening to tell why."""
    try:
        if not is_library(folder / NAME):
            return False
        with (folder / NAME).open("rb") as file:
            header = file.read(_USER_VERSION.stop)
    except OSError:
        return False
    return int.from_bytes(header[_USER_VERSION], "big") < len(ladder.steps())
