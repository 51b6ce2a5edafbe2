"""Files on their way out: to a file manager, a browser, the clipboard; what leaves is a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QLabel

from helpers.window import SAMPLE, Driver
from portfolio_desktop.gui.dragging import GNOME_FILES, Grip, mime_data
from portfolio_desktop.gui.pieces.page import PREVIEW_TAB
from portfolio_desktop.gui.widgets.drop import paths_of


@pytest.fixture
def shown(busy: Driver) -> Driver:
    """The report in the preview."""
    busy.choose("水質")
    busy.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    busy.settle()
    return busy


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What is dragged, instead of a drag, which waits for a mouse."""
    found: list[list[Path]] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: found.append(paths_of(drag.mimeData())))
    return found


def test_files_are_told_in_the_ways_that_programs_ask_for() -> None:
    data = mime_data([Path("/tmp/水 質.pdf"), Path("/tmp/b.pdf")])
    assert paths_of(data) == [Path("/tmp/水 質.pdf"), Path("/tmp/b.pdf")]
    lines = bytes(data.data(GNOME_FILES).data()).decode().split("\n")
    assert lines == ["copy", "file:///tmp/%E6%B0%B4%20%E8%B3%AA.pdf", "file:///tmp/b.pdf"]
    assert "text/uri-list" in data.formats()


def test_the_file_is_copied_with_the_keyboard(shown: Driver, qtbot: Any) -> None:
    view = shown.control.parts.preview
    for widget in (view.reader.canvas, view.reader.strip):
        QGuiApplication.clipboard().clear()
        qtbot.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        shown.settle()
        [copy] = paths_of(QGuiApplication.clipboard().mimeData())
        assert copy.name == "水質調查報告.pdf"
        assert copy.read_bytes() == (SAMPLE / "水質調查報告.pdf").read_bytes()
        assert not copy.stat().st_mode & 0o222
        assert not copy.is_relative_to(shown.control.session.shelf.folder)
    QGuiApplication.clipboard().clear()


def test_the_file_is_dragged_out_of_the_preview(shown: Driver, qtbot: Any, carried: list[list[Path]]) -> None:
    view = shown.control.parts.preview
    for widget in (view.grip, view.reader.canvas.sheet):
        qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        qtbot.mouseMove(widget, QPoint(7, 5))
        shown.settle()
        assert carried == []
        qtbot.mouseMove(widget, QPoint(60, 60))
        shown.settle()
        [[copy]] = carried
        assert copy.name == "水質調查報告.pdf"
        assert not copy.stat().st_mode & 0o222
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton)
        carried.clear()


def test_the_file_is_dragged_out_of_the_editor(busy: Driver, qtbot: Any, carried: list[list[Path]]) -> None:
    busy.choose("水質")
    slot = busy.editor.files.slots["document"]
    qtbot.mousePress(slot.facts, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    qtbot.mouseMove(slot.facts, QPoint(60, 6))
    busy.settle()
    [[copy]] = carried
    assert copy.name == "水質調查報告.pdf"
    qtbot.mouseRelease(slot, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))


def test_a_button_that_was_let_go_meanwhile_drags_nothing(shown: Driver, qtbot: Any, carried: list[list[Path]]) -> None:
    grip = shown.control.parts.preview.grip
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(grip, QPoint(60, 60))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)
    shown.settle()
    assert carried == []


def test_several_files_go_out_together_in_their_order(shown: Driver, qtbot: Any) -> None:
    stored = shown.library(lambda library: list(library.files()))[:3]
    made: list[list[Path]] = []
    shown.control.pieces.preview.handing.copy([one.sha256 for one in reversed(stored)], made.append)
    shown.settle()
    assert [path.name for path in made[0]] == [one.path.name for one in reversed(stored)]


def test_nothing_under_the_mouse_is_not_dragged(qtbot: Any, theme: Any) -> None:
    label, begun = QLabel("x"), []
    qtbot.addWidget(label)
    label.resize(200, 50)
    label.show()
    Grip(label, lambda at: ["a"] if at.x() < 50 else [], lambda _widget, hashes: begun.append(hashes))
    for x, expected in ((100, []), (10, [["a"]])):
        qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        qtbot.mouseMove(label, QPoint(x + 50, 10))
        qtbot.mouseRelease(label, Qt.MouseButton.LeftButton)
        assert begun == expected
