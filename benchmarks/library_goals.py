"""Goals 1, 2 and 4: bringing files in, bringing them in again, and finding, beside real tools.

add      python -m benchmarks.bring_in: sha256, md5, structure, fsync, one commit, names searchable
  c        c_pass: copy, sha256, fsync of each file          cp       cp -r && sync          calibre    calibredb add -r
again    the same with everything known                      openssl  sha256 of every file, one thread
find     Library.find over 10,000 pieces of 2,000 characters, 1 to 4 characters; LIKE on the folded text says what is right
"""

from __future__ import annotations

import random
import shlex
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.calibre import calibre_library, environment, seconds_to_add
from benchmarks.corpus import files_of
from benchmarks.many_pieces import many_pieces
from benchmarks.measure import Contestant, command, peak, race
from benchmarks.options import Options, program, scratch
from benchmarks.peers import c_pass, have
from benchmarks.table import Row, table
from portfolio_desktop.library.folding import fold
from portfolio_desktop.library.library import Library

PIECES = 10_000
QUERIES = 100
"""Of each length from one to four characters."""
MEMORY = 150_000_000


def rows(options: Options) -> list[Row]:
    """Run the races."""
    return [*bringing_in(options), *finding(), *finding_as_a_command(options)]


def bringing_in(options: Options) -> list[Row]:
    """Goals 1 and 2."""
    corpus = options.corpus()
    files = files_of(corpus)
    add = bring(scratch("add") / "library", corpus)
    again = bring(scratch("again") / "library", corpus)
    command(again)()
    contestants = {
        "ours": Contestant(command(add), partial(scratch, "add")),
        "cp": Contestant(copied(corpus, scratch("cp")), partial(scratch, "cp")),
        "again": Contestant(command(again)),
    }
    if (compiled := c_pass()) is not None:
        run = command([compiled, scratch("c")], input_text="\n".join(map(str, files)) + "\n")
        contestants["c"] = Contestant(run, partial(scratch, "c"))
    if have("openssl"):
        hashed = command(["xargs", "-0", "openssl", "sha256"], input_text="\0".join(map(str, files)))
        contestants["openssl"] = Contestant(hashed)
    taken = race(contestants, options.rounds)
    if options.slow and have("calibredb"):
        taken["calibre"] = seconds_to_add(corpus)
    work = f"add {len(files):,} files, {sum(path.stat().st_size for path in files) / 1e6:,.0f} MB"
    found = []
    if "c" in taken:
        found.append(Row("1", work, taken["ours"], "C: copy, sha256, fsync each", taken["c"], at_most=0.8))
    found.append(Row("1", work, taken["ours"], "cp -r && sync", taken["cp"], at_most=2))
    if "calibre" in taken:
        found.append(Row("1", work, taken["ours"], "calibredb add -r", taken["calibre"], at_least=35))
    scratch("add")
    found.append(Row("1", "memory while adding them", peak(add), at_most=MEMORY, unit="B"))
    found.append(
        Row(
            "1",
            "memory while adding 200",
            peak(bring(scratch("few") / "library", options.corpus(200))),
            at_most=MEMORY,
            unit="B",
        )
    )
    if "openssl" in taken:
        found.append(
            Row("2", "add them again", taken["again"], "openssl sha256, one thread", taken["openssl"], at_most=0.7)
        )
    return found


def bring(library: Path, corpus: Path) -> list[str | Path]:
    """The words that bring a corpus into a library, made when it is not there."""
    return [sys.executable, "-m", "benchmarks.bring_in", library, corpus]


def copied(corpus: Path, target: Path) -> Callable[[], None]:
    """Cp -r of everything, on disk."""
    return command(["sh", "-c", f"cp -r {shlex.quote(str(corpus))} {shlex.quote(str(target))}/ && sync"])


