"""Adding pieces as they were planned: each with its own values and files, all of them as one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.libraries import new_library, stored_files, write_work
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Incoming, NewPiece
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.progress import Cancelled, Progress, Step
from portfolio_desktop.terms import Term

PDF = b"%PDF-1.4\n%%EOF"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(413)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        yield opened


def test_every_piece_has_what_was_told_of_it(library: Library, tmp_path: Path) -> None:
    course = library.add_course(Course("", "生物", Term(113, 1)))
    one, two = write_work(tmp_path / "work", {"一.pdf": PDF, "二_(2).txt": "二"})
    added = library.add_each(
        [
            Incoming((one,), NewPiece(Term(113, 1), "course", course.id, "水質")),
            Incoming((two,), NewPiece(category="service")),
        ]
    )
    told = [(p.title, p.category, str(p.term), p.course_id, [f.name for f in p.files]) for p in added.added]
    assert told == [("水質", "course", "113-1", "c1", ["一.pdf"]), ("二", "service", "None", None, ["二_(2).txt"])]
    assert library.next_steps()[0] == "收進 2 件作品"
    library.undo()
    assert library.pieces() == []
    library.redo()
    assert [piece.title for piece in library.pieces()] == ["水質", "二"]
    assert [hit.id for hit in library.find("水質").pieces] == ["p1"]


def test_files_of_one_piece_go_into_its_slots(library: Library, tmp_path: Path) -> None:
    files = {"合唱.mp3": MP3, "合唱.pdf": PDF, "合唱2.pdf": PDF + b"2", "合唱.docx": "docx"}
    added = library.add_each([Incoming(tuple(write_work(tmp_path / "work", files)), NewPiece(title="合唱"))])
    [piece] = added.added
    slots = {(file.role, file.name) for file in piece.files}
    assert slots == {
        ("media", "合唱.mp3"), ("document", "合唱.pdf"), ("source", "合唱2.pdf"), ("source", "合唱.docx"),
    }  # fmt: skip
    assert all(file.current for file in piece.files)


def test_a_link_alone_is_a_piece(library: Library) -> None:
    [piece] = library.add_each([Incoming((), NewPiece(title="演出", link="https://example.org/v"))]).added
    assert (piece.title, piece.link, piece.files) == ("演出", "https://example.org/v", ())
    library.undo()
    assert library.pieces() == []


@pytest.mark.parametrize("title", [None, "", "  ", "\u200b"])
def test_a_piece_with_nothing_is_refused(library: Library, tmp_path: Path, title: str | None) -> None:
    (path,) = write_work(tmp_path / "work", {"a.txt": "a"})
    with pytest.raises(UsageError):
        library.add_each([Incoming((path,), NewPiece()), Incoming((), NewPiece(title=title))])
    assert stored_files(library.folder) == []


def test_twins_and_refusals_leave_the_rest(library: Library, tmp_path: Path) -> None:
    old, same, new = write_work(tmp_path / "work", {"舊.pdf": PDF, "同.pdf": PDF, "新.mp3": MP3})
    library.add([old])
    gone, folder = tmp_path / "沒有.pdf", tmp_path / "work"
    added = library.add_each(
        [
            Incoming((same, new), NewPiece(title="兩個檔案")),
            Incoming((same,), NewPiece(title="只有舊的")),
            Incoming((gone,), NewPiece(title="不在了")),
            Incoming((folder,), NewPiece(title="資料夾")),
            Incoming((new,), NewPiece(title="再一次")),
        ]
    )
    assert [(piece.title, [file.name for file in piece.files]) for piece in added.added] == [("兩個檔案", ["新.mp3"])]
    assert [(twin.path, twin.piece_id) for twin in added.duplicates] == [(same, "p1")]
    assert {(refused.path, refused.reason) for refused in added.refused} == {(gone, "missing"), (folder, "directory")}


def test_nothing_new_is_no_change(library: Library, tmp_path: Path) -> None:
    (path,) = write_work(tmp_path / "work", {"a.txt": "a"})
    library.add([path])
    assert library.add_each([Incoming((path,), NewPiece(title="b"))]).added == []
    assert len(library.history()) == 1


@pytest.mark.parametrize("new", [NewPiece(category="cooking"), NewPiece(course_id="c7"), NewPiece(course_id="x")])
def test_what_does_not_exist_is_refused_and_nothing_stays(library: Library, tmp_path: Path, new: NewPiece) -> None:
    one, two = write_work(tmp_path / "work", {"a.txt": "1", "b.txt": "2"})
    with pytest.raises(UsageError):
        library.add_each([Incoming((one,), NewPiece(category="other")), Incoming((two,), new)])
    assert stored_files(library.folder) == []
    assert library.pieces() == []


@pytest.mark.parametrize("at", [1, 2, 3])
def test_cancelling_leaves_no_trace(library: Library, tmp_path: Path, at: int) -> None:
    paths = write_work(tmp_path / "work", {f"{n}.txt": str(n) for n in range(4)})

    def stop(step: Step) -> None:
        if step.done == at:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        library.add_each([Incoming((path,), NewPiece()) for path in paths], progress)
    assert (stored_files(library.folder), library.pieces(), library.history()) == ([], [], [])
    assert not (library.folder / "files" / ".incoming").exists()
