"""The plan: who is in it, in which order, under which names, and what is said against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.bundles import FORMS, Shelf
from helpers.checkout import ROOT
from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.entries import BundlePlan
from portfolio_desktop.bundle.plan import plan_bundle
from portfolio_desktop.findings.rules import RuleBook
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece
from portfolio_desktop.terms import Term

RULES = RuleBook.load(ROOT / "resources" / "rules")
PROFILE = Profile("general", 113)
COURSE = Course("c1", "生物", Term(113, 1), "required")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


def planned(pieces: Iterable[Piece], year: int = 113, **more: Any) -> BundlePlan:
    return plan_bundle(list(pieces), [COURSE], FORMS, RULES, year, PROFILE, **more)


def piece(number: int, category: str | None = "other", place: int | None = 1, **more: Any) -> Piece:
    given: dict[str, Any] = {
        "title": f"作品{number}",
        "term": Term(113, 1),
        "ticked": {} if place is None else {113: place},
        "certification": "certified" if category == "course" else "editing",
        "course_id": "c1" if category == "course" else None,
    }
    return Piece(id=f"p{number}", category=category, **(given | more))


def test_only_what_is_ticked_for_the_year() -> None:
    plan = planned([piece(1), piece(2, place=None), piece(3, ticked={112: 1})])
    assert [entry.id for entry in plan.entries] == ["p1"]
    assert plan.left_out == ()


def test_the_platforms_order_then_the_ticks() -> None:
    pieces = [piece(n, category, place=1) for n, category in enumerate(reversed(CATEGORIES), 1)]
    assert [entry.category for entry in planned(pieces).entries] == list(CATEGORIES)
    same = [piece(1, place=3), piece(2, place=1), piece(10, place=2), piece(3, place=2)]
    assert [entry.id for entry in planned(same).entries] == ["p2", "p3", "p10", "p1"]
    assert [entry.number for entry in planned(same).entries] == [1, 2, 3, 4]


def test_the_order_of_what_is_given_does_not_matter() -> None:
    pieces = [piece(n, category, place=n) for n, category in enumerate(CATEGORIES, 1)]
    assert planned(pieces) == planned(reversed(pieces))


def test_one_folder_a_category_numbered_as_the_platforms_list_them() -> None:
    pieces = [piece(n, category, place=1) for n, category in enumerate(CATEGORIES, 1)]
    assert [entry.folder for entry in planned(pieces).entries] == [
        "01_課程學習成果",
        "02_幹部經歷暨事蹟",
        "03_競賽參與",
        "04_檢定證照",
        "05_服務學習",
        "06_彈性學習時間-自主學習",
        "07_團體活動時間-社團",
        "08_職場學習",
        "09_作品成果",
        "10_大學及技專校院先修課程",
        "11_其他多元表現",
    ]


def test_the_document_of_the_format_names_the_folders_as_they_are() -> None:
    pieces = [piece(n, category, place=1) for n, category in enumerate(CATEGORIES, 1)]
    folders = [entry.folder for entry in planned(pieces).entries]
    told = (ROOT / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    assert re.findall(r"`(\d\d_[^`/.]+)`", told) == folders
    assert set(re.findall(r"── (\d\d_[^/\s.]+)/", told)) <= set(folders)


def test_files_get_the_number_the_title_and_the_right_ending(shelf: Shelf) -> None:
    files = (shelf.file(b"1", "IMG_0001.PDF", "pdf"), shelf.file(b"2", "影片.MOV", "mp4", 2))
    (entry,) = planned([piece(1, title="水質：調查 報告?", files=files)]).entries
    assert [target.path for target in entry.targets] == [
        "11_其他多元表現/01_水質-調查-報告.pdf",
        "11_其他多元表現/01_水質-調查-報告.mp4",
    ]
    assert [target.original for target in entry.targets] == ["IMG_0001.PDF", "影片.MOV"]
    assert [row.target for row in entry.rows if row.target] == list(entry.targets)


def test_a_file_that_was_recorded_as_certified_is_told_as_sealed(shelf: Shelf) -> None:
    sealed, plain_file = shelf.file(b"1", "定稿.pdf", "pdf", 1), shelf.file(b"2", "片.mp4", "mp4", 2)
    when = "2025-03-01T08:00:00+08:00"
    (entry,) = planned([piece(1, "course", files=(replace(sealed, sealed=when), plain_file))]).entries
    assert [file.get("sealed") for file in entry.to_json()["files"]] == [when, None]


def test_only_current_files_of_the_slots_are_uploaded(shelf: Shelf) -> None:
    files = (
        shelf.file(b"old", "舊.pdf", "pdf", 1, current=False),
        shelf.file(b"new", "新.pdf", "pdf", 2, made_from="f3"),
        shelf.file(b"source", "原稿.docx", "docx", 3, role="source"),
    )
    (entry,) = planned([piece(1, files=files)]).entries
    assert [target.original for target in entry.targets] == ["新.pdf"]


@pytest.mark.parametrize("title", ["", "  ", "👍👍", "///"])
def test_a_piece_without_a_usable_title_is_called_by_its_category(shelf: Shelf, title: str) -> None:
    (entry,) = planned([piece(1, title=title, files=(shelf.file(b"1", "x.pdf", "pdf"),))]).entries
    assert entry.targets[0].name == "01_其他多元表現.pdf"


def test_two_files_that_would_have_one_name(shelf: Shelf) -> None:
    files = (shelf.file(b"1", "a.mp4", "mp4", 1, role="document"), shelf.file(b"2", "b.mp4", "mp4", 2, role="media"))
    (entry,) = planned([piece(1, files=files)]).entries
    first, second = (target.path for target in entry.targets)
    assert layout.key(first) != layout.key(second)


@pytest.mark.parametrize(
    "title", ["水" * 300, "CON", "..", "a" * 300, "\u202e水", "é" * 100, "e\u0301" * 60, "𠮷" * 90]
)
@pytest.mark.parametrize("kind", ["pdf", "mp4", "docx", "unknown", "empty"])
def test_every_path_is_safe_whatever_the_title(shelf: Shelf, title: str, kind: str) -> None:
    files = (shelf.file(b"1", f"{title}.{kind}", kind, role="document"),)
    plan = planned([piece(1, title=title, files=files)], everything=True)
    assert all(layout.is_safe(target.path) for target in plan.targets)
    assert len(plan.targets) == 2


def test_a_trashed_or_uncategorised_piece_is_left_out_with_its_reason() -> None:
    plan = planned([piece(1, trashed="2025-01-01T00:00:00+08:00"), piece(2, category=None), piece(3)])
    assert [entry.id for entry in plan.entries] == ["p3"]
    assert [(left.id, left.finding.code) for left in plan.left_out] == [
        ("p1", "tick.trashed"),
        ("p2", "tick.no-category"),
    ]
    assert [found.code for found in plan.all_findings if found.code.startswith("tick.")] == [
        "tick.trashed",
        "tick.no-category",
    ]


def test_a_faulty_piece_is_exported_with_its_findings(shelf: Shelf) -> None:
    bad = replace(shelf.file(b"1", "x.pdf", "pdf"), size=5 << 20)
    (entry,) = planned([piece(1, files=(bad,), summary="字" * 101)]).entries
    codes = {found.code for found in entry.findings}
    assert {"size.over", "summary.over"} <= codes
    assert entry.targets
    assert any(found.severity == "error" for found in entry.findings)


def test_a_tick_that_would_be_refused_now_is_said() -> None:
    sent = piece(1, "course", certification="sent")
    other_year = piece(2, "course", term=Term(112, 1))
    plan = planned([sent, other_year])
    codes = {entry.id: {found.code for found in entry.findings} for entry in plan.entries}
    assert "tick.not-certified" in codes["p1"]
    assert "certification.ticked" not in codes["p1"]  # not in weaker words once more
    assert "tick.wrong-year" in codes["p2"]


def test_the_same_bytes_twice_are_said(shelf: Shelf) -> None:
    one, two = (piece(n, place=n, files=(shelf.file(b"same", "x.pdf", "pdf", n),)) for n in (1, 2))
    first, second = planned([one, two]).entries
    assert "tick.same-bytes" not in {found.code for found in first.findings}
    assert "tick.same-bytes" in {found.code for found in second.findings}


def test_more_than_the_quota_is_said_and_exported() -> None:
    plan = planned(piece(n, place=n) for n in range(1, 13))
    over = [entry.id for entry in plan.entries if "tick.quota" in {found.code for found in entry.findings}]
    assert over == ["p11", "p12"]
    assert len(plan.entries) == 12


def test_a_year_without_ticks() -> None:
    plan = planned([piece(1, place=None)])
    assert [found.code for found in plan.findings] == ["bundle.empty"]
    assert plan.all_findings == plan.findings


def test_each_piece_is_judged_by_the_rules_of_its_own_year(shelf: Shelf) -> None:
    """Before 109 a document had at most 2 MB; the activity was done then and is ticked later."""
    file = replace(shelf.file(b"1", "x.pdf", "pdf"), size=3 << 20)
    old = piece(1, term=Term(108, 2), files=(file,))
    new = piece(2, place=2, term=Term(113, 1), files=(replace(file, sha256="0" * 64),))
    codes = [{found.code for found in entry.findings} for entry in planned([old, new]).entries]
    assert "size.over" in codes[0]
    assert "size.over" not in codes[1]


def test_everything_carries_every_version_of_every_file_once(shelf: Shelf) -> None:
    shared = shelf.file(b"shared", "甲.pdf", "pdf", 1)
    pieces = [
        piece(1, files=(shared, shelf.file(b"old", "舊.pdf", "pdf", 2, current=False))),
        piece(2, place=None, files=(replace(shared, id="f3", name="乙.pdf"),)),
        piece(
            3,
            place=None,
            trashed="2025-01-01T00:00:00+08:00",
            files=(shelf.file(b"t", "稿.docx", "docx", 4, role="source"),),
        ),
    ]
    plan = planned(pieces, everything=True)
    assert {target.original for target in plan.stored} == {"乙.pdf", "稿.docx", "舊.pdf"}
    assert len(plan.stored) == 3
    assert all(target.path.startswith("完整資料/files/") for target in plan.stored)
    assert planned(pieces).stored == ()


def test_the_profile_goes_along() -> None:
    assert planned([]).profile == {"school_type": "general", "entry_year": 113, "name": "", "school": ""}


def test_the_mark_of_a_piece_follows_its_content_only(shelf: Shelf) -> None:
    file = shelf.file(b"1", "x.pdf", "pdf")
    base = piece(1, files=(file,), summary="一")

    def mark(one: Piece, *others: Piece, year: int = 113) -> str:
        plan = planned([one, *others], year)
        (entry,) = (entry for entry in plan.entries if entry.id == one.id)
        return plan.mark(entry)

    before = mark(base)
    assert mark(base, piece(0, "course")) == before  # its number changes
    assert mark(replace(base, certification_note="x")) == before
    assert mark(replace(base, summary="二")) != before
    assert mark(replace(base, files=(replace(file, sha256="0" * 64),))) != before
    assert mark(replace(base, term=Term(113, 2))) != before
    assert mark(replace(base, ticked={114: 1}), year=114) != before
