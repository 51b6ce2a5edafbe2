"""Every call to the file system that can fail does: the library is as before or as after, and one sentence says what to do.

    operation x (ENOSPC, EIO, EACCES at the n-th call; a disk that is full from the n-th call on) x n = 1, 2, … until it succeeds

The calls are Python's and, below it, SQLite's own (helpers/disk.py), on the library and on where an export goes: a source that
cannot be read is refused by name, which is tested elsewhere. What a fault did is looked at twice: in the program that goes on with
the library open, and after opening it again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from chaos.wreck import LEAVINGS
from helpers.disk import Fault, watching
from helpers.libraries import PROFILE, Clock, write_work
from helpers.soundness import faults
from portfolio_desktop.bundle import archive
from portfolio_desktop.bundle.importing import import_bundle
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.library.safekeeping import backups, layout, restoring, whole
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.places import resources
from portfolio_desktop.terms import Term

FORMS, RULES = FormBook.load(resources() / "forms"), RuleBook.load(resources() / "rules")
OLD = Path(__file__).parents[2] / "data" / "libraries" / "schema-1"
PNG = b"\x89PNG\r\n\x1a\n"
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)
EVERY = bool(os.environ.get("FAULTS"))
"""FAULTS=all: each of the codes at each call. Otherwise one code after the other, and of calls that are alike (the pages that SQLite
writes, the files of a year) only the first two and the last: they take the same way through our code."""
MODES = (*(errno.errorcode[code] for code in CODES), "full from then on") if EVERY else ("in turn", "full from then on")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,  # a hundred times what other tests do once
    pytest.mark.timeout(3600 if EVERY else 120),
]

NEVER = 10**9


@dataclass(frozen=True)
class Place:
    """The folders of one try."""

    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def open(self) -> Library:
        return Library.open(self.library, clock=Clock())


Act = Callable[[Library, Place], object]


def export(name: str, *, everything: bool = False) -> Act:
    def act(library: Library, place: Place) -> object:
        plan = plan_bundle(
            library.pieces(PieceFilter(trashed=None)),
            library.courses(),
            FORMS,
            RULES,
            113,
            library.profile,
            everything,
            library.school_rules(),
        )
        dump = library.dump() if everything else None
        return archive.write(plan, library.file_path, place.out / name, dump=dump)

    return act


class Restored:
    """A restored library: nobody holds it."""

    def __init__(self, backup: Path, new: Path) -> None:
        restoring.restore(backups.find(backup), new)
        self.folder = new

    def __enter__(self) -> Restored:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def dump(self) -> bytes:
        with Library.open(self.folder, clock=Clock()) as library:
            return library.dump()

    def close(self) -> None:
        """There is nothing to close."""


CHANGES: dict[str, Act] = {
    "add": lambda library, place: library.add([place.work / "new"], NewPiece(category="other")),
    "attach": lambda library, place: library.attach("p1", place.work / "甲.png", "document"),
    "replace": lambda library, place: library.attach("p2", place.work / "甲.png", "document"),
    "edit": lambda library, place: library.edit("p1", Edit(summary="新的簡述" * 50)),
    "edit and attach": lambda library, place: library.edit("p1", Edit(title="新"), attach=place.work / "甲.png"),
    "edit all": lambda library, place: library.edit_all([f"p{n}" for n in range(1, 21)], Edit(summary="都改")),
    "detach": lambda library, place: library.detach("p2", "document"),
    "use version": lambda library, place: library.use_version("p2", "f21"),
    "use text": lambda library, place: library.use_text("p1", "summary@2"),
    "remove": lambda library, place: library.remove(["p1", "p2"]),
    "restore": lambda library, place: library.restore(["p3"]),
    "empty trash": lambda library, place: library.empty_trash(),
    "tick": lambda library, place: library.tick(["p1", "p4"], 113),
    "untick": lambda library, place: library.untick(["p5"], 113),
    "undo": lambda library, place: library.undo(),
    "redo": lambda library, place: library.redo(),
    "catalog": lambda library, place: (library.edit("p1", Edit(summary="新")), library.refresh_catalog()),
    "close": lambda library, place: (library.edit("p1", Edit(summary="新")), library.close()),
    "export a folder": export("成果包"),
    "export a ZIP": export("成果包.zip"),
    "export over an earlier one": export("全部.zip", everything=True),
    "back up": lambda library, place: whole.back_up(library, place.out / "備份"),
    "back up anew": lambda library, place: whole.back_up(library, place.out / "新備份"),
}
"""What is done with a library that is open."""

OPENINGS: dict[str, Callable[[Place], Library | Restored]] = {
    "open": lambda place: Library.open(place.library, clock=Clock()),
    "open after a crash": lambda place: Library.open(place.library, clock=Clock()),
    "open a reader": lambda place: Library.open(place.library, read_only=True, clock=Clock()),
    "upgrade": lambda place: Library.open(place.library, clock=Clock()),
    "create": lambda place: Library.create(place.folder / "second", PROFILE, clock=Clock()),
    "from a dump": lambda place: Library.from_dump(
        place.folder / "second",
        (place.library / "catalog.json").read_bytes(),
        lambda sha256: next((place.library / "files" / sha256[:16]).iterdir()),
        clock=Clock(),
    ),
    "restore": lambda place: Restored(place.out / "備份", place.folder / "second"),
    "import a bundle": lambda place: import_bundle(place.out / "全部.zip", place.folder / "second"),
}
"""What opens a library, this one or a second one."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library with a little of everything, in memory where there is such a place: thousands of copies are made of it."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory)) if memory.is_dir() else tmp_path_factory.mktemp("faults")
    place = Place(folder / "template")
    write_work(place.work, {"甲.png": PNG + b"1", "乙.png": PNG + b"2", "丙.png": PNG + b"3"})
    write_work(place.work / "new", {"一.txt": "new" * 5000, "二.txt": "0"})
    place.out.mkdir()
    with Library.create(place.library, PROFILE, clock=Clock()) as library:
        library.add(
            write_work(place.work / "old", {f"{n}.txt": f"old {n}" for n in range(20)}), NewPiece(category="other")
        )
        library.edit("p1", Edit(summary="初稿", term=Term(113, 1)))
        library.edit("p1", Edit(summary="定稿"))
        library.attach("p2", place.work / "丙.png", "document")
        library.attach("p2", place.work / "乙.png", "document")
        library.remove(["p3"])
        library.tick(["p5"], 113)
        export("全部.zip", everything=True)(library, place)
        whole.back_up(library, place.out / "備份")
        library.edit("p6", Edit(summary="放棄"))
        library.undo()
    yield folder
    shutil.rmtree(folder)


