import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from helpers.window import Driver
from portfolio_desktop.gui.year.list import fitting, line_height
from portfolio_desktop.gui.years import present_year
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.pieces.piece import Piece


@pytest.fixture
def board(busy: Driver) -> Driver:
    """The ticks of 113."""
    busy.control.parts.sections.go("ticks")
    year = busy.control.ticks.page.year
    year.setCurrentIndex(year.findData("113"))
    busy.settle()
    return busy


def column(board: Driver, kind: str) -> Any:
    return board.control.ticks.page.columns[kind]


def place(board: Driver, kind: str, title: str) -> int:
    model = column(board, kind).model
    return next(at for at in range(model.rowCount()) if title in model.candidate(at).piece.title)


def ticked(board: Driver) -> list[str]:
    pieces = board.library(Library.pieces, PieceFilter(ticked=113))
    return [piece.title for piece in sorted(pieces, key=lambda piece: piece.ticked[113])]


def test_the_quota_is_shown_as_it_stands(board: Driver) -> None:
    assert column(board, "course").number.text() == "6 / 6"
    assert column(board, "activity").number.text() == "10 / 10"
    assert "名額滿了" in column(board, "course").words.text()


def test_ticked_ones_come_first_in_their_order(board: Driver) -> None:
    model = column(board, "course").model
    shown = [model.candidate(at) for at in range(model.rowCount())]
    assert [one.ticked for one in shown] == sorted((one.ticked for one in shown), reverse=True)
    assert [one.piece.ticked[113] for one in shown[:6]] == sorted(one.piece.ticked[113] for one in shown[:6])


def test_unticking_and_ticking_by_mouse(board: Driver, qtbot: Any) -> None:
    listed = column(board, "course").list
    title = column(board, "course").model.candidate(0).piece.title
    spot = listed.visualRect(listed.model().index(0, 0)).topLeft() + QPoint(20, 20)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    board.settle()
    assert column(board, "course").number.text() == "5 / 6"
    assert title not in ticked(board)
    at = place(board, "course", title)
    assert at == 0  # a line that one ticks stays where it is
    spot = listed.visualRect(listed.model().index(at, 0)).topLeft() + QPoint(20, 20)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    board.settle()
    assert column(board, "course").number.text() == "6 / 6"
    assert title in ticked(board)


