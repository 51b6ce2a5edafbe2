from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from helpers.window import Driver, commit, compose
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.palette.panel import Panel

Start = Callable[..., Driver]
Key = Qt.Key


@pytest.fixture
def panel(busy: Driver, qtbot: Any) -> Panel:
    """The palette over the sample library, brought up by its keys."""
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    busy.control.parts.page.table.setFocus()
    qtbot.keyClick(busy.window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made: Panel = busy.control.rooms.palette.panel
    assert made.isVisible()
    assert made.line.hasFocus()
    return made


def shown(panel: Panel) -> list[str]:
    return [panel.model.data(panel.model.index(row)) for row in range(panel.model.rowCount())]


def test_an_action_is_found_by_some_of_its_letters_and_done(busy: Driver, panel: Panel, qtbot: Any) -> None:
    commit(panel.line, "垃桶")
    assert "垃圾桶" in shown(panel)
    panel.line.clear()
    commit(panel.line, "安全")
    assert shown(panel)[0] == "安全"
    assert "Ctrl" in panel.model.data(panel.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(panel.line, Key.Key_Return)
    assert not panel.isVisible()
    assert busy.control.parts.sections.section() == "safety"
    busy.settle()


def test_a_piece_is_found_by_its_title_and_shown(busy: Driver, panel: Panel, qtbot: Any) -> None:
    commit(panel.line, "校內科學")
    qtbot.keyClick(panel.line, Key.Key_Return)
    busy.settle()
    [piece] = busy.control.pieces.chosen()
    assert "校內科學" in piece.title


def test_a_category_is_a_place_too(busy: Driver, panel: Panel, qtbot: Any) -> None:
    commit(panel.line, "競賽")
    qtbot.keyClick(panel.line, Key.Key_Return)
    assert busy.control.parts.sections.section() == "competition"


def test_the_arrows_move_in_the_list_while_the_cursor_stays_in_the_line(panel: Panel, qtbot: Any) -> None:
    assert panel.list.currentIndex().row() == 0
    qtbot.keyClick(panel.line, Key.Key_Down)
    qtbot.keyClick(panel.line, Key.Key_Down)
    qtbot.keyClick(panel.line, Key.Key_Up)
    assert panel.list.currentIndex().row() == 1
    assert panel.line.hasFocus()
    qtbot.keyClick(panel.line, Key.Key_PageDown)
    assert panel.list.currentIndex().row() > 1


def test_escape_and_the_same_keys_let_it_go_and_give_the_focus_back(busy: Driver, panel: Panel, qtbot: Any) -> None:
    qtbot.keyClick(panel.line, Key.Key_Escape)
    assert not panel.isVisible()
    assert busy.control.parts.page.table.hasFocus()
    busy.window.actions_["palette"].trigger()
    assert panel.isVisible()
    busy.window.actions_["palette"].trigger()
    assert not panel.isVisible()


def test_it_goes_when_something_else_in_the_window_is_clicked(busy: Driver, panel: Panel) -> None:
    busy.window.search.setFocus()
    assert not panel.isVisible()
    assert busy.window.search.hasFocus()


def test_the_list_can_be_reached_and_clicked(busy: Driver, panel: Panel, qtbot: Any) -> None:
    commit(panel.line, "匯出")
    qtbot.keyClick(panel.line, Key.Key_Tab)
    assert panel.list.hasFocus()
    assert panel.isVisible()
    first = panel.list.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(first))
    assert not panel.isVisible()
    assert busy.control.parts.sections.section() == "export"
    busy.settle()


def test_what_makes_no_sense_now_is_not_offered(start: Start) -> None:
    driver = start()
    driver.control.begin(None)
    driver.window.actions_["palette"].trigger()
    panel = driver.control.rooms.palette.panel
    assert "設定…" in shown(panel)
    assert "復原" not in shown(panel)
    commit(panel.line, "清空")
    assert shown(panel) == []
    assert panel.nothing.isVisible()


def test_what_is_composed_is_not_searched_before_it_is_done(panel: Panel) -> None:
    before = shown(panel)
    compose(panel.line, "ㄗㄨ")
    assert shown(panel) == before
    compose(panel.line, "")


def test_what_was_used_lately_comes_first_after_a_restart_too(
    start: Start, sample: Path, ground: Ground, qtbot: Any
) -> None:
    first = start(sample)
    first.window.actions_["palette"].trigger()
    panel = first.control.rooms.palette.panel
    commit(panel.line, "垃圾桶")
    qtbot.keyClick(panel.line, Key.Key_Return)
    first.close()
    again = start(sample, on=lay(ground.places.settings.parent))
    again.window.actions_["palette"].trigger()
    assert shown(again.control.rooms.palette.panel)[0] == "垃圾桶"


@pytest.mark.parametrize("size", [(1280, 820), (760, 520)])
@pytest.mark.parametrize("percent", [100, 200])
def test_it_stays_inside_the_window_whatever_its_size(
    busy: Driver, panel: Panel, theme: Theme, size: tuple[int, int], percent: int
) -> None:
    try:
        busy.window.resize(*size)
        theme.enlarge(percent)
        QApplication.processEvents()
        assert busy.window.rect().contains(panel.geometry())
        assert panel.rect().contains(panel.list.geometry())
    finally:
        theme.enlarge(100)
