"""Pasting: what is on the clipboard becomes files, a link, a picture or a text, the more exact first."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from helpers.window import SAMPLE, Driver
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.bringing.clipboard import Pasted, is_link, link_title, pasted
from portfolio_desktop.library.library import Library

NOW = datetime.datetime(2025, 3, 1, 9, 5, 7, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
SCHEMES = ("https", "http")


def picture(colour: str = "teal") -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def mime(text: str = "", image: QImage | None = None, paths: tuple[Path, ...] = ()) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if image is not None:
        data.setImageData(image)
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_what_ended_programs_had_pasted_is_taken_away_with_the_next_bringing(desk: Driver) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    folder = desk.control.session.ground.places.cache / "pasted"
    for name in (str(ended.pid), str(os.getppid()), "別的"):
        (folder / name).mkdir(parents=True)
        (folder / name / "貼上的圖片.png").write_bytes(b"x")
    desk.plan(SAMPLE / "校慶海報.jpg")
    assert {path.name for path in folder.iterdir()} == {str(os.getppid()), "別的"}


def test_the_more_exact_goes_first() -> None:
    path = Path("/a/b.pdf")
    assert pasted(mime("/a/b.pdf", picture(), (path,)), SCHEMES) == Pasted(paths=(path,))
    assert pasted(mime("表格\t1", picture()), SCHEMES) == Pasted(text="表格\t1")
    assert pasted(mime(" https://youtu.be/x \n", picture()), SCHEMES) == Pasted(link="https://youtu.be/x")
    assert pasted(mime(image=picture()), SCHEMES).image is not None
    assert not pasted(mime(" \n"), SCHEMES)
    assert not pasted(None, SCHEMES)
    assert not pasted(mime(image=QImage()), SCHEMES)


@pytest.mark.parametrize("text", ["https://youtu.be/x", "HTTP://example.org", "https://例.tw/影片?a=1"])
def test_a_link(text: str) -> None:
    assert is_link(text, SCHEMES)


@pytest.mark.parametrize(
    "text", ["", "youtu.be/x", "https://", "ftp://a.b", "看 https://a.b", "https://a.b c", "http://[", "javascript:x"]
)
def test_no_link(text: str) -> None:
    assert not is_link(text, SCHEMES)


def test_a_link_has_a_title() -> None:
    assert link_title("https://www.youtube.com/watch?v=1") == "外部連結（www.youtube.com）"


def test_a_picture_is_written_as_png_and_named_by_the_time(tmp_path: Path) -> None:
    first, second = (Pasted(image=picture(name)).write(tmp_path / "新", NOW) for name in ("teal", "red"))
    assert [path.name for path in (*first, *second)] == [
        "貼上的圖片 2025-03-01 09.05.07.png",
        "貼上的圖片 2025-03-01 09.05.07 (2).png",
    ]
    assert QImage(str(first[0])).pixelColor(3, 3) == QColor("teal")
    assert first[0].read_bytes().startswith(b"\x89PNG")


def test_a_text_is_named_by_its_beginning(tmp_path: Path) -> None:
    [path] = Pasted(text="\n 心得：今天/學到 \n第二行\ud800").write(tmp_path, NOW)
    assert path.name == "心得：今天_學到.txt"
    assert path.read_text(encoding="utf-8") == "\n 心得：今天/學到 \n第二行\ufffd"
    [long] = Pasted(text="長" * 500).write(tmp_path, NOW)
    assert long.name == "長" * 24 + ".txt"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "檔案").write_text("x")
    for found in (Pasted(text="a"), Pasted(image=picture())):
        with pytest.raises(PortfolioError):
            found.write(tmp_path / "檔案", NOW)


def paste(desk: Driver, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    desk.window.actions_["paste"].trigger()
    desk.settle()


def test_what_was_pasted_stays_as_long_as_its_plan_can_be_had_back(desk: Driver) -> None:
    cache = desk.control.session.ground.places.cache
    paste(desk, mime(image=picture()))
    desk.bringing.page.discard.click()
    assert len(list(cache.rglob("*.png"))) == 1
    desk.window.banner.button.click()
    desk.confirm()
    assert len(desk.titles()) == 1
    paste(desk, mime(image=picture("red")))
    desk.bringing.page.discard.click()
    paste(desk, mime("https://youtu.be/x"))
    assert not list(cache.rglob("*.png")), "another plan began"


@pytest.mark.parametrize(
    ("text", "heading"),
    [("https://youtu.be/x", "還有 1 件等你確認要不要收"), ("", "貼上的還沒有收進來")],
    ids=["a link", "a picture that is being looked at"],
)
def test_what_was_pasted_is_asked_about_before_it_goes(desk: Driver, text: str, heading: str) -> None:
    QGuiApplication.clipboard().setMimeData(mime(text, None if text else picture()))
    desk.control.pieces.paste()
    desk.control.leaving.close_library()
    [asked] = desk.answers.shown
    assert asked.heading.text() == heading
    asked.buttons[1].click()
    desk.settle()
    assert desk.control.session.shelf is None
    assert not desk.bringing.has_work()


def test_a_pasted_picture_becomes_a_piece_and_leaves_nothing_behind(desk: Driver) -> None:
    paste(desk, mime(image=picture()))
    paste(desk, mime(image=picture("red")))
    cache = desk.control.session.ground.places.cache
    assert len(list(cache.rglob("*.png"))) == 2
    desk.confirm()
    assert [title[:5] for title in desk.titles()] == ["貼上的圖片"] * 2
    assert all(piece.file("document").kind == "png" for piece in desk.library(Library.pieces))
    assert not list(cache.rglob("*.png"))


def test_a_pasted_text_becomes_a_file(desk: Driver) -> None:
    paste(desk, mime("社團成果發表\n我們排練了三個月"))
    desk.confirm()
    [piece] = desk.library(Library.pieces)
    assert (piece.title, piece.category) == ("社團成果發表", "group")
    assert [file.name for file in piece.files] == ["社團成果發表.txt"]


def test_a_pasted_link_becomes_a_piece_without_a_file(desk: Driver) -> None:
    desk.control.parts.sections.go("group")
    paste(desk, mime("https://www.youtube.com/watch?v=1"))
    page = desk.bringing.page
    assert page.table.model().index(0, 1).data() == "連結"
    desk.confirm()
    [piece] = desk.library(Library.pieces)
    assert (piece.link, piece.category, piece.files) == ("https://www.youtube.com/watch?v=1", "group", ())


def test_a_course_result_has_no_link(desk: Driver) -> None:
    desk.control.parts.sections.go("course")
    paste(desk, mime("https://www.youtube.com/watch?v=1"))
    desk.confirm()
    [piece] = desk.library(Library.pieces)
    assert piece.category is None


def test_pasting_in_a_text_field_pastes_there(busy: Driver, qtbot: Any) -> None:
    QGuiApplication.clipboard().setText("社團")
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    busy.window.search.setFocus()
    qtbot.keyClick(busy.window.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert busy.window.search.text() == "社團"
    busy.settle()
    assert "intake" not in busy.control.pieces.__dict__


def test_read_only_pastes_nothing(start: Any, empty: Path) -> None:
    driver = start()
    driver.control.opening.open(empty, read_only=True)
    driver.settle()
    QGuiApplication.clipboard().setMimeData(mime(paths=(SAMPLE / "校慶海報.jpg",)))
    driver.control.pieces.paste()
    driver.settle()
    assert "唯讀" in driver.banner
