from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from helpers.window import Driver
from portfolio_desktop.gui.frame.sections import PIECE_SECTIONS
from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import PieceFilter


def test_everything_is_listed_with_its_state(busy: Driver) -> None:
    pieces = busy.library(Library.pieces)
    assert sorted(busy.titles()) == sorted(piece.title for piece in pieces)
    model = busy.control.parts.model
    texts = {model.data(model.index(row, Column.STATE)) for row in range(model.rowCount())}
    assert {"可以勾選", "認證成功", "認證中"} <= texts
    assert any(text.startswith("要修正") for text in texts)


def test_every_section_shows_its_own_and_counts_it(busy: Driver) -> None:
    pieces = busy.library(Library.pieces, PieceFilter())
    for section in PIECE_SECTIONS:
        busy.control.parts.sections.go(section)
        wanted = {
            "all": len(pieces),
            "activity": sum(piece.kind == "activity" for piece in pieces),
            "trash": 0,
        }.get(section, sum(piece.category == section for piece in pieces))
        assert len(busy.titles()) == wanted
        assert busy.window.heading.text() == busy.control.parts.sections.name()
        assert busy.window.shown.text() == f"{wanted} 件"


def test_an_empty_group_does_not_promise_to_be_a_category(desk: Driver) -> None:
    empty = desk.control.parts.page.empty
    desk.control.parts.sections.go("service")
    assert "收在這一類" in empty.text.text()
    desk.control.parts.sections.go("activity")
    assert "選好類別" in empty.text.text()
    assert "收在這一類" not in empty.text.text()


def test_sorting_is_asked_for_by_the_headings(busy: Driver) -> None:
    header = busy.control.parts.page.table.horizontalHeader()
    header.setSortIndicator(Column.TITLE, Qt.SortOrder.AscendingOrder)
    ascending = busy.titles()
    header.setSortIndicator(Column.TITLE, Qt.SortOrder.DescendingOrder)
    assert busy.titles() == ascending[::-1]


def test_what_is_chosen_stays_chosen(busy: Driver) -> None:
    piece_id = busy.choose("水質")
    busy.control.parts.page.table.horizontalHeader().setSortIndicator(Column.STATE, Qt.SortOrder.AscendingOrder)
    assert busy.control.parts.page.table.selected_ids() == [piece_id]
    busy.control.parts.sections.go("course")
    assert busy.control.parts.page.table.selected_ids() == [piece_id]
    busy.control.parts.sections.go("service")
    assert busy.control.parts.page.table.selected_ids() == []
    assert busy.control.parts.page.piece.currentWidget() is busy.control.parts.page.nothing


def test_search_as_one_types(busy: Driver, qtbot: Any) -> None:
    search = busy.window.search
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    busy.window.actions_["find"].trigger()
    assert search.hasFocus()
    search.setText("水")
    assert 0 < len(busy.titles()) < 24
    busy.settle()
    found = busy.library(lambda library: library.find("水", limit=100))
    qtbot.waitUntil(lambda: len(busy.titles()) == found.total)
    search.clear()
    assert len(busy.titles()) == 24


def test_search_finds_what_stands_inside_documents(busy: Driver, qtbot: Any) -> None:
    busy.window.search.setText("水面下二十公分")
    qtbot.waitUntil(lambda: busy.titles() == ["臺北盆地水質調查報告"])


def test_composing_in_the_search_field_searches_nothing(busy: Driver) -> None:
    from helpers.window import compose

    compose(busy.window.search, "ㄕㄨㄟˇ")
    assert len(busy.titles()) == 24


def test_nothing_found_says_what_to_do(busy: Driver) -> None:
    busy.control.parts.sections.go("service")
    busy.window.search.setText("水質調查")
    busy.settle()
    empty = busy.control.parts.page.empty
    assert empty.isVisible()
    empty.button.click()
    busy.settle()
    assert "臺北盆地水質調查報告" in busy.titles()
    busy.window.search.setText("火星移民計畫")
    busy.settle()
    assert busy.titles() == []
    empty.button.click()
    assert busy.window.search.text() == ""
    assert len(busy.titles()) == 24


