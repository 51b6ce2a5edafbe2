"""Our window on a library, ended as soon as rows stand on the screen: what goal 6 times.

The program's own way to start (gui/app.py), with one pair of eyes added: the first painting of the table that has rows
ends the process. With `--whole` it ends by being closed, as soon as the library was read: what it keeps for its next
start is kept then.

    python -m benchmarks.our_window HOME LIBRARY [--whole]
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    """Open the window as the program does (__main__.py), and watch it."""
    importlib.import_module("portfolio_desktop.gui.starting.unread").leave_sources_unread()
    watched = importlib.import_module("benchmarks.watched_start")
    home, library = map(Path, sys.argv[1:3])
    return int(watched.run(home, library, whole="--whole" in sys.argv))


if __name__ == "__main__":
    raise SystemExit(main())
