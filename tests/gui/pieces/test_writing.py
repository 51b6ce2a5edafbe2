import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from helpers.window import PATIENCE, SAMPLE, Driver, commit, compose
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces import writing
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.terms import Term


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 40)


@pytest.fixture
def piece(desk: Driver) -> str:
    """A competition that is being written."""
    desk.bring(SAMPLE / "科展佳作獎狀.png")
    piece_id = desk.choose("科展")
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("competition"))
    desk.settle()
    return piece_id


def kept(desk: Driver, piece_id: str, **wanted: Any) -> None:
    """Wait until the library has these values."""
    desk.qtbot.waitUntil(
        lambda: all(getattr(desk.piece(piece_id), name) == value for name, value in wanted.items()), timeout=10_000
    )
    desk.settle()


def test_a_choice_is_kept_at_once_and_brings_its_form(desk: Driver, piece: str) -> None:
    assert desk.piece(piece).category == "competition"
    assert "award" in desk.editor.form_view().boxes
    term = desk.editor.term.field.list
    term.setCurrentIndex(term.findData("113-2"))
    kept(desk, piece, term=Term(113, 2))


def test_typing_is_kept_after_a_pause_as_one_step(desk: Driver, piece: str) -> None:
    before = len(desk.library(Library.history))
    line = desk.editor.title.line
    line.clear()
    for word in ("校內", "科學", "展覽會"):
        commit(line, word)
    kept(desk, piece, title="校內科學展覽會")
    assert len(desk.library(Library.history)) == before + 1


def test_another_form_takes_nothing_from_the_field_that_was_written_in(desk: Driver, piece: str) -> None:
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.box("award").field.setFocus()
    commit(desk.box("award").field.line, "佳作")
    kept_by_now(desk)
    desk.library(lambda library: library.edit(piece, Edit(category="service", fields={"award": ""})))
    desk.control.pieces.reload()
    desk.settle()
    assert desk.piece(piece).category == "service"
    assert not desk.piece(piece).fields
    assert "award" not in desk.editor.form_view().boxes


def kept_by_now(desk: Driver) -> None:
    """Have what was typed kept."""
    desk.control.pieces.writing.flush()
    desk.settle()


def test_every_kind_of_field_is_kept(desk: Driver, piece: str) -> None:
    commit(desk.box("award").field.line, "佳作")
    commit(desk.box("result_date").field.line, "1140418")
    level = desk.box("level").field.list
    level.setCurrentIndex(level.findData("1"))
    commit(desk.box("summary").field.text, "做了什麼")
    commit(desk.box("link").field.line, "https://example.org/")
    kept(
        desk,
        piece,
        fields={"award": "佳作", "result_date": "2025-04-18", "level": "1"},
        summary="做了什麼",
        link="https://example.org/",
    )


def test_leaving_a_field_keeps_it_without_waiting(desk: Driver, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)
    commit(desk.editor.title.line, "甲")
    desk.editor.title.line.left.emit()
    desk.settle()
    assert desk.piece(piece).title.startswith("甲") or desk.piece(piece).title.endswith("甲")


@pytest.mark.parametrize("closed", [True, False], ids=["its list is closed", "its list would not close"])
def test_an_open_list_of_one_piece_chooses_nothing_for_another(
    busy: Driver, monkeypatch: pytest.MonkeyPatch, closed: bool
) -> None:
    control, listed = busy.control, busy.editor.category.field.list
    activities = [row.piece for row in control.pieces.known.rows.values() if row.piece.kind == "activity"]
    one = activities[0]
    other = next(piece for piece in activities if piece.category != one.category)
    if not closed:
        monkeypatch.setattr(writing, "close_popups", lambda _editor: None)
    control.pieces.show(one.id)
    listed.showPopup()
    control.pieces.show(other.id)
    assert (listed.view().isVisible(), busy.editor.values()["category"]) == (not closed, other.category)
    commit(busy.editor.title.line, "另一件")
    control.pieces.writing.flush()
    control.pieces.show(one.id)
    listed.hidePopup()
    busy.settle()
    assert "另一件" in busy.piece(other.id).title
    assert [busy.piece(piece.id).category for piece in (one, other)] == [one.category, other.category]


