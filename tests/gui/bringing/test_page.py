"""The page of a plan: seen, changed in place and for many, confirmed once, gone back to."""

from __future__ import annotations

import threading
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QStyleOptionViewItem

from helpers.window import SAMPLE, Driver, commit, compose, drop
from portfolio_desktop.gui.bringing.model import Column
from portfolio_desktop.gui.bringing.rows import Counts
from portfolio_desktop.gui.bringing.words import counts_words, size_line
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.field import Line
from portfolio_desktop.library.library import Library
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term

PDF = (SAMPLE / "攝影展觀後感.pdf").read_bytes()
PNG = (SAMPLE / "科展佳作獎狀.png").read_bytes()
MP3 = (SAMPLE / "自我介紹.mp3").read_bytes()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Work as students keep it."""
    for name, content in {
        "高一上/志工/淨灘心得.pdf": PDF,
        "高一上/合唱.mp3": MP3,
        "高一上/合唱.pdf": PDF + b"\n",
        "高一下/科展獎狀.png": PNG,
        "高一下/空白.pdf": b"?",
    }.items():
        (tmp_path / "我的" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "我的" / name).write_bytes(content)
    return tmp_path / "我的"


@pytest.fixture
def planned(desk: Driver, work: Path) -> Driver:
    """A window with that work planned, and a course."""
    desk.library(Library.add_course, Course("", "生物", Term(114, 1)))
    desk.control.pieces.reload()
    desk.settle()
    desk.plan(work)
    return desk


def cells(desk: Driver, row: int) -> list[str]:
    model = desk.bringing.page.table.model()
    return [str(model.index(row, column).data()) for column in Column]


def place(desk: Driver, title: str) -> int:
    rows = range(desk.bringing.page.table.model().rowCount())
    return next(row for row in rows if cells(desk, row)[0] == title)


def number(desk: Driver, title: str) -> int:
    return int(desk.bringing.plan.rows[place(desk, title)].number)


def awake(desk: Driver) -> None:
    """Have the window in front and the cursor in the table: a cell's editor closes when another window comes forward."""
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.bringing.page.table.setFocus()
    desk.qtbot.waitUntil(desk.bringing.page.table.hasFocus)


def pieces(desk: Driver) -> dict[str, tuple[str | None, str, int]]:
    return {p.title: (p.category, str(p.term), len(p.files)) for p in desk.library(Library.pieces)}


def test_the_plan_says_what_each_file_would_become(planned: Driver) -> None:
    assert planned.window.heading.text() == "要收進來的檔案"
    assert planned.window.pages.currentWidget() is planned.bringing.page
    assert cells(planned, place(planned, "淨灘心得"))[2:] == ["113-1", "服務學習", "可以收"]
    assert cells(planned, place(planned, "科展獎狀"))[2:4] == ["113-2", "競賽參與"]
    assert cells(planned, place(planned, "空白"))[2:] == ["113-2", "還沒分類", "要修正 1 項"]
    assert planned.library(Library.pieces) == []


def test_it_is_carried_out_as_one_step(planned: Driver) -> None:
    planned.confirm()
    assert pieces(planned)["淨灘心得"] == ("service", "113-1", 1)
    assert len(planned.titles()) == 5
    assert planned.banner == "收進 5 件，都還有要補的地方。"
    assert planned.window.pages.currentWidget() is planned.control.parts.page
    planned.control.pieces.undo()
    planned.settle()
    assert planned.library(Library.pieces) == []


def test_the_guess_says_why_until_it_is_changed(planned: Driver) -> None:
    page = planned.bringing.page
    page.table.choose([number(planned, "淨灘心得")])
    assert page.details.reasons.text() == "學期依資料夾「高一上」猜的，類別依檔案的名字猜的，不對就改。"
    page.details.term.setCurrentIndex(page.details.term.findData("114-2"))
    page.details.term.activated.emit(page.details.term.currentIndex())
    assert page.details.reasons.text() == "類別依檔案的名字猜的，不對就改。"
    assert cells(planned, place(planned, "淨灘心得"))[2] == "114-2"


