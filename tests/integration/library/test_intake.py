"""Bringing files in: safe, whole, once, and without a trace when it is stopped."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.libraries import new_library, picture, stored_files, write_work
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library import intake
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import NewPiece, PieceFilter
from portfolio_desktop.library.store import BUFFER
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.progress import Cancelled, Progress, Step
from portfolio_desktop.terms import Term


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        yield opened


def test_every_file_becomes_a_piece(library: Library, tmp_path: Path) -> None:
    work = tmp_path / "work"
    write_work(
        work, {"報告_最終 (2).pdf": b"%PDF-1.4\n%%EOF", "照片/一.png": b"\x89PNG\r\n\x1a\n", "照片/.DS_Store": "x"}
    )
    before = picture(work)
    added = library.add([work], NewPiece(category="service"))
    assert {(piece.title, piece.category, str(piece.term)) for piece in added.added} == {
        ("報告 最終", "service", "113-2"),  # the clock of these tests stands in March 2025
        ("一", "service", "113-2"),
    }
    pdf = next(piece for piece in added.added if piece.title == "報告 最終")
    assert pdf.files[0].sha256 == hashlib.sha256(b"%PDF-1.4\n%%EOF").hexdigest()
    assert pdf.files[0].md5 == hashlib.md5(b"%PDF-1.4\n%%EOF").hexdigest()
    assert (pdf.files[0].role, pdf.files[0].kind, pdf.files[0].name) == ("document", "pdf", "報告_最終 (2).pdf")
    assert library.file_path(pdf.files[0].sha256).read_bytes() == b"%PDF-1.4\n%%EOF"
    assert picture(work) == before, "the student's own files are only read"
    assert not (library.folder / "files" / ".incoming").exists()


def test_what_is_known_of_new_pieces_is_used(library: Library, tmp_path: Path) -> None:
    course = library.add_course(Course("", "生物", Term(113, 1)))
    (path,) = write_work(tmp_path / "work", {"a.txt": "1"})
    new = NewPiece(term=Term(114, 1), category="course", course_id=course.id, title="水質")
    piece = library.add([path], new).added[0]
    assert (piece.title, piece.term, piece.category, piece.course_id) == ("水質", Term(114, 1), "course", "c1")


@pytest.mark.parametrize("new", [NewPiece(category="cooking"), NewPiece(course_id="c7"), NewPiece(course_id="x")])
def test_what_does_not_exist_is_refused_and_nothing_stays(library: Library, tmp_path: Path, new: NewPiece) -> None:
    paths = write_work(tmp_path / "work", {"a.txt": "1"})
    with pytest.raises(UsageError):
        library.add(paths, new)
    assert stored_files(library.folder) == []
    assert library.pieces() == []


def test_duplicates_are_told_with_their_twin_and_not_copied(library: Library, tmp_path: Path) -> None:
    one, two, twin = write_work(tmp_path / "work", {"一.txt": "same", "二.txt": "other", "三.txt": "same"})
    added = library.add([one, two, twin])
    assert [(duplicate.path, duplicate.piece_id) for duplicate in added.duplicates] == [(twin, "p1")]
    assert [piece.id for piece in added.added] == ["p1", "p2"]
    library.remove(["p2"])
    again = library.add([two, twin])
    assert again.added == []
    assert [(duplicate.piece_id, duplicate.trashed) for duplicate in again.duplicates] == [("p2", True), ("p1", False)]
    assert len(stored_files(library.folder)) == 2
    assert len(library.history()) == 2, "bringing in nothing new is no change"


def test_a_lost_file_is_healed_by_its_twin(library: Library, tmp_path: Path) -> None:
    (path,) = write_work(tmp_path / "work", {"一.txt": "precious"})
    piece = library.add([path]).added[0]
    stored = library.file_path(piece.files[0].sha256)
    stored.unlink()
    assert library.add([path]).duplicates[0].piece_id == piece.id
    assert stored.read_text() == "precious"
    stored.chmod(0o644)
    stored.write_text("prec")
    library.add([path])
    assert stored.read_text() == "precious"


@pytest.mark.parametrize("others", [0, 3])
@pytest.mark.parametrize("at", [0, BUFFER - 1, BUFFER, 2 * BUFFER + 9])
def test_a_file_that_has_rotted_is_healed_by_its_twin(library: Library, tmp_path: Path, at: int, others: int) -> None:
    content = random.Random(1).randbytes(2 * BUFFER + 10)
    alike = {f"{number}.bin": content[:-1] + bytes([content[-1] ^ number + 1]) for number in range(others)}
    path, *_rest = write_work(tmp_path / "work", {"一.bin": content, **alike})
    library.add([tmp_path / "work"])
    stored = library.file_path(hashlib.sha256(content).hexdigest())
    rotten = bytearray(content)
    rotten[at] ^= 1
    stored.chmod(0o644)
    stored.write_bytes(rotten)
    library.attach("p1", path)
    assert stored.read_bytes() == content
    stored.chmod(0o644)
    stored.write_bytes(rotten)
    assert len(library.add([path]).duplicates) == 1
    assert stored.read_bytes() == content
    assert not list((library.folder / "files").glob(".incoming"))


@pytest.mark.skipif(os.name != "posix", reason="FIFOs, sockets and links of POSIX")
def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    write_work(work, {"好.txt": "good", "空.txt": ""})
    os.mkfifo(work / "fifo")
    (work / "broken").symlink_to(work / "nowhere")
    listening = socket.socket(socket.AF_UNIX)
    monkeypatch.chdir(work)  # a socket's path must be short
    listening.bind("socket")
    added = library.add([*sorted(work.iterdir()), tmp_path / "missing.pdf"])
    listening.close()
    assert {(refused.path.name, refused.reason) for refused in added.refused} == {
        ("fifo", "fifo"),
        ("broken", "broken-link"),
        ("socket", "socket"),
        ("missing.pdf", "missing"),
    }
    assert {piece.title for piece in added.added} == {"好", "空"}


@pytest.mark.skipif(os.name != "posix", reason="names that are no text exist on POSIX")
def test_odd_names_are_kept_exactly_and_stored_safely(library: Library, tmp_path: Path) -> None:
    names = ["a:b?.txt", "con.txt", "換\n行.txt", "右\u202e左.txt", "\U0001f600.txt", "結尾.", "長" * 80 + ".txt"]
    paths = write_work(tmp_path / "work", {name: name for name in names})
    odd = Path(os.fsdecode(os.fsencode(tmp_path / "work") + b"/caf\xe9.txt"))
    odd.write_text("odd")
    added = library.add([*paths, odd])
    assert [piece.files[0].name for piece in added.added] == [*names, "caf\\udce9.txt"]
    for piece in added.added:
        stored = library.file_path(piece.files[0].sha256)
        assert stored.read_text() == ("odd" if "caf" in stored.name else piece.files[0].name)
    library.dump().decode()


def test_cancelling_leaves_no_trace(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "first", {"一.txt": "first"}))
    before, dump = picture(library.folder / "files"), library.dump()
    paths = write_work(tmp_path / "work", {f"{number}.txt": str(number) for number in range(60)})
    progress = Progress(lambda step: progress.cancel() if step.done == 20 else None)
    with pytest.raises(Cancelled):
        library.add(paths, progress=progress)
    assert picture(library.folder / "files") == before
    assert library.dump() == dump
    assert len(library.add(paths).added) == 60


def test_progress_counts_every_file(library: Library, tmp_path: Path) -> None:
    steps: list[Step] = []
    paths = write_work(tmp_path / "work", {f"{number}.txt": str(number) for number in range(30)})
    library.add(paths, progress=Progress(steps.append))
    assert [step.done for step in steps] == list(range(1, 31))
    assert {step.total for step in steps} == {30}
    assert {step.what for step in steps} == {path.name for path in paths}


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.no_cover
def test_two_thousand_files_at_once(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / "work", {f"{number // 100}/作品{number}.txt": f"content {number}" for number in range(2000)})
    added = library.add([tmp_path / "work"])
    assert len(added.added) == 2000
    assert len(stored_files(library.folder)) == 2000
    assert library.find("作品1999").total == 1
    assert len(library.undo()) == 1
    assert library.pieces(PieceFilter(trashed=None)) == []
    assert len(library.add([tmp_path / "work"]).added) == 2000


def test_files_are_read_by_several_threads(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(intake.THREADS, timeout=20)
    look = intake.inspect_structure

    def look_together(path: Path, kind: str | None = None) -> object:
        together.wait()  # goes on only when all threads are here at the same time
        return look(path, kind)

    monkeypatch.setattr(intake, "inspect_structure", look_together)
    paths = write_work(tmp_path / "work", {f"{number}.txt": str(number) for number in range(intake.THREADS * 3)})
    assert len(library.add(paths).added) == len(paths)


def test_the_plan_tells_what_would_be_read(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / "work", {"一.txt": "1234", "二_.txt": "12"})
    plan = library.plan_add([tmp_path / "work", tmp_path / "missing"])
    assert [(file.title, file.size) for file in plan.files] == [("一", 4), ("二", 2)]
    assert plan.bytes == 6
    assert plan.free > 0
    assert [(refused.path.name, refused.reason) for refused in plan.refused] == [("missing", "missing")]
    assert library.pieces() == []


@pytest.mark.parametrize("what", ["plan", "add"])
def test_a_walk_through_a_whole_disk_can_be_stopped(library: Library, tmp_path: Path, what: str) -> None:
    """The wish comes while folders are looked through, before a file is read."""
    paths = write_work(tmp_path / "work", {f"{number}.txt": str(number) for number in range(5)})
    before, progress, walked = picture(library.folder), Progress(), list[Path]()

    def endless() -> Iterator[Path]:
        for path in paths * 1000:
            if len(walked) == 3:
                progress.cancel()
            walked.append(path)
            yield path

    with pytest.raises(Cancelled):
        library.plan_add(endless(), progress) if what == "plan" else library.add(endless(), progress=progress)
    assert len(walked) == 4
    assert picture(library.folder) == before


def test_attach_refuses_what_is_no_file(library: Library, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "work", {"一.txt": "1"}))
    before = library.dump()
    for path in (tmp_path / "missing.pdf", tmp_path / "work" / "empty"):
        (tmp_path / "work" / "empty").mkdir(exist_ok=True)
        with pytest.raises(PortfolioError, match=path.name):
            library.attach("p1", path)
    with pytest.raises(UsageError):
        library.attach("p7", tmp_path / "work" / "一.txt")
    assert library.dump() == before
    assert len(stored_files(library.folder)) == 1


def test_attaching_what_is_there_already_changes_nothing(library: Library, tmp_path: Path) -> None:
    (path,) = write_work(tmp_path / "work", {"一.txt": "1"})
    library.add([path])
    assert len(library.attach("p1", path).files) == 1
    assert len(library.history()) == 1


def test_a_library_is_used_from_its_own_thread(library: Library) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            library.pieces()
        except AssertionError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_the_library_itself_and_a_bundle_are_refused_once(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / "包", {"manifest.json": '{\n "format": "portfolio-desktop/bundle"}', "a.pdf": "x"})
    write_work(tmp_path / "作品", {"b.txt": "我的報告"})
    (tmp_path / "空").mkdir()
    refused = [("library", "library"), ("包", "bundle"), ("空", "directory")]
    plan = library.plan_add([tmp_path])
    assert [(one.path.name, one.reason) for one in plan.refused] == refused
    added = library.add([tmp_path])
    assert [piece.title for piece in added.added] == ["b"]
    assert [(one.path.name, one.reason) for one in added.refused] == refused
    inside = library.add([library.folder / "library.sqlite3"])
    assert [(one.path.name, one.reason) for one in inside.refused] == [("library.sqlite3", "library")]
    assert (inside.added, inside.duplicates) == ([], [])
