"""Lists that are open: nothing moves in them until they are closed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from portfolio_desktop.gui.widgets.choice import Choice

FIRST = [("a", "甲"), ("b", "乙"), ("c", "丙")]
OTHER = [("*", "（各不相同）"), ("b", "乙")]


@pytest.fixture
def choice(qtbot: Any, theme: Any) -> Choice:
    """A list with 甲 chosen, open."""
    made = Choice("類別")
    qtbot.addWidget(made)
    made.present(FIRST, "a")
    made.show()
    made.showPopup()
    return made


def words(choice: Choice) -> list[str]:
    return [choice.itemText(place) for place in range(choice.count())]


@pytest.mark.parametrize(("chosen", "shown"), [(None, "*"), ("b", "b")], ids=["closed again", "chosen meanwhile"])
def test_what_comes_while_it_is_open_waits_until_it_is_closed(
    choice: Choice, qtbot: Any, chosen: str | None, shown: str
) -> None:
    choice.present(OTHER, "*")
    assert (words(choice), choice.currentText()) == (["甲", "乙", "丙"], "甲")
    assert choice.code() == "*", "whoever asks gets what is on its way, not what is still seen"
    view, told = choice.view(), []
    choice.activated.connect(lambda _place: told.append(choice.code()))
    if chosen is None:
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    else:
        view.setCurrentIndex(choice.model().index(choice.findData(chosen), 0))
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(choice) == ["（各不相同）", "乙"])
    assert (choice.code(), told) == (shown, [chosen] if chosen else [])


def test_another_code_is_shown_and_the_same_list_is_not_made_anew(qtbot: Any, theme: Any) -> None:
    choice = Choice("類別")
    qtbot.addWidget(choice)
    choice.present(FIRST, "b")
    choice.model().rowsInserted.connect(lambda *_rows: pytest.fail("the list was made anew"))
    choice.present(FIRST, "c")
    choice.fill(FIRST)
    assert choice.code() == "c"
