import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from helpers.specimens import locked_pdf
from helpers.window import SAMPLE, Driver, drop, drop_data
from portfolio_desktop.gui.bringing.model import Column
from portfolio_desktop.gui.bringing.words import brought_words, refusal_words, renamed_words
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Added, Duplicate, Refused


def texts(widget: QWidget) -> list[str]:
    """The words of all labels that are shown in a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def many(folder: Path, count: int) -> Path:
    """A folder with so many small pictures, all different."""
    (folder / "很多").mkdir()
    for number in range(count):
        (folder / "很多" / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(64) + bytes([number % 256]))
    return folder / "很多"


def test_dropped_files_become_pieces_and_the_first_to_be_worked_on_is_chosen(desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf", SAMPLE / "校慶海報.jpg")
    assert sorted(desk.titles()) == ["校慶海報", "讀書會心得"]
    assert desk.banner == "收進 2 件，都還有要補的地方。"
    assert desk.control.parts.page.table.selected_ids() == desk.control.parts.model.ids()[:1]
    assert desk.window.shown.text().startswith("2 件")
    desk.window.banner.button.click()
    desk.settle()
    assert desk.window.heading.text() == "總覽"


def test_one_dropped_file_is_there_to_write(desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    assert desk.editor.title.value() == "讀書會心得"
    assert desk.editor.files.slots["document"].title.text() == "讀書會心得.pdf"


def test_a_folder_is_taken_whole(desk: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "高一上"
    (folder / "裡面").mkdir(parents=True)
    for number, name in enumerate(("a.png", "裡面/b.png")):
        (folder / name).write_bytes((SAMPLE / "科展佳作獎狀.png").read_bytes() + bytes(number))
    desk.bring(folder)
    assert len(desk.titles()) == 2


def test_the_section_gives_the_category(desk: Driver) -> None:
    desk.control.parts.sections.go("competition")
    desk.bring(SAMPLE / "科展佳作獎狀.png")
    [piece] = desk.library(Library.pieces)
    assert piece.category == "competition"
    assert desk.titles() == ["科展佳作獎狀"]


def test_a_duplicate_is_told_and_its_twin_can_be_seen(desk: Driver, tmp_path: Path) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.control.parts.sections.go("ticks")
    again = tmp_path / "同一張.jpg"
    again.write_bytes((SAMPLE / "校慶海報.jpg").read_bytes())
    desk.plan(again)
    page = desk.bringing.page
    assert page.summary.text() == "0 件要收，1 個已經有了"
    assert not page.confirm.isEnabled()
    assert page.discard.text() == "關閉"
    desk.qtbot.waitUntil(lambda: any("「校慶海報」的內容和它完全相同" in words for words in texts(page.details)))
    [see] = [button for button in page.details.findChildren(QPushButton) if "看「校慶海報」" in button.text()]
    see.click()
    desk.settle()
    assert desk.window.pages.currentWidget() is desk.control.parts.page
    assert desk.editor.title.value() == "校慶海報"


def test_what_cannot_be_read_is_named_with_the_reason(desk: Driver, tmp_path: Path) -> None:
    pipe = tmp_path / "管子.pdf"
    os.mkfifo(pipe)
    desk.plan(pipe, tmp_path / "沒有.pdf", SAMPLE / "校慶海報.jpg")
    page = desk.bringing.page
    assert page.summary.text() == "1 件要收，2 個收不進來"
    assert page.table.model().index(0, 0).data() == "管子.pdf"
    desk.qtbot.waitUntil(lambda: refusal_words("fifo") in texts(page.details))
    desk.confirm()
    assert desk.titles() == ["校慶海報"]


def test_a_locked_pdf_is_told_from_one_that_only_forbids_things(desk: Driver, tmp_path: Path) -> None:
    (tmp_path / "上鎖.pdf").write_bytes(locked_pdf())
    (tmp_path / "限制.pdf").write_bytes(locked_pdf(user=""))
    desk.plan(tmp_path / "上鎖.pdf", tmp_path / "限制.pdf")
    found = {row.proposal.new.title: (row.standing, row.findings[0].code) for row in desk.bringing.plan.rows}
    assert found == {"上鎖": ("wrong", "encryption.password"), "限制": ("warned", "encryption.restricted")}


def test_what_no_platform_takes_can_be_brought_in_and_says_what_it_has_to_become(desk: Driver, tmp_path: Path) -> None:
    (tmp_path / "打包.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    desk.plan(SAMPLE / "IMG_0421.HEIC", tmp_path / "打包.zip")
    page, rows = desk.bringing.page, desk.bringing.plan.rows
    assert [(row.standing, row.wanted) for row in rows] == [("convert", True), ("convert", True)]
    model = page.table.model()
    assert [model.index(place, Column.STANDING).data() for place in (0, 1)] == ["要轉成 JPG", "平臺不收"]
    assert any("可以收進來；上傳前要轉成 JPG。" in words for words in texts(page.details))
    assert not [frame for frame in page.details.findChildren(QFrame) if frame.property("level") == "error"]
    assert "可以收進來；上傳前要轉成 JPG。" in model.index(0, Column.STANDING).data(Qt.ItemDataRole.ToolTipRole)


def test_another_name_is_told_with_its_reason(desk: Driver, tmp_path: Path) -> None:
    work = tmp_path / "海報"
    work.mkdir()
    for name in ("海報.jpg", "說明", "校慶?.png", "園遊會.PNG"):
        (work / name).write_bytes((SAMPLE / "科展佳作獎狀.png").read_bytes() + name.encode())
    desk.plan(work)
    said = {}
    for row in desk.bringing.plan.rows:
        [file], [given] = row.proposal.files, desk.bringing.plan.given_names(row)
        said[file.path.name] = renamed_words(file, *given)
    assert said["海報.jpg"] == "副檔名是 .jpg，內容卻是 PNG；匯出時會自動改成「海報.png」。"
    desk.bringing.page.table.choose(
        [next(row.number for row in desk.bringing.plan.rows if row.proposal.new.title == "海報")]
    )
    desk.qtbot.waitUntil(lambda: said["海報.jpg"] in texts(desk.bringing.page.details))
    assert "沒有副檔名" in said["說明"]
    assert "不收的字" in said["校慶?.png"]
    assert "大寫" in said["園遊會.PNG"]


def test_adding_can_be_undone_from_its_message(desk: Driver) -> None:
    desk.bring(SAMPLE / "校慶海報.jpg")
    desk.window.banner.button.click()
    desk.settle()
    assert desk.titles() == []
    assert desk.banner.startswith("已復原")


def test_only_files_are_taken(desk: Driver) -> None:
    data = QMimeData()
    data.setText("不是檔案")
    assert not drop_data(desk.window, data)
    web = QMimeData()
    web.setUrls(["https://example.org/a.pdf"])
    assert not drop_data(desk.window, web)


def drag(desk: Driver, *paths: Path) -> str:
    """Drag files over the window, and hold them there: what is seen over it."""
    data, buttons, keys = QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(desk.window, event)
    veil = desk.control.pieces.hovering.veil
    return veil.words.text() if veil is not None and veil.isVisible() else ""


def test_files_over_the_window_are_told_what_letting_go_does(busy: Driver, tmp_path: Path) -> None:
    (tmp_path / "新的.txt").write_text("我學到很多", encoding="utf-8")
    busy.choose("水質")
    hovering, slot = busy.control.pieces.hovering, busy.editor.files.slots["document"]
    assert hovering.veil is None
    assert drag(busy, SAMPLE / "校慶海報.jpg") == "放開，把「校慶海報.jpg」收進來"
    veil = hovering.veil
    assert veil.geometry() == busy.window.rect()
    at = slot.mapTo(busy.window, QPoint(slot.width() // 2, 4))
    assert any(hole.contains(at) for hole in veil._clear), "a file can be aimed at the place of the piece that is shown"
    assert not any(hole.intersects(veil.card.geometry()) for hole in veil._clear)
    assert busy.window.childAt(at) is not veil
    QApplication.sendEvent(busy.window, QDragLeaveEvent())
    assert not veil.isVisible()
    assert drag(busy, Path("/a"), Path("/b"), Path("/c")) == "放開，把 3 個項目收進來"
    drop(busy.window, [tmp_path / "新的.txt"])
    assert not veil.isVisible()
    busy.settle()
    busy.bringing.confirm()
    assert drag(busy, Path("/a")) == "正在收進前一批，收好了再放下一批。"
    busy.settle()
    busy.control.opening.busy.emit(True)
    assert drag(busy, Path("/a")) == "學習歷程庫正在搬移或開啟，等一下再放。"
    busy.control.opening.busy.emit(False)
    busy.control.leaving.close_library()
    busy.settle()
    assert drag(busy, Path("/a")) == "先建立或開啟一個學習歷程庫，再把檔案拖進來。"


def test_files_dropped_over_the_table_reach_the_window(desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    assert drop(desk.control.parts.page.table.viewport(), [SAMPLE / "校慶海報.jpg"])
    desk.settle()
    desk.confirm()
    assert len(desk.titles()) == 2


def test_files_dropped_over_a_text_are_files_and_not_its_text(desk: Driver) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLE / "校慶海報.jpg"))])
    data.setText("file:///校慶海報.jpg")
    assert drop_data(desk.window.search, data)
    desk.settle()
    desk.confirm()
    assert desk.window.search.text() == ""
    assert desk.titles() == ["校慶海報"]


def test_files_and_folders_can_be_chosen(desk: Driver, tmp_path: Path) -> None:
    desk.answers.files = [SAMPLE / "校慶海報.jpg"]
    desk.window.add_button.click()
    desk.settle()
    desk.confirm()
    folder = tmp_path / "資料夾"
    folder.mkdir()
    (folder / "心得.pdf").write_bytes((SAMPLE / "讀書會心得.pdf").read_bytes())
    desk.answers.folder = folder
    desk.window.actions_["add_folder"].trigger()
    desk.settle()
    desk.confirm()
    assert sorted(desk.titles()) == ["心得", "校慶海報"]


def test_the_deep_look_follows_in_the_background(desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    desk.settle()
    [piece] = desk.library(Library.pieces)
    assert piece.file("document").inspection.depth == "deep"
    assert desk.library(Library.pending_looks) == []
    assert desk.control.pieces.known.rows[piece.id].piece.file("document").inspection.depth == "deep"


def test_adding_many_can_be_cancelled_and_leaves_nothing_but_the_plan(desk: Driver, tmp_path: Path) -> None:
    desk.plan(many(tmp_path, 60))
    page = desk.bringing.page
    desk.control.session.jobs.started.connect(lambda job: job.cancel() if job.cancellable else None)
    desk.confirm()
    assert desk.banner == "已取消，沒有收進任何檔案。"
    assert desk.library(Library.pieces) == []
    assert not list((desk.control.session.shelf.folder / "files").rglob("*.png"))
    assert desk.window.pages.currentWidget() is page
    assert page.summary.text() == "60 件要收"
    assert page.confirm.isEnabled()
    assert page.parts.isEnabled()


def test_looking_at_many_can_be_stopped_and_what_was_seen_can_be_added(desk: Driver, tmp_path: Path) -> None:
    def stop(job: Any) -> None:
        job.stepped.connect(lambda _step: desk.bringing.page.stop.click())

    desk.control.session.jobs.started.connect(stop)
    drop(desk.window, [many(tmp_path, 400)])
    desk.settle()
    seen = len(desk.bringing.plan.rows)
    assert 0 < seen < 400
    assert "已停止" in desk.banner
    desk.control.session.jobs.started.disconnect(stop)
    desk.confirm()
    assert len(desk.titles()) == seen


def test_read_only_takes_nothing(start: Callable[..., Driver], empty: Path) -> None:
    driver = start()
    driver.control.opening.open(empty, read_only=True)
    driver.settle()
    driver.bring(SAMPLE / "校慶海報.jpg")
    assert "唯讀" in driver.banner
    assert driver.titles() == []
    assert not driver.window.add_button.isEnabled()


@pytest.mark.parametrize(
    "reason", ["missing", "directory", "fifo", "device", "permission", "broken-link", "io", "name"]
)
def test_every_reason_has_words(reason: str) -> None:
    assert refusal_words(reason).endswith("。")


def test_long_lists_are_shortened() -> None:
    paths = [Path(f"{n}.pdf") for n in range(5)]
    words = brought_words(Added([], [Duplicate(p, "p1", "a") for p in paths], [Refused(paths[0], "io")]))
    assert "5 個檔案原來就有" in words
    assert "0.pdf、1.pdf、2.pdf 等" in words
    assert brought_words(Added(["a", "b"]), 1) == "收進 2 件，其中 1 件還有要補的地方。"  # type: ignore[list-item]
    assert brought_words(Added()) == "裡面沒有可以收的檔案。"


def test_pasting_files_as_text_is_refused(desk: Driver, qtbot: Any) -> None:
    desk.bring(SAMPLE / "科展佳作獎狀.png")
    desk.choose("科展")
    category = desk.editor.category.field.list
    category.setCurrentIndex(category.findData("other"))
    desk.settle()
    data = QMimeData()
    data.setUrls(["file:///tmp/a.pdf"])
    desk.box("summary").field.text.insertFromMimeData(data)
    assert desk.box("summary").field.value() == ""


@pytest.mark.parametrize("reason", ["directory", "folder-link", "outside-link", "too-deep", "library", "bundle"])
def test_what_is_no_file_has_words_of_its_own(reason: str) -> None:
    assert refusal_words(reason) not in ("", refusal_words("device"))


def test_a_dropped_folder_tells_what_in_it_is_no_file(desk: Driver, tmp_path: Path) -> None:
    (tmp_path / "作品" / "空的").mkdir(parents=True)
    (tmp_path / "作品" / "心得.txt").write_text("我學到很多", encoding="utf-8")
    desk.plan(tmp_path / "作品")
    assert desk.bringing.page.summary.text() == "1 件要收，1 個收不進來"
    desk.confirm()
    assert desk.titles() == ["心得"]


def test_files_of_the_clipboard_are_brought_in_and_others_are_told(desk: Driver) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLE / "讀書會心得.pdf"))])
    QGuiApplication.clipboard().setMimeData(data)
    desk.window.actions_["paste"].trigger()
    desk.settle()
    desk.confirm()
    assert len(desk.titles()) == 1
    QGuiApplication.clipboard().clear()
    desk.window.actions_["paste"].trigger()
    assert "剪貼簿" in desk.banner


def test_a_page_is_laid_over_the_section_and_taken_away(busy: Driver) -> None:
    page = QWidget()
    busy.window.lay_over(page, "要收進來的檔案")
    assert (busy.window.pages.currentWidget(), busy.window.heading.text()) == (page, "要收進來的檔案")
    assert busy.window.add_button.property("primary") == "false", "the page has a first thing to do of its own"
    busy.window.uncover()
    assert busy.window.add_button.property("primary") == "true"
    assert busy.window.pages.currentWidget() is busy.control.parts.page
    assert busy.window.heading.text() == "全部作品"
