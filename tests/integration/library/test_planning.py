"""Planning a bringing-in: what every file would become, told before anything is written."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from helpers.checkout import ROOT
from helpers.libraries import new_library, picture, write_work
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.planning import (
    Examined,
    Examiner,
    Held,
    Proposal,
    Twin,
    findings,
    given_name,
    incoming,
    joined,
    parted,
    propose,
    together,
    traces,
)
from portfolio_desktop.library.records import NewPiece, Refused
from portfolio_desktop.pieces.guessing import Student
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.pieces.telling_words import TellingWords
from portfolio_desktop.progress import Cancelled, Progress, Step
from portfolio_desktop.terms import Term

PDF = b"%PDF-1.4\n%%EOF"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(413)
WORDS = TellingWords.load(ROOT / "resources" / "guesses")
RULES = RuleBook.load(ROOT / "resources" / "rules").for_year(113)
STUDENT = Student(113, (Course("c1", "生物", Term(113, 1)),), datetime.date(2025, 3, 1))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        yield opened


def examined(*paths: Path, held: Held | None = None) -> list[Examined | Refused]:
    return list(Examiner(held or Held()).examine(paths, Progress()))


def proposed(*paths: Path) -> list[Proposal]:
    return [propose(one, WORDS, STUDENT) for one in examined(*paths) if isinstance(one, Examined)]


def test_files_are_told_with_kind_and_size_and_nothing_is_written(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / "高一上", {"報告.pdf": PDF, "志工/照片.png": b"\x89PNG\r\n\x1a\n", ".DS_Store": "x"})
    before = picture(tmp_path)
    found = examined(tmp_path / "高一上", held=library.held())
    assert [(one.path.name, one.inspection.kind, one.size) for one in found if isinstance(one, Examined)] == [
        ("報告.pdf", "pdf", len(PDF)),
        ("照片.png", "png", 8),
    ]
    assert picture(tmp_path) == before


def test_twins_of_the_library_are_told(library: Library, tmp_path: Path) -> None:
    same, other, thrown, new = write_work(
        tmp_path / "work", {"一.txt": "same", "二.txt": "else", "三.txt": "trash", "四.txt": "brand new"}
    )
    library.add([same, thrown])
    library.remove(["p2"])
    found = examined(same, other, thrown, new, held=library.held())
    assert [one.twin for one in found if isinstance(one, Examined)] == [
        Twin("p1", "一"),
        None,
        Twin("p2", "三", trashed=True),
        None,
    ]


def test_a_twin_in_use_is_told_rather_than_one_in_the_trash(library: Library, tmp_path: Path) -> None:
    one, two = write_work(tmp_path / "work", {"一.txt": "same", "二.txt": "other"})
    library.add([one, two])
    library.attach("p2", one, "source")
    library.remove(["p1"])
    assert library.held().by_size[4] == {next(iter(library.held().by_size[4])): Twin("p2", "二")}


def test_twins_among_the_files_themselves_are_told_also_later(tmp_path: Path) -> None:
    names = {"一.txt": "same", "二.txt": "else", "三.txt": "same", "四.txt": "else", "五.txt": "five"}
    one, two, three, four, five = write_work(tmp_path / "work", names)
    examiner = Examiner(Held())
    found = [*examiner.examine([one, two, three], Progress()), *examiner.examine([four, one, five], Progress())]
    assert [(one.path.name, one.same) for one in found if isinstance(one, Examined)] == [
        ("一.txt", None), ("二.txt", None), ("三.txt", one), ("四.txt", two), ("五.txt", None),
    ]  # fmt: skip


def test_a_file_that_vanished_meanwhile_is_nobodys_twin(tmp_path: Path) -> None:
    one, two = write_work(tmp_path / "work", {"一.txt": "same", "二.txt": "same"})
    found = Examiner(Held()).examine([one, two], Progress())
    assert isinstance(next(found), Examined)
    one.unlink()
    second = next(found)
    assert isinstance(second, Examined)
    assert second.is_new


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(library: Library, tmp_path: Path) -> None:
    (path,) = write_work(tmp_path / "work", {"a.pdf": PDF})
    (tmp_path / "work" / "空的").mkdir()
    gone = tmp_path / "沒有.pdf"
    found = examined(gone, tmp_path / "work", library.folder)
    assert found[0] == Refused(gone, "missing")
    assert [one.path for one in found if isinstance(one, Examined)] == [path]
    assert {one.reason for one in found if isinstance(one, Refused)} == {"missing", "directory", "library"}


@pytest.mark.skipif(os.name != "posix", reason="FIFOs of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管子.pdf")
    assert examined(tmp_path / "管子.pdf") == [Refused(tmp_path / "管子.pdf", "fifo")]


def test_it_can_be_stopped(tmp_path: Path) -> None:
    paths = write_work(tmp_path / "work", {f"{n}.txt": str(n) for n in range(5)})
    progress = Progress(lambda step: progress.cancel() if step.done == 2 else None)
    found = Examiner(Held()).examine(paths, progress)
    assert [next(found), next(found)]
    with pytest.raises(Cancelled):
        list(found)


def test_what_was_not_looked_at_when_it_was_stopped_comes_again(tmp_path: Path) -> None:
    paths = write_work(tmp_path / "work", {f"{n}.txt": "x" * n for n in range(5)})
    progress, examiner = Progress(), Examiner(Held())
    found = examiner.examine(paths, progress)
    assert [next(found), next(found)]
    progress.cancel()
    with pytest.raises(Cancelled):
        next(found)
    again = [one.path for one in examiner.examine([*paths, *paths], Progress()) if isinstance(one, Examined)]
    assert again == paths[2:]


def test_progress_counts_files(tmp_path: Path) -> None:
    paths = write_work(tmp_path / "work", {f"{n}.txt": str(n) for n in range(3)})
    steps: list[Step] = []
    list(Examiner(Held()).examine(paths, Progress(steps.append)))
    assert [(step.done, step.total, step.what) for step in steps] == [(n + 1, 3, f"{n}.txt") for n in range(3)]


def test_a_proposal_says_what_the_piece_would_be(tmp_path: Path) -> None:
    write_work(tmp_path / "高一上", {"生物_報告 (2).pdf": PDF})
    [proposal] = proposed(tmp_path / "高一上")
    assert proposal.new == NewPiece(Term(113, 1), "course", "c1", "生物 報告")
    assert proposal.guess.term_reason.text == "高一上"


def test_folders_from_home_up_tell_nothing() -> None:
    home = Path("/home/志工")
    assert traces(home / "高一上" / "a.pdf", 0, home).folders == ("高一上",)
    assert traces(home / "a.pdf", 0, home).folders == ()
    assert traces(Path("/home/b.pdf"), 0, home).folders == ()
    assert traces(Path("/media/usb/1/2/3/4/c.pdf"), 0, home).folders == ("4", "3", "2", "1")


def test_a_time_that_is_none_is_no_day() -> None:
    assert traces(Path("/a/b.pdf"), 1e300).day is None
    assert traces(Path("/a/b.pdf"), 1_700_050_000).day == datetime.date(2023, 11, 15)


def test_what_is_wrong_is_told_but_not_the_name(tmp_path: Path) -> None:
    bad, good = write_work(tmp_path / "work", {"報告？ 最終!.docx": "x", "a.png": b"\x89PNG\r\n\x1a\n"})
    wrong, _fine = proposed(bad, good)
    told = findings(wrong, RULES)
    assert told
    assert not any(finding.code.startswith("name.") for finding in told)
    assert {finding.about for finding in told} == {"source"}


def test_a_name_that_a_platform_may_refuse_gets_another_in_a_bundle(tmp_path: Path) -> None:
    bad, good = write_work(tmp_path / "work", {"報告？ 最終!.pdf": PDF, "好.pdf": PDF + b" "})
    wrong, fine = proposed(bad, good)
    assert given_name(wrong, wrong.files[0], RULES) == "報告-最終.pdf"
    assert given_name(fine, fine.files[0], RULES) == ""


def test_files_of_one_name_look_like_one_piece(tmp_path: Path) -> None:
    work = write_work(
        tmp_path / "work",
        {
            "合唱.pdf": PDF, "合唱.MP3": MP3, "別的.pdf": PDF + b"1", "兩份.pdf": PDF + b"2", "兩份.png": b"\x89PNG\r\n\x1a\n",
            "原稿.docx": "docx", "原稿.pdf": PDF + b"3", "文.txt": "a", "文.md": "bb", "下/合唱.mp4": b"x",
        },
    )  # fmt: skip
    proposals = proposed(*work)
    groups = [{proposals[place].files[0].path.name for place in group} for group in together(proposals)]
    assert groups == [{"合唱.pdf", "合唱.MP3"}, {"原稿.docx", "原稿.pdf"}]


def test_a_twin_belongs_to_no_group(tmp_path: Path) -> None:
    proposals = proposed(*write_work(tmp_path / "work", {"0.pdf": PDF, "合唱.pdf": PDF, "合唱.mp3": MP3}))
    assert together(proposals) == []


def test_joined_pieces_have_all_files_and_are_parted_again(tmp_path: Path) -> None:
    one, two = proposed(*write_work(tmp_path / "work", {"合唱.pdf": PDF, "合唱.mp3": MP3}))
    two = Proposal(two.files, NewPiece(Term(114, 1), "group", None, "別的"), two.guess)
    one = Proposal(one.files, NewPiece(None, None, None, "合唱", "https://example.org"), one.guess)
    both = joined([one, two])
    assert both.new == NewPiece(Term(114, 1), "group", None, "合唱", "https://example.org")
    assert [file.path.name for file in both.files] == ["合唱.pdf", "合唱.mp3"]
    assert both.size == one.size + two.size
    first, second = parted(both)
    assert (first.files, second.files) == (one.files, two.files)
    assert (first.new.title, second.new.title, second.new.category, second.new.link) == ("合唱", "合唱", "group", "")
    assert parted(first) == (first,)


def test_a_plan_is_carried_out_as_it_is_shown(library: Library, tmp_path: Path) -> None:
    course = library.add_course(Course("", "生物", Term(113, 1)))
    write_work(
        tmp_path / "作品",
        {
            "高一上/生物/觀察.pdf": PDF,
            "高一下/淨灘.txt": "淨灘",
            "高一下/合唱.mp3": MP3,
            "高一下/合唱.pdf": PDF + b"1",
            "高一再.pdf": PDF,
        },
    )
    student = Student(113, (course,), datetime.date(2025, 3, 1))
    found = Examiner(library.held()).examine([tmp_path / "作品"], Progress())
    plan = [propose(one, WORDS, student) for one in found if isinstance(one, Examined)]
    [group] = together(plan)
    merged = joined([plan[place] for place in group])
    plan = [one for place, one in enumerate(plan) if place not in group] + [merged]
    added = library.add_each(incoming(plan))
    assert {(p.title, p.category, str(p.term), p.course_id, len(p.files)) for p in added.added} == {
        (one.new.title, one.new.category, str(one.new.term), one.new.course_id, len(one.files))
        for one in plan
        if one.is_new
    }
    assert ("觀察", "course", "113-1", course.id, 1) in {
        (p.title, p.category, str(p.term), p.course_id, len(p.files)) for p in added.added
    }
    assert (added.duplicates, added.refused) == ([], [])
    library.undo()
    assert library.pieces() == []


def test_only_what_is_new_is_brought(tmp_path: Path) -> None:
    one, two = proposed(*write_work(tmp_path / "work", {"一.pdf": PDF, "二.pdf": PDF}))
    assert [item.paths for item in incoming([one, two])] == [(one.files[0].path,)]
    link = Proposal((), NewPiece(title="影片", link="https://example.org"))
    assert [item.paths for item in incoming([link])] == [()]
