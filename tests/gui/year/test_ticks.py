import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from helpers.window import Driver
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
    spot = listed.visualRect(listed.model().index(at, 0)).topLeft() + QPoint(20, 20)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    board.settle()
    assert column(board, "course").number.text() == "6 / 6"
    assert title in ticked(board)


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
    assert page.refused.isVisible()
    assert "還沒有認證成功" in page.refused.text()
    assert ticked(board) == before


def test_a_full_quota_is_a_reason(board: Driver) -> None:
    at = place(board, "activity", "攝影展")
    one = column(board, "activity").model.candidate(at)
    assert [reason.code for reason in one.reasons] == ["tick.quota"]
    column(board, "activity").list.toggle(at)
    board.settle()
    assert "名額滿了" in board.control.ticks.page.refused.text()
    column(board, "activity").list.toggle(0)
    board.settle()
    assert not board.control.ticks.page.refused.isVisible()
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
                assert below == one.reasons[0].message
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
    assert not page.refused.isVisible()
    at = place(board, "activity", kept.title)
    assert not model.candidate(at).ticked
    assert model.below(model.candidate(at)) == "還要補：還沒有寫簡述。"
    column(board, "activity").list.toggle(at)
    board.settle()
    assert kept.title in ticked(board)
    assert page.refused.text() == "勾選了。還要補：還沒有寫簡述。"
    assert page.refused.isVisible()


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


def test_from_a_line_to_its_piece(board: Driver, qtbot: Any) -> None:
    listed = column(board, "course").list
    listed.setCurrentIndex(listed.model().index(0, 0))
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    board.settle()
    assert board.window.pages.currentWidget() is board.control.parts.page
    assert board.editor.title.value() == column(board, "course").model.candidate(0).piece.title


def test_pieces_without_a_category_are_counted(board: Driver) -> None:
    assert "1 件" in board.control.ticks.page.unfiled.text()


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
