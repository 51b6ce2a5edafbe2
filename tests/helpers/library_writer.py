"""A process that works on a library without end, until it is killed: python library_writer.py LIBRARY WORK SEED.

It says "open" when it holds the library, and "done" after each piece of work.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter


def main(folder: Path, work: Path, seed: int) -> None:
    chance = random.Random(seed)
    number = 0
    with Library.open(folder) as library:
        say("open")
        while True:
            number += 1
            ids = [piece.id for piece in library.pieces(PieceFilter(trashed=None))]
            match chance.randrange(7) if ids else 0:
                case 0 | 1:
                    paths = [work / f"{seed}-{number}-{one}.txt" for one in range(chance.randrange(1, 9))]
                    for path in paths:
                        path.write_bytes(chance.randbytes(chance.randrange(1, 300_000)))
                    library.add(paths)
                case 2:
                    library.edit(chance.choice(ids), Edit(summary=f"簡述 {seed} {number}"))
                case 3:
                    path = work / f"{seed}-{number}.png"
                    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chance.randbytes(1000))
                    library.attach(chance.choice(ids), path)
                case 4:
                    library.remove(chance.sample(ids, 1))
                case 5:
                    library.tick(chance.sample(ids, min(3, len(ids))), 113)
                case 6:
                    library.undo(chance.randrange(1, 3)) and library.refresh_catalog()
            say("done")


def say(word: str) -> None:
    """Tell whoever waits, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
