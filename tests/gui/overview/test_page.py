"""總覽: what needs attention and the three years, each a click or a key away from where it is done."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from helpers.safety import rot, stored
from helpers.window import SAMPLE, Driver
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.overview.cells import CELL_ROLE
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.library.safekeeping import whole
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.terms import Term


def overview(driver: Driver) -> Any:
    """The page, shown."""
    driver.control.parts.sections.go("overview")
    driver.settle()
    return driver.control.overview.page


def items(page: Any) -> dict[str, Any]:
    """The lines of attention by their codes."""
    return {line.item.code: line for line in page.attention.lines}


def places(driver: Driver) -> list[Destination]:
    """Where one is taken to from now on."""
    asked: list[Destination] = []
    driver.control.overview.visit_asked.connect(asked.append)
    return asked


def cell(page: Any, row: int, column: int) -> Any:
    model = page.years.table.model()
    return model.index(row, column)


def test_what_the_sample_library_owes(busy: Driver) -> None:
    page = overview(busy)
    assert page.currentWidget() is page.content
    assert list(items(page))[:3] == ["care.never", "piece.errors", "piece.unfiled"]
    [line] = [line for code, line in items(page).items() if code == "piece.errors"]
    assert line.chip.text() == "這幾天"
    assert line.button.text() == f"看這 {len(line.item.pieces)} 件"
    assert "要修正" in line.button.accessibleName()


def test_one_piece_is_a_click_away(busy: Driver) -> None:
    line = items(overview(busy))["piece.unfiled"]
    line.button.click()
    busy.settle()
    assert busy.window.pages.currentWidget() is busy.control.parts.page
    assert [piece.id for piece in busy.control.pieces.chosen()] == list(line.item.pieces)


def test_the_list_shows_exactly_the_pieces_that_were_counted_until_that_is_clicked_away(busy: Driver) -> None:
    page, parts = overview(busy), busy.control.parts
    line = items(page)["piece.errors"]
    line.button.setFocus()
    line.button.click()
    busy.settle()
    assert parts.sections.section() == "activity"
    assert line.button.text() == "看這 4 件"
    assert set(parts.model.ids()) == set(line.item.pieces)
    assert busy.control.pieces.chosen() == []
    bar = parts.page.bar
    [chip] = bar._chips
    assert chip.text() == "有要修正的地方", "how many is said beside it, and goes down"
    chip.click()
    busy.settle()
    assert parts.model.count() == 16
    assert not bar._chips
    bar.back.click()
    busy.settle()
    assert busy.window.pages.currentWidget() is page
    assert items(page)["piece.errors"].button.hasFocus()


def test_a_backup_is_begun_from_here(busy: Driver, tmp_path: Path) -> None:
    page = overview(busy)
    busy.answers.folder = tmp_path / "disk"
    busy.answers.folder.mkdir()
    items(page)["care.never"].button.click()
    busy.settle()
    assert busy.control.parts.sections.section() == "safety"
    busy.qtbot.waitUntil(lambda: any((tmp_path / "disk").iterdir()))
    busy.settle()
    page = overview(busy)
    assert "care.never" not in items(page)
    assert "care.untried" in items(page)
    assert str(tmp_path / "disk") in page.safety.backup.text()


def test_a_failed_check_comes_first(start: Any, sample: Path) -> None:
    rot(stored(sample, "水質"))
    with Library.open(sample) as library:
        verify(library)
    driver = start(sample)
    page = overview(driver)
    first = page.attention.lines[0]
    assert first.item.code == "care.faults"
    assert page.attention.heading.text() == "1 件事現在要處理"
    first.button.click()
    assert driver.control.parts.sections.section() == "safety"


def test_the_last_backup_and_its_page(start: Any, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with Library.open(sample) as library:
        whole.back_up(library, tmp_path / "disk")
    driver = start(sample)
    page = overview(driver)
    assert "上次完整備份：今天" in page.safety.backup.text()
    assert page.safety.drill.text() == "備份和作品在同一個磁碟裡。還沒有演練過還原。"
    page.safety.button.click()
    assert driver.control.parts.sections.section() == "safety"


def test_a_long_list_begins_short(busy: Driver) -> None:
    page = overview(busy)
    some = [line.item for line in page.attention.lines]
    many = (some * 4)[:9]
    page.attention.show_items(many)
    assert len(page.attention.lines) == 5
    assert page.attention.more.text() == "還有 4 項…"
    page.attention.more.click()
    assert len(page.attention.lines) == 9
    page.attention.more.click()
    assert len(page.attention.lines) == 5


def test_nothing_to_do_is_said(busy: Driver) -> None:
    page = overview(busy)
    page.attention.show_items(())
    assert page.attention.lines == []
    assert "沒有要趕的事" in page.attention.heading.text()
    assert not page.attention.more.isVisible()


def test_the_keyboard_stays_where_it_was_when_the_list_is_made_anew(busy: Driver) -> None:
    page = overview(busy)
    busy.window.activateWindow()
    items(page)["piece.unfiled"].button.setFocus()
    page.attention.show_items([line.item for line in page.attention.lines[1:]])
    assert items(page)["piece.unfiled"].button is page.focusWidget()


def test_the_picture_counts_every_piece_once(busy: Driver) -> None:
    page = overview(busy)
    model = page.years.table.model()
    live = busy.library(Library.pieces, PieceFilter())
    corner = model.index(model.rowCount() - 1, model.columnCount() - 1).data(CELL_ROLE)
    assert corner.count == len(live)
    assert corner.ticked == sum(bool(piece.ticked) for piece in live)
    assert corner.certified == sum(piece.kind == "course" and piece.certification == "certified" for piece in live)
    assert f"共 {len(live)} 件" in page.years.words.text()


def test_a_cell_says_in_words_what_it_shows(busy: Driver) -> None:
    page = overview(busy)
    told = cell(page, 0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "課程學習成果　113-1　高一上：3 件，其中寫好了 3 件、認證成功 3 件、已勾選 3 件"
    assert cell(page, 0, 0).data() == "3"
    empty = cell(page, 0, 5)
    assert empty.data() == ""
    assert "沒有作品" in empty.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("row", "column", "wanted"),
    [
        (0, 0, Destination("course", term="113-1")),
        (4, 6, Destination("service")),
        (12, 1, Destination("all", term="113-2")),
    ],
)
def test_a_click_on_a_cell_leads_to_its_pieces(busy: Driver, row: int, column: int, wanted: Destination) -> None:
    page = overview(busy)
    asked = places(busy)
    table = page.years.table
    spot = table.visualRect(cell(page, row, column)).center()
    busy.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [wanted]


def test_every_number_is_that_of_the_list_it_leads_to(busy: Driver) -> None:
    pieces = busy.control.pieces.known.rows.values()
    certified = next(row.id for row in pieces if row.piece.kind == "course" and row.piece.ticked)
    loose = next(row.id for row in pieces if row.piece.category == "service")

    def change(library: Library) -> None:
        library.edit(loose, Edit(term=Term(110, 1), clear=frozenset({"category"})))
        library.edit(certified, Edit(summary=""))

    busy.library(change)
    busy.control.pieces.reload()
    busy.settle()
    page, model = overview(busy), busy.control.parts.model
    assert "已勾選 16 件（勾選的有 2 件還沒寫完）" in page.years.words.text()
    cells = page.years.table.cells
    every = [cells.index(row, column) for row in range(cells.rowCount()) for column in range(cells.columnCount())]
    counted = [index for index in every if index.data()]
    assert len(counted) > 30
    assert any(cells.spot(index).is_loose for index in counted)
    for index in counted:
        page.years.table.clicked.emit(index)
        assert model.count() == int(index.data()), index.data(Qt.ItemDataRole.ToolTipRole)
        busy.control.parts.sections.go("overview")
    busy.settle()
    several = [line for line in page.attention.lines if len(line.item.pieces) > 1]
    assert several
    for line in several:
        busy.control.overview.page.item_asked.emit(line.item)
        assert model.count() == line.item.numbers["count"], line.item.message


def test_the_picture_by_keyboard(busy: Driver) -> None:
    page = overview(busy)
    asked = places(busy)
    table = page.years.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.setCurrentIndex(cell(page, 0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        busy.qtbot.keyClick(table, key)
    assert asked == [Destination("competition", term="113-2")]


def test_the_tab_key_leaves_the_picture(busy: Driver) -> None:
    page = overview(busy)
    assert not page.years.table.tabKeyNavigation()


def test_the_picture_shows_all_its_rows_and_grows_with_the_text(busy: Driver) -> None:
    page = overview(busy)
    table = page.years.table
    assert table.verticalScrollBar().maximum() == 0
    before = table.height()
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    table.setFont(font)
    assert table.height() > before * 1.5
    assert table.verticalScrollBar().maximum() == 0


def test_a_school_year_s_ticks_are_a_click_away(busy: Driver) -> None:
    page = overview(busy)
    assert page.years.years[0].text() == "113 學年度勾選\n課程 6 / 6，多元 10 / 10"
    page.years.years[1].click()
    busy.settle()
    assert busy.control.parts.sections.section() == "ticks"
    assert busy.control.years.year == 114


def test_an_empty_library_says_how_to_begin(desk: Driver) -> None:
    page = overview(desk)
    assert page.beginning.isVisible()
    assert page.beginning.button.text() == "收進檔案…"
    asked: list[str] = []
    desk.control.overview.deed_asked.disconnect()  # building the sample is the first run's own matter
    desk.control.overview.deed_asked.connect(asked.append)
    page.beginning.second.click()
    assert asked == ["sample"]


def test_what_comes_in_and_what_is_undone_is_shown(desk: Driver, tmp_path: Path) -> None:
    desk.library(lambda library: library.add([SAMPLE / "讀書會心得.pdf"]))
    desk.control.pieces.reload()
    desk.settle()
    page = overview(desk)
    assert page.content.isVisible()
    desk.control.pieces.undo()
    desk.settle()
    assert page.beginning.isVisible()


def test_what_changes_while_one_looks_is_shown(busy: Driver) -> None:
    page = overview(busy)
    [unfiled] = items(page)["piece.unfiled"].item.pieces
    busy.library(lambda library: library.edit(unfiled, Edit(category="other", term=Term(113, 1))))
    busy.control.pieces.reload(unfiled)
    busy.qtbot.waitUntil(lambda: "piece.unfiled" not in items(page))
    assert page.years.table.model().rowCount() == 12


def test_a_library_that_may_only_be_read_offers_nothing_to_add(start: Any, empty: Path) -> None:
    driver = start()
    driver.control.session.open(empty, read_only=True)
    driver.qtbot.waitUntil(lambda: driver.control.session.shelf is not None)
    driver.window.show_body()
    driver.settle()
    page = overview(driver)
    assert page.beginning.isVisible()
    assert not page.beginning.button.isVisible()


def test_another_library_is_not_shown_what_the_last_one_had(start: Any, sample: Path, tmp_path: Path) -> None:
    driver = start(sample)
    page = overview(driver)
    other = shutil.copytree(sample, tmp_path / "other")
    with Library.open(other) as library:
        library.remove([piece.id for piece in library.pieces()])
    driver.open(other)
    driver.settle()
    assert page.beginning.isVisible()


def test_every_control_has_a_name(busy: Driver) -> None:
    page = overview(busy)
    buttons = [*(line.button for line in page.attention.lines), page.safety.button, *page.years.years]
    assert all(button.accessibleName() or button.text() for button in buttons)
    assert page.years.table.accessibleName()
    QApplication.processEvents()
    assert page.years.table.rect().contains(QPoint(1, 1))


def test_the_tab_key_goes_from_top_to_bottom(busy: Driver) -> None:
    page = overview(busy)
    lines = [line.button for line in page.attention.lines]
    wanted = [*lines, page.years.table, *page.years.years, page.safety.button]
    met = [lines[0]]
    while len(met) < len(wanted):
        following = met[-1].nextInFocusChain()
        while not (following.isVisible() and following.focusPolicy() & Qt.FocusPolicy.TabFocus):
            following = following.nextInFocusChain()
        met.append(following)
    assert met == wanted


def test_nothing_is_wider_than_the_page_in_a_narrow_window_with_large_text(busy: Driver) -> None:
    page = overview(busy)
    busy.window.resize(busy.window.minimumSize())
    busy.control.parts.theme.enlarge(200)
    try:
        busy.settle()
        QApplication.processEvents()
        inside = page.content.widget()
        assert inside.minimumSizeHint().width() <= page.content.viewport().width()
        assert page.years.table.horizontalScrollBar().maximum() > 0
        header = page.years.table.horizontalHeader()
        words = header.model().headerData(0, Qt.Orientation.Horizontal).split("\n")[0]
        assert header.sectionSize(0) > header.fontMetrics().horizontalAdvance(words)
    finally:
        busy.control.parts.theme.enlarge(100)


def test_a_screen_reader_is_told_each_cell(busy: Driver) -> None:
    table = overview(busy).years.table
    told = QAccessible.queryAccessibleInterface(table)
    assert told.text(QAccessible.Text.Name) == "三年的作品，依學期和類別"
    names = [told.child(place).text(QAccessible.Text.Name) for place in range(told.childCount())]
    assert "課程學習成果" in names
    assert sum("件，其中寫好了" in name or name.endswith("沒有作品") for name in names) == 13 * 7
    assert any(name.startswith("課程學習成果　113-1　高一上：3 件") for name in names)


def test_what_is_not_filed_is_shown_together_whatever_was_searched_for(busy: Driver) -> None:
    some = [row.id for row in busy.control.pieces.known.rows.values() if row.piece.category == "other"][:2]
    for piece_id in some:
        busy.library(lambda library, piece_id=piece_id: library.edit(piece_id, Edit(clear=frozenset({"category"}))))
    busy.control.pieces.reload()
    busy.settle()
    busy.window.search.setText("水質")
    busy.settle()
    line = items(overview(busy))["piece.unfiled"]
    assert len(line.item.pieces) == 3
    line.button.click()
    busy.settle()
    assert sorted(busy.control.parts.model.ids()) == sorted(line.item.pieces)
    assert busy.window.search.text() == ""


def test_the_overview_is_where_the_next_start_begins_when_it_was_left_there(
    start: Any, sample: Path, tmp_path: Path
) -> None:
    first = start(sample)
    overview(first)
    first.close()
    again = start(sample, lay(tmp_path / "home"))
    again.settle()
    page = again.control.overview.page
    assert again.window.pages.currentWidget() is page
    assert page.currentWidget() is page.content
    assert page.attention.lines
