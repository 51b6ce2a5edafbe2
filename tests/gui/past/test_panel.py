from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor

from helpers.window import SAMPLE, Driver
from portfolio_desktop.gui.past.texts import TextsView
from portfolio_desktop.gui.past.view import FILES, TEXTS, TIMELINE
from portfolio_desktop.gui.pieces.page import PAST_TAB
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.terms import Term


@pytest.fixture
def piece(start: Callable[..., Driver], empty: Path) -> Driver:
    """A window on a piece with three summaries, a replaced file, and that one certified."""
    with Library.open(empty) as library:
        [made] = library.add([SAMPLE / "讀書會心得.pdf"]).added
        library.edit(made.id, Edit(category="course", summary="去年的夏天，我們去河邊採水。"))
        library.edit(made.id, Edit(certification="certified"))
        library.attach(made.id, SAMPLE / "校慶海報.jpg")
        library.edit(made.id, Edit(summary="今年的夏天，我們去河邊採水，也去了海邊。"))
        library.edit(made.id, Edit(summary="定稿"))
    driver = start(empty)
    driver.choose("讀書會")
    return driver


@pytest.fixture
def panel(piece: Driver) -> Any:
    piece.control.parts.page.tabs.setCurrentIndex(PAST_TAB)
    piece.settle()
    return piece.control.pieces.past.view


def kept(driver: Driver) -> Any:
    return driver.library(lambda library: library.pieces()[0])


def steps(driver: Driver) -> int:
    return len(driver.library(Library.history))


def marks(view: TextsView) -> list[tuple[str, str]]:
    """The text that is shown, in stretches of one look: strike, underline or plain."""
    found: list[tuple[str, str]] = []
    cursor = QTextCursor(view.text.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        look, text = cursor.charFormat(), cursor.selectedText()
        kind = "strike" if look.fontStrikeOut() else "underline" if look.fontUnderline() else "plain"
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + text)
        else:
            found.append((kind, text))
        cursor.setPosition(cursor.position())
    return found


def test_nothing_of_the_panel_is_made_before_it_is_looked_at(piece: Driver) -> None:
    assert "past" not in vars(piece.control.pieces)
    assert piece.control.parts.page.past.count() == 0


def test_the_log_is_told_by_days_in_sentences(panel: Any, piece: Driver) -> None:
    made = kept(piece)
    for semester in (1, 2):
        piece.library(lambda library, term: library.edit(made.id, Edit(term=term)), Term(made.term.year, semester))
    piece.control.pieces.reload(made.id)
    piece.settle()
    piece.qtbot.waitUntil(lambda: "學期：上學期 → 下學期" in panel.timeline.toPlainText())
    text = panel.timeline.toPlainText()
    assert text.startswith("今天")
    for words in ("收進「讀書會心得」", "修改「讀書會心得」的簡述", "看這段文字", "看這個檔案"):
        assert words in text
    assert "電腦帳號" not in text, "that it was oneself need not be told"
    [day] = [day for day in panel.timeline._days if day.heading == "今天"]
    panel.timeline.show_days([replace(day, deeds=(replace(day.deeds[0], who="teacher"),))])
    assert "（電腦帳號：teacher）" in panel.timeline.toPlainText()
    assert "認證狀態：編輯中（還沒送認證） → 認證成功" in text


def test_a_link_leads_to_the_text_and_to_the_file(panel: Any, piece: Driver) -> None:
    panel.timeline.anchorClicked.emit(QUrl("text:summary@2"))
    piece.settle()
    assert panel.bar.currentIndex() == TEXTS
    assert panel.texts.list.currentRow() == 2
    panel.bar.setCurrentIndex(TIMELINE)
    panel.timeline.anchorClicked.emit(QUrl("file:f1"))
    assert panel.bar.currentIndex() == FILES
    assert panel.pages.currentWidget() is panel.files


def test_every_earlier_text_can_be_read_with_what_changed_marked(panel: Any, piece: Driver) -> None:
    panel.bar.setCurrentIndex(TEXTS)
    view = panel.texts
    assert view.field.code() == "summary"
    assert [view.list.item(at).text().startswith("現在的") for at in range(3)] == [True, False, False]
    view.list.setCurrentRow(1)
    piece.settle()
    assert marks(view) == [("strike", "今年的夏天，我們去河邊採水，也去了海邊。"), ("underline", "定稿")]
    assert view.legend.isVisible()
    assert view.text.accessibleDescription() == (
        "現在沒有了：今年的夏天，我們去河邊採水，也去了海邊。；後來才有的：定稿"
    )
    view.marked.click()
    assert marks(view) == [("plain", "今年的夏天，我們去河邊採水，也去了海邊。")]
    view.copy_button.click()
    assert QGuiApplication.clipboard().text() == "今年的夏天，我們去河邊採水，也去了海邊。"
    view.list.setCurrentRow(0)
    assert marks(view) == [("plain", "定稿")]
    assert not view.use_button.isEnabled()


def test_an_earlier_text_is_used_again_as_one_step(panel: Any, piece: Driver) -> None:
    panel.bar.setCurrentIndex(TEXTS)
    panel.texts.list.setCurrentRow(2)
    before = steps(piece)
    panel.texts.use_button.click()
    piece.settle()
    assert kept(piece).summary == "去年的夏天，我們去河邊採水。"
    assert steps(piece) == before + 1
    assert piece.box("summary").field.value() == "去年的夏天，我們去河邊採水。"
    assert piece.banner.startswith("已用回")
    assert panel.texts.list.item(0).text().startswith("現在的")
    piece.window.banner.button.click()
    piece.settle()
    assert kept(piece).summary == "定稿"
    assert piece.box("summary").field.value() == "定稿"


