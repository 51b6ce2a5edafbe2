"""Goal 9: reading every stored byte again and comparing its hash, beside programs that only hash.

ours       portfolio-desktop verify --full, a process from its start: database, files, catalog
inside     the seconds that it tells itself: the check, without starting Python and importing SQLAlchemy
openssl    openssl sha256 of the same files, one thread          sha256sum    the same with coreutils
python     hashlib in one thread, in a bare interpreter           hashing      its own seconds, without starting it
quick      verify --quick: names and sizes
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence

from benchmarks.corpus import files_of
from benchmarks.library_goals import bring
from benchmarks.measure import Contestant, command, peak, race
from benchmarks.options import Options, program, scratch
from benchmarks.peers import have
from benchmarks.table import Row, table

MEMORY = 150_000_000
HASHING = """
import hashlib, json, sys, time
paths = sys.stdin.read().split("\\0")
began = time.perf_counter()
buffer = bytearray(1 << 18)
for path in paths:
    sha256 = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        while size := file.readinto(buffer):
            sha256.update(memoryview(buffer)[:size])
    print(sha256.hexdigest(), path, file=sys.stderr)
print(json.dumps({"seconds": time.perf_counter() - began}))
"""


def rows(options: Options) -> list[Row]:
    """Bring a corpus in, then run the race on what was stored."""
    home = scratch("verify")
    library = home / "library"
    command(bring(library, options.corpus()))()
    files = files_of(library / "files")
    names = "\0".join(map(str, files))
    verify = program(home, "--library", library, "verify", "--json")
    contestants = {
        "ours": Contestant(command([*verify, "--full"])),
        "python": Contestant(command([sys.executable, "-c", HASHING], input_text=names)),
        "sha256sum": Contestant(command(["xargs", "-0", "sha256sum"], input_text=names)),
        "inside": Contestant(own_seconds([*verify, "--full"])),
        "hashing": Contestant(own_seconds([sys.executable, "-c", HASHING], names)),
        "quick": Contestant(command([*verify, "--quick"])),
    }
    if have("openssl"):
        contestants["openssl"] = Contestant(command(["xargs", "-0", "openssl", "sha256"], input_text=names))
    taken = race(contestants, options.rounds)
    work = f"verify --full, {len(files):,} files, {sum(path.stat().st_size for path in files) / 1e6:,.0f} MB"
    found = [
        Row("9", work, taken["ours"], "hashlib sha256, one thread", taken["python"], at_most=0.7),
        Row("9", work, taken["ours"], "sha256sum", taken["sha256sum"]),
        Row("9", "the check itself", taken["inside"], "the hashing itself, one thread", taken["hashing"], at_most=0.7),
        Row("9", "verify --quick", taken["quick"]),
        Row("9", "memory while verifying", peak([*verify, "--full"]), at_most=MEMORY, unit="B"),
    ]
    if "openssl" in taken:
        found.insert(0, Row("9", work, taken["ours"], "openssl sha256, one thread", taken["openssl"], at_most=0.7))
    return found


def own_seconds(words: Sequence[str], given: str = "") -> Callable[[], float]:
    """A run that is timed by what it says of itself: JSON with `seconds`."""

    def run() -> float:
        ran = subprocess.run(words, input=given.encode(), capture_output=True, check=True)
        return float(json.loads(ran.stdout)["seconds"])

    return run


def main() -> int:
    """Print the table of this goal alone: `--files N`."""
    count = int(sys.argv[sys.argv.index("--files") + 1]) if "--files" in sys.argv else 2000
    print(table(rows(Options(files=count, slow=False))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
