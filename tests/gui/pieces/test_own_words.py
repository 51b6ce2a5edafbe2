"""What is typed stays with the piece that it was typed for, whatever arrives, goes or is chosen in the meantime."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.window import Driver, commit, compose
from portfolio_desktop.gui.pieces import writing
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.terms import Term

Start = Callable[..., Driver]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept by itself: what is kept is what something else made it keep."""
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)


@pytest.fixture
def three(start: Start, tmp_path: Path) -> Driver:
    """A window on three pieces: two of the same category, one of another."""
    with Library.create(tmp_path / "three", Profile("general", 113)) as library:
        for title, category in (("甲件", "service"), ("乙件", "service"), ("丙件", "officer")):
            path = tmp_path / f"{title}.txt"
            path.write_text(title, encoding="utf-8")
            library.add([path], NewPiece(Term(113, 1), category, None, title))
    return start(tmp_path / "three")


def write(driver: Driver, words: str) -> Any:
    """Type at the end of the summary, as an input method commits it; gives the field."""
    text = driver.box("summary").field.text
    text.setFocus()
    text.moveCursor(text.textCursor().MoveOperation.End)
    commit(text, words)
    return text


def summaries(driver: Driver) -> dict[str, str]:
    """Every summary as the library has it, once all is kept."""
    driver.control.pieces.writing.flush()
    driver.settle()
    return {row.piece.title: row.piece.summary for row in driver.control.pieces.known.rows.values()}


def hold(driver: Driver) -> threading.Event:
    """Keep the lane busy until the event is set."""
    free = threading.Event()
    driver.control.session.on_lane(lambda _desk: free.wait(20))
    return free


def test_a_new_category_takes_what_was_typed_before_it_arrives(three: Driver) -> None:
    three.choose("丙件")
    write(three, "丙件的簡述。")
    three.choose("甲件")
    write(three, "志工。")
    category = three.editor.category.field.list
    category.setCurrentIndex(category.findData("officer"))
    write(three, "再寫一句。")
    three.settle()
    assert summaries(three) == {"甲件": "志工。再寫一句。", "乙件": "", "丙件": "丙件的簡述。"}


def test_undoing_a_category_keeps_what_is_typed_meanwhile(three: Driver) -> None:
    three.choose("甲件")
    write(three, "志工。")
    three.control.pieces.writing.flush()
    three.settle()
    category = three.editor.category.field.list
    category.setCurrentIndex(category.findData("officer"))
    three.settle()
    three.control.pieces.undo()
    write(three, "再寫一句。")
    three.settle()
    assert summaries(three)["甲件"] == "志工。再寫一句。"


@pytest.mark.parametrize("other", ["乙件", "丙件"])
def test_a_word_that_is_composed_goes_to_no_other_piece(three: Driver, other: str) -> None:
    there = three.choose(other)
    three.choose("甲件")
    text = write(three, "志工。")
    compose(text, "ㄓ")
    three.control.parts.page.table.select([there])
    three.settle()
    kept = summaries(three)
    assert kept["甲件"].startswith("志工。")
    assert kept[other] == ""


def test_pieces_that_arrive_take_nobody_away_from_writing(three: Driver, tmp_path: Path) -> None:
    new = tmp_path / "新.txt"
    new.write_text("新的", encoding="utf-8")
    three.plan(new)
    free = hold(three)
    three.bringing.page.confirm.click()
    [here] = [row.id for row in three.control.pieces.known.rows.values() if row.piece.title == "乙件"]
    three.control.pieces.show(here)
    write(three, "志工做了")
    free.set()
    three.settle()
    write(three, "很多事。")
    assert summaries(three) == {"甲件": "", "乙件": "志工做了很多事。", "丙件": "", "新": ""}


def test_pieces_that_go_take_nobody_away_from_writing(three: Driver) -> None:
    there = three.choose("丙件")
    three.choose("甲件")
    free = hold(three)
    three.control.pieces.remove()
    three.control.parts.page.table.select([there])
    write(three, "幹部做了")
    free.set()
    three.settle()
    write(three, "很多事。")
    assert summaries(three)["丙件"] == "幹部做了很多事。"


def test_nothing_is_typed_into_a_library_that_is_being_moved(three: Driver, tmp_path: Path) -> None:
    three.choose("甲件")
    write(three, "搬以前寫的。")
    three.answers.folder = tmp_path / "新家"
    three.answers.folder.mkdir()
    free = hold(three)
    three.control.rooms.move()
    assert not three.window.body.isEnabled()
    free.set()
    three.qtbot.waitUntil(lambda: three.control.session.shelf.folder == tmp_path / "新家", timeout=20_000)
    three.settle()
    assert three.window.body.isEnabled()
    assert summaries(three)["甲件"] == "搬以前寫的。"


def test_a_folder_that_is_gone_when_it_was_chosen_is_said(three: Driver, tmp_path: Path) -> None:
    three.answers.folder = tmp_path / "拔掉的" / "隨身碟"
    three.control.rooms.move()
    three.settle()
    assert three.window.body.isEnabled()
