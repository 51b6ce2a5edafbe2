"""The program's door.

portfolio-desktop              the window
portfolio-desktop COMMAND …    the command line (cli/main.py); Qt is not loaded
portfolio-desktop --worker …   a guarded reader of a frozen program, which has no `python -m` (inspection/worker.py)
portfolio-desktop --player     the frozen program's player of sound and film, in a process of its own (gui/playing/door.py)
portfolio-desktop --selftest   opens the window on a library of its own, draws it, and ends with 0 when that worked
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

WORKER = "--worker"
PLAYER = "--player"
INTERRUPTED = 130
SELFTEST = "--selftest"


def main() -> int:
    """Run what the arguments ask for; returns the exit code."""
    words = sys.argv[1:]
    if words[:1] == [WORKER]:
        # What a worker reads is its own: it must not meet the command line's parser.
        del sys.argv[1]
        return int(importlib.import_module("portfolio_desktop.inspection.worker").main() or 0)
    if words == [PLAYER]:
        return int(importlib.import_module("portfolio_desktop.gui.playing.door").main())
    if words == [SELFTEST]:
        return int(importlib.import_module("portfolio_desktop.gui.app").selftest())
    try:
        return int(importlib.import_module("portfolio_desktop.cli.main").main(words, open_window))
    except KeyboardInterrupt:  # before the command line minds Ctrl-C, or after
        return INTERRUPTED


def window() -> int:
    """Open the window, on the last library; the desktop's menu entry starts this."""
    return open_window(None, None)


def open_window(home: Path | None, library: Path | None) -> int:
    """Load Qt and the window, on (home, library); returns its exit code."""
    importlib.import_module("portfolio_desktop.gui.starting.unread").leave_sources_unread()
    return int(importlib.import_module("portfolio_desktop.gui.app").main(home, library))


if __name__ == "__main__":
    sys.exit(main())