def test_going_to_another_piece_keeps_what_was_typed(desk: Driver, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.choose("科展")
    commit(desk.box("summary").field.text, "還沒停手")
    desk.choose("校慶")
    assert desk.piece(piece).summary == "還沒停手"


def test_nothing_is_kept_while_composing(desk: Driver, piece: str) -> None:
    text = desk.box("summary").field.text
    commit(text, "水")
    kept(desk, piece, summary="水")
    compose(text, "ㄓˊ")
    commit(desk.editor.title.line, "")
    desk.editor.edited.emit("summary")
    desk.qtbot.wait(120)
    assert text.composing
    commit(text, "質")
    kept(desk, piece, summary="水質")


def test_an_answer_never_disturbs_composing_or_newer_typing(desk: Driver, piece: str) -> None:
    text = desk.box("summary").field.text
    commit(text, "甲")
    desk.control.pieces.writing.flush()
    commit(text, "乙")
    compose(text, "ㄅ")
    desk.settle()
    assert text.toPlainText() == "甲乙"
    assert text.composing
    commit(text, "丙")
    kept(desk, piece, summary="甲乙丙")


def test_undo_and_redo_go_through_the_library(desk: Driver, piece: str) -> None:
    text = desk.box("summary").field.text
    commit(text, "第一句。")
    kept(desk, piece, summary="第一句。")
    commit(text, "第二句。")
    desk.control.pieces.undo()
    desk.settle()
    assert (text.toPlainText(), desk.piece(piece).summary) == ("第一句。", "第一句。")
    assert desk.banner.startswith("已復原")
    desk.control.pieces.undo()
    desk.settle()
    assert text.toPlainText() == ""
    desk.control.pieces.redo()
    desk.settle()
    assert (text.toPlainText(), desk.piece(piece).summary) == ("第一句。", "第一句。")
    assert desk.banner.startswith("已重做")


def test_ctrl_z_in_a_field_is_the_window_s_undo(desk: Driver, piece: str) -> None:
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    line = desk.box("award").field.line
    line.setFocus()
    commit(line, "佳作")
    kept(desk, piece, fields={"award": "佳作"})
    desk.qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    kept(desk, piece, fields={})
    assert line.text() == ""
    desk.qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    kept(desk, piece, fields={"award": "佳作"})
    assert line.text() == "佳作"


def test_findings_stand_beside_their_field_and_go(desk: Driver, piece: str) -> None:
    box = desk.box("award")
    assert [finding.code for finding in box.troubles.shown()] == ["field.missing"]
    commit(box.field.line, "佳作")
    kept(desk, piece, fields={"award": "佳作"})
    assert box.troubles.shown() == ()


def test_a_finding_s_button_mends_what_is_typed(desk: Driver, piece: str) -> None:
    commit(desk.box("award").field.line, "佳\u200b作")
    desk.control.pieces.writing.flush()
    desk.settle()
    finding = next(f for f in desk.control.pieces.writing.row.findings if f.code == "text.invisible")
    desk.control.pieces.writing.mend(finding)
    desk.settle()
    assert desk.piece(piece).fields["award"] == "佳作"
    assert not any(f.code == "text.invisible" for f in desk.control.pieces.writing.row.findings)


def test_a_title_loses_what_cannot_be_seen(desk: Driver, piece: str) -> None:
    before = desk.piece(piece).title
    commit(desk.editor.title.line, "水\u202e質\u200b")
    desk.control.pieces.writing.flush()
    desk.settle()
    assert desk.piece(piece).title == desk.editor.title.value() == f"水質{before}"
    assert desk.control.pieces.writing.typing is False


def test_dates_the_wrong_way_round_are_swapped(desk: Driver, piece: str) -> None:
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("service"))
    desk.settle()
    commit(desk.box("start_date").field.line, "2025-03-02")
    commit(desk.box("end_date").field.line, "2025-03-01")
    desk.control.pieces.writing.flush()
    desk.settle()
    finding = next(f for f in desk.control.pieces.writing.row.findings if f.fix == "swap")
    desk.control.pieces.writing.mend(finding)
    desk.settle()
    fields = desk.piece(piece).fields
    assert (fields["start_date"], fields["end_date"]) == ("2025-03-01", "2025-03-02")


