"""Earlier texts and files: all of them are told, whatever became of them, and each can be had back as a change like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.libraries import Clock, new_library, write_work
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with new_library(tmp_path / "library") as opened:
        opened.add(write_work(tmp_path / "work", {"甲.txt": "1", "乙.txt": "2"}))
        yield opened


def told(library: Library, field: str | None = None) -> list[tuple[str, str, bool]]:
    return [(one.id, one.text, one.current) for one in library.texts("p1", field)]


def test_every_text_of_a_piece_is_told_with_who_and_when(library: Library) -> None:
    library.edit("p1", Edit(summary="初稿", fields={"host": "社區"}))
    library.edit("p1", Edit(title="水質"))
    library.edit("p1", Edit(summary="定稿"))
    library.edit("p1", Edit(summary=""))
    assert told(library) == [
        ("summary@4", "定稿", False),
        ("title@3", "水質", True),
        ("fields.host@2", "社區", True),
        ("summary@2", "初稿", False),
        ("title@1", "甲", False),
    ]
    assert told(library, "summary") == [("summary@4", "定稿", False), ("summary@2", "初稿", False)]
    entries = {entry.group: entry for entry in library.history("p1")}
    for version in library.texts("p1"):
        assert (version.when, version.who) == (entries[version.group].when, entries[version.group].who)
        assert version.when


def test_an_earlier_text_comes_back_as_a_change(library: Library) -> None:
    library.edit("p1", Edit(summary="初稿", fields={"host": "社區"}))
    library.edit("p1", Edit(summary="定稿", fields={"host": ""}))
    before = library.dump()
    assert library.use_text("p1", "summary@2").summary == "初稿"
    assert library.history()[0].sentence == "「甲」的簡述改回先前的內容"
    assert library.use_text("p1", "fields.host@2").fields == {"host": "社區"}
    library.undo(2)
    assert library.dump() == before
    library.redo(2)
    piece = library.piece("p1")
    assert (piece.summary, piece.fields) == ("初稿", {"host": "社區"})
    assert told(library, "summary")[0] == ("summary@4", "初稿", True)


def test_what_was_undone_and_left_behind_is_not_lost(library: Library, tmp_path: Path) -> None:
    first, second = write_work(tmp_path / "work", {"初.png": PNG + b"1", "定.png": PNG + b"2"})
    library.attach("p1", first)
    library.attach("p1", second)
    library.edit("p1", Edit(summary="差點不見"))
    library.undo(3)
    library.edit("p1", Edit(title="走了另一條路"))
    assert library.redo() == []
    assert told(library, "summary") == [("summary@4", "差點不見", False)]
    assert [(one.file.id, one.file.name, one.file.current) for one in library.versions("p1")] == [
        ("f1", "甲.txt", True),
        ("f3", "初.png", False),
        ("f4", "定.png", False),
    ]
    before = library.dump()
    piece = library.edit("p1", Edit(), use_version="f4", use_text="summary@4")
    assert (piece.file("document").name, piece.summary) == ("定.png", "差點不見")
    assert library.history()[0].sentence == "修改「甲」的簡述、檔案".replace("甲", "走了另一條路")
    assert library.use_version("p1", "f3").file("document").name == "初.png"
    assert [file.current for file in library.piece("p1").files] == [True, True, False]
    final = library.dump()
    library.undo(2)
    assert library.dump() == before
    library.redo(2)
    assert library.dump() == final
    for one in library.versions("p1"):
        assert library.file_path(one.file.sha256).is_file()


def test_versions_know_who_brought_them_and_what_is_sealed(library: Library, tmp_path: Path) -> None:
    first, second = write_work(tmp_path / "work", {"初.png": PNG + b"1", "定.png": PNG + b"2"})
    library.attach("p1", first)
    library.edit("p1", Edit(certification="certified"))
    library.attach("p1", second)
    text, sealed, newest = library.versions("p1")
    assert [one.group for one in (text, sealed, newest)] == [1, 2, 4]
    assert sealed.file.sealed
    assert not sealed.file.current
    assert (len(sealed.file.sha256), len(sealed.file.md5)) == (64, 32)
    assert newest.file.current
    assert newest.file.sealed is None
    assert newest.when == library.history("p1")[0].when


def test_a_library_without_its_log_still_tells_its_texts(library: Library, tmp_path: Path) -> None:
    library.edit("p1", Edit(summary="初稿"))
    with Library.from_dump(tmp_path / "second", library.dump(), library.file_path, clock=Clock()) as second:
        assert told(second) == [("summary@0", "初稿", True), ("title@0", "甲", True)]
        assert [(one.file.id, one.group) for one in second.versions("p1")] == [("f1", 0)]
        second.edit("p1", Edit(summary="定稿"))
        assert told(second, "summary") == [("summary@1", "定稿", True), ("summary@0", "初稿", False)]
        assert second.use_text("p1", "summary@0").summary == "初稿"


def test_what_is_not_there_is_refused_and_changes_nothing(library: Library, tmp_path: Path) -> None:
    library.edit("p1", Edit(summary="初稿"))
    before, entries = library.dump(), len(library.history())
    for attempt in (
        lambda: library.use_text("p1", "summary@9"),
        lambda: library.use_text("p2", "summary@2"),
        lambda: library.use_text("p1", "category@1"),
        lambda: library.use_text("p1", "summary"),
        lambda: library.use_text("p9", "summary@2"),
        lambda: library.use_version("p1", "f2"),
        lambda: library.use_version("p1", "f9"),
        lambda: library.edit("p1", Edit(title="新"), use_text="summary@9"),
    ):
        with pytest.raises(UsageError):
            attempt()
    library.use_text("p1", "summary@2")
    assert (library.dump(), len(library.history())) == (before, entries), "the text in force is no change"