@contextlib.contextmanager
def a_try(template: Path, name: str) -> Iterator[Place]:
    """A copy of the template for one try."""
    place = Place(template / "try")
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.copytree(template / "template", place.folder)
    if name == "upgrade":
        shutil.rmtree(place.library)
        shutil.copytree(OLD, place.library)
    if name == "open after a crash":
        (place.library / "lock").write_text('{"host": "x", "process": 1, "since": "y"}')
        (place.library / "files" / ".incoming").mkdir()
        (place.library / "files" / ".incoming" / "0").write_bytes(b"half")
        lost = place.library / "files" / "0123456789abcdef" / "孤.txt"
        lost.parent.mkdir()
        lost.write_bytes(b"never known")
        (place.library / "files" / ".incoming" / "placing").write_text('["0123456789abcdef/孤.txt"]', encoding="utf-8")
        (place.library / "library.sqlite3-journal").write_bytes(bytes(600))
    try:
        yield place
    finally:
        shutil.rmtree(place.folder)


def told(act: Callable[[], object]) -> str:
    """`done`, or the one sentence that the user gets; anything else is our bug and fails the test as it is."""
    try:
        act()
    except PortfolioError as error:
        sentence = str(error)
        assert sentence.endswith("。"), sentence
        assert "\n" not in sentence
        return sentence
    return "done"


def numbers(seen: list[str]) -> list[int]:
    """Which calls are to fail, counted from 1, and at last one that never comes."""
    chosen = list(range(1, len(seen) + 1))
    if not EVERY:
        alike = defaultdict[str, list[int]](list)
        for number, call in enumerate(seen, 1):
            alike[re.sub(r"[0-9a-f]{8,}|[0-9]+", "#", call)].append(number)
        chosen = sorted({number for of in alike.values() for number in (*of[:2], of[-1])})
    return [*chosen, NEVER]


