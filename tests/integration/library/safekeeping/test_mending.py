"""Files are put back by hash from any known backup, the wrong bytes kept aside; nothing is touched before the right ones are there."""

from __future__ import annotations

import errno
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.damage import (
    DATABASE,
    SPOIL_INDEX,
    all_hashes,
    copy_of_database,
    flip,
    rich_library,
    stored_path,
    truncate,
)
from helpers.faults import failing
from helpers.libraries import Clock, picture
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import backups
from portfolio_desktop.library.safekeeping.mending import Mended, mend
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.progress import Cancelled, Progress

NAMES = ("水質.txt", "影像.txt", "清掉.txt")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_library(tmp_path_factory.mktemp("made") / "library")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> backups.Backup:
    """A copy of the whole library elsewhere, with a copy of its database."""
    other = Path(shutil.copytree(made, tmp_path / "elsewhere" / "library"))
    return backups.find(copy_of_database(other))


def verified_and_mended(folder: Path, *sources: Callable[[str], Path | None]) -> Mended:
    with Library.open(folder, clock=Clock()) as library:
        return mend(library, verify(library).problems, sources)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("what is this")


RUIN: dict[str, Callable[[Path], object]] = {
    "a bit flipped": flip,
    "cut off": truncate,
    "deleted": lambda path: path.unlink(),
    "its folder deleted": lambda path: shutil.rmtree(path.parent),
    "a folder in its place": as_folder,
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("/nowhere")),
    "a file in its folder's place": lambda path: (shutil.rmtree(path.parent), path.parent.write_text("no folder")),
}


@pytest.mark.parametrize("ruin", RUIN)
def test_the_exact_bytes_come_back_from_a_backup(folder: Path, backup: backups.Backup, ruin: str) -> None:
    contents = {name: stored_path(folder, name).read_bytes() for name in NAMES}
    paths = {name: stored_path(folder, name) for name in NAMES}
    for path in paths.values():
        RUIN[ruin](path)
    before = all_hashes(folder)
    done = verified_and_mended(folder, backup.source)
    assert len(done.restored) == len(NAMES)
    assert done.still == ()
    assert {name: path.read_bytes() for name, path in paths.items()} == contents
    assert before <= all_hashes(folder), "bytes are gone"
    assert verify(folder).problems == ()
    assert not (folder / "files" / ".incoming").exists()
    assert {kept.split("/")[0] for kept in done.aside} <= {"kept-aside"}


def test_without_the_bytes_nothing_is_touched(folder: Path) -> None:
    flip(stored_path(folder, "水質.txt"))
    before = picture(folder / "files")
    done = verified_and_mended(folder, lambda _sha256: None, lambda _sha256: folder / "catalog.json")
    assert done.restored == ()
    assert [problem.code for problem in done.still] == ["file.hash"]
    assert done.aside == ()
    assert picture(folder / "files") == before


def test_a_backup_that_is_damaged_itself_never_replaces_anything(folder: Path, backup: backups.Backup) -> None:
    path = stored_path(folder, "水質.txt")
    path.unlink()
    flip(stored_path(backup.libraries[0], "水質.txt"))
    assert [problem.code for problem in verified_and_mended(folder, backup.source).still] == ["file.missing"]
    assert not path.exists()


def test_a_source_that_fails_is_passed_over(folder: Path, backup: backups.Backup) -> None:
    stored_path(folder, "水質.txt").unlink()

    def pulled_out(_sha256: str) -> Path | None:
        raise OSError(errno.EIO, "Input/output error")

    def damaged(_sha256: str) -> Path | None:
        raise PortfolioError("no")

    assert verified_and_mended(folder, pulled_out, damaged, backup.source).still == ()


def test_the_library_itself_may_have_the_bytes(folder: Path) -> None:
    """A renamed file, one that was kept aside earlier, and a link that leads to the right bytes."""
    renamed, kept, linked = (stored_path(folder, name) for name in NAMES)
    renamed.rename(renamed.with_name("other name.txt"))
    (folder / "kept-aside" / "20250101T000000Z").mkdir(parents=True)
    kept.rename(folder / "kept-aside" / "20250101T000000Z" / "any name")
    shutil.move(linked, folder.with_name("outside.txt"))
    linked.symlink_to(folder.with_name("outside.txt"))
    before = all_hashes(folder)
    done = verified_and_mended(folder)
    assert (len(done.restored), done.still) == (3, ())
    assert not linked.is_symlink()
    assert before <= all_hashes(folder)
    assert [problem.code for problem in verify(folder).problems] == ["file.foreign"]


