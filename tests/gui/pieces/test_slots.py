from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QImage

from helpers.judged import file
from portfolio_desktop.gui.appearance.icons import NAME_PROPERTY, Icons
from portfolio_desktop.gui.pieces.slots import Slot

GIVEN = file("水質.pdf")


@pytest.fixture
def slot(qtbot: Any, icons: Icons) -> Slot:
    """A place with a file whose picture is shown."""
    made = Slot("document", "文件", "", icons)
    qtbot.addWidget(made)
    made.show_file(GIVEN)
    assert made.picture.property(NAME_PROPERTY)
    image = QImage(30, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    made.show_picture(image)
    return made


def test_the_picture_stays_while_the_bytes_are_the_same(slot: Slot) -> None:
    shown = slot.picture.pixmap().cacheKey()
    slot.show_file(replace(GIVEN, name="水質調查.pdf"))
    assert slot.title.text() == "水質調查.pdf"
    assert slot.picture.pixmap().cacheKey() == shown


def test_the_picture_goes_with_its_bytes(slot: Slot) -> None:
    shown = slot.picture.pixmap().cacheKey()
    for other in (file("水質.pdf", sha256="b"), None):
        slot.show_file(other)
        assert slot.picture.property(NAME_PROPERTY)
        assert slot.picture.pixmap().cacheKey() != shown
