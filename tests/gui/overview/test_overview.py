from collections.abc import Callable
from typing import Any

from helpers.window import SAMPLE, Driver
from portfolio_desktop.gui.destination import Destination

Start = Callable[..., Driver]


def test_a_new_library_begins_with_the_overview_and_says_what_to_do(start: Start, tmp_path: Any) -> None:
    driver = start()
    driver.control.begin(None)
    welcome = driver.control.welcome
    welcome.place.setText(str(tmp_path / "新的"))
    welcome.create_button.click()
    driver.settle()
    driver.qtbot.waitUntil(lambda: driver.control.session.shelf is not None)
    driver.settle()
    assert driver.control.parts.sections.section() == "overview"
    assert driver.window.pages.currentWidget() is driver.control.overview.page
    driver.answers.files = [SAMPLE / "讀書會心得.pdf"]
    driver.control.overview.deed_asked.emit("add")
    driver.settle()
    driver.confirm()
    assert len(driver.control.pieces.known.rows) == 1


def test_the_overview_leads_to_a_section_and_to_a_piece(busy: Driver) -> None:
    busy.control.parts.sections.go("overview")
    narrowed: list[Destination] = []
    busy.control.pieces.narrowed.connect(narrowed.append)
    busy.control.overview.visit_asked.emit(Destination("activity", term="113-1"))
    assert busy.control.parts.sections.section() == "activity"
    assert narrowed == [Destination("activity", term="113-1")]
    piece = next(iter(busy.control.pieces.known.rows))
    busy.control.parts.sections.go("overview")
    busy.control.overview.visit_asked.emit(Destination(piece=piece))
    busy.settle()
    assert [chosen.id for chosen in busy.control.pieces.chosen()] == [piece]