def test_searching_from_another_page_shows_the_pieces(busy: Driver) -> None:
    busy.control.parts.sections.go("ticks")
    busy.window.search.setText("水質")
    assert busy.control.parts.sections.section() == "all"
    assert busy.window.pages.currentWidget() is busy.control.parts.page


def test_removed_pieces_lie_in_the_trash_and_come_back(busy: Driver) -> None:
    piece_id = busy.choose("水質")
    busy.window.actions_["remove"].trigger()
    busy.settle()
    assert len(busy.titles()) == 23
    assert "垃圾桶" in busy.banner
    busy.control.parts.sections.go("trash")
    assert busy.titles() == ["臺北盆地水質調查報告"]
    busy.control.parts.page.table.select([piece_id])
    assert busy.editor.trashed.isVisible()
    assert busy.editor.title.line.isReadOnly()
    busy.editor.trashed.button.click()
    busy.settle()
    assert busy.titles() == []
    assert busy.piece(piece_id).trashed is None


def test_the_next_piece_is_chosen_after_one_is_removed(busy: Driver) -> None:
    table, model = busy.control.parts.page.table, busy.control.parts.model
    first, second = model.id(0), model.id(1)
    table.select([first])
    busy.editor.remove.click()
    busy.settle()
    assert table.selected_ids() == [second]


def test_removing_several_is_one_step(busy: Driver) -> None:
    table, model = busy.control.parts.page.table, busy.control.parts.model
    table.select([model.id(place) for place in range(3)])
    panel = busy.control.pieces.bulk.panel
    busy.qtbot.waitUntil(lambda: panel.heading.text() == "選了 3 件")
    busy.window.actions_["remove"].trigger()
    busy.settle()
    assert len(busy.titles()) == 21
    busy.control.pieces.undo()
    busy.settle()
    assert len(busy.titles()) == 24


def test_undo_with_nothing_left_says_so(desk: Driver) -> None:
    desk.control.pieces.undo()
    desk.settle()
    assert desk.banner == "沒有可以復原的了。"
    desk.control.pieces.redo()
    desk.settle()
    assert desk.banner == "沒有可以重做的了。"


def test_empty_pages_say_what_to_do(desk: Driver) -> None:
    empty = desk.control.parts.page.empty
    for section, word in (("all", "拖進來"), ("course", "還沒有作品"), ("trash", "空的")):
        desk.control.parts.sections.go(section)
        assert empty.isVisible()
        assert word in empty.heading.text()
        assert empty.button.isVisible() is (section != "trash")


def test_columns_make_room_in_a_narrow_window(busy: Driver, qtbot: Any) -> None:
    table = busy.control.parts.page.table
    busy.window.resize(1900, 800)
    qtbot.waitUntil(lambda: not table.isColumnHidden(Column.CATEGORY))
    busy.window.resize(760, 560)
    qtbot.waitUntil(lambda: table.isColumnHidden(Column.CATEGORY))
    assert not table.isColumnHidden(Column.TITLE)
    assert table.columnWidth(Column.TITLE) > 80
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
    # With large letters the words of the state would leave the title nothing: its drawing tells enough.
    usual, font = table.columnWidth(Column.STATE), table.font()
    font.setPointSizeF(font.pointSizeF() * 2.2)
    table.setFont(font)
    em = table.fontMetrics().horizontalAdvance("國")
    qtbot.waitUntil(lambda: table.columnWidth(Column.STATE) <= 3.4 * em + 1)
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
    assert table.columnWidth(Column.TITLE) >= 4 * em
    assert table.itemDelegateForColumn(Column.STATE) is table._bare
    font.setPointSizeF(font.pointSizeF() / 2.2)
    table.setFont(font)
    busy.window.resize(1900, 800)
    qtbot.waitUntil(lambda: table.columnWidth(Column.STATE) >= usual)
    assert table.itemDelegateForColumn(Column.STATE) is table.itemDelegate()


