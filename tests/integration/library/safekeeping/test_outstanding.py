"""What is wrong stays known until a check that would see it finds it right, or it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.libraries import new_library, write_work
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping import outstanding, record
from portfolio_desktop.library.safekeeping.mending import mend
from portfolio_desktop.library.safekeeping.verifying import verify


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with new_library(tmp_path / "library") as opened:
        opened.add(write_work(tmp_path / "work", {"甲.txt": "1", "乙.txt": "2"}))
        opened.refresh_catalog()
        yield opened


def rot(library: Library, piece: str) -> Path:
    path = library.file_path(library.piece(piece).files[0].sha256)
    path.chmod(0o644)
    path.write_bytes(bytes(len(path.read_bytes())))
    return path


def codes(library: Library) -> list[str]:
    check = record.read(library.folder).check
    assert check is not None
    return [str(problem["code"]) for problem in check.problems]


def test_a_quick_check_does_not_heal_rot(library: Library) -> None:
    path = rot(library, "p1")
    verify(library, "full")
    assert codes(library) == ["file.hash"]
    assert verify(library, "quick").ok
    assert codes(library) == ["file.hash"]
    path.write_bytes(b"1")
    verify(library, "full")
    assert codes(library) == []


def test_a_quick_check_heals_what_it_sees(library: Library) -> None:
    path = library.file_path(library.piece("p1").files[0].sha256)
    away = path.rename(path.with_name("別處"))
    verify(library, "full")
    assert "file.missing" in codes(library)
    away.rename(path)
    verify(library, "quick")
    assert codes(library) == []


def test_a_check_of_a_part_adds_and_takes_nothing_away(library: Library) -> None:
    rot(library, "p1")
    verify(library, "full")
    other = Problem("file.missing", "files/x/乙.txt", "b" * 64)
    assert [one["code"] for one in outstanding.note(library.folder, "rolling", 1, [other])] == [
        "file.missing",
        "file.hash",
    ]
    outstanding.note(library.folder, "rolling", 1, [])
    assert sorted(codes(library)) == ["file.hash", "file.missing"]


def test_the_same_file_is_told_once(library: Library) -> None:
    rot(library, "p1")
    found = verify(library, "full").problems
    outstanding.note(library.folder, "rolling", 1, found)
    assert codes(library) == ["file.hash"]


def test_what_was_mended_is_not_wrong_any_more(library: Library, tmp_path: Path) -> None:
    rot(library, "p1")
    rot(library, "p2")
    found = verify(library, "full").problems
    mend(library, found, [lambda sha256: tmp_path / "work" / "甲.txt"])
    check = record.read(library.folder).check
    assert check is not None
    assert [problem["pieces"][0]["title"] for problem in check.problems] == ["乙"]
    assert check.depth == "full"
    assert outstanding.note_mended(library.folder, found) == ()
    assert codes(library) == []


def test_a_note_that_cannot_be_written_is_told_in_the_log(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    (library.folder / "backups").mkdir(exist_ok=True)
    (library.folder / "backups" / "record.json").mkdir()
    assert outstanding.note(library.folder, "full", 1, []) == ()
    assert "the check was not noted" in caplog.text


def test_where_nothing_was_checked_nothing_is_noted_as_mended(library: Library) -> None:
    assert outstanding.note_mended(library.folder, [Problem("file.hash", "files/x")]) == ()
    assert record.read(library.folder).check is None
