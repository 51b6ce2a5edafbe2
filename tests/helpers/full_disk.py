"""The whole road on a small disk that is really full: python full_disk.py DISK ELSEWHERE, on a file system of a few megabytes.

At each step the disk is full but for a few pages, from none upwards, until the step comes through; what it told is printed as
JSON by step. Exit 1 where a step left anything but before or after, or ended in anything but one sentence.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.libraries import PROFILE, Clock, write_work
from helpers.soundness import faults
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.library.safekeeping import backups, restoring, whole
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.places import resources

PAGE = 4096
PAGES = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
PNG = b"\x89PNG\r\n\x1a\n"


class Disk:
    """The small disk, and the ballast that leaves only so many pages of it free."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"

    def leave(self, pages: int) -> None:
        """Fill the disk to its last page, then give some back."""
        self.empty()
        with contextlib.suppress(OSError), self.ballast.open("wb", buffering=0) as file:
            while file.write(b"\xff" * PAGE) == PAGE:
                pass
        size = self.ballast.stat().st_size
        os.truncate(self.ballast, max(0, size // PAGE - pages) * PAGE)

    def empty(self) -> None:
        self.ballast.unlink(missing_ok=True)


def export(library: Library, out: Path) -> None:
    forms, rules = FormBook.load(resources() / "forms"), RuleBook.load(resources() / "rules")
    plan = plan_bundle(
        library.pieces(PieceFilter(trashed=None)),
        library.courses(),
        forms,
        rules,
        113,
        library.profile,
        True,
        library.school_rules(),
    )
    archive.write(plan, library.file_path, out, dump=library.dump())
    assert verify(out).sound


def road(work: Path, disk: Path, elsewhere: Path) -> dict[str, Callable[[Library], object]]:
    """The steps, in order; each is done once, when there is room for it."""
    return {
        "add": lambda library: library.add([work / "年"]),
        "edit": lambda library: library.edit("p1", Edit(summary="簡述" * 4000)),
        "attach": lambda library: library.attach("p1", work / "甲.png", "document"),
        "edit all": lambda library: library.edit_all(["p1", "p2", "p3"], Edit(fields={"host": "社區" * 900})),
        "tick": lambda library: library.tick(["p1", "p2"], 113),
        "remove": lambda library: library.remove(["p2"]),
        "undo": lambda library: library.undo(3),
        "redo": lambda library: library.redo(2),
        "export a ZIP": lambda library: export(library, disk / "全部.zip"),
        "export a folder": lambda library: export(library, disk / "全部"),
        "back up": lambda library: whole.back_up(library, disk / "備份"),
        "restore": lambda library: restoring.restore(backups.find(disk / "備份"), disk / "還原"),
    }


def main(folder: Path, elsewhere: Path) -> int:
    disk, told, wrong = Disk(folder), dict[str, list[str]](), list[str]()
    work = elsewhere / "work"
    write_work(work / "年", {f"{n}.txt": f"{n}" * 30_000 for n in range(8)})
    write_work(work, {"甲.png": PNG + b"x" * 100_000})
    with Library.create(folder / "library", PROFILE, clock=Clock()):
        pass
    for name, step in road(work, folder, elsewhere).items():
        told[name] = []
        for pages in PAGES:
            disk.empty()
            with Library.open(folder / "library", clock=Clock()) as library:
                before = library.dump()
                disk.leave(pages)
                try:
                    step(library)
                    told[name].append("done")
                except PortfolioError as error:
                    told[name].append(str(error))
                after = library.dump()
                if told[name][-1] != "done" and after != before:
                    wrong.append(f"{name} with {pages} pages: told as not done, and done")
                library.close()  # still full: what cannot be written waits for another time
            if (folder / "還原").exists() and told[name][-1] != "done":
                wrong.append(f"{name} with {pages} pages: a library that was not restored is there")
            disk.empty()
            with Library.open(folder / "library", clock=Clock()) as library:
                if library.dump() != after:
                    wrong.append(f"{name} with {pages} pages: another state after opening again")
                wrong += [f"{name} with {pages} pages: {fault}" for fault in faults(library)]
            if told[name][-1] == "done":
                break
    sys.stdout.write(json.dumps({"told": told, "wrong": wrong}, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
