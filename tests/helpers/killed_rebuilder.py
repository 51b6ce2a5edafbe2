"""Rebuilds copies of a damaged library, and is killed in each: python killed_rebuilder.py LIBRARY SCRATCH calls|moments COUNT

    calls     the n-th copy right before the n-th call to the file system, until one comes through
    moments   COUNT copies at random moments

Prints how many there were. One process imports the program; its children, one a copy, are the ones that die.
"""

from __future__ import annotations

import datetime
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from helpers.faults import killing
from portfolio_desktop.library.safekeeping.rebuilding import rebuild

MOMENT = datetime.datetime(2026, 11, 23, 8, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def _rebuild(folder: Path) -> None:
    rebuild(folder, clock=lambda: MOMENT)


def main(library: Path, scratch: Path, how: str, count: int) -> None:
    chance, number = random.Random(count), 0
    whole = child(Path(shutil.copytree(library, scratch / "whole", symlinks=True)), None, None)[1]
    while number < count:
        number += 1
        folder = Path(shutil.copytree(library, scratch / str(number), symlinks=True))
        moment = chance.uniform(0, whole) if how == "moments" else None
        killed, _seconds = child(folder, number if how == "calls" else None, moment)
        if how == "calls" and not killed:
            break
    sys.stdout.write(f"{number}\n")


def child(
    folder: Path, call: int | None, moment: float | None, act: Callable[[Path], object] = _rebuild
) -> tuple[bool, float]:
    """Do it in a child; whether it was killed, and how long it lived."""
    began = time.monotonic()
    process = os.fork()
    if process == 0:
        if call is not None:
            killing(folder, call)
        try:
            act(folder)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    if moment is not None:
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
    _pid, status = os.waitpid(process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit(f"what was to be killed failed with {os.WEXITSTATUS(status)}")
    return os.WIFSIGNALED(status), time.monotonic() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
