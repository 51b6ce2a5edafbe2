"""Which state of a library contains which, on real databases."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from helpers.libraries import TAIPEI, new_library, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import lineage
from portfolio_desktop.library.safekeeping.lineage import Lineage


def frozen() -> datetime.datetime:
    """A clock that stands still: moments tell nothing apart."""
    return datetime.datetime(2025, 3, 1, 8, tzinfo=TAIPEI)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"a.txt": "1"}))
        library.edit("p1", Edit(summary="一"))
    return tmp_path / "library"


def of(folder: Path) -> Lineage:
    return lineage.of_copy(folder / "library.sqlite3")


def edit(folder: Path, text: str) -> None:
    with Library.open(folder, clock=frozen) as library:
        library.edit("p1", Edit(summary=text))


def test_more_work_contains_less(folder: Path) -> None:
    before = of(folder)
    edit(folder, "二")
    after = of(folder)
    assert after.contains(before)
    assert not before.contains(after)
    assert not after.diverges(before)


def test_other_work_of_the_same_second_in_the_same_words_diverges(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "other")
    edit(folder, "二")
    edit(tmp_path / "other", "貳")
    one, other = of(folder), of(tmp_path / "other")
    assert one.groups == other.groups, "moment, account and sentence are the same"
    assert one.diverges(other)
    edit(folder, "三")
    assert of(folder).diverges(other)
    assert not of(folder).contains(other)


def test_what_is_undone_is_another_state_of_the_same_work(folder: Path) -> None:
    done = of(folder)
    with Library.open(folder) as library:
        library.undo()
    undone = of(folder)
    assert undone != done
    assert undone.contains(done)
    assert done.contains(undone)
    with Library.open(folder) as library:
        library.redo()
    assert of(folder) == done


def test_looking_is_no_work(folder: Path) -> None:
    before = of(folder)
    with Library.open(folder) as library:
        library.pieces()
    assert of(folder) == before


def test_another_library_contains_nothing_of_this_one(folder: Path, tmp_path: Path) -> None:
    with new_library(tmp_path / "second"):
        pass
    assert of(folder).diverges(of(tmp_path / "second"))


@pytest.mark.no_cover
def test_long_logs_are_told_apart_by_their_last_groups(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, clock=frozen) as library:
        for number in range(lineage.TAIL + 10):
            library.edit("p1", Edit(summary=str(number)))
    shutil.copytree(folder, tmp_path / "other")
    before = of(folder)
    edit(folder, "二")
    edit(tmp_path / "other", "貳")
    assert of(folder).contains(before)
    assert of(folder).diverges(of(tmp_path / "other"))
    assert len(before.images) == lineage.TAIL


def test_what_is_no_database_has_none(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"SQLite format 3\0" + b"x" * 500)
    with pytest.raises(PortfolioError):
        lineage.of_copy(tmp_path / "x.sqlite3")
    assert lineage.of_any(tmp_path / "x.sqlite3") is None
    assert lineage.of_any(tmp_path / "nothing.sqlite3") is None


def test_the_end_of_a_log_tells_as_much_as_all_of_it(folder: Path, tmp_path: Path) -> None:
    """Of every state of two lines that part within a second, compared with every other."""
    databases = [shutil.copy(folder / "library.sqlite3", tmp_path / "0")]
    shutil.copytree(folder, tmp_path / "other")
    for place, text in ((folder, "二"), (tmp_path / "other", "貳"), (folder, "三"), (tmp_path / "other", "三")):
        edit(place, text)
        databases.append(shutil.copy(place / "library.sqlite3", tmp_path / str(len(databases))))
    with new_library(tmp_path / "foreign") as library:
        library.add(write_work(tmp_path / "work", {"a.txt": "1"}))
    databases.append(str(tmp_path / "foreign" / "library.sqlite3"))
    for one in map(Path, databases):
        for other in map(Path, databases):
            said = lineage.ends_in(one, lineage.of_copy(other))
            assert said == lineage.of_copy(other).contains(lineage.of_copy(one)), (one.name, other.name)
    (tmp_path / "torn").write_bytes(b"torn")
    assert not lineage.ends_in(tmp_path / "torn", of(folder))
