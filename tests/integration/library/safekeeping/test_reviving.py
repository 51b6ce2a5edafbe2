"""One piece brought back out of a backup: gone, changed or damaged since, with its bytes, as one change."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.libraries import new_library, stored_files, write_work
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping.reviving import Held, compared, held_in, revive
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.progress import Cancelled, Progress
from portfolio_desktop.terms import Term

PDF = b"%PDF-1.4\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two pieces; the first with a summary, a course and a replaced document."""
    with new_library(tmp_path / "library") as opened:
        work = write_work(
            tmp_path / "work", {"水質.pdf": PDF + b"1", "校慶.pdf": PDF + b"2", "水質定稿.pdf": PDF + b"3"}
        )
        opened.add(work[:2])
        course = opened.add_course(Course("", "生物", Term(113, 1)))
        opened.edit("p1", Edit(summary="那時的簡述", course_id=course.id, category="course", fields={"host": "社區"}))
        opened.attach("p1", work[2])
        yield opened


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> Path:
    """A copy of the database and of all files, as of now."""
    library._holding.database.backup(tmp_path / "backup" / "library.sqlite3")
    shutil.copytree(library.folder / "files", tmp_path / "backup" / "files")
    return tmp_path / "backup"


def held(backup: Path) -> Held:
    return held_in(backup / "library.sqlite3")


def source(backup: Path) -> Callable[[str], Path | None]:
    return lambda sha256: next((backup / "files" / sha256[:16]).glob("*"), None)


def states(library: Library, backup: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.piece.id: (one.state, one.different) for one in compared(library, held(backup))}


def empty_out(library: Library, identity: str) -> None:
    library.remove([identity])
    library.empty_trash()


def test_what_bringing_back_would_do_is_told_first(library: Library, backup: Path) -> None:
    assert states(library, backup) == {"p1": ("same", ()), "p2": ("same", ())}
    library.edit("p1", Edit(summary="後來的", title="另一個"))
    library.detach("p1", "document")
    empty_out(library, "p2")
    assert states(library, backup) == {"p1": ("different", ("title", "summary", "files")), "p2": ("gone", ())}


def test_a_changed_piece_becomes_what_it_was_and_undo_takes_that_back(library: Library, backup: Path) -> None:
    then = library.piece("p1")
    library.edit("p1", Edit(summary="後來的", title="另一個", fields={"host": ""}, clear=frozenset({"course_id"})))
    library.use_version("p1", "f1")
    library.remove(["p1"])
    before = library.dump()
    revived = revive(library, held(backup), "p1", source(backup))
    now = library.piece("p1")
    assert revived.piece == now
    assert revived.missing == ()
    for name in ("title", "summary", "fields", "course_id", "category", "added", "files", "trashed"):
        assert getattr(now, name) == getattr(then, name), name
    assert library.history()[0].sentence == "從備份救回「水質」"
    assert states(library, backup)["p1"][0] == "same"
    library.undo()
    assert library.dump() == before
    library.redo()
    assert library.piece("p1").summary == "那時的簡述"


def test_a_file_that_came_later_stays_as_an_earlier_version(library: Library, backup: Path, tmp_path: Path) -> None:
    [later] = write_work(tmp_path / "work", {"更晚.pdf": PDF + b"4"})
    library.attach("p1", later)
    revive(library, held(backup), "p1", source(backup))
    names = {file.name: file.current for file in library.piece("p1").files}
    assert names == {"水質.pdf": False, "水質定稿.pdf": True, "更晚.pdf": False}


def test_a_piece_that_is_gone_comes_as_a_new_one_with_everything(library: Library, backup: Path) -> None:
    then = library.piece("p1")
    library.tick(["p1"], 113)
    library.remove_course(then.course_id or "")
    empty_out(library, "p1")
    before = library.dump()
    revived = revive(library, held(backup), "p1", source(backup))
    now = revived.piece
    assert now.id == "p3"
    assert (now.title, now.summary, now.fields, now.added) == (then.title, then.summary, then.fields, then.added)
    assert [(f.role, f.name, f.sha256, f.current) for f in now.files] == [
        (f.role, f.name, f.sha256, f.current) for f in then.files
    ]
    assert not now.ticked
    assert [course.name for course in library.courses()] == ["生物"]
    assert now.course_id == library.courses()[0].id
    assert library.find("那時的簡述").pieces[0].id == "p3"
    library.undo()
    assert library.dump() == before


