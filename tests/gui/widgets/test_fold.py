from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from portfolio_desktop.gui.widgets.fold import Fold


@pytest.fixture
def page(qtbot: Any) -> tuple[QScrollArea, Fold, list[QLabel]]:
    """A fold in a page that scrolls only up and down."""
    area, page, fold = QScrollArea(), QWidget(), Fold(20)
    qtbot.addWidget(area)
    labels = [QLabel("一二三四五六七八"), QLabel("甲乙丙丁戊己庚")]
    for one in labels:
        fold.add(one)
    QVBoxLayout(page).addWidget(fold)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(900, 300)
    area.show()
    return area, fold, labels


def test_parts_stand_side_by_side_where_there_is_room(page: tuple[QScrollArea, Fold, list[QLabel]]) -> None:
    _area, fold, (first, second) = page
    assert not fold.folded
    assert second.x() > first.x()
    assert second.y() == first.y()


def test_a_narrow_page_folds_them_and_is_no_wider_than_its_window(
    qtbot: Any, page: tuple[QScrollArea, Fold, list[QLabel]]
) -> None:
    area, fold, (first, second) = page
    area.resize(fold.fontMetrics().horizontalAdvance("字") * 13, 300)
    qtbot.waitUntil(lambda: second.y() > first.y())
    assert fold.folded
    assert area.widget().width() == area.viewport().width()
    area.resize(900, 300)
    qtbot.waitUntil(lambda: second.y() == first.y())


def test_it_is_as_narrow_as_its_widest_part(page: tuple[QScrollArea, Fold, list[QLabel]]) -> None:
    _area, fold, labels = page
    assert fold.minimumSizeHint().width() == max(one.minimumSizeHint().width() for one in labels)
