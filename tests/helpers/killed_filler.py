"""Makes a library from another one's dump, and is killed right before each of its writes: python killed_filler.py LIBRARY SCRATCH

The n-th folder in SCRATCH is left as the n-th kill left it, until one comes through. Prints how many there were.
"""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.killed_rebuilder import child
from helpers.libraries import Clock
from portfolio_desktop.library.library import Library


def fill(library: Path, folder: Path) -> None:
    """A library in `folder` that equals the one in `library`, closed again."""
    content = (library / "catalog.json").read_bytes()
    Library.from_dump(
        folder, content, lambda sha256: next((library / "files" / sha256[:16]).iterdir()), clock=Clock()
    ).close()


def main(library: Path, scratch: Path) -> None:
    number, killed = 0, True
    while killed:
        number += 1
        folder = scratch / str(number)
        folder.mkdir()
        killed, _seconds = child(folder, number, None, lambda there: fill(library, there))
    sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
