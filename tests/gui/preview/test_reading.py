"""Reading pages: zoom as arithmetic, the strip of small pages, the keys, the size in words."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from helpers.window import Driver
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.page import PREVIEW_TAB
from portfolio_desktop.gui.preview.pictures import image_of
from portfolio_desktop.gui.preview.reader import Reader
from portfolio_desktop.gui.preview.size_bar import weighed
from portfolio_desktop.gui.preview.zoom import STEPS, Zoom

MB = 1024 * 1024
SIDES = st.floats(1, 10_000)


def image(width: int = 200, height: int = 283, colour: str = "#ccddee") -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


@pytest.fixture
def reader(qtbot: Any, icons: Icons) -> Reader:
    """A document of nine pages, in a window large enough for the strip."""
    made = Reader(icons)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.begin(9, Zoom())
    made.show_page(0)
    made.canvas.show_picture(image())
    made.page_asked.connect(made.show_page)
    made.show()
    return made


@given(room=st.tuples(SIDES, SIDES), shape=st.tuples(SIDES, SIDES), largest=st.none() | SIDES)
def test_what_fits_is_never_larger_than_its_room(
    room: tuple[float, float], shape: tuple[float, float], largest: float | None
) -> None:
    wide = Zoom("page").width(room, shape, largest)
    assert 1 <= wide <= room[0] + 1
    assert wide == 1 or wide * shape[1] / shape[0] <= room[1] + shape[1] / shape[0]
    assert wide <= Zoom("width").width(room, shape, largest)
    assert largest is None or wide <= largest + 1


@given(
    room=st.tuples(st.floats(200, 4000), SIDES), shape=st.tuples(SIDES, SIDES), begun=st.sampled_from(["width", "page"])
)
def test_steps_lead_through_all_sizes_to_an_end(
    room: tuple[float, float], shape: tuple[float, float], begun: Any
) -> None:
    zoom, widths = Zoom(begun), []
    while (larger := zoom.step(1, room, shape)) != zoom:
        zoom = larger
        widths.append(zoom.width(room, shape))
    assert widths == sorted(set(widths))
    assert zoom == Zoom("", STEPS[-1])
    for _step in STEPS:
        zoom = zoom.step(-1, room, shape)
    assert zoom == Zoom("", STEPS[0])


def test_a_small_image_is_not_blown_up_unless_it_is_asked_for() -> None:
    assert Zoom("width").width((800, 600), (100, 100), 100) == 100
    assert Zoom("", 100).width((800, 600), (100, 100), 100) == 800


def test_keys_turn_and_zoom(reader: Reader, qtbot: Any) -> None:
    keys = Qt.Key
    for key, words in (
        (keys.Key_PageDown, "第 2 / 9 頁"),
        (keys.Key_End, "第 9 / 9 頁"),
        (keys.Key_PageDown, "第 9 / 9 頁"),
        (keys.Key_PageUp, "第 8 / 9 頁"),
        (keys.Key_Home, "第 1 / 9 頁"),
    ):
        qtbot.keyClick(reader.canvas, key)
        assert reader.where.words() == words
    wide = reader.canvas.sheet.width()
    for key, takes in ((keys.Key_Plus, True), (keys.Key_F8, False)):
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        asked.ignore()
        QApplication.sendEvent(reader.canvas, asked)
        assert asked.isAccepted() is takes, "else the same keys make all text of the window larger"
    qtbot.keyClick(reader.canvas, keys.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert reader.canvas.sheet.width() > wide
    assert reader.percent.text() == "125 %"
    assert not reader.fit_width.isChecked()
    qtbot.keyClick(reader.canvas, keys.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert reader.canvas.sheet.width() == wide
    assert reader.fit_width.isChecked()


def test_a_page_is_fitted_whole(reader: Reader) -> None:
    reader.fit_page.click()
    sheet, room = reader.canvas.sheet, reader.canvas.viewport()
    assert sheet.height() <= room.height()
    assert reader.canvas.verticalScrollBar().maximum() == 0
    assert reader.fit_page.isChecked()
    assert not reader.fit_width.isChecked()


def test_a_number_leads_to_its_page_and_nonsense_nowhere(reader: Reader, qtbot: Any) -> None:
    reader.where.field.setText("7")
    qtbot.keyClick(reader.where.field, Qt.Key.Key_Return)
    assert reader.where.words() == "第 7 / 9 頁"
    reader.where.field.setText("")
    reader.where.field.editingFinished.emit()
    assert reader.where.field.text() == "7"
    assert reader.strip.currentIndex().row() == 6


def wheel(widget: Any, delta: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_turns_the_page_at_its_end_once(reader: Reader) -> None:
    reader.fit_page.click()
    for _notch in range(3):
        wheel(reader.canvas.viewport(), -120)
    assert reader.where.words() == "第 2 / 9 頁"
    reader.canvas._rested = 0.0
    wheel(reader.canvas.viewport(), 120)
    assert reader.where.words() == "第 1 / 9 頁"


def test_the_wheel_zooms_with_ctrl(reader: Reader) -> None:
    wide = reader.canvas.sheet.width()
    wheel(reader.canvas.viewport(), 120, Qt.KeyboardModifier.ControlModifier)
    assert reader.canvas.sheet.width() > wide
    assert reader.where.words() == "第 1 / 9 頁"


def test_only_the_small_pages_in_sight_are_wanted(reader: Reader, qtbot: Any) -> None:
    wanted: list[list[int]] = []
    reader.strip.wanted.connect(wanted.append)
    reader.begin(400, Zoom())
    qtbot.waitUntil(lambda: bool(wanted), timeout=5_000)
    assert wanted[-1][0] == 0
    assert len(wanted[-1]) < 10
    reader.strip.put(0, image())
    reader.strip.mark(300)
    qtbot.waitUntil(lambda: 300 in wanted[-1], timeout=5_000)
    assert len(wanted[-1]) < 10
    assert not reader.strip.pages.has(0)  # far away: it is drawn again when it comes into sight


def test_the_strip_goes_where_there_is_no_room(reader: Reader, qtbot: Any) -> None:
    assert reader.strip.isVisible()
    reader.pages_button.click()
    assert not reader.strip.isVisible()
    reader.pages_button.click()
    reader.resize(320, 600)
    assert not reader.strip.isVisible()
    assert not reader.pages_button.isEnabled()


def test_a_small_page_leads_to_itself(reader: Reader, qtbot: Any) -> None:
    reader.strip.setCurrentIndex(reader.strip.pages.index(3, 0))
    assert reader.where.words() == "第 4 / 9 頁"


def test_the_strip_is_drawn_from_the_file(busy: Driver, qtbot: Any) -> None:
    busy.choose("水質")
    busy.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    pages = busy.control.parts.preview.reader.strip.pages
    qtbot.waitUntil(lambda: all(pages.has(page) for page in range(3)), timeout=20_000)
    busy.settle()


def test_pixels_whose_numbers_do_not_agree_are_no_picture() -> None:
    made = image_of(struct.pack("<II", 2, 1) + b"\0\0\xff\0" + b"\xff\0\0\0")
    assert made is not None
    assert [made.pixelColor(x, 0).name() for x in range(2)] == ["#ff0000", "#0000ff"]
    for nonsense in (b"", b"abc", struct.pack("<II", 2, 2) + bytes(8), struct.pack("<II", 0, 0)):
        assert image_of(nonsense) is None


@pytest.mark.parametrize(
    ("size", "words", "level"),
    [
        (2 * MB + 100_000, "2.1 MB / 4 MB，還剩 1.9 MB", "ok"),
        (200_000, "0.2 MB / 4 MB，還剩 3.8 MB", "ok"),
        (4 * MB - 5_000, "4.0 MB / 4 MB，快到上限，還剩 5 KB", "warning"),
        (4 * MB, "4.0 MB / 4 MB，快到上限，還剩 0 KB", "warning"),
        (4 * MB + 1, "4.0 MB / 4 MB，超過 1 KB", "error"),
    ],
)
def test_a_size_is_told_against_its_limit(size: int, words: str, level: str) -> None:
    weight = weighed(size, 4 * MB, 4_000_000)
    assert weight.words == words
    assert weight.level == level


def test_what_is_not_sent_has_no_limit() -> None:
    assert weighed(10**9, None, 0).share is None