@pytest.mark.usefixtures("impatient")
def test_typed_text_survives_an_error_and_is_kept_later(desk: Driver, piece: str, empty: Path) -> None:
    other = sqlite3.connect(empty / "library.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        commit(desk.box("summary").field.text, "不能丟掉")
        desk.control.pieces.writing.flush()
        desk.settle()
        assert desk.banner
        assert desk.box("summary").field.value() == "不能丟掉"
    finally:
        other.execute("ROLLBACK")
        other.close()
    commit(desk.box("summary").field.text, "。")
    kept(desk, piece, summary="不能丟掉。")


def test_closing_keeps_what_was_just_typed(desk: Driver, piece: str, empty: Path) -> None:
    commit(desk.box("summary").field.text, "最後一句")
    compose(desk.box("summary").field.text, "ㄅ")
    desk.close()
    with Library.open(empty) as library:
        assert library.piece(piece).summary == "最後一句"


def test_a_file_is_put_into_its_place_replaced_and_taken_out(desk: Driver, piece: str) -> None:
    slots = desk.editor.files.slots
    desk.answers.files = [SAMPLE / "自我介紹.mp3"]
    slots["media"].choose.click()
    desk.settle()
    assert desk.piece(piece).file("media").name == "自我介紹.mp3"
    desk.answers.files = [SAMPLE / "讀書會心得.pdf"]
    slots["document"].replace.click()
    desk.settle()
    assert desk.piece(piece).file("document").name == "讀書會心得.pdf"
    assert len(desk.piece(piece).files) == 3
    slots["media"].detach.click()
    desk.settle()
    assert desk.piece(piece).file("media") is None
    assert slots["media"].choose.isVisible()


def test_places_for_files_are_called_as_in_the_form_and_say_what_the_rules_let_in(desk: Driver, piece: str) -> None:
    slots = desk.editor.files.slots
    assert slots["document"].heading.text() == "證明文件"
    assert slots["media"].hint.text() == "把 MP3、MP4 拖到這裡"
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("creation"))
    desk.settle()
    assert slots["document"].heading.text() == "作品檔"
    assert slots["media"].accessibleName() == "影音檔案：空的"
    slots["media"].choose.click()
    assert desk.answers.names == "影音 (*.mp3 *.mp4);;所有檔案 (*)"
    slots["document"].choose.click()
    assert desk.answers.names == "文件 (*.pdf *.jpg *.jpeg *.jpe *.jfif *.png);;所有檔案 (*)"


def test_a_school_s_own_kinds_hold_for_the_places_too(start: Callable[..., Driver], empty: Path) -> None:
    with Library.open(empty) as library:
        library.set_school_rules({"media_kinds": ["mp3"]})
        library.add([SAMPLE / "校慶海報.jpg"])
    desk = start(empty)
    desk.choose("校慶")
    media = desk.editor.files.slots["media"]
    assert media.hint.text() == "把 MP3 拖到這裡"
    media.choose.click()
    assert desk.answers.names.startswith("影音 (*.mp3);;")


def test_a_file_can_be_dropped_on_its_place(desk: Driver, piece: str) -> None:
    from helpers.window import drop

    assert drop(desk.editor.files.slots["document"], [SAMPLE / "讀書會心得.pdf"])
    desk.settle()
    assert desk.piece(piece).file("document").name == "讀書會心得.pdf"


@pytest.fixture
def course_piece(desk: Driver, piece: str) -> str:
    """A course result that has no course yet."""
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("course"))
    desk.settle()
    return piece


def add_course(desk: Driver, name: str) -> None:
    desk.box("course").field.add.click()
    desk.box("course").field.card.name.setText(name)
    desk.box("course").field.card.accept_button.click()
    desk.settle()


def test_a_course_is_chosen_or_added_in_place(desk: Driver, course_piece: str) -> None:
    field = desk.box("course").field
    assert not field.edit.isEnabled()
    field.add.click()
    field.card.accept_button.click()
    assert field.card.trouble.isVisible()
    field.card.name.setText("自然科學探究與實作")
    desk.qtbot.keyClick(field.card.name, Qt.Key.Key_Return)
    desk.settle()
    [course] = desk.library(Library.courses)
    assert desk.piece(course_piece).course_id == course.id
    assert field.value() == course.id
    assert field.card is None
    assert desk.answers.shown == []


