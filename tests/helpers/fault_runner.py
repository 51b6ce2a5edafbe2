"""Runs one operation again and again, each time with another call to the file system failing, and looks at what it leaves.

python fault_runner.py OPERATION FOLDER ERRNO START STRIDE [persistent]      with faults.so loaded before libc

A child does the operation; this process, which has no faults, then proves what lies there and does the operation again.
One JSON line a call: {"n", "hit", "outcome"}; outcome is done, told, killed, or what went wrong.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.backups import check_snapshot, snapshots, worked_library
from helpers.libraries import Clock, picture, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import backups, copied, layout
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.restoring import restore
from portfolio_desktop.library.safekeeping.whole import back_up


@dataclass(frozen=True)
class Operation:
    """What is done in `work`, below which folder calls fail, and what must hold afterwards, whether it was done or not."""

    below: str
    run: Callable[[Path], object]
    prove: Callable[[Path, str], None]


def run_backup(work: Path) -> object:
    with Library.open(work / "library", read_only=True) as library:
        return back_up(library, work / "disk").problems


def prove_backup(work: Path, outcome: str) -> None:
    found = snapshots(work / "disk")
    for snapshot in found:
        check_snapshot(snapshot)
    assert len(found) == 2 if outcome == "done" else len(found) in (1, 2), found
    run_backup(work)
    check_snapshot(snapshots(work / "disk")[-1])
    assert backups.find(work / "disk").dump() == (work / "dump now").read_bytes()


def run_restore(work: Path) -> object:
    return restore(backups.find(work / "disk"), work / "new").missing


def run_by_catalog(work: Path) -> object:
    done = restore(backups.find(work / "torn"), work / "new")
    assert done.told
    return done.missing


def prove_by_catalog(work: Path, outcome: str) -> None:
    prove_restore(work, outcome, run_by_catalog)


def prove_restore(work: Path, outcome: str, again: Callable[[Path], object] = run_restore) -> None:
    assert picture(work / "disk") == json.loads((work / "disk.json").read_text()), "the backup is only read"
    new = work / "new"
    if outcome == "told":
        left = {path.name for path in new.iterdir()} if new.is_dir() else set()
        assert left <= {".restoring.new"} or ".restoring" in left, left
    if outcome != "done" and (not (new / "library.sqlite3").exists() or (new / ".restoring").exists()):
        assert again(work) == ()
    with Library.open(new) as library:
        assert library.dump() == (work / "dump").read_bytes()
        for file in library.files():
            assert not file.path.exists() or file.path.stat().st_size == file.size


def run_drill(work: Path) -> object:
    return drill(work / "library", backups.find(work / "disk"), work / "scratch").problems


def prove_drill(work: Path, outcome: str) -> None:
    assert picture(work / "disk") == json.loads((work / "disk.json").read_text())
    assert run_drill(work) == ()


def run_close(work: Path) -> object:
    with Library.open(work / "library", clock=Clock()) as library:
        library.edit("p1", Edit(summary="關閉前寫的"))
        (work / "edited").touch()
    return ()


def prove_close(work: Path, outcome: str) -> None:
    assert outcome != "told", "a copy keeps nobody from closing"
    for _moment, path in layout.copies(work / "library" / "backups"):
        with copied.reading(path) as copy:
            assert copy.fault() is None
    with Library.open(work / "library", clock=Clock()) as library:
        # What kills while the library is opened comes before there is anything to keep.
        assert outcome == "killed" or (work / "edited").exists()
        assert library.piece("p1").summary == "關閉前寫的" or not (work / "edited").exists()
        library.edit("p1", Edit(summary="再寫"))
    assert not list((work / "library" / "backups").glob("*.new*")) or outcome != "done"


OPERATIONS = {
    "backup": Operation("disk", run_backup, prove_backup),
    "backup reading": Operation("library", run_backup, prove_backup),
    "restore": Operation("new", run_restore, prove_restore),
    "restore reading": Operation("disk", run_restore, prove_restore),
    "restore by the catalog": Operation("new", run_by_catalog, prove_by_catalog),
    "drill": Operation("scratch", run_drill, prove_drill),
    "copy at close": Operation("library/backups", run_close, prove_close),
}


def prepare(work: Path) -> None:
    """A library with a backup of an earlier moment: the next one finds some of its objects there, and has others to write."""
    with worked_library(work / "library") as library:
        back_up(library, work / "disk")
        (work / "dump").write_bytes(library.dump())
        (work / "disk.json").write_text(json.dumps(picture(work / "disk")))
        (snapshot,) = snapshots(shutil.copytree(work / "disk", work / "torn"))
        (snapshot / "library.sqlite3").write_bytes(b"?" * 5000)
        library.add(write_work(work / "more", {f"{number}.txt": f"more {number}" * 500 for number in range(3)}))
        (work / "scratch").mkdir()
        (work / "dump now").write_bytes(library.dump())


def in_child(operation: Operation, work: Path, n: int, number: int, *, persistent: bool) -> tuple[str, str, int]:
    """What became of it, which call was hit, and how many calls there were."""
    shim = ctypes.CDLL(None)
    shim.faults_hit.restype = ctypes.c_char_p
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        shim.faults_arm(ctypes.c_long(n), number, int(persistent), os.fsencode(work / operation.below))
        try:
            outcome = "done" if not operation.run(work) else "problems"
        except PortfolioError as error:
            outcome = "told" if str(error).endswith("。") else f"told badly: {error}"
        except BaseException:  # noqa: BLE001 - told to the test
            outcome = traceback.format_exc()
        count = shim.faults_disarm()
        os.write(theirs, json.dumps([outcome, os.fsdecode(shim.faults_hit()), count]).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return tuple(json.loads(said)) if said else ("killed", "?", n)


def main(name: str, folder: Path, number: int, start: int, stride: int, *, persistent: bool) -> None:
    operation, base = OPERATIONS[name], folder / "base"
    prepare(base)
    n = start
    while True:
        work = folder / str(n)
        shutil.copytree(base, work)
        outcome, hit, count = in_child(operation, work, n, number, persistent=persistent)
        if not hit:
            assert outcome == "done", outcome
            sys.stdout.write(json.dumps({"calls": count}) + "\n")
            return
        verdict = outcome
        try:
            if outcome in ("done", "told", "problems", "killed"):
                operation.prove(work, outcome)
        except BaseException:  # noqa: BLE001 - told to the test
            verdict = f"{outcome}, and then {traceback.format_exc()}"
        sys.stdout.write(json.dumps({"n": n, "hit": hit.replace(str(work), ""), "outcome": verdict}) + "\n")
        sys.stdout.flush()
        shutil.rmtree(work)
        n += stride


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
        int(sys.argv[5]),
        persistent=sys.argv[6:] == ["persistent"],
    )
