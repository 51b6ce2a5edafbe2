from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

from helpers.window import Driver
from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.field import Line

LONG = "從田野調查到社區行動：我們如何用一整年的時間理解一條河流與兩岸的人們（定稿）"


def test_words_of_a_choice_that_have_no_room_keep_both_ends(theme: Any, qtbot: Any) -> None:
    choice = Choice("類別")
    qtbot.addWidget(choice)
    choice.fill([("group", "團體活動時間（社團、班級、週會）"), ("other", "其他")])
    choice.choose("group")
    choice.resize(130, 36)
    choice.show()
    assert choice.shown().startswith("團體")
    assert choice.shown().endswith("）")
    assert "…" in choice.shown()
    assert choice.toolTip() == "團體活動時間（社團、班級、週會）"
    choice.resize(400, 36)
    assert choice.shown() == "團體活動時間（社團、班級、週會）"


def test_a_list_opens_as_wide_as_its_words(theme: Any, qtbot: Any) -> None:
    choice = Choice("類別")
    qtbot.addWidget(choice)
    choice.fill([("group", LONG[:30])])
    choice.choose("group")
    choice.resize(130, 36)
    choice.show()
    choice.showPopup()
    assert choice.view().width() >= choice.view().sizeHintForColumn(0)
    choice.hidePopup()


def test_a_line_that_has_no_room_keeps_both_ends_until_it_is_written_in(theme: Any, qtbot: Any) -> None:
    line = Line()
    qtbot.addWidget(line)
    line.resize(200, 36)
    line.show_text(LONG)
    line.show()
    assert line.shortened().startswith("從田野")
    assert line.shortened().endswith("（定稿）")
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), line.mapToGlobal(QPoint(5, 5))))
    assert line.toolTip() == LONG
    picture = line.grab().toImage()
    with qtbot.waitActive(line):
        line.activateWindow()
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(line.hasFocus)
    assert line.shortened() == ""
    assert line.grab().toImage() != picture
    line.resize(1200, 36)
    line.clearFocus()
    assert line.shortened() == ""


@pytest.mark.parametrize(("width", "beside"), [(760, False), (900, False), (1280, True)])
def test_the_category_has_room_in_a_narrow_window(busy: Driver, width: int, beside: bool) -> None:
    busy.choose("太鼓社成果")
    busy.window.resize(width, 600)
    busy.qtbot.waitUntil(lambda: busy.window.width() == width)
    category, term = busy.editor.category, busy.editor.term
    busy.qtbot.waitUntil(lambda: (category.y() == term.y()) is beside)
    if not beside:
        assert category.width() > 250
        assert category.field.list.shown() == category.field.list.currentText()


def test_cells_of_the_table_tell_what_is_shortened(busy: Driver) -> None:
    model, row = busy.control.parts.model, busy.control.parts.model.place(busy.choose("太鼓社成果"))
    tips = {column: model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole) for column in Column}
    assert tips[Column.CATEGORY] == busy.editor.category.field.list.currentText()
    assert tips[Column.TITLE] == "太鼓社成果發表"
    assert busy.control.parts.page.table.textElideMode() is Qt.TextElideMode.ElideMiddle