def test_a_course_can_be_given_up_with_escape(desk: Driver, course_piece: str) -> None:
    field = desk.box("course").field
    field.add.click()
    desk.qtbot.keyClick(field.card.name, Qt.Key.Key_Escape)
    assert field.card is None
    assert desk.library(Library.courses) == []


def test_a_course_is_corrected_in_place_and_its_pieces_follow(desk: Driver, course_piece: str) -> None:
    add_course(desk, "自然探究與實座")
    field = desk.box("course").field
    field.edit.click()
    assert field.card.name.text() == "自然探究與實座"
    term = field.card.term
    field.card.name.setText("自然科學探究與實作")
    term.setCurrentIndex(term.findData("113-2"))
    field.card.accept_button.click()
    desk.settle()
    [course] = desk.library(Library.courses)
    assert (course.name, str(course.term)) == ("自然科學探究與實作", "113-2")
    assert "自然科學探究與實作" in field.list.currentText()
    piece_term = desk.editor.term.field.list
    piece_term.setCurrentIndex(piece_term.findData("113-1"))
    desk.settle()
    assert "course.term" in [finding.code for finding in desk.box("course").troubles.shown()]


def test_a_course_s_fault_has_a_button_that_opens_it(desk: Driver, course_piece: str) -> None:
    add_course(desk, "自然科學探究與實作")
    desk.editor.findings.mend_asked.emit(Finding("course.term", {"course_term": "113-2", "term": "113-1"}, "course"))
    assert desk.box("course").field.card.name.text() == "自然科學探究與實作"


def test_a_course_taken_off_the_list_leaves_its_piece(desk: Driver, course_piece: str) -> None:
    add_course(desk, "自然科學探究與實作")
    desk.box("course").field.edit.click()
    desk.box("course").field.card.remove_button.click()
    desk.settle()
    assert desk.library(Library.courses) == []
    assert desk.piece(course_piece).course_id is None
    assert desk.box("course").field.value() == ""
    desk.control.pieces.undo()
    desk.settle()
    assert desk.box("course").field.value() == desk.piece(course_piece).course_id != ""


def test_another_piece_does_not_keep_the_card_of_this_one(desk: Driver, course_piece: str) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.choose("科展")
    desk.box("course").field.add.click()
    desk.choose("校慶")
    desk.choose("科展")
    assert desk.box("course").field.card is None


def fill_card(desk: Driver) -> Any:
    """A course half typed, on the card of the piece that is shown."""
    field = desk.box("course").field
    field.add.click()
    field.card.name.setText("數學建模")
    field.card.credits.line.setFocus()
    commit(field.card.credits.line, "２")
    field.card.teacher.setText("數學科老師")
    return field


def test_a_course_that_is_half_typed_is_there_again_with_its_piece(desk: Driver, course_piece: str) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.choose("科展")
    fill_card(desk)
    desk.choose("校慶")
    desk.choose("科展")
    card = desk.box("course").field.card
    assert (card.name.text(), card.credits.value(), card.teacher.text()) == ("數學建模", "2", "數學科老師")
    card.accept_button.click()
    desk.settle()
    [course] = desk.library(Library.courses)
    assert (course.name, course.credits, course.teacher) == ("數學建模", "2", "數學科老師")
    assert desk.piece(course_piece).course_id == course.id
    desk.choose("校慶")
    desk.choose("科展")
    assert desk.box("course").field.card is None


def test_closing_asks_about_a_course_that_is_half_typed(desk: Driver, empty: Path, course_piece: str) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.choose("科展")
    fill_card(desk)
    desk.choose("校慶")
    desk.window.close()
    asked = desk.answers.shown[-1]
    assert asked.heading.text() == "有一門課程還沒新增"
    assert "「數學建模」" in asked.words.text()
    asked.reject()
    assert desk.window.isVisible()
    desk.window.close()
    with desk.qtbot.waitSignal(desk.control.gone, timeout=PATIENCE):
        desk.answers.shown[-1].buttons[0].click()
    with Library.open(empty) as library:
        assert [course.name for course in library.courses()] == ["數學建模"]


