"""Goal 5: how soon a command is there, beside calibre's and a bare interpreter."""

from __future__ import annotations

import sys

from benchmarks.corpus import files_of
from benchmarks.measure import Contestant, command, race
from benchmarks.options import Options, program, scratch
from benchmarks.peers import have
from benchmarks.table import Row

ROUNDS = 5
"""Times the asked-for rounds: a start is short."""


def rows(options: Options) -> list[Row]:
    """Run the race."""
    home = scratch("start")
    small = min(
        (path for path in files_of(options.corpus(200)) if path.suffix == ".pdf" and path.stat().st_size),
        key=lambda path: path.stat().st_size,
    )
    contestants = {
        "help": Contestant(command(program(home, "--help"))),
        "check": Contestant(command(program(home, "check", small, "--json"), codes=(0, 1))),
        "python": Contestant(command([sys.executable, "-c", "pass"])),
    }
    if have("calibredb"):
        contestants["calibre"] = Contestant(command(["calibredb", "--version"]))
    taken = race(contestants, options.rounds * ROUNDS)
    found = [Row("5", "--help", taken["help"], "bare Python", taken["python"])]
    if "calibre" in taken:
        found.append(Row("5", "--help", taken["help"], "calibredb --version", taken["calibre"], at_most=0.25))
        found.append(
            Row("5", "check a small PDF", taken["check"], "calibredb --version", taken["calibre"], at_most=0.5)
        )
    found.append(Row("5", "check a small PDF", taken["check"], "our --help", taken["help"]))
    return found
