"""All benchmarks, or those that are named: `python -m benchmarks --goal 3 --goal 5`.

A table of ratios is printed and, with --json, written to a file. Nothing is asserted: whoever reads it judges.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.options import Options
from benchmarks.table import Row, table

GOALS = {
    "1": "library_goals",
    "2": "library_goals",
    "3": "goals_check",
    "4": "library_goals",
    "5": "goals_start",
    "6": "goals_window",
    "7": "goals_typing",
    "8": "bundle_goals",
    "9": "goals_verify",
    "12": "goals_growth",
}


def main(arguments: Sequence[str]) -> int:
    """Run the wanted goals and print what came out."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--goal", action="append", choices=GOALS, help="only this one (may be repeated)")
    parser.add_argument("--files", type=int, default=2000, help="how many files to bring in (default: 2000)")
    parser.add_argument("--rounds", type=int, default=3, help="turns that each contestant takes (default: 3)")
    parser.add_argument("--no-slow", action="store_true", help="without what takes minutes a turn: calibre")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    wanted = parser.parse_args(arguments)
    # An installed program finds its modules compiled; without this each start would compile them anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = Options(wanted.files, wanted.rounds, not wanted.no_slow)
    modules = dict.fromkeys(GOALS[goal] for goal in wanted.goal or GOALS)
    rows: list[Row] = []
    for module in modules:
        began = time.monotonic()
        print(f"{module} ...", flush=True)
        found: list[Row] = importlib.import_module(f"benchmarks.{module}").rows(options)
        rows += [row for row in found if not wanted.goal or row.goal in wanted.goal]
        print(f"{module}: {time.monotonic() - began:.0f} s", flush=True)
    print(f"\nPython {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores\n")
    print(table(rows))
    if wanted.json:
        wanted.json.write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