def test_a_course_that_lacks_something_leads_back_or_is_left_out(desk: Driver, course_piece: str) -> None:
    field = fill_card(desk)
    field.card.name.clear()
    desk.window.actions_["close"].trigger()
    asked = desk.answers.shown[-1]
    assert asked.buttons[0].text() == "回去填完"
    asked.buttons[0].click()
    assert field.card.teacher.text() == "數學科老師"
    desk.window.actions_["close"].trigger()
    desk.answers.shown[-1].buttons[1].click()
    desk.settle()
    assert desk.window.root.currentWidget() is desk.control.welcome
    assert field.card is None


def test_credits_are_a_number_or_said_to_be_none_and_not_saved(desk: Driver, course_piece: str) -> None:
    card = fill_card(desk).card
    card.credits.line.clear()
    commit(card.credits.line, "abc")
    card.accept_button.click()
    desk.settle()
    assert card.credits_trouble.text() == "這裡要填數字"
    assert card.credits_trouble.isVisible()
    assert desk.library(Library.courses) == []
    card.credits.line.clear()
    commit(card.credits.line, "0.5")
    assert not card.credits_trouble.isVisible()
    card.accept_button.click()
    desk.settle()
    assert [course.credits for course in desk.library(Library.courses)] == ["0.5"]


def test_changes_from_elsewhere_come_into_the_fields(desk: Driver, piece: str) -> None:
    desk.library(lambda library: library.edit(piece, Edit(summary="從別處", fields={"award": "優勝"})))
    desk.control.pieces.reload()
    desk.settle()
    assert desk.box("summary").field.value() == "從別處"
    assert desk.box("award").field.value() == "優勝"


def test_the_buttons_say_what_they_would_undo(desk: Driver, piece: str) -> None:
    commit(desk.box("summary").field.text, "做了什麼")
    kept(desk, piece, summary="做了什麼")
    undo, redo = desk.window.actions_["undo"], desk.window.actions_["redo"]
    desk.qtbot.waitUntil(lambda: "簡述" in undo.toolTip())
    assert redo.toolTip() == "沒有可以重做的"
    desk.control.pieces.undo()
    desk.qtbot.waitUntil(lambda: "簡述" in redo.toolTip())
    desk.settle()


def test_a_message_s_undo_goes_when_something_else_was_done(desk: Driver, piece: str) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    assert desk.window.banner.button.isVisible()
    desk.choose("科展")
    commit(desk.box("summary").field.text, "後來寫的")
    kept(desk, piece, summary="後來寫的")
    assert not desk.window.banner.button.isVisible()


def told(driver: Driver) -> list[str]:
    return [finding.code for finding in driver.editor.findings.shown()]


def test_a_change_that_platforms_do_not_follow_is_told_until_it_is_undone(busy: Driver) -> None:
    busy.choose("水質")
    assert busy.control.pieces.writing.row.piece.certification == "certified"
    assert "certification.locked" not in told(busy)
    commit(busy.box("summary").field.text, "後來加的。")
    busy.control.pieces.writing.flush()
    busy.settle()
    assert "certification.locked" in told(busy)
    busy.choose("校慶")
    assert "certification.locked" not in told(busy)
    busy.choose("水質")
    assert "certification.locked" in told(busy)
    busy.control.pieces.undo()
    busy.settle()
    assert "certification.locked" not in told(busy)


def test_a_course_result_whose_certification_is_taken_back_may_be_changed(busy: Driver) -> None:
    busy.choose("水質")
    states = busy.editor.certification.field.list
    states.setCurrentIndex(states.findData("editing"))
    busy.settle()
    commit(busy.box("summary").field.text, "重新寫。")
    busy.control.pieces.writing.flush()
    busy.settle()
    assert "certification.locked" not in told(busy)


def test_another_file_in_a_certified_piece_is_told_too(busy: Driver) -> None:
    busy.choose("水質")
    busy.answers.files = [SAMPLE / "讀書會心得.pdf"]
    busy.editor.files.slots["document"].replace.click()
    busy.settle()
    busy.qtbot.waitUntil(lambda: "certification.locked" in told(busy))
    busy.settle()
    assert "certification.locked" in told(busy)