def test_bytes_that_are_lost_or_rotten_come_from_the_backup(library: Library, backup: Path) -> None:
    [lost, rotten] = [library.file_path(file.sha256) for file in library.piece("p1").files]
    whole = rotten.read_bytes()
    lost.unlink()
    rotten.chmod(0o644)
    rotten.write_bytes(whole[:-1] + b"!")
    revive(library, held(backup), "p1", source(backup))
    assert rotten.read_bytes() == whole
    assert not lost.exists()  # an earlier version: what verify and mend are for


def test_into_another_library_come_the_bytes_under_their_own_names(
    library: Library, backup: Path, tmp_path: Path
) -> None:
    with new_library(tmp_path / "other") as other:
        [own] = other.add(write_work(tmp_path / "work", {"自己的.pdf": PDF + b"9"})).added
        assert {one.state for one in compared(other, held(backup))} == {"gone"}
        revived = revive(other, held(backup), "p1", source(backup))
        assert revived.piece.id == "p2"
        assert other.piece(own.id).title == "自己的"
        assert [name.rpartition("/")[2] for name in stored_files(other.folder)].count("水質定稿.pdf") == 1
        for file in revived.piece.files:
            assert other.file_path(file.sha256).read_bytes() == library.file_path(file.sha256).read_bytes()


def test_files_that_are_nowhere_are_named_and_the_rest_comes(library: Library, backup: Path) -> None:
    [first, second] = library.piece("p1").files
    empty_out(library, "p1")
    for file in (first, second):
        shutil.rmtree(library.folder / "files" / file.sha256[:16])
    shutil.rmtree(backup / "files" / first.sha256[:16])
    (backup / "files" / second.sha256[:16] / second.name).chmod(0o644)
    (backup / "files" / second.sha256[:16] / second.name).write_bytes(b"rotten")
    revived = revive(library, held(backup), "p1", source(backup))
    assert revived.missing == ("水質.pdf", "水質定稿.pdf")
    assert revived.piece.files == ()
    assert revived.piece.summary == "那時的簡述"
    assert stored_files(library.folder) == [
        library.file_path(library.piece("p2").files[0].sha256).relative_to(library.folder / "files").as_posix()
    ]


def test_a_slot_whose_bytes_are_nowhere_keeps_what_lies_in_it(library: Library, backup: Path, tmp_path: Path) -> None:
    second = library.piece("p1").files[1]
    [later] = write_work(tmp_path / "work", {"更晚.pdf": PDF + b"4"})
    library.attach("p1", later)
    for folder in (library.folder, backup):
        shutil.rmtree(folder / "files" / second.sha256[:16])
    revived = revive(library, held(backup), "p1", source(backup))
    assert revived.missing == ("水質定稿.pdf",)
    assert [file.name for file in revived.piece.files if file.current] == ["更晚.pdf"]


def test_stopping_leaves_nothing(library: Library, backup: Path, tmp_path: Path) -> None:
    with new_library(tmp_path / "other") as other:
        before, files = other.dump(), stored_files(other.folder)
        stop = Progress()
        stop.cancel()
        with pytest.raises(Cancelled):
            revive(other, held(backup), "p1", source(backup), stop)
        assert other.dump() == before
        assert stored_files(other.folder) == files


def test_what_cannot_be_is_one_sentence(library: Library, backup: Path) -> None:
    with pytest.raises(UsageError, match="這份備份裡沒有「p9」這一件"):
        revive(library, held(backup), "p9", source(backup))
    with (
        Library.open(library.folder, read_only=True) as reading,
        pytest.raises(PortfolioError, match="唯讀"),
    ):
        revive(reading, held(backup), "p1", source(backup))


def test_a_copy_of_an_older_schema_can_be_brought_back_from(library: Library) -> None:
    old = Path(__file__).resolve().parents[3] / "data" / "libraries" / "schema-1"
    before = (old / "library.sqlite3").read_bytes()
    found = held(old)
    assert found.identity is None
    [piece, *_more] = [one for one in found.pieces if one.files]
    revived = revive(library, found, piece.id, source(old))
    assert (revived.piece.title, revived.missing) == (piece.title, ())
    assert (old / "library.sqlite3").read_bytes() == before
