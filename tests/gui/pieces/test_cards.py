from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QMenu

from helpers.window import Answers, Driver
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui import app as gui_app
from portfolio_desktop.gui.pieces.drawing import two_lines
from portfolio_desktop.gui.pieces.filters import EVERYTHING, Filter
from portfolio_desktop.gui.pieces.lines import Column, Heading
from portfolio_desktop.gui.pieces.picture_store import FOLDER
from portfolio_desktop.gui.pieces.thumbnails import fitted
from portfolio_desktop.library.folding import fold
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit


def page(driver: Driver) -> Any:
    return driver.control.parts.page


def see(driver: Driver, view: str = "cards") -> Any:
    """Choose a view by its button; gives it."""
    page(driver).bar.views[view].click()
    driver.settle()
    return page(driver).view()


def menu(driver: Driver, button: str) -> dict[str, Any]:
    """The entries of one of the bar's menus, as it offers them now."""
    made = getattr(page(driver).bar, button).menu()
    made.aboutToShow.emit()
    return {action.text().partition("（")[0]: action for action in made.actions()}


def test_cards_and_table_show_and_choose_the_same(busy: Driver) -> None:
    piece_id = busy.choose("水質調查")
    cards = see(busy)
    assert cards.isVisible()
    assert not page(busy).table.isVisible()
    assert page(busy).table.selected_ids() == [piece_id]
    area = cards.visualRect(busy.control.parts.model.index(busy.control.parts.model.place(piece_id), Column.TITLE))
    assert cards.viewport().rect().intersects(area)
    other = busy.control.parts.model.ids()[1]
    at = cards.visualRect(busy.control.parts.model.index(1, Column.TITLE))
    cards.scrollTo(busy.control.parts.model.index(1, Column.TITLE))
    at = cards.visualRect(busy.control.parts.model.index(1, Column.TITLE))
    busy.qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=at.center())
    assert page(busy).table.selected_ids() == [other]
    busy.settle()
    assert busy.control.pieces.writing.row.id == other
    told = busy.control.parts.model.index(1, Column.TITLE).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert busy.control.parts.model.index(1, Column.STATE).data() in told
    see(busy, "table")
    assert page(busy).table.isVisible()


