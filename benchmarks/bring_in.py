"""Bring a folder into a new library, or into one that has it already, as the window does: safe first, looks later.

python -m benchmarks.bring_in LIBRARY FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile


def main() -> int:
    """Add every file of the folder, and close the library."""
    library, folder = map(Path, sys.argv[1:3])
    known = (library / "library.sqlite3").is_file()
    with Library.open(library) if known else Library.create(library, Profile("general", 113)) as opened:
        added = opened.add([folder])
        print(f"{len(added.added)} added, {len(added.duplicates)} known, {len(added.refused)} refused")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