def test_a_reason_is_readable_in_a_narrow_list(board: Driver) -> None:
    listed = column(board, "course").list
    metrics, one_line = listed.fontMetrics(), listed.visualRect(listed.model().index(0, 0)).height()
    text = "還要補：「作品日期」還沒有填。　另有 2 項"
    room = QRect(0, 0, metrics.horizontalAdvance(text) * 2 // 3, 2 * line_height(metrics))
    assert fitting(text, room, metrics) == text
    assert fitting(text, QRect(0, 0, room.width(), metrics.height()), metrics).endswith("…")
    assert fitting(text * 3, room, metrics).endswith("…")
    narrow = max(range(listed.model().rowCount()), key=lambda at: bool(listed.model().candidate(at).reasons))
    listed.setFixedWidth(160)
    listed.doItemsLayout()
    assert listed.visualRect(listed.model().index(narrow, 0)).height() > one_line


def test_the_space_bar_ticks(board: Driver, qtbot: Any) -> None:
    listed = column(board, "activity").list
    listed.setCurrentIndex(listed.model().index(0, 0))
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    board.settle()
    assert column(board, "activity").number.text() == "9 / 10"


def test_a_click_on_the_words_ticks_nothing(board: Driver, qtbot: Any) -> None:
    listed = column(board, "course").list
    spot = listed.visualRect(listed.model().index(0, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    board.settle()
    assert column(board, "course").number.text() == "6 / 6"


def test_a_refused_wish_says_why_and_changes_nothing(board: Driver) -> None:
    before = ticked(board)
    at = place(board, "course", "ＡＩ")
    assert column(board, "course").model.candidate(at).reasons
    column(board, "course").list.toggle(at)
    board.settle()
    page = board.control.ticks.page
    assert page.strip.isVisible()
    assert "「ＡＩ影像辨識專題」還沒有認證成功" in page.told.text()
    assert ticked(board) == before
    page.step.click()
    board.settle()
    assert board.editor.title.value() == "ＡＩ影像辨識專題"
    assert board.editor.certification.field.isAncestorOf(board.window.focusWidget())


def test_another_change_takes_a_message_s_undo_before_its_own_step_is_told(board: Driver) -> None:
    board.choose("攝影展")
    board.control.pieces.remove()
    board.settle()
    assert board.window.banner.button.text() == "復原"
    board.control.parts.sections.go("ticks")
    board.control.say("ok", "移走了", ("復原", lambda: None))
    column(board, "activity").list.toggle(0)
    board.settle()
    assert not board.window.banner.button.isVisible(), "it would take the tick back"
    board.control.say("ok", "移走了", ("復原", lambda: None))
    board.control.pieces.courses.changed.emit()
    assert not board.window.banner.button.isVisible()


def test_the_mouse_s_own_button_leads_back_from_wherever_it_is(board: Driver, qtbot: Any) -> None:
    sections, window = board.control.parts.sections, board.window
    for at in (board.control.parts.page.table.viewport(), board.editor.title.line, window.search):
        column(board, "course").list.setFocus()
        column(board, "course").list.open_asked.emit(column(board, "course").model.candidate(0).piece.id)
        board.settle()
        assert sections.section() == "all"
        spot = at.mapTo(window, at.rect().center())
        qtbot.mousePress(window.windowHandle(), Qt.MouseButton.BackButton, pos=spot)
        qtbot.mouseRelease(window.windowHandle(), Qt.MouseButton.BackButton, pos=spot)
        assert sections.section() == "ticks"
    board.settle()


def test_a_full_quota_is_a_reason(board: Driver) -> None:
    at = place(board, "activity", "攝影展")
    one = column(board, "activity").model.candidate(at)
    assert [reason.code for reason in one.reasons] == ["tick.quota"]
    column(board, "activity").list.toggle(at)
    board.settle()
    assert "名額滿了" in board.control.ticks.page.told.text()
    assert not board.control.ticks.page.step.isVisible()
    first = column(board, "activity").model.candidate(0).piece.title
    column(board, "activity").list.toggle(0)
    board.settle()
    assert board.control.ticks.page.told.text() == f"取消勾選了「{first}」。"
    at = place(board, "activity", "攝影展")
    column(board, "activity").list.toggle(at)
    board.settle()
    assert "攝影展觀後感" in ticked(board)


def test_every_line_that_cannot_be_ticked_has_its_reason_below(board: Driver) -> None:
    for kind in ("course", "activity"):
        model = column(board, kind).model
        for at in range(model.rowCount()):
            one = model.candidate(at)
            below = model.below(one)
            assert below
            if not one.reasons and one.lacking:
                assert below.startswith("還要補：")
            if one.reasons:
                assert one.piece.title not in below, "it stands right above"
            assert one.piece.title in model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole)


def test_what_a_ticked_piece_still_lacks_is_told(board: Driver, qtbot: Any) -> None:
    kept = next(piece for piece in board.library(Library.pieces, PieceFilter(ticked=113)) if piece.kind == "activity")
    board.library(lambda library: library.edit(kept.id, Edit(summary="")))
    board.control.pieces.reload(kept.id)
    board.settle()
    board.control.ticks.refresh()
    board.settle()
    model = column(board, "activity").model
    at = place(board, "activity", kept.title)
    assert model.candidate(at).ticked
    assert model.below(model.candidate(at)) == "還要補：還沒有寫簡述。"
    assert "簡述一定要寫" in model.data(model.index(at, 0), Qt.ItemDataRole.ToolTipRole)
    column(board, "activity").list.toggle(at)
    board.settle()
    page = board.control.ticks.page
    assert page.told.text() == f"取消勾選了「{kept.title}」。"
    at = place(board, "activity", kept.title)
    assert not model.candidate(at).ticked
    assert model.below(model.candidate(at)) == "還要補：還沒有寫簡述。"
    column(board, "activity").list.toggle(at)
    board.settle()
    assert kept.title in ticked(board)
    assert page.told.text() == f"「{kept.title}」勾選了。還要補：還沒有寫簡述。"
    assert column(board, "activity").words.text() == "名額滿了；要換一件，先取消另一件。勾選的有 1 件還沒寫完。"
    listed = column(board, "activity").list
    assert page.step.text() == "補簡述"
    listed.scrollTo(model.index(place(board, "activity", kept.title), 0))
    link = listed.link(model.index(place(board, "activity", kept.title), 0))
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    board.settle()
    assert board.editor.title.value() == kept.title
    assert board.box("summary").field.isAncestorOf(board.window.focusWidget())


def test_ticks_can_be_undone(board: Driver) -> None:
    before = ticked(board)
    column(board, "course").list.toggle(0)
    board.settle()
    assert ticked(board) != before
    board.control.pieces.undo()
    board.settle()
    assert ticked(board) == before
    assert column(board, "course").number.text() == "6 / 6"


def test_another_year_shows_its_own(board: Driver) -> None:
    year = board.control.ticks.page.year
    year.setCurrentIndex(year.findData("115"))
    board.settle()
    assert column(board, "course").number.text() == "0 / 6"
    assert column(board, "course").empty.isVisible()


def test_the_lines_stay_until_they_are_to_be_arranged_or_the_page_is_left(board: Driver) -> None:
    listed, model, page = column(board, "course").list, column(board, "course").model, board.control.ticks.page
    before = list(model.order())
    listed.setCurrentIndex(model.index(1, 0))
    for at in (1, 3):
        listed.toggle(at)
        board.settle()
    assert list(model.order()) == before
    assert [model.candidate(at).ticked for at in range(4)] == [True, False, True, False]
    assert page.arrange.isVisible()
    assert listed.currentIndex().row() == 1
    page.arrange.click()
    board.settle()
    arranged = [model.candidate(at).ticked for at in range(model.rowCount())]
    assert arranged == sorted(arranged, reverse=True)
    assert list(model.order())[listed.currentIndex().row()] == before[1]
    assert not page.arrange.isVisible()
    listed.toggle(0)
    board.settle()
    board.control.parts.sections.go("all")
    board.control.parts.sections.go("ticks")
    board.settle()
    assert next(iter(model.order())) != before[0]


def test_from_a_line_to_its_piece_and_back_to_where_one_was(board: Driver, qtbot: Any) -> None:
    listed, model = column(board, "course").list, column(board, "course").model
    listed.toggle(0)
    board.settle()
    before = list(model.order())
    listed.setFocus()
    listed.setCurrentIndex(model.index(2, 0))
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    board.settle()
    page, bar = board.control.parts.page, board.control.parts.page.bar
    assert bar.back.isVisible()
    assert bar.back.text() == "回到「勾選」"
    assert board.editor.title.value() == model.candidate(2).piece.title
    qtbot.keyClick(page.view(), Qt.Key.Key_Escape)
    board.settle()
    assert board.window.pages.currentWidget() is board.control.ticks.page
    assert list(model.order()) == before
    assert listed.currentIndex().row() == 2
    assert board.window.focusWidget() is listed
    for key, held in ((Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_Escape, Qt.KeyboardModifier())):
        qtbot.keyClick(listed, Qt.Key.Key_Return)
        board.settle()
        qtbot.keyClick(board.editor.title, key, held)
        qtbot.waitUntil(lambda: board.window.pages.currentWidget() is board.control.ticks.page)
    board.control.parts.sections.go("all")
    assert not bar.back.isVisible()
    qtbot.keyClick(page.view(), Qt.Key.Key_Escape)
    assert board.control.parts.sections.section() == "all"


def test_pieces_without_a_category_are_counted_and_shown(board: Driver) -> None:
    page = board.control.ticks.page
    assert "另有 1 件作品還沒分類" in page.unfiled.text()
    page.unfiled_button.click()
    board.settle()
    assert board.titles() == ["未命名文件"]
    assert board.control.parts.page.bar.words(board.control.pieces.known.filter) == "還沒分類"


def test_the_year_that_is_shown_first() -> None:
    years = [113, 114, 115]
    assert present_year(years, datetime.date(2025, 3, 1)) == 113
    assert present_year(years, datetime.date(2025, 8, 1)) == 114
    assert present_year(years, datetime.date(2030, 1, 1)) == 115
    assert present_year(years, datetime.date(2020, 1, 1)) == 113


def test_a_tick_reads_no_more_than_it_concerns(board: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Piece] = []
    whole = Library.pieces

    def counted(library: Library, wanted: PieceFilter | None = None) -> list[Piece]:
        found = whole(library, wanted) if wanted is not None else whole(library)
        read.extend(found)
        return found

    monkeypatch.setattr(Library, "pieces", counted)
    board.control.ticks.refresh()
    board.settle()
    assert read == []
    title = column(board, "course").model.candidate(0).piece.title
    column(board, "course").list.toggle(0)
    board.settle()
    assert {piece.title for piece in read} == {title}
    column(board, "course").list.toggle(place(board, "course", title))
    board.settle()
    # What is ticked for the year, to plan against, and the piece itself: never the whole library.
    assert {piece.title for piece in read} == set(ticked(board))
    assert column(board, "course").number.text() == "6 / 6"


def test_what_is_ticked_is_known_in_the_list_at_once(board: Driver) -> None:
    one = column(board, "course").model.candidate(0).piece
    column(board, "course").list.toggle(0)
    board.settle()
    assert board.control.pieces.known.rows[one.id].piece.ticked == {}


def test_the_board_follows_what_happened_elsewhere(board: Driver) -> None:
    before = place(board, "activity", "攝影展")
    assert before >= 0
    chosen = column(board, "activity").model.candidate(before).piece.id
    board.control.pieces.show(chosen)
    board.control.pieces.remove()
    board.settle()
    board.control.parts.sections.go("ticks")
    board.settle()
    model = column(board, "activity").model
    assert chosen not in [model.candidate(at).piece.id for at in range(model.rowCount())]
