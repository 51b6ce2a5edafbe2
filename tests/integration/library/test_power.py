"""Power cuts: what was told as done is there with nothing but what was written through, and what was not is gone or whole.

helpers/power.py says how a cut is played, and what this does not show.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.disk import watching
from helpers.libraries import PROFILE, Clock, write_work
from helpers.power import Power, lay
from helpers.soundness import faults
from helpers.sqlite_files import AVAILABLE
from portfolio_desktop import durable
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit

pytestmark = [
    pytest.mark.skipif(not AVAILABLE, reason="this Python's SQLite cannot be watched"),
    pytest.mark.no_cover,  # a hundred times what other tests do once
]
PNG = b"\x89PNG\r\n\x1a\n"
STEPS: dict[str, Callable[[Library, Path], object]] = {
    "add": lambda library, work: library.add([work]),
    "attach": lambda library, work: library.attach("p1", work / "甲.png", "document"),
    "edit": lambda library, work: library.edit("p1", Edit(summary="新的簡述" * 500)),
    "empty trash": lambda library, work: library.empty_trash(),
    "undo": lambda library, work: library.undo(2),
    "edit and close": lambda library, work: (library.edit("p1", Edit(title="新")), library.close()),
}


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder in memory where there is such a place: a hundred libraries are laid there."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder)


def played(ground: Path, name: str, pragma: str = "") -> tuple[int, list[str]]:
    """How many cuts were played in a step, and what was wrong after each."""
    folder, wrong, seen = ground / "library", list[str](), set[int]()
    with Library.create(folder, PROFILE, clock=Clock()) as library:
        library.add(write_work(ground / "old", {f"{n}.txt": f"old {n}" for n in range(3)}))
        library.edit("p2", Edit(summary="初稿"))
        library.remove(["p3"])
    work = ground / "work"
    write_work(work, {"甲.png": PNG + b"1" * 5000, "乙.txt": "2" * 9000, "丙.txt": "3"})
    power = Power(folder)
    with watching(folder, power), Library.open(folder, clock=Clock()) as library:
        before = library.dump()
        library._holding.database._raw.execute(pragma)
        power.armed = True
        STEPS[name](library, work)
        told = len(power.cuts)
        power.cut("told as done")
        power.armed = False
    with Library.open(folder, clock=Clock()) as library:
        after = library.dump()
    assert before != after
    for number, (label, picture) in enumerate(power.cuts):
        may_be = {before, after} if number < told else {after}
        key = hash((frozenset(picture.items()), number < told))
        if key in seen:
            continue
        seen.add(key)
        place = ground / "cut"
        lay(picture, place)
        with Library.open(place, clock=Clock()) as library:
            found = faults(library)
            if library.dump() not in may_be:
                found.append("another state than before or after")
        wrong += [f"{label} ({number}): {one}" for one in found]
        shutil.rmtree(place)
    return len(seen), wrong


@pytest.mark.parametrize("name", STEPS)
def test_a_power_cut_leaves_before_or_after(ground: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    cuts, wrong = played(ground, name)
    assert wrong == []
    assert cuts > 4, "too few moments to prove anything"


@pytest.mark.parametrize("what", ["sync_file", "sync_folder"])
def test_a_write_that_is_not_written_through_is_found(
    ground: Path, what: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(durable, what, lambda of: of.flush() if what == "sync_file" else None)
    _cuts, wrong = played(ground, "add")
    assert wrong


def test_a_commit_whose_folder_is_not_written_through_is_found(ground: Path, caplog: pytest.LogCaptureFixture) -> None:
    _cuts, wrong = played(ground, "edit", "PRAGMA synchronous = FULL")
    assert wrong
    assert all(one.startswith("told as done, only what is safe") for one in wrong)
