"""What a run of the benchmarks was asked for, and the places that it works in."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import CACHE

SCRATCH = CACHE / f"scratch-{os.getpid()}"
PROGRAM = Path(sys.executable).with_name("portfolio-desktop")


@dataclass(frozen=True, slots=True)
class Options:
    """`files`: how many to bring in (goals 1, 2, 8, 12). `rounds`: turns of each contestant. `slow`: calibre too."""

    files: int = 2000
    rounds: int = 3
    slow: bool = True

    def corpus(self, count: int | None = None) -> Path:
        """A corpus, made in a process of its own: its encoders' memory must not be measured as ours."""
        count = self.files if count is None else count
        subprocess.run([sys.executable, "-m", "benchmarks.corpus", str(count)], check=True)
        return CACHE / f"corpus-{count}"


def scratch(name: str) -> Path:
    """An empty folder of that name, this run's own, on the disk that holds the corpora; what was in it is gone."""
    if not SCRATCH.exists():
        atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def program(home: Path, *words: object) -> list[str]:
    """The command line of our program, with its settings under `home`."""
    return [str(PROGRAM), "--home", str(home), *map(str, words)]