def test_what_is_being_typed_is_kept_before_an_earlier_text_is_used(panel: Any, piece: Driver) -> None:
    piece.box("summary").field.show_value("正在寫的")
    panel.bar.setCurrentIndex(TEXTS)
    panel.texts.list.setCurrentRow(2)
    panel.texts.use_button.click()
    piece.settle()
    assert kept(piece).summary == "去年的夏天，我們去河邊採水。"
    assert "正在寫的" in [text.text for text in piece.library(lambda library: library.texts("p1"))]


def test_every_file_is_listed_with_its_hash_and_its_seal(panel: Any) -> None:
    panel.bar.setCurrentIndex(FILES)
    cards = panel.files.cards
    assert list(cards) == ["f2", "f1"]
    assert [[chip.text() for chip in card.chips] for card in cards.values()] == [["使用中"], ["認證版本"]]
    assert not cards["f2"].use.isVisible()
    assert cards["f1"].use.isVisible()


def test_a_hash_can_be_copied(panel: Any, piece: Driver) -> None:
    panel.bar.setCurrentIndex(FILES)
    sealed = next(file for file in kept(piece).files if file.sealed)
    for name, digest in (("SHA-256", sealed.sha256), ("MD5", sealed.md5)):
        panel.files.cards["f1"].findChild(object, name).click()
        assert QGuiApplication.clipboard().text() == digest


def test_an_earlier_file_is_used_again_as_one_step(panel: Any, piece: Driver) -> None:
    panel.bar.setCurrentIndex(FILES)
    before = steps(piece)
    panel.files.cards["f1"].use.click()
    piece.settle()
    assert [file.id for file in kept(piece).files if file.current] == ["f1"]
    assert steps(piece) == before + 1
    assert piece.editor.files.slots["document"].title.text() == "讀書會心得.pdf"
    assert not panel.files.cards["f1"].use.isVisible()
    piece.window.actions_["undo"].trigger()
    piece.settle()
    assert [file.id for file in kept(piece).files if file.current] == ["f2"]
    assert panel.files.cards["f1"].use.isVisible()


def test_a_copy_is_opened_and_never_the_stored_file(panel: Any, piece: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) is None)
    panel.files.cards["f1"].open.click()
    piece.settle()
    [path] = [Path(url.toLocalFile()) for url in opened]
    stored = piece.library(lambda library: library.file_path(library.piece("p1").files[0].sha256))
    assert path != stored
    assert path.read_bytes() == stored.read_bytes()


def test_the_panel_follows_the_piece_and_its_changes(panel: Any, piece: Driver) -> None:
    piece.library(lambda library: library.edit("p1", Edit(link="https://example.org")))
    piece.control.pieces.reload()
    piece.settle()
    assert "外部連結" in panel.timeline.toPlainText()
    piece.bring(SAMPLE / "科展佳作獎狀.png")
    assert "收進「科展佳作獎狀」" in panel.timeline.toPlainText() or not panel.isVisible()
    piece.choose("科展")
    piece.control.parts.page.tabs.setCurrentIndex(PAST_TAB)
    piece.settle()
    assert "收進「科展佳作獎狀」" in panel.timeline.toPlainText()
    assert "讀書會" not in panel.timeline.toPlainText()


def test_a_piece_in_the_trash_can_only_be_looked_at(panel: Any, piece: Driver) -> None:
    piece.library(lambda library: library.remove(["p1"]))
    piece.control.pieces.reload()
    piece.settle()
    piece.control.pieces.show("p1")
    assert piece.control.parts.sections.section() == "trash"
    piece.control.parts.page.tabs.setCurrentIndex(PAST_TAB)
    piece.settle()
    assert panel.locked.isVisible()
    panel.bar.setCurrentIndex(FILES)
    assert not panel.files.cards["f1"].use.isEnabled()
    assert panel.files.cards["f1"].open.isEnabled()


def test_looking_again_after_another_page_shows_what_happened_meanwhile(panel: Any, piece: Driver) -> None:
    piece.control.parts.sections.go("export")
    piece.library(lambda library: library.edit("p1", Edit(title="改名了")))
    piece.control.pieces.reload()
    piece.settle()
    piece.control.parts.sections.go("all")
    piece.settle()
    assert "的標題" in panel.timeline.toPlainText()


def test_texts_of_other_fields_can_be_chosen(panel: Any, piece: Driver) -> None:
    panel.bar.setCurrentIndex(TEXTS)
    view = panel.texts
    view.field.setCurrentIndex(view.field.findData("title"))
    assert view.list.count() == 1
    assert marks(view) == [("plain", "讀書會心得")]


def test_the_panel_follows_the_appearance(panel: Any, piece: Driver) -> None:
    theme = piece.control.parts.theme
    panel.bar.setCurrentIndex(TEXTS)
    panel.texts.list.setCurrentRow(1)
    piece.settle()
    before = marks(panel.texts), panel.timeline.toPlainText()
    try:
        theme.use("dark")
        cursor = QTextCursor(panel.texts.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        assert cursor.charFormat().foreground().color().name() == theme.colours.error
        assert (marks(panel.texts), panel.timeline.toPlainText()) == before
    finally:
        theme.use("light")
