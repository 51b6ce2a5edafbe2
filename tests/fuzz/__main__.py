"""The long run: one attempt after another until the time is over; everything that it finds is printed with its seed.

python3 dev.py fuzz --seconds 600 --seed 1 [--target NAME]… [--only ATTEMPT]
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from fuzz.targets import TARGETS, Targets
from helpers.mutations import steps

SHARES = {
    "structure": 12,
    "readers": 6,
    "zip": 6,
    "packed": 4,
    "folder": 4,
    "dump": 12,
    "filled": 1,
    "settings": 1,
    "backup": 2,
    "library": 3,
}
"""How often each target's turn comes; one where nothing stands."""
SLOW = 25.0
"""Seconds of one attempt that count as a hang; a guarded reader ends after twenty."""


def main() -> int:
    """Run; 0 when nothing was found, 1 otherwise."""
    given = _given()
    logging.disable(logging.CRITICAL)
    turns = [name for name in given.target or TARGETS for _ in range(SHARES.get(name, 1))]
    tried: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    found: Counter[str] = Counter()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        targets = Targets(Path(folder) / "arena")
        attempt = given.only if given.only is not None else 0
        while time.monotonic() < begin + given.seconds:
            chance = random.Random(f"{given.seed}/{attempt}")
            name, number, done = chance.choice(turns), chance.randrange(1 << 20), steps(chance)
            start = time.monotonic()
            try:
                outcome = targets.run(name, done, number)
                if outcome:
                    stopped[outcome] += 1
                if time.monotonic() - start > SLOW:
                    raise AssertionError(f"took {time.monotonic() - start:.1f} s")
            except Exception:  # noqa: BLE001 - whatever comes out is what was looked for
                text = "\n".join(line[:300] for line in traceback.format_exc().splitlines())
                kind = "\n".join(text.splitlines()[-3:])
                found[kind[-200:]] += 1
                if found[kind[-200:]] == 1:
                    _say(f"--- seed {given.seed} attempt {attempt} target {name}\n{text}")
                targets.close()
                targets = Targets(Path(folder) / f"arena-{attempt}")
            tried[name] += 1
            if given.only is not None:
                break
            attempt += 1
        targets.close()
    _say(f"attempts={sum(tried.values())} found={sum(found.values())} kinds={len(found)} seed={given.seed}")
    _say("  " + " ".join(f"{name}={count}" for name, count in sorted(tried.items())))
    _say("  readers ended: " + (" ".join(f"{why}={count}" for why, count in sorted(stopped.items())) or "none"))
    return 1 if found else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS))
    parser.add_argument("--only", type=int, help="repeat one attempt of an earlier run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
