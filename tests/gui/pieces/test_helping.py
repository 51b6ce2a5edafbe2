"""What is wrong stands where it is mended: one thing after the other, each with the button that helps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from helpers.window import SAMPLE, Driver, commit
from portfolio_desktop import messages
from portfolio_desktop.findings.catalogue import CATALOGUE
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces.held import held_words
from portfolio_desktop.gui.pieces.mends import help_words, mend, mend_words, way
from portfolio_desktop.gui.pieces.tour import stops
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, NewPiece
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.terms import Term

LOCALE = Path(__file__).parents[3] / "resources" / "locale"


@pytest.fixture
def certified(tmp_path: Path) -> Path:
    """A library with a certified course result."""
    folder = tmp_path / "certified"
    with Library.create(folder, Profile("general", 113)) as library:
        [piece] = library.add([SAMPLE / "讀書會心得.pdf"], NewPiece(Term(113, 1), "course", None, "水質調查")).added
        library.edit(piece.id, Edit(summary="我們採了水，學到怎麼看誤差。", certification="certified"))
    return folder


def codes(findings: Any) -> list[str]:
    return [finding.code for finding in findings.shown()]


def press(findings: Any, code: str) -> None:
    """Press the button of a finding in a list."""
    [message] = {finding.message for finding in findings.shown() if finding.code == code}
    [button] = [one for one in findings.findChildren(QPushButton) if one.accessibleName().endswith(message)]
    button.click()


@pytest.fixture
def competition(desk: Driver) -> str:
    desk.bring(SAMPLE / "科展佳作獎狀.png")
    piece_id = desk.choose("科展")
    desk.library(lambda library: library.edit(piece_id, Edit(category="competition", link="http://example.org/a")))
    desk.control.pieces.reload()
    desk.settle()
    return piece_id


def test_a_title_s_fault_stands_below_the_title(desk: Driver, competition: str) -> None:
    desk.editor.title.line.clear()
    commit(desk.editor.title.line, "IMG_2031")
    desk.control.pieces.writing.flush()
    desk.settle()
    assert codes(desk.editor.headline.troubles) == ["title.file-name"]
    assert "title.file-name" not in codes(desk.editor.findings)


def test_a_file_s_fault_stands_below_its_place_and_asks_for_another(desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "空白.pdf"
    path.write_bytes(b"")
    desk.library(lambda library: library.add([path]))  # a plan leaves an empty file out at first
    desk.control.pieces.reload()
    desk.settle()
    desk.choose("空白")
    [role] = [role for role, troubles in desk.editor.files.troubles.items() if "content.empty" in codes(troubles)]
    asked = len(desk.answers.asked)
    press(desk.editor.files.troubles[role], "content.empty")
    assert len(desk.answers.asked) == asked + 1
    # Without a category there is no field for the summary, nor 「放大來寫」: the way there begins with the category.
    assert "summary.missing" in codes(desk.editor.findings)
    told = " ".join(one.text() for one in desk.editor.findings.findChildren(QLabel))
    assert "先選類別" in told
    assert "放大來寫" not in told
    [button] = [one for one in desk.editor.findings.findChildren(QPushButton) if one.text() == "到「類別」"]
    for leads in (button, desk.editor.to_category):
        desk.control.parts.page.table.setFocus()
        leads.click()
        assert desk.window.focusWidget() is desk.editor.category.field.list
    desk.editor.set_read_only(True)
    assert button.isHidden()
    assert desk.editor.to_category.isHidden()
    desk.editor.set_read_only(False)
    desk.editor.category.field.list.setCurrentIndex(2)
    desk.settle()
    assert "summary.missing" not in codes(desk.editor.findings)
    assert desk.editor.to_category.isHidden() or desk.editor.empty_form.isHidden()


def test_the_tour_goes_from_one_to_the_next_and_round(desk: Driver, competition: str) -> None:
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    tour = desk.editor.tour
    assert tour.toolTip().startswith("還有 5 個地方要補")
    seen = []
    tour.stop_asked.connect(seen.append)
    desk.control.parts.page.table.setFocus()
    for _press in range(6):
        desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_F8)
    assert seen[0] == seen[5]
    assert len(set(seen)) == 5
    assert desk.editor._places().index(seen[1]) > desk.editor._places().index(seen[0])
    focused = desk.window.focusWidget()
    assert desk.box(seen[0]).isAncestorOf(focused) or focused is desk.editor.term.field.list


def test_an_insecure_link_becomes_a_secure_one(desk: Driver, competition: str) -> None:
    press(desk.box("link").troubles, "link.insecure")
    desk.settle()
    assert desk.piece(competition).link == "https://example.org/a"
    assert desk.box("link").field.value() == "https://example.org/a"


def test_a_link_that_a_course_result_cannot_have_is_taken_away(desk: Driver, competition: str) -> None:
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("course"))
    desk.settle()
    assert "link.not-allowed" in codes(desk.editor.findings), "its form has no place for it"
    press(desk.editor.findings, "link.not-allowed")
    desk.settle()
    assert desk.piece(competition).link == ""
    assert "link.not-allowed" not in codes(desk.editor.findings)


def test_what_was_sent_is_said_with_one_press(desk: Driver, competition: str) -> None:
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("course"))
    desk.settle()
    press(desk.editor.certification.troubles, "certification.not-sent")
    desk.settle()
    assert desk.piece(competition).certification == "sent"
    assert codes(desk.editor.certification.troubles) == ["certification.waiting"]
    assert "鎖住" in desk.editor.held.words.text()


def test_the_certified_file_comes_back_with_one_press(start: Callable[..., Driver], certified: Path) -> None:
    driver = start(certified)
    piece = driver.choose("水質")
    was = driver.piece(piece).file("document").sha256
    driver.answers.files = [SAMPLE / "科展佳作獎狀.png"]
    driver.editor.files.slots["document"].replace.click()
    driver.settle()
    assert driver.piece(piece).file("document").sha256 != was
    press(driver.editor.files.troubles["document"], "certification.bytes-changed")
    driver.settle()
    assert driver.piece(piece).file("document").sha256 == was
    assert "certification.bytes-changed" not in codes(driver.editor.files.troubles["document"])


def test_a_locked_piece_is_freed_with_one_press(start: Callable[..., Driver], certified: Path) -> None:
    driver = start(certified)
    piece = driver.choose("水質")
    assert "認證成功" in driver.editor.held.words.text()
    commit(driver.box("summary").field.text, "後來加的。")
    driver.control.pieces.writing.flush()
    driver.settle()
    press(driver.editor.findings, "certification.locked")
    driver.settle()
    assert driver.piece(piece).certification == "editing"
    assert codes(driver.editor.findings) == []
    assert driver.editor.held.isHidden()


def test_every_button_belongs_to_a_code_or_a_fix_that_there_is() -> None:
    fixes = {entry.fix for entry in CATALOGUE.values()}
    assert set(help_words()) <= set(CATALOGUE) | fixes
    assert set(mend_words()) <= set(help_words())
    for name in set(mend_words()) & set(CATALOGUE):
        assert way(Finding(name)) is None, "it mends at once"


@pytest.mark.parametrize(
    ("link", "secure"),
    [("http://a.org", "https://a.org"), (" HTTP://a.org/?x=http:1 ", "https://a.org/?x=http:1"), ("ftp://a.org", None)],
)
def test_only_the_scheme_of_a_link_changes(link: str, secure: str | None) -> None:
    changed = mend(Finding("link.insecure", {}, "link"), {"link": link}, None)
    assert changed == ({"link": secure} if secure else {})


def a_piece(category: str, **more: Any) -> Piece:
    return Piece("p1", "水質調查", category, Term(113, 1), **more)


@pytest.mark.parametrize(
    ("piece", "word"),
    [
        (a_piece("course", certification="editing"), ""),
        (a_piece("course", certification="sent"), "送出認證"),
        (a_piece("course", certification="certified"), "認證成功"),
        (a_piece("course", certification="certified", ticked={113: 1}), "113"),
        (a_piece("service", ticked={113: 1, 114: 1}), "113、114"),
        (a_piece("service"), ""),
        (a_piece("service", ticked={113: 1}, trashed="2024-01-01"), ""),
    ],
)
def test_what_a_platform_holds_is_said(piece: Piece, word: str) -> None:
    words = held_words(piece)
    assert word in words
    assert bool(words) is bool(word)


def test_stops_are_places_from_top_to_bottom() -> None:
    findings = [Finding("field.missing", {"label": "獎項"}, "award"), Finding("title.missing", {}, "title")]
    assert stops(("title", "term", "award"), [*findings, findings[0]]) == ("title", "award")
    assert stops(("term",), findings) == ()


def test_long_words_make_no_page_wider_than_a_small_window(start: Callable[..., Driver], sample: Path) -> None:
    messages.use("en", LOCALE)
    driver = start(sample)
    driver.window.resize(driver.window.minimumSize())
    for title in ("太鼓社成果", "水質", "校內科學"):
        driver.choose(title)
        editor = driver.editor
        assert editor.widget().minimumSizeHint().width() <= editor.viewport().width(), title
