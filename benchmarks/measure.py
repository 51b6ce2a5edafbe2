"""Runs side by side: contestants take turns, medians count, memory is that of the whole process tree.

    race({"ours": run, "cp": run}, rounds=5)  ->  {"ours": 1.52, "cp": 0.97}      seconds, medians of interleaved runs
    peak(command)                             ->  bytes, in a run of its own, so that looking costs no time that counts

A machine with other work on it slows all contestants alike when they take turns: ratios stay, seconds don't.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LOOK = 0.05
"""Seconds between two looks at a process tree's memory."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One side of a race: `run` is timed; `before` clears the ground and is not. A run may time itself and say so."""

    run: Callable[[], float | None]
    before: Callable[[], object] = lambda: None


def race(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, float]:
    """Seconds of each, the median of `rounds` turns; every second round goes in the opposite order."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants.items())
        for name, contestant in reversed(order) if number % 2 else order:
            contestant.before()
            os.sync()
            began = time.perf_counter()
            own = contestant.run()
            taken[name].append(time.perf_counter() - began if own is None else own)
    return {name: median(times) for name, times in taken.items()}


def command(
    words: Sequence[object],
    *,
    env: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
    input_text: str | None = None,
) -> Callable[[], None]:
    """A run of a program, its output thrown away; an unexpected exit code ends the benchmark with what it said."""

    def run() -> None:
        ran = subprocess.run(
            [str(word) for word in words],
            env={**os.environ, **(env or {})},
            input=None if input_text is None else input_text.encode(),
            stdin=subprocess.DEVNULL if input_text is None else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if codes and ran.returncode not in codes:
            said = ran.stderr.decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(map(str, words[:6]))} ended with {ran.returncode}: {said}")

    return run


def peak(words: Sequence[object], *, env: Mapping[str, str] | None = None) -> int:
    """The most memory, in bytes, that a program and its children held together; shared pages count once (PSS)."""
    most = 0
    process = subprocess.Popen(
        [str(word) for word in words],
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ended = threading.Event()

    def look() -> None:
        nonlocal most
        while not ended.wait(LOOK):
            most = max(most, sum(map(held, tree(process.pid))))

    watcher = threading.Thread(target=look)
    watcher.start()
    process.wait()
    ended.set()
    watcher.join()
    return most


def tree(pid: int) -> list[int]:
    """A process and all that it started, directly or not."""
    found = [pid]
    for number in found:
        for listing in Path(f"/proc/{number}/task").glob("*/children"):
            try:
                found.extend(map(int, listing.read_text().split()))
            except OSError:
                continue  # it has ended
    return found


def held(pid: int, what: str = "Pss") -> int:
    """A process's memory in bytes, shared pages in part (Pss) or in full (Rss); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{what}:"))
