"""Goal 12: what grows with the work, and what must not.

add, check, export    seconds per megabyte, many files beside a tenth of them: about one
find, the window      10,000 pieces beside 100: about one
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.corpus import files_of
from benchmarks.goals_window import ended, screen
from benchmarks.many_pieces import many_pieces
from benchmarks.measure import Contestant, command, race
from benchmarks.options import Options, program, scratch
from benchmarks.peers import have
from benchmarks.table import Row

LINEAR = 1.25
"""Seconds per megabyte may be so much more with ten times the files."""
FLAT = 1.5
"""Seconds may be so much more with a hundred times the pieces."""
FEW, MANY = 100, 10_000
CHECKED = 200
"""Files to check to the full verdict; more would take minutes and say the same."""
QUERIES = ("水", "排水", "專題報告", "國語文", "讀書心得")


def rows(options: Options) -> list[Row]:
    """Measure both kinds."""
    return [*linear(options), *flat(options)]


def linear(options: Options) -> list[Row]:
    """Work that may take as long as there are bytes."""
    few, many = options.corpus(options.files // 10), options.corpus(options.files)
    adding: dict[str, Contestant] = {}
    exporting: dict[str, Contestant] = {}
    for folder in (few, many):
        library, out = scratch(f"growth-{folder.name}"), scratch(f"growth-out-{folder.name}")
        add = [sys.executable, "-m", "benchmarks.bring_in", library, folder]
        adding[f"add {folder.name}"] = Contestant(command(add), partial(scratch, library.name))
        export: list[str | Path] = ["export", "--all", "--year", "113", "--out", out / "bundle"]
        run = command(program(scratch("home"), "--library", library, *export), codes=(0, 1))
        exporting[f"export {folder.name}"] = Contestant(run, partial(scratch, out.name))
    taken = race(adding, options.rounds) | race(exporting, options.rounds)
    tenth, whole = options.corpus(CHECKED // 10), options.corpus(CHECKED)
    home = scratch("home")
    taken |= race(
        {
            f"check {folder.name}": Contestant(command(program(home, "check", folder, "--json"), codes=(0, 1)))
            for folder in (tenth, whole)
        },
        options.rounds,
    )
    found = []
    for work, small, large in (("add", few, many), ("export", few, many), ("check", tenth, whole)):
        per = [taken[f"{work} {folder.name}"] / megabytes(folder) for folder in (large, small)]
        files = f"{len(files_of(large)):,} files"
        found.append(Row("12", f"{work}: seconds per MB, {files}", per[0], "a tenth of them", per[1], at_most=LINEAR))
    return found


def flat(options: Options) -> list[Row]:
    """What a person waits for at every key and click."""
    home = scratch("home")
    finding = {count: median(seconds_to_find(home, many_pieces(count))) for count in (FEW, MANY)}
    found = [Row("12", f"find among {MANY:,} pieces, in the process", finding[MANY], f"{FEW} pieces", finding[FEW])]
    if all(map(have, ("Xvfb", "openbox"))):
        with screen() as display:
            start = [sys.executable, "-m", "benchmarks.our_window", str(home)]
            taken = race(
                {
                    str(count): Contestant(partial(ended, [*start, str(many_pieces(count))], display))
                    for count in (FEW, MANY)
                },
                options.rounds,
            )
        found.append(
            Row("12", f"window with {MANY:,} pieces", taken[str(MANY)], f"{FEW} pieces", taken[str(FEW)], at_most=FLAT)
        )
    return found


def seconds_to_find(home: Path, library: Path) -> list[float]:
    """What `find --json` says that its queries took."""
    asked = [program(home, "--library", library, "find", text, "--json") for text in QUERIES]
    answers = [subprocess.run(words, env=os.environ, capture_output=True, check=True).stdout for words in asked]
    return [float(json.loads(answer)["seconds"]) for answer in answers]


def megabytes(folder: Path) -> float:
    """The size of all files of a folder."""
    return sum(path.stat().st_size for path in files_of(folder)) / 1e6
