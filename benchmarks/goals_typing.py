"""Goal 7: a list of 10,000 pieces: a keystroke in the search until the filtered rows are painted; sorting; the longest turn.

    ours     the whole window on a real library, as a student has it (typing_window.py, in a process of its own)
    proxy    the same titles and cells in the plainest Python model behind Qt's QSortFilterProxyModel, in a table of its own

Both take turns in one process; every painting is waited for. The longest turn is that of the event loop while the list is
searched, filtered, grouped, sorted and scrolled, as a table and as cards: in seconds, and in processor time of its thread.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.many_pieces import many_pieces
from benchmarks.options import Options, scratch
from benchmarks.table import Row

COUNT = 10_000


def rows(options: Options) -> list[Row]:
    """Drive the window, and read what it says."""
    words = [sys.executable, "-m", "benchmarks.typing_window", scratch("typing"), many_pieces(COUNT), options.rounds]
    ran = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"},
        capture_output=True,
        check=False,
        text=True,
    )
    if ran.returncode:
        raise SystemExit(f"the window of goal 7 ended with {ran.returncode}: {ran.stderr[-2000:]}")
    took = json.loads(ran.stdout.splitlines()[-1])
    peer = "QSortFilterProxyModel"
    return [
        Row("7", "keystroke to painted filter", took["filter"], f"{peer}, title", took["proxy title"], at_most=0.35),
        Row(
            "7", "keystroke to painted filter", took["filter"], f"{peer}, all columns", took["proxy all"], at_most=0.35
        ),
        Row("7", "sort by title", took["sort"], peer, took["proxy sort"], at_most=0.05),
        Row("7", f"longest turn, thread's own time ({took['own name']})", took["longest own"], at_most=0.1),
        Row("7", f"longest turn ({took['longest name']})", took["longest"], at_most=0.1),
    ]
