"""python -m chaos --kills 1000 --seed 7: the last line says lost=0 orphans=0 corrupt=0 kills=1000, or the exit code is 1."""

from __future__ import annotations

import argparse
import gc
import json
import os
import select
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from chaos.killer import Count, Lane
from chaos.sabotage import WAYS

KEEP = Path(__file__).resolve().parents[2] / "build" / "chaos"


def main(words: list[str]) -> int:
    """Kill, print, and say whether anything was found."""
    parser = argparse.ArgumentParser(prog="dev.py chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with (7)")
    parser.add_argument("--lanes", type=int, default=min(4, os.cpu_count() or 1), help="libraries killed side by side")
    parser.add_argument("--life", type=int, default=25, help="kills of one library before another one begins (25)")
    parser.add_argument("--keep", type=Path, default=KEEP, help="where broken libraries are kept (build/chaos)")
    parser.add_argument("--scratch", type=Path, default=None, help="on which disk (the system's temporary folder)")
    parser.add_argument("--sabotage", choices=sorted(WAYS), default="", help="break durability: must be found out")
    chosen = parser.parse_args(words)
    if not hasattr(os, "fork"):
        print("chaos needs a system that forks: Linux or macOS")
        return 2
    begun = time.monotonic()
    total = run(chosen)
    seconds = time.monotonic() - begun
    for name, times in sorted(total.where.items(), key=lambda item: -item[1]):
        print(f"killed in {name}: {times}")
    for name, times in sorted(total.seen.items(), key=lambda item: -item[1]):
        print(f"seen before recovery: {name}: {times}")
    for sentence in total.found[:40]:
        print(f"FOUND {sentence}")
    print(f"seed={chosen.seed} seconds={seconds:.1f} each={1000 * seconds / max(1, total.kills):.0f} ms")
    print(f"lost={total.lost} orphans={total.orphans} corrupt={total.corrupt} kills={total.kills}")
    return 0 if total.kills == chosen.kills and not (total.lost or total.orphans or total.corrupt) else 1


def run(chosen: argparse.Namespace) -> Count:
    """The kills of all lanes, each in a process of its own; what was broken on purpose is looked for until one has found it."""
    gc.freeze()  # what is loaded now is shared with every fork
    scratch = Path(tempfile.gettempdir()) if chosen.scratch is None else chosen.scratch
    lanes = max(1, min(chosen.lanes, chosen.kills))
    pipes = {}
    stop, going_on = os.pipe()
    for number in range(lanes):
        kills = chosen.kills // lanes + (number < chosen.kills % lanes)
        ours, theirs = os.pipe()
        process = os.fork()
        if process == 0:
            code = 1
            try:
                os.close(ours)
                os.close(going_on)
                lane = Lane(chosen.seed * 1000 + number, scratch, chosen.keep, chosen.life, chosen.sabotage)
                for count in lane.kill(kills):
                    os.write(theirs, json.dumps(vars(count)).encode() + b"\n")
                    if select.select([stop], [], [], 0)[0]:
                        break
                code = 0
            except BaseException:  # noqa: BLE001 - it crosses a process
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(theirs)
        pipes[ours] = process
    total, shown = Count(), time.monotonic()
    rests = dict.fromkeys(pipes, b"")
    os.close(stop)
    found = False
    while pipes:
        for pipe in select.select(list(pipes), [], [])[0]:
            told = os.read(pipe, 1 << 16)
            if not told:
                os.close(pipe)
                os.waitpid(pipes.pop(pipe), 0)
                continue
            *lines, rests[pipe] = (rests[pipe] + told).split(b"\n")
            for line in lines:
                values = json.loads(line)
                total.add(Count(**values | {name: Counter(values[name]) for name in ("where", "seen")}))
        if chosen.sabotage and getattr(total, WAYS[chosen.sabotage].shows) and not found:
            os.close(going_on)
            found = True
        if time.monotonic() - shown > 10:
            shown = time.monotonic()
            print(f"… {total.kills} of {chosen.kills}", file=sys.stderr, flush=True)
    return total


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
