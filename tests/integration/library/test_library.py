"""A library from its making to its reopening, through the door that both front ends use."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece, PieceFilter
from portfolio_desktop.terms import Term

TITLES = ("臺北盆地水質調查報告", "ＡＩ影像辨識專題", "太鼓社成果發表", "數學建模：排隊理論")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    for number, title in enumerate(TITLES):
        (folder / f"{number}-{title}.txt").write_text(f"work {number}", encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with Library.create(tmp_path / "library", Profile("general", 113, "示範學生")) as opened:
        yield opened


def test_add_edit_tick_find_undo(library: Library, work: Path) -> None:
    added = library.add([work], NewPiece(term=Term(113, 1), category="other"))
    assert [piece.id for piece in added.added] == ["p1", "p2", "p3", "p4"]
    assert (added.duplicates, added.refused) == ([], [])
    before = library.dump()
    piece = library.edit("p2", Edit(summary="用手機拍", fields={"name": "專題"}))
    assert (piece.summary, dict(piece.fields)) == ("用手機拍", {"name": "專題"})
    library.tick(["p3", "p2"], 113)
    assert [library.piece(one).ticked for one in ("p3", "p2")] == [{113: 1}, {113: 2}]
    after = library.dump()
    assert library.find("手機 影像").pieces[0].where == ("title", "summary", "files")
    assert library.undo(2) == ["勾選 2 件到 113 學年度", "修改「1-ＡＩ影像辨識專題」的表單欄位、簡述"]
    assert library.dump() == before
    assert library.find("手機").total == 0
    library.redo(2)
    assert library.dump() == after


def test_everything_is_there_after_reopening(tmp_path: Path, library: Library, work: Path) -> None:
    library.add([work])
    library.remove(["p1"])
    dump = library.dump()
    library.close()
    assert (tmp_path / "library" / "catalog.json").read_bytes() == dump
    with Library.open(tmp_path / "library") as again:
        assert again.dump() == dump
        assert [piece.id for piece in again.pieces(PieceFilter(trashed=True))] == ["p1"]
        assert again.undo() == ["把「0-臺北盆地水質調查報告」移到垃圾桶"]
        with pytest.raises(UsageError):
            again.piece("p99")


def test_a_library_made_from_a_dump_is_equal(tmp_path: Path, library: Library, work: Path) -> None:
    library.add([work])
    library.edit("p1", Edit(certification="certified", term=Term(113, 2)))
    paths = {file.sha256: file.path for file in library.files()}
    with Library.from_dump(tmp_path / "second", library.dump(), paths.__getitem__) as second:
        assert second.dump() == library.dump()
        assert second.find("影像").total == 1
        assert second.next_steps() == (None, None)