def test_cards_are_walked_with_the_keyboard(busy: Driver) -> None:
    cards, model = see(busy), busy.control.parts.model
    page(busy).table.select([model.ids()[0]])
    columns = cards.grid.columns
    assert columns >= 2
    for key, place in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 23),
        (Qt.Key.Key_Home, 0),
    ):
        busy.qtbot.keyClick(cards, key)
        assert page(busy).table.selected_ids() == [model.id(place)]
    busy.qtbot.keyClick(cards, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    busy.qtbot.keyClick(cards, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page(busy).table.selected_ids() == model.ids()[: columns + 2], "in reading order"
    busy.qtbot.keyClick(cards, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page(busy).table.selected_ids()) == 24
    busy.settle()


def test_headings_are_passed_by_and_choose_their_group(busy: Driver) -> None:
    cards, model = see(busy), busy.control.parts.model
    menu(busy, "arrange")["依學期"].trigger()
    headings = list(model.headings())
    assert len(headings) >= 2
    first = headings[0] + 1
    page(busy).table.select([model.id(first)])
    size = headings[1] - headings[0] - 1
    for _step in range(size):
        busy.qtbot.keyClick(cards, Qt.Key.Key_Right)
    assert page(busy).table.selected_ids() == [model.id(headings[1] + 1)]
    for view in ("cards", "table"):
        shown = see(busy, view)
        page(busy).table.select([model.id(first)])
        shown.scrollToTop()
        at = QPoint(30, 18) if view == "table" else QPoint(*cards.grid.rect(headings[0])[:2]) + QPoint(30, 10)
        busy.qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert page(busy).table.selected_ids() == model.of_heading(headings[0])
        assert len(model.of_heading(headings[0])) == size
    assert isinstance(model.row(headings[0]), Heading)
    assert "件" in model.data(model.index(headings[0], Column.STATE))
    page(busy).table.select([model.id(headings[1] - 1)])
    busy.qtbot.keyClick(page(busy).table, Qt.Key.Key_Down)
    assert page(busy).table.selected_ids() == [model.id(headings[1] + 1)]
    assert busy.window.shown.text().endswith("24 件")
    busy.settle()


def test_filters_show_chips_that_take_them_away(busy: Driver) -> None:
    bar, known = page(busy).bar, busy.control.pieces.known
    entries = menu(busy, "filter")
    assert {"113-1　高一上", "113-2　高一下", "可以勾選", "認證成功"} <= set(entries)
    entries["113-1　高一上"].trigger()
    menu(busy, "filter")["認證成功"].trigger()
    assert busy.titles()
    assert all(
        row.state == "certified" and str(row.piece.term) == "113-1"
        for row in map(known.rows.get, busy.control.parts.model.ids())
    )
    chips = [chip.text() for chip in bar._chips]
    assert chips == ["113-1　高一上", "認證成功"]
    assert all(not chip.isHidden() and chip.accessibleName() for chip in bar._chips)
    bar._chips[1].click()
    assert known.filter == Filter(frozenset({"113-1"}))
    bar.everything.click()
    assert known.filter == EVERYTHING
    assert not bar.everything.isVisible()
    assert len(busy.titles()) == 24


def test_attention_shows_what_there_is_to_do(busy: Driver) -> None:
    bar = page(busy).bar
    count = busy.control.pieces.known.facets().attention
    assert bar.attention.text() == f"要處理 {count}"
    bar.attention.click()
    assert len(busy.titles()) == count > 0
    assert bar.attention.isChecked()
    bar.attention.click()
    assert len(busy.titles()) == 24
    changed = busy.choose("圖書館志工")
    busy.library(lambda library: library.edit(changed, Edit(summary="字" * 400)))
    busy.control.pieces.reload(changed)
    busy.settle()
    assert bar.attention.text() == f"要處理 {count + 1}", "also where the list stays as it is"
    assert busy.window.shown.text() == "24 件"
    busy.window.actions_["write_summary"].trigger()
    assert busy.window.shown.text() == ""
    busy.window.uncover()
    assert busy.window.shown.text() == "24 件"


def test_an_empty_result_says_why_and_offers_everything(busy: Driver) -> None:
    busy.control.pieces.arranging.filter(Filter(frozenset({"115-2"})))
    empty = page(busy).empty
    assert empty.isVisible()
    assert "沒有符合篩選" in empty.heading.text()
    assert "115-2　高三下" in empty.text.text()
    assert page(busy).bar.isVisible()
    empty.button.click()
    assert len(busy.titles()) == 24


def test_another_section_begins_without_filters(busy: Driver) -> None:
    busy.control.pieces.arranging.filter(Filter(frozenset({"113-2"})))
    busy.control.parts.sections.go("course")
    assert busy.control.pieces.known.filter == EVERYTHING
    assert len(busy.titles()) == 7


def test_what_is_being_written_stays_though_it_passes_no_longer(busy: Driver) -> None:
    piece_id = busy.choose("太鼓社成果")
    busy.control.pieces.arranging.filter(Filter(frozenset({"113-2"})))
    box = busy.editor.term.field.list
    box.setCurrentIndex(box.findData("114-2"))
    busy.settle()
    assert str(busy.piece(piece_id).term) == "114-2"
    assert busy.control.pieces.writing.row.id == piece_id
    assert piece_id in busy.control.parts.model.ids()
    busy.control.pieces.listing.refresh()
    assert piece_id not in busy.control.parts.model.ids()


def test_what_is_shown_on_purpose_is_not_filtered_away(busy: Driver) -> None:
    busy.control.pieces.arranging.filter(Filter(frozenset({"115-2"})))
    piece_id = busy.choose("水質調查")
    assert page(busy).table.selected_ids() == [piece_id]
    assert busy.control.pieces.known.filter == EVERYTHING


def test_order_and_groups_by_the_menu(busy: Driver) -> None:
    menu(busy, "arrange")["標題"].trigger()
    titles = busy.titles()
    assert titles == sorted(titles, key=fold)
    menu(busy, "arrange")["由大到小、由新到舊"].trigger()
    assert busy.titles() == titles[::-1]
    assert page(busy).table.horizontalHeader().sortIndicatorSection() == Column.TITLE
    menu(busy, "arrange")["依類別"].trigger()
    model = busy.control.parts.model
    assert [model.row(place).words for place in model.headings()][:2] == ["還沒分類", "課程學習成果"]
    assert menu(busy, "arrange")["依類別"].isChecked()
    menu(busy, "arrange")["不分組"].trigger()
    assert not model.headings()


def test_view_and_groups_are_remembered(busy: Driver, sample: Path, start: Any, ground: Any) -> None:
    see(busy)
    busy.control.pieces.arranging.group("term")
    busy.close()
    again = start(sample, on=lay(ground.places.settings.parent))
    assert page(again).as_cards
    assert again.control.parts.model.headings()
    assert page(again).bar.views["cards"].isChecked()


def test_cards_have_their_lines_at_the_first_look_too(
    busy: Driver, sample: Path, ground: Ground, theme: Any, qtbot: Any
) -> None:
    see(busy)
    count = len(busy.titles())
    busy.close()
    answers = Answers()
    again = Driver(qtbot, gui_app.assemble(lay(ground.places.settings.parent), theme, answers, sample), answers)
    again.window.show()
    assert again.control.session.shelf is None
    assert page(again).as_cards
    assert again.control.parts.model.count() == count
    assert not page(again).view().grab().isNull()
    again.close()
    again.window.deleteLater()


def test_pictures_come_from_readers_once_and_then_from_disk(
    busy: Driver, sample: Path, start: Any, ground: Any
) -> None:
    cards = see(busy)
    busy.qtbot.waitUntil(lambda: cards._picture(document(busy)) is not None, timeout=20_000)
    busy.settle()
    folder = ground.places.cache / FOLDER
    kept = {path.name for path in folder.iterdir()}
    assert any(name.startswith(document(busy)) for name in kept)
    busy.close()
    again = start(sample, on=lay(ground.places.settings.parent))
    readers = again.control.session._readers
    cards = page(again).view()
    again.qtbot.waitUntil(lambda: cards._picture(document(again)) is not None, timeout=20_000)
    assert readers is again.control.session._readers


def document(driver: Driver) -> str:
    """The hash of the first file that is shown as a picture: one that a password locks has none, wherever it stands."""
    rows = (driver.control.pieces.known.rows[id_] for id_ in driver.control.parts.model.ids())
    files = (file for row in rows for file in row.piece.files if file.kind == "pdf" and file.current)
    return next(file.sha256 for file in files if file.inspection.opens and file.inspection.encrypted == "none")


def test_only_what_can_be_seen_is_asked_for(busy: Driver) -> None:
    busy.window.resize(900, 560)
    asked: list[list[str]] = []
    cards = see(busy)
    cards.pictures_wanted.connect(asked.append)
    cards.redraw()
    busy.qtbot.waitUntil(lambda: bool(asked))
    assert 0 < len(asked[-1]) < 12
    busy.settle()


def test_larger_text_makes_larger_cards_and_rows(busy: Driver) -> None:
    busy.window.resize(2600, 900)
    cards, table = see(busy), page(busy).table
    before = (cards.grid.card_height, table.verticalHeader().defaultSectionSize(), table.columnWidth(Column.TERM))
    for widget in (cards, table):
        font = widget.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        widget.setFont(font)
    see(busy, "table")
    after = (cards.grid.card_height, table.verticalHeader().defaultSectionSize(), table.columnWidth(Column.TERM))
    assert all(new > old * 1.2 for new, old in zip(after, before, strict=True)), (before, after)
    busy.settle()


def test_a_context_menu_for_cards_too(busy: Driver) -> None:
    cards = see(busy)
    page(busy).table.select(busy.control.parts.model.ids()[:1])
    cards.customContextMenuRequested.emit(QPoint(40, 40))
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    shown.close()
    busy.settle()


def test_dragging_asks_for_the_files_of_what_is_chosen(busy: Driver) -> None:
    asked: list[list[str]] = []
    busy.control.pieces.preview.handing.drag = lambda _source, hashes, picture=None: asked.append(list(hashes))
    piece_id = busy.choose("水質調查")
    for view in ("cards", "table"):
        see(busy, view).startDrag(Qt.DropAction.CopyAction)
    wanted = [file.sha256 for file in busy.piece(piece_id).files if file.current]
    assert asked == [wanted, wanted]


def test_a_piece_without_picture_has_a_drawing(desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "筆記.txt"
    path.write_text("文字", encoding="utf-8")
    desk.library(Library.add, [path])
    desk.control.pieces.reload()
    desk.settle()
    cards = see(desk)
    [row] = desk.control.pieces.known.rows.values()
    face = cards._face(row, False, False)
    assert (face.picture, face.kind) == (None, "document")
    assert face.state[0]
    assert not cards.grab().isNull()


def test_a_page_shows_its_upper_part_a_photograph_all_of_it() -> None:
    def picture(width: int, height: int) -> bytes:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        image.setPixelColor(1, 1, Qt.GlobalColor.red)
        return png(image)

    page_ = fitted(picture(300, 420), QSize(200, 130))
    assert page_ is not None
    assert (page_.width(), page_.height()) == (200, 130)
    photograph = fitted(picture(400, 300), QSize(200, 130))
    assert photograph is not None
    assert photograph.height() == 130
    assert photograph.width() < 200
    assert fitted(b"no picture", QSize(200, 130)) is None


def png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_a_title_is_broken_over_two_lines() -> None:
    font = QFont()
    first, second = two_lines("臺北盆地水質調查報告與後續追蹤", 100, font)
    assert "臺北盆地水質調查報告與後續追蹤".startswith(first)
    assert second
    assert two_lines("短", 100, font) == ("短", "")
    words = "An English title of several words"
    first, second = two_lines(words, 120, font)
    assert 0 < len(first.split()) < 6
    assert words.split()[: len(first.split())] == first.split(), "broken between words"