def test_columns_can_be_chosen(busy: Driver) -> None:
    table = busy.control.parts.page.table
    busy.window.resize(1900, 800)
    table._choose_columns(table.rect().center())
    menu = table.findChild(QMenu)
    action = next(action for action in menu.actions() if action.text() == "更動")
    assert action.isCheckable()
    action.trigger()
    assert Column.CHANGED in table.wanted_columns()
    menu.close()


def test_a_context_menu_offers_what_can_be_done(busy: Driver) -> None:
    busy.choose("水質")
    busy.control.parts.page.table.menu_asked.emit(busy.window.mapToGlobal(busy.window.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert words["移到垃圾桶"]
    assert not words["放回原來的類別"]
    menu.close()


def test_ten_thousand_rows_are_shown_without_asking_each(busy: Driver) -> None:
    from dataclasses import replace

    [row, *_others] = busy.control.pieces.known.rows.values()
    many = {f"x{n}": replace(row, piece=replace(row.piece, id=f"x{n}", title=f"第 {n:05} 件")) for n in range(10_000)}
    busy.control.pieces.known.rows = many
    busy.control.pieces.listing.refresh()
    assert busy.control.parts.model.rowCount() == 10_000
    busy.control.pieces.listing.order(Column.TITLE, False)
    assert busy.titles()[0] == "第 00000 件"
    assert busy.titles()[-1] == "第 09999 件"


def test_state_column_tells_its_findings(busy: Driver) -> None:
    model = busy.control.parts.model
    busy.control.pieces.listing.order(Column.STATE, False)
    tips = [model.data(model.index(r, Column.STATE), Qt.ItemDataRole.ToolTipRole) for r in range(model.rowCount())]
    assert any(tip.startswith("・") for tip in tips)


def test_last_chosen_piece_is_chosen_again(busy: Driver, sample: Path, start: Any, ground: Any) -> None:
    from portfolio_desktop.bootstrap.ground import lay

    piece_id = busy.choose("水質")
    busy.close()
    again = start(sample, on=lay(ground.places.settings.parent))
    assert again.control.parts.page.table.selected_ids() == [piece_id]


def test_return_goes_from_the_search_to_what_it_found(busy: Driver, qtbot: Any) -> None:
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    busy.window.search.setFocus()
    busy.window.search.setText("水質")
    qtbot.keyClick(busy.window.search, Qt.Key.Key_Return)
    assert busy.control.parts.page.table.hasFocus()
    assert len(busy.control.parts.page.table.selected_ids()) == 1
    busy.settle()


def test_thousands_are_chosen_as_ranges(busy: Driver) -> None:
    from dataclasses import replace

    row = next(iter(busy.control.pieces.known.rows.values()))
    many = {f"x{n}": replace(row, piece=replace(row.piece, id=f"x{n}", title=f"{n:05}")) for n in range(3000)}
    busy.control.pieces.known.rows = many
    busy.control.pieces.listing.refresh()
    table = busy.control.parts.page.table
    table.select([piece_id for piece_id in many if piece_id not in ("x7", "x9")])
    assert len(table.selected_ids()) == 2998
    assert table.selectionModel().selection().count() <= 3


def test_an_empty_library_says_what_the_rules_let_in(desk: Driver) -> None:
    empty = desk.control.parts.page.empty
    assert empty.text.text().startswith("PDF、JPG、PNG、MP3、MP4 都可以，整個資料夾")
    folder = desk.control.session.shelf.folder.with_name("只收聲音")
    with Library.create(folder, Profile("general", 113)) as library:
        library.set_school_rules({"media_kinds": ["mp3"]})
    desk.open(folder)
    assert desk.control.parts.page.empty.text.text().startswith("PDF、JPG、PNG、MP3 都可以，")