def spared(place: Place, name: str) -> Path:
    """Where no fault strikes: what an operation only reads of others. A file that cannot be read there is told by its name."""
    if name.startswith("back up"):
        return place.library / "files"
    return {"restore": place.out, "from a dump": place.library, "import a bundle": place.library}.get(name, place.work)


def fault_of(mode: str, number: int, sparing: Path) -> Fault:
    """The fault of a mode at the n-th call, not armed yet."""
    code = getattr(errno, mode, CODES[number % 3]) if mode != "full from then on" else errno.ENOSPC
    return Fault(number, code, on=mode == "full from then on", armed=False, sparing=sparing)


def check(place: Place, may_be: set[bytes], message: str) -> None:
    """The library opens, is in one of these states, and nothing in it is lost, left over or damaged."""
    with place.open() as library:
        assert library.dump() in may_be, f"{message}: neither before nor after"
        assert library.start_problems == (), message
        assert faults(library) == [], message
    left = [path.name for path in place.library.rglob("*") if path.name.endswith(LEAVINGS)]
    assert left == [], message
    for path in place.out.iterdir():
        if path.name.startswith("."):
            # Only what could not be taken away: the next export does that.
            assert f"unlink {path.name}" in message, f"{message}: left {path.name}"
            continue
        if layout.is_place(path) or path.name.endswith("備份"):
            for snapshot in layout.snapshots(path):
                backup = backups.find(snapshot)
                assert backup.dump(), message
                assert all(backup.source(file.sha256) for file in backup.files), (
                    f"{message}: {snapshot.name} is not whole"
                )
            continue
        assert verify(path).sound, message


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_whole_or_not_at_all(
    template: Path, name: str, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    act = CHANGES[name]
    with a_try(template, name) as place, place.open() as library:
        before = library.dump()
        act(library, place)
        library.close()
        with place.open() as again:
            after = again.dump()
    assert before != after or name.startswith(("export", "back up"))
    outcomes = set[str]()
    with a_try(template, name) as place:
        calls = fault_of(mode, NEVER, spared(place, name))
        with watching(place.folder, calls), place.open() as library:
            calls.armed = True
            act(library, place)
            calls.armed = False
    for number in numbers(calls.seen):
        with a_try(template, name) as place:
            fault = fault_of(mode, number, spared(place, name))
            with watching(place.folder, fault), place.open() as library:
                fault.armed = True
                outcome = told(partial(act, library, place))
                fault.armed = False
                message = f"{name}: {', '.join(fault.failed[:3])} ({number}th) -> {outcome}"
                if name != "close":
                    assert library.dump() in {before, after}, message
            check(place, {before, after}, message)
        outcomes.add(outcome)
    assert not fault.failed, "it never came through"
    assert outcome == "done"
    assert len(outcomes) > 1 or name == "close", "nothing was ever told"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", OPENINGS)
def test_an_opening_is_whole_or_not_at_all(
    template: Path, name: str, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    act = OPENINGS[name]
    second = name in ("create", "from a dump", "restore", "import a bundle")
    with a_try(template, name) as place, act(place) as library:
        wanted = library.dump()
    with a_try(template, name) as place:
        calls = fault_of(mode, NEVER, spared(place, name))
        calls.armed = True
        with watching(place.folder, calls):
            act(place).close()
    for number in numbers(calls.seen):
        with a_try(template, name) as place:
            fault = fault_of(mode, number, spared(place, name))
            fault.armed = True
            with watching(place.folder, fault):
                outcome = told(lambda: act(place).close())
            message = f"{name}: {', '.join(fault.failed[:3])} ({number}th) -> {outcome}"
            if second and outcome != "done":
                made = place.folder / "second"
                assert not made.exists() or [*made.iterdir()] == [], message
            else:
                check(Second(place.folder) if second else place, {wanted}, message)
    assert not fault.failed, "it never came through"
    assert outcome == "done"


class Second(Place):
    """The folders of a try in which a second library was made."""

    @property
    def library(self) -> Path:
        return self.folder / "second"
