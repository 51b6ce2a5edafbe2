from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from helpers.window import Driver, commit, compose
from portfolio_desktop.gui.pieces import writing
from portfolio_desktop.gui.summary.page import EARLIER, SummaryPage
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.terms import Term

FIRST, SECOND = "我們去河邊採了三次水。", "我和同學採了五次水樣，學到怎麼看誤差。"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A library with a course result whose summary was written twice, and an activity without one."""
    folder = tmp_path / "two"
    files = []
    for name in ("一.txt", "二.txt"):
        files.append(tmp_path / name)
        files[-1].write_text(name, encoding="utf-8")
    with Library.create(folder, Profile("general", 113)) as library:
        [piece] = library.add([files[0]], NewPiece(Term(113, 1), "course", None, "水質調查")).added
        library.add([files[1]], NewPiece(Term(113, 1), "service", None, "圖書館志工"))
        for text in (FIRST, SECOND):
            library.edit(piece.id, Edit(summary=text))
    return folder


@pytest.fixture
def large(start: Callable[..., Driver], two: Path) -> Driver:
    """A window with the summary of the course result in large."""
    driver = start(two)
    driver.choose("水質")
    driver.box("summary").field.enlarge_button.click()
    return driver


def page(driver: Driver) -> SummaryPage:
    made: SummaryPage = driver.control.pieces.summary.page
    return made


def text(driver: Driver) -> Any:
    return driver.box("summary").field.text


def test_an_obligatory_summary_says_so_while_nothing_is_written(start: Callable[..., Driver], two: Path) -> None:
    driver = start(two)
    driver.choose("志工")
    assert driver.box("summary").field.verdict.text() == "還沒寫，這一欄一定要寫"
    driver.box("summary").field.enlarge_button.click()
    assert page(driver).tally.isHidden()
    commit(text(driver), "整理書架")
    assert page(driver).tally.isVisible()


def test_it_is_the_same_text_in_large(large: Driver) -> None:
    assert "texts" not in vars(page(large)), "earlier texts are made when they are looked at"
    assert page(large).isVisible()
    assert page(large).heading.text() == "水質調查"
    assert text(large).isVisible()
    assert page(large).isAncestorOf(text(large))
    assert text(large).toPlainText() == SECOND
    assert page(large).tally.lines["code_points"][1].text() == f"{len(SECOND)} / 100"


def test_what_is_written_there_is_kept_like_everything(large: Driver) -> None:
    text(large).moveCursor(text(large).textCursor().MoveOperation.End)
    commit(text(large), "下學期再測。")
    assert page(large).tally.lines["code_points"][1].text() == f"{len(SECOND) + 6} / 100"
    large.control.pieces.writing.flush()
    large.settle()
    assert large.piece(large.control.pieces.writing.row.id).summary == SECOND + "下學期再測。"
    large.control.pieces.undo()
    large.settle()
    assert text(large).toPlainText() == SECOND
    assert page(large).isVisible()


def test_escape_goes_back_and_keeps_what_was_typed(large: Driver) -> None:
    commit(text(large), "新的。")
    large.qtbot.keyClick(text(large), Qt.Key.Key_Escape)
    large.settle()
    assert not page(large).isVisible()
    assert large.box("summary").isAncestorOf(text(large))
    assert text(large).isVisible()
    assert "新的。" in large.piece(large.control.pieces.writing.row.id).summary


def test_escape_in_the_middle_of_a_word_belongs_to_the_input_method(large: Driver) -> None:
    compose(text(large), "ㄕㄨㄟˇ")
    large.qtbot.keyClick(page(large), Qt.Key.Key_Escape)
    assert page(large).isVisible()
    compose(text(large), "")
    large.qtbot.keyClick(page(large), Qt.Key.Key_Escape)
    assert not page(large).isVisible()


def test_composing_beyond_the_limit_is_not_counted_and_not_broken(large: Driver) -> None:
    text(large).selectAll()
    commit(text(large), "字" * 98)
    counted = page(large).tally.lines["strict"][1]
    for preedit in ("ㄕ", "ㄕㄨ", "ㄕㄨㄟˇㄓˊ"):
        compose(text(large), preedit)
        assert counted.text() == "98 / 100"
        assert text(large).extraSelections() == []
    large.control.pieces.writing.flush()
    assert text(large).composing
    commit(text(large), "水質調查")
    assert counted.text() == "102 / 100"
    assert page(large).tally.lines["bytes"][2].text() == "會退回，多了 6"
    [over] = text(large).extraSelections()
    assert (over.cursor.selectionStart(), over.cursor.selectionEnd()) == (100, 102)
    assert large.box("summary").field.value() == "字" * 98 + "水質調查"


def test_f2_opens_it_and_another_piece_closes_it(large: Driver) -> None:
    page(large).back.click()
    assert not page(large).isVisible()
    large.qtbot.keyClick(text(large), Qt.Key.Key_F2)
    assert page(large).isVisible()
    lent = text(large)
    large.choose("志工")
    assert not page(large).isVisible()
    assert large.window.focusWidget() is not text(large), "nobody asked to write in the other one"
    assert not page(large).isAncestorOf(lent)
    assert text(large).toPlainText() == ""
    large.choose("水質")
    assert text(large) is lent
    assert text(large).toPlainText() == SECOND


def test_another_section_closes_it(large: Driver) -> None:
    large.control.parts.sections.go("ticks")
    assert large.box("summary").isAncestorOf(text(large))
    large.control.parts.sections.go("all")
    assert large.control.parts.page.isVisible()


def test_a_search_shows_what_it_finds(large: Driver) -> None:
    large.window.search.setText("志工")
    large.settle()
    assert large.control.parts.page.isVisible()
    assert large.box("summary").isAncestorOf(text(large))


def test_it_is_in_the_menu_where_there_is_a_summary(large: Driver) -> None:
    action = large.window.actions_["write_summary"]
    assert not action.isEnabled(), "it is open already"
    page(large).back.click()
    assert action.isEnabled()
    action.trigger()
    assert page(large).isVisible()
    large.library(
        lambda library: library.edit(large.control.pieces.writing.row.id, Edit(clear=frozenset({"category"})))
    )
    large.control.pieces.reload()
    large.settle()
    assert not page(large).isVisible(), "a piece without a category has no form"
    action.trigger()
    assert large.window.focusWidget() is large.editor.category.field.list
    assert large.banner == "先選類別，才有地方寫簡述。"


def test_the_delete_key_never_removes_the_piece_from_there(large: Driver) -> None:
    assert not large.window.actions_["remove"].isEnabled()
    page(large).back.click()
    assert large.window.actions_["remove"].isEnabled()


def test_another_category_asks_other_questions_of_the_same_text(large: Driver) -> None:
    piece = large.control.pieces.writing.row.id
    before = text(large)
    large.library(lambda library: library.edit(piece, Edit(category="competition")))
    large.control.pieces.reload()
    large.settle()
    assert page(large).isVisible()
    assert text(large) is not before
    assert page(large).isAncestorOf(text(large))
    assert not page(large).isAncestorOf(before)
    assert text(large).toPlainText() == SECOND
    assert large.piece(piece).summary == SECOND
    assert large.piece(piece).category == "competition"


def test_earlier_texts_stand_beside_it_and_can_be_used_again(large: Driver) -> None:
    page(large).show_beside(EARLIER)
    large.settle()
    texts = page(large).texts
    assert texts.isVisible()
    assert not texts.field.isVisible()
    large.qtbot.waitUntil(lambda: texts.list.count() == 2)
    texts.list.setCurrentRow(1)
    large.settle()
    texts.use_button.click()
    large.settle()
    assert text(large).toPlainText() == FIRST
    assert large.banner.startswith("已用回")


def test_a_summary_that_was_never_written_has_no_past(large: Driver) -> None:
    large.choose("志工")
    large.box("summary").field.enlarge_asked.emit()
    page(large).show_beside(EARLIER)
    large.settle()
    large.qtbot.waitUntil(page(large).none.isVisible)
    page(large).show_beside(0)
    assert page(large).guide.isVisible()


def test_a_narrow_window_has_the_questions_below(large: Driver) -> None:
    assert page(large).split.orientation() is Qt.Orientation.Horizontal
    large.window.resize(large.window.minimumSize())
    large.qtbot.waitUntil(lambda: page(large).split.orientation() is Qt.Orientation.Vertical)


def test_it_can_be_read_where_nothing_may_be_changed(start: Callable[..., Driver], two: Path) -> None:
    driver = start()
    driver.control.session.open(two, read_only=True)
    driver.settle()
    driver.window.show_body()
    driver.choose("水質")
    driver.box("summary").field.enlarge_asked.emit()
    assert page(driver).isVisible()
    driver.qtbot.keyClicks(text(driver), "more")
    assert text(driver).toPlainText() == SECOND


def test_closing_the_library_brings_the_field_back_and_keeps_what_was_typed(large: Driver, two: Path) -> None:
    lent, piece = text(large), large.control.pieces.writing.row.id
    commit(lent, "還沒停手。")
    large.window.actions_["close"].trigger()
    large.qtbot.waitUntil(lambda: large.control.session.shelf is None)
    large.settle()
    assert not page(large).isAncestorOf(lent)
    large.open(two)
    assert "還沒停手。" in large.piece(piece).summary
    assert large.control.parts.page.isVisible()
    large.choose("水質")
    assert text(large).isVisible()


def test_another_library_takes_the_place_of_this_one(large: Driver, empty: Path) -> None:
    lent = text(large)
    large.open(empty)
    assert not page(large).isVisible()
    assert not page(large).isAncestorOf(lent)
