"""Goal 8: exporting a school year as a folder and as a ZIP, beside cp with sha256sum, zip -0 and calibre's export.

ours     plan_bundle and archive.write on an open library: two digests a file, fsync, read back, swapped into place
cp       cp -r of the same files, then sha256sum of the copies
zip      zip -0 -r of the same files; it computes no digest
calibre  calibredb export --all of the same files

Every file is a piece of its own, ticked for one year: far more than a student may tick, so that copying is what is timed.
"""

from __future__ import annotations

import dataclasses
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.calibre import calibre_library, environment
from benchmarks.corpus import CACHE, ROOT
from benchmarks.measure import Contestant, command, race
from benchmarks.options import Options, scratch
from benchmarks.peers import have
from benchmarks.table import Row, table
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.terms import Term

FILES = 200
YEAR = 113
ROUNDS = 2
"""Times the asked-for rounds: an export is short."""


def rows(options: Options) -> list[Row]:
    """Run the races."""
    corpus = options.corpus(FILES)
    ground = scratch("bundle")
    with filled_library(corpus, ground / "library") as library:
        files, size = len(library.files()), sum(file.size for file in library.files())
        copied = plain_copy(library, ground / "same")
        contestants = {
            "folder": Contestant(lambda: export(library, ground / "ours"), lambda: remove(ground / "ours")),
            "zip": Contestant(lambda: export(library, ground / "ours.zip"), lambda: remove(ground / "ours.zip")),
            "verify": Contestant(lambda: check(ground / "kept")),
            "cp": Contestant(copy_and_hash(copied, ground / "cp", "sha256sum"), lambda: remove(ground / "cp")),
        }
        if have("openssl"):
            hasher = "openssl sha256 -r"
            contestants["openssl"] = Contestant(
                copy_and_hash(copied, ground / "cp", hasher), lambda: remove(ground / "cp")
            )
        if have("zip"):
            packed = command(["zip", "-0", "-q", "-r", ground / "peer.zip", copied])
            contestants["peer zip"] = Contestant(packed, lambda: remove(ground / "peer.zip"))
        export(library, ground / "kept")
        taken = race(contestants, options.rounds * ROUNDS)
        if options.slow and have("calibredb"):
            taken |= race({"calibre": calibre_export(corpus, ground / "calibre")}, 1)
    what = f"export {files} files, {size / 1e6:.0f} MB,"
    found = [Row("8", f"{what} as a folder", taken["folder"], "cp -r; sha256sum", taken["cp"], at_most=1.6)]
    if "openssl" in taken:
        found.append(Row("8", f"{what} as a folder", taken["folder"], "cp -r; openssl sha256", taken["openssl"]))
    if "peer zip" in taken:
        found.append(Row("8", f"{what} as a ZIP", taken["zip"], "zip -0", taken["peer zip"], at_most=0.65))
    if "calibre" in taken:
        found += [
            Row("8", f"{what} as a {name}", taken[name], "calibredb export", taken["calibre"], at_least=40)
            for name in ("folder", "zip")
        ]
    found.append(Row("8", "bundle verify of it, sha256 and md5", taken["verify"], "cp -r; sha256sum", taken["cp"]))
    return found


@contextmanager
def filled_library(corpus: Path, folder: Path) -> Iterator[Library]:
    """A library with every file of the corpus, each a ticked piece."""
    with Library.create(folder, Profile("general", YEAR)) as library:
        added = library.add([corpus], NewPiece(Term(YEAR, 1), "other")).added
        library.tick([piece.id for piece in added], YEAR)
        yield library


def export(library: Library, out: Path) -> None:
    """What `export` does once its library is open."""
    forms, book = FormBook.load(ROOT / "resources" / "forms"), RuleBook.load(ROOT / "resources" / "rules")
    plan = plan_bundle(library.pieces(), library.courses(), forms, book, YEAR, library.profile)
    archive.write(plan, library.file_path, out)


def check(bundle: Path) -> None:
    """Verify, and make sure that there was something to verify."""
    checked = verify(bundle)
    if not checked.sound or checked.files < FILES // 2:
        raise SystemExit(f"the bundle does not verify: {dataclasses.asdict(checked)['problems'][:3]}")


def plain_copy(library: Library, folder: Path) -> Path:
    """The same bytes as plain files, for the peers."""
    folder.mkdir()
    for number, file in enumerate(library.files()):
        shutil.copyfile(file.path, folder / f"{number:04d} {file.path.name}")
    return folder


def copy_and_hash(source: Path, target: Path, hasher: str) -> Callable[[], None]:
    """Cp -r, then a digest of every copy."""
    quoted = [shlex.quote(str(path)) for path in (source, target)]
    return command(["sh", "-c", f"cp -r {quoted[0]} {quoted[1]} && find {quoted[1]} -type f -exec {hasher} {{}} +"])


def calibre_export(corpus: Path, out: Path) -> Contestant:
    """Calibre's export of everything, as it would be done by hand."""
    words: list[str | Path] = [
        "calibredb",
        "export",
        "--all",
        "--to-dir",
        out,
        "--with-library",
        calibre_library(corpus),
    ]
    return Contestant(command(words, env=environment()), lambda: remove(out))


def remove(path: Path) -> None:
    """Clear a place, whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def main() -> int:
    """Print the table of this goal alone."""
    CACHE.mkdir(parents=True, exist_ok=True)
    print(table(rows(Options(slow="--slow" in sys.argv))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
