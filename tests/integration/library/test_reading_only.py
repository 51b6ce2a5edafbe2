"""Opening only to read changes no byte of the folder, however the library was left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.libraries import new_library, picture, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import ladder
from portfolio_desktop.library.library import Library

RELEASED = Path(__file__).parents[2] / "data" / "libraries"

TORN = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE piece SET summary = ?", ("x" * 20000,))
connection.execute("CREATE TABLE more (a)")
for _ in range(200):
    connection.execute("INSERT INTO more VALUES (randomblob(4000))")
os.kill(os.getpid(), 9)
"""
"""Writes into the database, so much that it reaches the disk, and is killed before it is done."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"水質.txt": "1", "影像.txt": "2"}))
    return tmp_path / "library"


def looked_at(folder: Path) -> list[str]:
    with Library.open(folder, read_only=True) as reader:
        reader.dump()
        reader.history()
        reader.find("水質")
        return [piece.title for piece in reader.pieces()]


@pytest.mark.parametrize("left", ["crash", "half-placed", "no catalog", "no lock", "temporary"])
def test_however_it_was_left(folder: Path, left: str) -> None:
    if left == "crash":
        (folder / "lock").write_text('{"host": "x", "process": 1, "since": "2025-01-01"}')
    elif left == "half-placed":
        write_work(folder / "files" / ".incoming", {"1": "half"})
    elif left == "no catalog":
        (folder / "catalog.json").unlink()
    elif left == "no lock":
        (folder / "lock").unlink()
    else:
        (folder / "library.sqlite3.new").write_bytes(b"x")
    before = picture(folder)
    assert looked_at(folder) == ["水質", "影像"]
    assert picture(folder) == before


@pytest.mark.parametrize("schema", sorted(path.name for path in RELEASED.glob("schema-*")))
def test_an_older_one_is_refused_or_read_untouched(tmp_path: Path, schema: str) -> None:
    shutil.copytree(RELEASED / schema, tmp_path / "old")
    before = picture(tmp_path)
    if schema == f"schema-{len(ladder.steps())}":
        assert looked_at(tmp_path / "old")
    else:
        with pytest.raises(PortfolioError, match="以正常方式開啟一次"):
            looked_at(tmp_path / "old")
    assert picture(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_one_that_was_torn_in_the_middle_of_a_change(folder: Path) -> None:
    """SQLite's journal still has to be played back, which is writing: refused, and the next owner does it."""
    with Library.open(folder) as library:
        dump = library.dump()
    subprocess.run([sys.executable, "-c", TORN, str(folder / "library.sqlite3")], check=False)
    assert (folder / "library.sqlite3-journal").stat().st_size > 0
    before = picture(folder)
    with pytest.raises(PortfolioError, match="以正常方式開啟一次") as refused:
        looked_at(folder)
    assert "中斷" in str(refused.value)
    assert picture(folder) == before
    with Library.open(folder) as library:
        assert library.dump() == dump
    assert looked_at(folder) == ["水質", "影像"]


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_on_a_disk_that_cannot_be_written(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        before = picture(folder)
        assert looked_at(folder) == ["水質", "影像"]
        assert picture(folder) == before
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