def finding() -> list[Row]:
    """Goal 4, in the process: how long it takes, and that nothing else is found than LIKE finds."""
    folder = many_pieces(PIECES)
    taken: list[float] = []
    like: list[float] = []
    with Library.open(folder, read_only=True) as library, folded_texts(folder) as plain:
        asked = list(queries(plain))
        found = []
        for query in asked:  # all of them first: LIKE reads everything, and leaves nothing else in the caches
            began = time.perf_counter()
            found.append(library.find(query))
            taken.append(time.perf_counter() - began)
        for query, answer in zip(asked, found, strict=True):
            began = time.perf_counter()
            sentence = "SELECT number FROM piece WHERE text LIKE ? ESCAPE '!' ORDER BY number DESC"
            numbers = [row[0] for row in plain.execute(sentence, (pattern(query),))]
            like.append(time.perf_counter() - began)
            if answer.total != len(numbers) or [hit.id for hit in answer.pieces] != [f"p{n}" for n in numbers[:50]]:
                raise SystemExit(f"find and LIKE differ on {query!r}: {answer.total} and {len(numbers)}")
    work = f"find, {PIECES:,} pieces, 1–4 characters, {len(asked)} queries equal to LIKE"
    return [
        Row("4", f"{work}: median", median(taken), at_most=1e-3),
        Row("4", f"{work}: worst", max(taken), at_most=10e-3),
        Row("4", "find: median", median(taken), "SQLite LIKE", median(like)),
    ]


def finding_as_a_command(options: Options) -> list[Row]:
    """Goal 4, as a process of its own beside calibre's."""
    if not (options.slow and have("calibredb")):
        return []
    corpus, home = options.corpus(200), scratch("find")
    command(bring(home / "library", corpus))()
    theirs: list[str | Path] = ["calibredb", "search", "報告", "--with-library", calibre_library(corpus)]
    taken = race(
        {
            "ours": Contestant(command(program(home, "--library", home / "library", "find", "報告"))),
            "calibre": Contestant(command(theirs, env=environment(), codes=())),
        },
        options.rounds,
    )
    return [Row("4", "find as a command, 200 files", taken["ours"], "calibredb search", taken["calibre"], at_most=1)]


@contextmanager
def folded_texts(folder: Path) -> Iterator[sqlite3.Connection]:
    """A plain table of every piece's words and text, folded as search folds them: what LIKE is asked."""
    with (
        closing(sqlite3.connect(f"{(folder / 'library.sqlite3').as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(":memory:")) as plain,
    ):
        plain.execute("CREATE TABLE piece (number INTEGER PRIMARY KEY, text TEXT)")
        held = source.execute(
            "SELECT piece.number, piece.title, piece.summary, file.name, coalesce(stored_text.text, '') FROM piece"
            " JOIN file ON file.piece = piece.number LEFT JOIN stored_text USING (sha256)"
        )
        plain.executemany(
            "INSERT INTO piece VALUES (?, ?)", ((row[0], "\n".join(fold(text) for text in row[1:])) for row in held)
        )
        yield plain


def queries(plain: sqlite3.Connection) -> Iterator[str]:
    """Parts of the texts themselves, common and rare, and some that nothing holds."""
    chance = random.Random(4)
    texts = [row[0] for row in plain.execute("SELECT text FROM piece ORDER BY random() LIMIT 400")]
    for _turn in range(QUERIES):
        for length in (1, 2, 3, 4):
            text = "".join(chance.choice(texts).split())
            at = chance.randrange(len(text) - length)
            yield text[at : at + length]
    yield from ("龘龘龘", "鱻", "zzzz")


def pattern(query: str) -> str:
    """The query for LIKE, with its own signs taken literally."""
    literal = fold(query).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{literal}%"


def main() -> int:
    """Print the table of these goals alone: `--slow` with calibre, `--files N`."""
    count = int(sys.argv[sys.argv.index("--files") + 1]) if "--files" in sys.argv else 2000
    print(table(rows(Options(files=count, slow="--slow" in sys.argv))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