def test_a_title_is_changed_in_its_cell_and_beside(planned: Driver, qtbot: Any) -> None:
    table, details = planned.bringing.page.table, planned.bringing.page.details
    awake(planned)
    table.choose([number(planned, "淨灘心得")])
    qtbot.keyClick(table, Qt.Key.Key_F2)
    [line] = table.viewport().findChildren(Line)
    line.selectAll()
    commit(line, "白沙灣淨灘")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: details.title.value() == "白沙灣淨灘")
    details.title.line.setFocus()
    details.title.line.selectAll()
    compose(details.title.line, "ㄅㄞ")
    planned.bringing.changing.want([1], True)
    assert details.title.composing(), "a change elsewhere breaks off no word"
    compose(details.title.line, "")
    commit(details.title.line, "淨灘二")
    details.title.line.returnPressed.emit()
    assert place(planned, "淨灘二") >= 0
    planned.confirm()
    assert "淨灘二" in pieces(planned)


def test_an_empty_title_brings_the_old_one_back(planned: Driver) -> None:
    details = planned.bringing.page.details
    planned.bringing.page.table.choose([number(planned, "淨灘心得")])
    details.title.line.clear()
    details.title.line.returnPressed.emit()
    assert details.title.value() == "淨灘心得"


def test_a_list_opens_in_its_cell(planned: Driver, qtbot: Any) -> None:
    table = planned.bringing.page.table
    awake(planned)
    table.choose([number(planned, "空白")])
    table.selectionModel().setCurrentIndex(
        table.model().index(place(planned, "空白"), Column.CATEGORY), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    qtbot.keyClick(table, Qt.Key.Key_Return)
    [choice] = table.viewport().findChildren(Choice)
    qtbot.waitUntil(lambda: choice.view().isVisible())
    choice.setCurrentIndex(choice.findData("course:c1"))
    choice.hidePopup()
    choice.activated.emit(choice.currentIndex())
    assert cells(planned, place(planned, "空白"))[2:4] == ["114-1", "課程：生物"], "its course has a term"
    planned.confirm()
    [piece] = [p for p in planned.library(Library.pieces) if p.title == "空白"]
    assert (piece.category, piece.course_id) == ("course", "c1")


def test_many_are_changed_at_once(planned: Driver) -> None:
    page = planned.bringing.page
    page.table.selectAll()
    assert page.details.heading.text() == "選了 5 列"
    assert page.details.category.currentText() == "（各不相同）"
    page.details.category.activated.emit(0)  # that is no choice
    assert cells(planned, place(planned, "淨灘心得"))[3] == "服務學習"
    page.details.category.setCurrentIndex(page.details.category.findData("other"))
    page.details.category.activated.emit(page.details.category.currentIndex())
    page.details.term.setCurrentIndex(page.details.term.findData(""))
    page.details.term.activated.emit(page.details.term.currentIndex())
    assert page.details.term.currentText() == "還沒定"
    planned.confirm()
    assert {value[:2] for value in pieces(planned).values()} == {("other", "None")}


def test_what_is_left_out_is_not_brought(planned: Driver, qtbot: Any) -> None:
    page = planned.bringing.page
    page.table.choose([number(planned, "空白"), number(planned, "淨灘心得")])
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.summary.text() == "3 件要收，2 件不收"
    assert page.confirm.text() == "收進 3 件"
    assert page.details.want.text() == "要收"
    index = page.table.model().index(place(planned, "空白"), Column.TITLE)
    page.table.model().setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert page.summary.text() == "4 件要收，1 件不收"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "空白，要收"
    page.table.choose([number(planned, "空白")])
    page.details.want.click()
    planned.confirm()
    assert sorted(planned.titles()) == ["合唱", "合唱", "科展獎狀"]


def test_files_of_one_name_are_offered_as_one_piece(planned: Driver) -> None:
    page = planned.bringing.page
    assert page.groups.isVisible()
    assert page.groups_words.text() == "有 1 組檔案同名，各是同一件作品嗎？"
    page.groups_button.click()
    assert not page.groups.isVisible()
    assert cells(planned, place(planned, "合唱"))[1].startswith("MP3 + PDF · ")
    assert page.table.chosen() == [number(planned, "合唱")]
    planned.confirm()
    [piece] = [p for p in planned.library(Library.pieces) if p.title == "合唱"]
    assert {file.role for file in piece.files} == {"document", "media"}


def test_rows_are_joined_and_parted_again(planned: Driver) -> None:
    page = planned.bringing.page
    page.table.choose([number(planned, "淨灘心得"), number(planned, "科展獎狀")])
    assert page.details.join.isVisible()
    page.details.join.click()
    assert page.summary.text() == "4 件要收"
    assert page.details.part.isVisible()
    page.details.part.click()
    assert page.summary.text() == "5 件要收"
    assert len(page.table.chosen()) == 2


def test_more_may_come_and_twins_among_them_are_told(planned: Driver, tmp_path: Path) -> None:
    again = tmp_path / "又一份.pdf"
    again.write_bytes(PDF)
    planned.plan(again, SAMPLE / "校慶海報.jpg")
    page = planned.bringing.page
    assert page.summary.text() == "6 件要收，1 個已經有了"
    assert cells(planned, place(planned, "又一份"))[4] == "和別的檔案相同"
    planned.plan(tmp_path / "我的")
    assert page.summary.text() == "6 件要收，1 個已經有了", "the same paths again are no news"


def test_leaving_the_page_tells_the_way_back(planned: Driver) -> None:
    planned.control.parts.sections.go("ticks")
    planned.settle()
    assert planned.banner == "還有 5 件等你確認要不要收。"
    for level in ("error", "wait"):
        planned.control.say(level, "存不進去。", ("再試一次", lambda: None))
        planned.control.parts.sections.go("all")
        planned.control.parts.sections.go("ticks")
        assert planned.banner == "存不進去。", "a reminder is no reason to take this away"
    planned.control.say("ok", "好了。", None)
    planned.control.parts.sections.go("export")
    assert planned.banner == "還有 5 件等你確認要不要收。"
    planned.window.banner.button.click()
    assert planned.window.pages.currentWidget() is planned.bringing.page
    planned.bringing.page.discard.click()
    assert planned.window.pages.currentWidget() is not planned.bringing.page
    assert planned.banner == "5 件都沒有收。"
    assert planned.bringing.plan.rows == []
    assert planned.library(Library.pieces) == []


def test_another_library_has_no_plan_of_the_old_one(planned: Driver, sample: Path) -> None:
    planned.control.opening.open(sample)
    planned.answers.shown[-1].buttons[1].click()
    planned.settle()
    assert planned.control.session.shelf.folder == sample
    assert planned.bringing.plan.rows == []
    planned.control.leaving.close_library()
    planned.settle()


@pytest.mark.parametrize(("answer", "kept"), [(0, 5), (1, 0)], ids=["wait for it", "stop it"])
def test_closing_the_library_while_it_takes_files_in_asks(planned: Driver, answer: int, kept: int) -> None:
    free = threading.Event()
    folder = planned.control.session.shelf.folder
    planned.control.session.on_lane(lambda _desk: free.wait(20))
    planned.bringing.page.confirm.click()
    planned.control.leaving.close_library()
    [asked] = planned.answers.shown
    asked.buttons[answer].click()
    free.set()
    planned.qtbot.waitUntil(lambda: planned.control.session.shelf is None, timeout=20_000)
    planned.settle()
    with Library.open(folder) as library:
        assert len(library.pieces()) == kept


def test_a_plan_that_nobody_worked_on_is_asked_about_too(planned: Driver) -> None:
    planned.window.close()
    [asked] = planned.answers.shown
    assert asked.heading.text() == "還有 5 件等你確認要不要收"
    assert "改的" not in asked.words.text()
    asked.reject()
    planned.settle()
    assert planned.window.isVisible()
    planned.bringing.changing.want([row.number for row in planned.bringing.plan.rows], False)
    planned.control.leaving.close_library()
    planned.settle()
    assert len(planned.answers.shown) == 1, "nothing of it is wanted"
    assert planned.bringing.plan.rows == []


def test_a_plan_with_work_in_it_is_asked_about_before_its_library_goes(planned: Driver, sample: Path) -> None:
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    opening, leaving, shelf = planned.control.opening, planned.control.leaving, planned.control.session.shelf
    for number_of_times, go in enumerate((lambda: opening.open(sample), leaving.close_library, leaving.close), 1):
        go()
        leaving.close()
        assert len(planned.answers.shown) == number_of_times, "asked once"
        planned.answers.shown[-1].reject()
        planned.settle()
        assert planned.control.session.shelf is shelf
        assert planned.window.body.isEnabled()
        assert planned.bringing.page.summary.text() == "5 件要收"
    opening.open(sample)
    planned.answers.shown[-1].buttons[0].click()
    planned.settle()
    assert planned.control.session.shelf.folder == sample
    with Library.open(shelf.folder) as library:
        assert "淨灘二" in {piece.title for piece in library.pieces()}


@pytest.mark.parametrize(
    ("way", "words", "button"),
    [
        ("close", "收好就會關閉。", "先不關閉"),
        ("open", "收好就會繼續。", "先不繼續"),
        ("stop", "收好就會繼續。", "先不繼續"),
    ],
)
def test_one_can_stay_while_a_plan_is_brought_in_first(
    planned: Driver, sample: Path, way: str, words: str, button: str
) -> None:
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    shelf, free = planned.control.session.shelf, threading.Event()
    planned.control.session.on_lane(lambda _desk: free.wait(20))
    if way == "close":
        planned.window.close()
    else:
        planned.control.opening.open(sample)
    planned.answers.shown[-1].buttons[0].click()
    assert planned.banner == words
    assert planned.window.banner.button.text() == button
    stays = planned.bringing.page.stop if way == "stop" else planned.window.banner.button
    assert stays.isEnabled()
    stays.click()
    free.set()
    planned.settle()
    assert planned.control.session.shelf is shelf
    assert planned.window.isVisible()
    assert planned.window.body.isEnabled()
    assert len(planned.library(Library.pieces)) == (0 if way == "stop" else 5)


def test_one_can_stay_after_closing_twice_while_a_plan_is_brought_in_first(planned: Driver) -> None:
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    free = threading.Event()
    planned.control.session.on_lane(lambda _desk: free.wait(20))
    for _bring_in_first_then_wait_for_it in range(2):
        planned.window.close()
        planned.answers.shown[-1].buttons[0].click()
    planned.window.banner.button.click()
    free.set()
    planned.settle()
    assert planned.control.session.shelf is not None
    assert len(planned.titles()) == 5


def test_going_back_to_look_puts_the_cursor_into_the_table(planned: Driver, sample: Path) -> None:
    free = threading.Event()
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    planned.control.parts.sections.go("ticks")
    planned.control.session.on_lane(lambda _desk: free.wait(20))  # files can be looked at only after that
    planned.bringing.bring([SAMPLE / "校慶海報.jpg"])
    planned.control.parts.sections.go("ticks")
    planned.control.opening.open(sample)
    [asked] = planned.answers.shown
    assert asked.buttons[0].text() == "回去看"
    asked.buttons[0].click()
    free.set()
    planned.settle()
    assert planned.window.pages.currentWidget() is planned.bringing.page
    assert planned.window.focusWidget() is planned.bringing.page.table


def test_without_a_library_nothing_is_offered_to_be_brought_in_first(planned: Driver, sample: Path) -> None:
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    planned.control.session.leave()
    planned.settle()
    planned.control.opening.open(sample)
    [asked] = planned.answers.shown
    assert [button.text() for button in asked.buttons] == ["都不收"]
    asked.buttons[0].click()
    planned.settle()
    assert planned.control.session.shelf.folder == sample


def test_escape_lets_go_step_by_step_and_asks_before_work_is_lost(planned: Driver, qtbot: Any) -> None:
    page, details = planned.bringing.page, planned.bringing.page.details
    awake(planned)
    page.table.choose([number(planned, "淨灘心得")])
    details.title.line.setFocus()
    commit(details.title.line, "二")
    qtbot.keyClick(details.title.line, Qt.Key.Key_Escape)
    assert (details.title.value(), len(planned.bringing.plan.rows)) == ("淨灘心得", 5)
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert planned.answers.shown[-1].heading.text() == "5 件都不收嗎？"
    planned.answers.shown[-1].reject()
    assert len(planned.bringing.plan.rows) == 5
    planned.bringing.changing.want([row.number for row in planned.bringing.plan.rows], False)
    for _none_wanted_then_none_changed in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
        assert len(planned.answers.shown) == 1
        assert planned.banner == "5 件都沒有收。"
        planned.window.banner.button.click()
        assert len(planned.bringing.plan.rows) == 5
        planned.bringing.changing.back()
        planned.bringing.changing.back()
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    planned.bringing.changing.want([row.number for row in planned.bringing.plan.rows], False)
    planned.control.leaving.close_library()
    planned.settle()
    assert planned.control.session.shelf is None
    assert len(planned.answers.shown) == 1, "of what is not wanted nothing is lost"


def test_the_window_goes_when_a_plan_is_not_wanted(planned: Driver) -> None:
    planned.bringing.changing.want([number(planned, "淨灘心得")], False)
    planned.window.close()
    planned.control.leaving.close()
    with planned.qtbot.waitSignal(planned.control.gone, timeout=20_000):
        planned.answers.shown[-1].buttons[1].click()


def test_pieces_that_the_section_does_not_show_are_shown_among_all(desk: Driver, work: Path) -> None:
    desk.control.parts.sections.go("service")
    desk.plan(work)
    assert all(row.proposal.new.category == "service" for row in desk.bringing.plan.rows)
    desk.bringing.changing.change([desk.bringing.plan.rows[0].number], "category", "other")
    desk.confirm()
    assert desk.control.parts.sections.section() == "all"
    assert len(desk.titles()) == 5


def test_several_hundred_files(desk: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "高一上"
    folder.mkdir()
    for n in range(300):
        (folder / f"志工紀錄 {n:03}.png").write_bytes(PNG + bytes([n // 256, n % 256]))
    desk.control.pieces.looking.rest()  # not what this is about
    desk.plan(folder)
    assert desk.bringing.page.summary.text() == "300 件要收"
    desk.confirm()
    found = desk.library(Library.pieces)
    assert len(found) == 300
    assert {(p.category, str(p.term)) for p in found} == {("service", "113-1")}
    desk.control.pieces.undo()
    desk.settle()
    assert desk.library(Library.pieces) == []


def test_a_file_that_is_gone_by_now_is_told_after_adding(planned: Driver, work: Path) -> None:
    (work / "高一下" / "科展獎狀.png").unlink()
    planned.confirm()
    assert "收進 4 件" in planned.banner
    assert "1 個收不進來：科展獎狀.png" in planned.banner


def test_the_words_of_a_plan_name_only_what_is_there() -> None:
    assert counts_words(Counts(2)) == "2 件要收"
    assert counts_words(Counts(2, 1, 3, 4)) == "2 件要收，1 件不收，3 個已經有了，4 個收不進來"
    assert size_line(Counts(0), 5) == ""
    assert "只剩 1 KB" in size_line(Counts(1, size=2 << 20), 1024)
    assert "2.0 MB" in size_line(Counts(1, size=2 << 20), None)


def test_no_room_on_the_disk_is_said(planned: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    page = planned.bringing.page
    page.show_counts(Counts(1, size=10_000), 5)
    assert page.room.property("level") == "warning"
    page.show_counts(Counts(1, size=10_000), 10_001)
    assert page.room.property("level") is None


def test_every_size_shows_title_and_standing(planned: Driver, theme: Any) -> None:
    table = planned.bringing.page.table
    try:
        for percent, size in product((100, 200), ((760, 520), (1280, 820))):
            theme.enlarge(percent)
            planned.window.resize(*size)
            QApplication.processEvents()
            em = table.fontMetrics().horizontalAdvance("學")
            assert table.columnWidth(Column.TITLE) >= 5 * em
            assert not table.isColumnHidden(Column.TITLE)
            assert table.horizontalHeader().length() <= table.viewport().width() + 2
            assert table.rowHeight(0) >= table.fontMetrics().height()
            words = table.model().index(0, Column.STANDING).data()
            assert table.isColumnHidden(Column.STANDING) or (
                table.columnWidth(Column.STANDING) >= table.fontMetrics().horizontalAdvance(words)
            )
        assert not table.isColumnHidden(Column.STANDING), "a usual window has room for it with the largest text"
    finally:
        theme.enlarge(100)


def test_the_selection_is_told_by_the_keyboard_alone(planned: Driver, qtbot: Any) -> None:
    page = planned.bringing.page
    page.table.setFocus()
    page.table.choose([number(planned, "空白")])
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.table.chosen()) == 5
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.summary.text() == "0 件要收，5 件不收"
    assert not page.confirm.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.confirm.isEnabled()


def test_dropping_on_a_slot_of_the_editor_stays_direct(busy: Driver) -> None:
    busy.choose("讀書會")
    assert drop(busy.editor.files.slots["document"], [SAMPLE / "校慶海報.jpg"])
    busy.settle()
    assert "intake" not in busy.control.pieces.__dict__


def test_a_menu_offers_what_can_be_done(planned: Driver) -> None:
    page = planned.bringing.page
    page.table.choose([number(planned, "淨灘心得"), number(planned, "科展獎狀")])
    page.table.menu_asked.emit(page.table.mapToGlobal(page.table.rect().center()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["不收", "合成一件"]
    menu.actions()[0].trigger()
    menu.close()
    assert page.summary.text() == "3 件要收，2 件不收"


def test_undo_on_the_page_is_the_plans_own(planned: Driver, qtbot: Any) -> None:
    planned.confirm()
    planned.plan(SAMPLE / "校慶海報.jpg")
    page = planned.bringing.page
    awake(planned)
    planned.bringing.changing.change([1], "title", "海報")
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert cells(planned, 0)[0] == "校慶海報"
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    planned.settle()
    assert len(planned.library(Library.pieces)) == 5, "the library's own steps are not taken from here"
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert cells(planned, 0)[0] == "海報"
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    planned.settle()
    assert "海報" in planned.titles()


def test_a_section_that_is_no_category_gives_none(desk: Driver, tmp_path: Path) -> None:
    desk.control.parts.sections.go("service")
    desk.control.parts.sections.go("ticks")
    desk.settle()
    (tmp_path / "a.pdf").write_bytes(PDF)
    desk.plan(tmp_path / "a.pdf")
    assert desk.bringing.plan.rows[0].proposal.new.category is None


def test_what_is_typed_stays_while_other_rows_come_in(planned: Driver, tmp_path: Path) -> None:
    details = planned.bringing.page.details
    planned.bringing.page.table.choose([number(planned, "淨灘心得")])
    details.title.line.setFocus()
    details.title.line.selectAll()
    commit(details.title.line, "打到一")
    planned.bringing.bring([SAMPLE / "校慶海報.jpg"])
    planned.settle()
    assert details.title.value() == "打到一"
    commit(details.title.line, "半")
    planned.bringing.confirm()
    planned.settle()
    assert "打到一半" in planned.titles()


def test_a_title_that_shows_nothing_is_none(planned: Driver) -> None:
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", " \u200b ")
    assert place(planned, "淨灘心得") >= 0


def test_a_course_that_is_gone_meanwhile_is_told_and_the_plan_stays(planned: Driver) -> None:
    planned.bringing.changing.change([number(planned, "空白")], "category", "course:c1")
    planned.library(Library.remove_course, "c1")
    planned.confirm()
    assert "c1" in planned.banner
    assert planned.library(Library.pieces) == []
    assert planned.window.pages.currentWidget() is planned.bringing.page
    planned.bringing.changing.change([number(planned, "空白")], "category", "")
    planned.confirm()
    assert len(planned.titles()) == 5


def test_nothing_more_comes_in_while_a_plan_is_carried_out(planned: Driver) -> None:
    planned.bringing.confirm()
    planned.bringing.bring([SAMPLE / "校慶海報.jpg"])
    assert planned.banner == "正在收進前一批，收好了再放下一批。"
    planned.settle()
    assert len(planned.titles()) == 5
    planned.bring(SAMPLE / "校慶海報.jpg")
    assert len(planned.titles()) == 6


def test_what_was_not_looked_at_can_be_dropped_again(desk: Driver, work: Path) -> None:
    free = threading.Event()
    desk.control.session.on_lane(lambda _desk: free.wait(20))  # the looking begins with asking the library
    drop(desk.window, [work])
    desk.bringing.page.stop.click()
    free.set()
    desk.settle()
    assert "已停止" in desk.banner
    desk.plan(work)
    assert desk.bringing.page.summary.text() == "5 件要收"


def test_the_cursor_goes_back_to_the_table_after_a_button(planned: Driver, qtbot: Any) -> None:
    page = planned.bringing.page
    awake(planned)

    def press(button: QPushButton) -> None:
        button.setFocus()
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert page.table.hasFocus(), f"one Space after {button.text()} must not drop the plan"

    press(page.groups_button)
    press(page.details.part)
    press(page.details.join)
    press(page.details.want)


def test_a_dropped_plan_can_be_had_back(planned: Driver) -> None:
    page = planned.bringing.page
    planned.bringing.changing.change([number(planned, "淨灘心得")], "title", "淨灘二")
    rows = list(planned.bringing.plan.rows)
    page.discard.click()
    assert planned.banner == "5 件都沒有收。"
    assert planned.window.banner.button.text() == "復原"
    planned.window.banner.button.click()
    assert planned.window.pages.currentWidget() is page
    assert planned.bringing.plan.rows == rows
    assert page.summary.text() == "5 件要收"
    planned.plan(SAMPLE / "校慶海報.jpg")
    assert page.summary.text() == "6 件要收"
    planned.confirm()
    assert "淨灘二" in planned.titles()


def test_an_older_plan_does_not_come_back_over_a_newer_one(planned: Driver) -> None:
    page = planned.bringing.page
    page.discard.click()
    planned.plan(SAMPLE / "校慶海報.jpg")
    assert not planned.window.banner.button.isVisible()
    planned.window.banner.button.click()
    assert page.summary.text() == "1 件要收"


def test_an_empty_file_is_left_out_at_first(desk: Driver, tmp_path: Path) -> None:
    (tmp_path / "空的.pdf").write_bytes(b"")
    desk.plan(tmp_path / "空的.pdf", SAMPLE / "校慶海報.jpg")
    page = desk.bringing.page
    assert page.summary.text() == "1 件要收，1 件不收"
    page.table.choose([number(desk, "空的")])
    page.details.want.click()
    assert page.summary.text() == "2 件要收"


def test_a_click_on_the_box_of_a_chosen_row_only_ticks(planned: Driver, qtbot: Any) -> None:
    table = planned.bringing.page.table
    awake(planned)
    table.choose([number(planned, "空白")])
    index = table.model().index(place(planned, "空白"), Column.TITLE)
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    table.itemDelegateForColumn(Column.TITLE).initStyleOption(option, index)
    option.rect = table.visualRect(index)
    box = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, table)
    interval = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(1)  # a title's editor opens that long after the click
    try:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        qtbot.wait(30)
    finally:
        QApplication.setDoubleClickInterval(interval)
    assert not planned.bringing.plan.rows[place(planned, "空白")].wanted
    assert not table.viewport().findChildren(Line)