def test_catalog_and_index_are_made_from_the_database(folder: Path) -> None:
    (folder / "catalog.json").write_text("{")
    with sqlite3.connect(folder / DATABASE) as connection:
        connection.execute(SPOIL_INDEX)
    connection.close()
    done = verified_and_mended(folder)
    assert {problem.code for problem in done.restored} == {"catalog.damaged", "database.search"}
    assert [(folder / kept).read_text() for kept in done.aside] == ["{"]
    assert verify(folder).problems == ()
    with Library.open(folder) as library:
        assert library.find("影像").total == 1
        assert (folder / "catalog.json").read_bytes() == library.dump()


def test_what_was_mended_meanwhile_is_left_alone(folder: Path, backup: backups.Backup) -> None:
    path = stored_path(folder, "水質.txt")
    content = path.read_bytes()
    flip(path)
    with Library.open(folder, clock=Clock()) as library:
        problems = verify(library).problems
        path.write_bytes(content)
        done = mend(library, problems, [backup.source])
    assert (len(done.restored), done.aside) == (1, ())


def test_a_damaged_database_is_not_mended_here(folder: Path) -> None:
    with sqlite3.connect(folder / DATABASE) as connection:
        connection.execute("UPDATE change SET after = '{' WHERE number = 3")
    connection.close()
    assert [problem.code for problem in verified_and_mended(folder).still] == ["database.damaged"]


def test_reading_only_mends_nothing(folder: Path) -> None:
    with Library.open(folder, read_only=True) as library, pytest.raises(PortfolioError, match="唯讀"):
        mend(library, [])


def test_stopping_leaves_whole_files_only(folder: Path, backup: backups.Backup) -> None:
    for name in NAMES:
        flip(stored_path(folder, name))
    steps: list[object] = []

    def report(step: object) -> None:
        steps.append(step)
        if len(steps) == 2:
            progress.cancel()

    progress = Progress(report)
    with Library.open(folder, clock=Clock()) as library:
        problems = verify(library).problems
        with pytest.raises(Cancelled):
            mend(library, problems, [backup.source], progress)
        left = [problem.code for problem in verify(library).problems]
    assert left == ["file.hash"] * 2
    assert not (folder / "files" / ".incoming").exists()


@pytest.mark.no_cover
def test_any_call_may_fail_once(
    made: Path, backup: backups.Backup, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    codes = (errno.ENOSPC, errno.EIO, errno.EACCES)
    told = set[str]()
    for number in range(1, 500):
        folder = Path(shutil.copytree(made, tmp_path / str(number)))
        contents = {name: stored_path(folder, name).read_bytes() for name in NAMES}
        paths = {name: stored_path(folder, name) for name in NAMES}
        flip(paths[NAMES[0]])
        paths[NAMES[1]].unlink()
        as_folder(paths[NAMES[2]])
        before = all_hashes(folder)
        with Library.open(folder, clock=Clock()) as library:
            problems = verify(library).problems
            with pytest.MonkeyPatch.context() as patch:
                calls = failing(patch, folder, number, codes[number % 3])
                try:
                    mend(library, problems, [backup.source])
                except PortfolioError as error:
                    told.add(str(error))
            assert before <= all_hashes(folder), f"bytes were lost at {number}"
            mend(library, verify(library).problems, [backup.source])
            assert {problem.code for problem in verify(library).problems} <= {"file.foreign"}, number
        assert before <= all_hashes(folder)
        assert {name: path.read_bytes() for name, path in paths.items()} == contents, number
        shutil.rmtree(folder)
        if not calls.came:
            break
    assert not calls.came
    assert number > 20
    assert len(told) > 1
    assert {record.name.rpartition(".")[2] for record in caplog.records} <= {"outstanding"}, (
        "only the note was not made"
    )
    assert all(sentence.endswith("。") for sentence in told)


def test_the_mended_files_are_written_protected(folder: Path, backup: backups.Backup) -> None:
    path = stored_path(folder, "水質.txt")
    path.unlink()
    verified_and_mended(folder, backup.source)
    assert path.stat().st_mode & 0o222 == 0
    assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(path.parent.name)
