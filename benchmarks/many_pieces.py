"""A library of many small pieces with much text, made once through the program's own door and kept in build/.

many_pieces(10_000)  ->  its folder      each piece: a file of its own, a summary, 2,000 characters of document text

python -m benchmarks.many_pieces COUNT
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

from benchmarks.corpus import CACHE, SUBJECTS, TEXT, WORKS, salted
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.ladder import steps
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, Look, NewPiece
from portfolio_desktop.terms import Term

LENGTH = 2_000
"""Characters of document text a piece."""
CATEGORIES = ("officer", "competition", "certificate", "service", "flexible", "group", "workplace", "creation", "other")
# Two thousand characters, those of school texts first: the first come often, the last hardly ever, as in real ones.
CHARACTERS = "".join(dict.fromkeys(TEXT + "".join(SUBJECTS + WORKS))) + "".join(map(chr, range(0x4E00, 0x8E00, 9)))


def many_pieces(count: int) -> Path:
    """The library with `count` pieces, made if it is not there yet; a process of its own makes it."""
    folder = CACHE / f"pieces-{count}-{len(steps())}"
    if not folder.is_dir():
        subprocess.run([sys.executable, "-m", "benchmarks.many_pieces", str(count)], check=True)
    return folder


def make(count: int, folder: Path) -> None:
    """Bring in `count` small pictures, describe them, and record a text for each as a deep reader would."""
    chance = random.Random(count)
    making, incoming = folder.with_suffix(".making"), folder.with_suffix(".files")
    for old in (making, incoming):
        shutil.rmtree(old, ignore_errors=True)
    incoming.mkdir(parents=True)
    small = incoming / "small.jpg"
    Image.effect_noise((48, 48), 60).save(small, quality=40)
    data = small.read_bytes()
    small.unlink()
    for number in range(count):
        name = f"{chance.choice(SUBJECTS)}{chance.choice(WORKS)} {number:05d}.jpg"
        (incoming / name).write_bytes(salted("jpg", data, f"{number:016d}".encode()))
    with Library.create(making, Profile("general", 111)) as library:
        terms = library.profile.terms
        added = library.add([incoming], NewPiece(term=Term(112, 1), category="other")).added
        for number, term in enumerate(terms):
            for place, category in enumerate(CATEGORIES):
                ids = [piece.id for piece in added[number * len(CATEGORIES) + place :: len(terms) * len(CATEGORIES)]]
                if ids:
                    library.edit_all(ids, Edit(term=term, category=category, summary=written(chance, 60)))
        waiting = [sha256 for sha256, _ in library.pending_looks()]
        facts = Inspection(kind="jpg", depth="deep", opens=True, width=48, height=48)
        for start in range(0, len(waiting), 200):
            library.record_looks(
                [Look(sha256, facts, written(chance, LENGTH)) for sha256 in waiting[start : start + 200]]
            )
    shutil.rmtree(incoming)
    making.rename(folder)


def written(chance: random.Random, length: int) -> str:
    """Text as long as wanted; common characters come more often, as they do."""
    weights = [1 / (rank + 4) for rank in range(len(CHARACTERS))]
    return "".join(chance.choices(CHARACTERS, weights, k=length))


def main() -> int:
    """Make one library."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_pieces", description=main.__doc__)
    parser.add_argument("count", type=int)
    count = parser.parse_args().count
    folder = CACHE / f"pieces-{count}-{len(steps())}"
    make(count, folder)
    print(f"{folder}: {count} pieces")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
