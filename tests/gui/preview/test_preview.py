import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QImage

from helpers.window import SAMPLE, Driver
from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.gui.pieces.page import PREVIEW_TAB
from portfolio_desktop.gui.preview.cache import Cache, Key
from portfolio_desktop.gui.preview.controller import cannot_show
from portfolio_desktop.gui.preview.copies import copy_out
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.progress import Cancelled, Progress


@pytest.fixture
def shown(busy: Driver) -> Driver:
    """The report with three pages, in the preview."""
    busy.choose("水質")
    busy.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    busy.settle()
    return busy


def ink(image: QImage) -> int:
    """How many different colours a picture has, looked at roughly."""
    small = image.scaled(64, 64)
    return len({small.pixel(x, y) for x in range(64) for y in range(64)})


def test_a_page_is_drawn(shown: Driver, qtbot: Any) -> None:
    view = shown.control.parts.preview
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.image.width() > 300, timeout=20_000)
    assert view.reader.where.words() == "第 1 / 3 頁"
    assert ink(view.reader.canvas.sheet.image) > 8
    assert "PDF" in view.facts.text()


def test_pages_are_turned(shown: Driver, qtbot: Any) -> None:
    view = shown.control.parts.preview
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.image.width() > 300, timeout=20_000)
    first = view.reader.canvas.sheet.image
    assert not view.reader.previous.isEnabled()
    view.reader.following.click()
    shown.settle()
    assert view.reader.where.words() == "第 2 / 3 頁"
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.image != first, timeout=20_000)
    qtbot.keyClick(view.reader.canvas, Qt.Key.Key_PageDown)
    shown.settle()
    assert view.reader.where.words() == "第 3 / 3 頁"
    assert not view.reader.following.isEnabled()
    qtbot.keyClick(view.reader.canvas, Qt.Key.Key_PageDown)
    assert view.reader.where.words() == "第 3 / 3 頁"


def test_a_page_is_read_once(shown: Driver, qtbot: Any) -> None:
    view, cache = shown.control.parts.preview, shown.control.pieces.preview.pictures.cache
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.image.width() > 300, timeout=20_000)
    view.reader.following.click()
    shown.settle()
    held = cache.bytes
    started: list[str] = []
    shown.control.session.jobs.started.connect(lambda job: started.append(job.label))
    view.reader.previous.click()
    shown.settle()
    assert started == []
    assert cache.bytes == held


def test_it_can_be_made_larger_and_smaller(shown: Driver, qtbot: Any) -> None:
    view = shown.control.parts.preview
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.image.width() > 300, timeout=20_000)
    width = view.reader.canvas.sheet.width()
    view.reader.larger.click()
    shown.settle()
    qtbot.waitUntil(lambda: view.reader.canvas.sheet.width() > width)
    for _click in range(10):
        view.reader.larger.click()
    assert not view.reader.larger.isEnabled()
    for _click in range(10):
        view.reader.smaller.click()
    assert view.reader.canvas.sheet.width() < width
    assert not view.reader.smaller.isEnabled()
    shown.settle()


def test_an_image_is_shown_and_has_no_pages_to_turn(shown: Driver, qtbot: Any) -> None:
    view = shown.control.parts.preview
    shown.choose("校慶")
    shown.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    shown.settle()
    qtbot.waitUntil(lambda: "PNG" in view.facts.text() and view.reader.canvas.sheet.image.width() > 200, timeout=20_000)
    assert not view.reader.where.isVisible()


def test_a_picture_of_a_kind_that_platforms_do_not_take_is_shown_too(shown: Driver, tmp_path: Path, qtbot: Any) -> None:
    QImage(str(SAMPLE / "校慶海報.jpg")).save(str(tmp_path / "手寫稿.bmp"))
    shown.bring(tmp_path / "手寫稿.bmp")
    view = shown.control.parts.preview
    shown.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    shown.settle()
    qtbot.waitUntil(lambda: "BMP" in view.facts.text() and view.reader.canvas.sheet.image.width() > 200, timeout=20_000)


def test_both_files_of_a_piece_can_be_seen(shown: Driver) -> None:
    view = shown.control.parts.preview
    shown.choose("單擺")
    assert view.files.count() == 2
    shown.editor.files.slots["media"].preview_asked.emit("media")
    shown.settle()
    assert shown.control.parts.page.tabs.currentIndex() == PREVIEW_TAB
    assert "MP4" in view.facts.text()
    view.files.setCurrentIndex(0)
    shown.settle()
    assert "PDF" in view.facts.text()


def test_a_piece_without_files_says_what_to_do(shown: Driver) -> None:
    shown.choose("水質")
    shown.editor.files.slots["document"].detach.click()
    shown.settle()
    shown.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    assert "還沒有檔案" in shown.control.parts.preview.message.text()


def test_small_pictures_stand_beside_the_files(shown: Driver, qtbot: Any) -> None:
    slot = shown.editor.files.slots["document"]
    qtbot.waitUntil(lambda: ink(slot.picture.pixmap().toImage()) > 4, timeout=20_000)


def test_a_damaged_file_does_not_stop_anything(shown: Driver, tmp_path: Path, qtbot: Any) -> None:
    bad = tmp_path / "壞掉的.pdf"
    bad.write_bytes(b"%PDF-1.7\n" + b"\0garbage" * 200)
    shown.bring(bad)
    shown.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    view = shown.control.parts.preview
    shown.settle()
    qtbot.waitUntil(lambda: view.message.isVisible() and "沒有可以顯示的畫面" in view.message.text(), timeout=20_000)


def test_the_file_goes_to_the_system_s_program(shown: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    shown.control.parts.preview.open_button.click()
    shown.settle()
    shown.window.actions_["reveal"].trigger()
    shown.settle()
    copy, folder = opened
    library = shown.control.session.shelf.folder
    cache = shown.control.session.ground.places.cache
    for path in (copy, folder / "水質調查報告.pdf"):
        assert path.name == "水質調查報告.pdf"
        assert path.read_bytes() == (SAMPLE / "水質調查報告.pdf").read_bytes()
        assert path.is_relative_to(cache)
        assert not path.is_relative_to(library)
        assert not path.stat().st_mode & 0o222
    assert shown.banner == ""
    # Whatever the other program does to it: the kept one stays as it is.
    stored = shown.library(lambda library: [one.path for one in library.files()])
    before = {path: path.read_bytes() for path in stored}
    copy.chmod(0o600)
    copy.write_bytes(b"ruined")
    copy.rename(copy.with_name("renamed.pdf"))
    assert {path: path.read_bytes() for path in stored} == before


def test_no_program_for_a_file_is_said(shown: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    shown.control.parts.preview.open_button.click()
    shown.settle()
    assert shown.banner == "這臺電腦沒有可以開啟「水質調查報告.pdf」的程式。"


def test_a_file_that_is_gone_is_said_and_leaves_no_copy(shown: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = shown.library(lambda library: [one.path for one in library.files()])
    next(path for path in stored if path.name == "水質調查報告.pdf").unlink()
    shown.control.parts.preview.open_button.click()
    shown.settle()
    assert shown.banner.startswith("沒辦法複製「水質調查報告.pdf」給其他程式開啟")
    assert list((shown.control.session.ground.places.cache / "opened").iterdir()) == []


def test_copies_of_earlier_days_are_taken_away_at_the_next_start(
    start: Callable[..., Driver], sample: Path, ground: Ground
) -> None:
    folder = ground.places.cache / "opened"
    old, new = (copy_out(SAMPLE / "校慶海報.jpg", folder, Progress()) for _time in range(2))
    os.utime(old.parent, (0, 0))
    start(sample)
    assert not old.parent.exists()
    assert new.read_bytes() == (SAMPLE / "校慶海報.jpg").read_bytes()


def test_a_copy_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        copy_out(SAMPLE / "校慶海報.jpg", tmp_path / "opened", progress)
    assert list((tmp_path / "opened").iterdir()) == []


def test_the_size_is_measured_against_the_limit(shown: Driver) -> None:
    shown.choose("太鼓社連拍")
    shown.control.parts.page.tabs.setCurrentIndex(PREVIEW_TAB)
    shown.settle()
    view = shown.control.parts.preview
    assert view.size_bar.gauge.property("level") == "error"
    assert view.size_bar.gauge.value() == view.size_bar.gauge.maximum()


def key(page: int, width: int = 10) -> Key:
    return Key("a", "page", page, width)


def test_the_cache_is_bounded_and_keeps_the_newest() -> None:
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    cache = Cache(limit=3 * image.sizeInBytes())
    for page in range(5):
        cache.put(key(page), image)
    assert cache.bytes == 3 * image.sizeInBytes()
    assert cache.get(key(1)) is None
    assert cache.get(key(2)) is not None
    cache.put(key(9), image)
    assert cache.get(key(3)) is None
    assert cache.get(key(2)) is not None
    cache.put(key(9), image)
    assert cache.bytes == 3 * image.sizeInBytes()
    cache.clear()
    assert cache.bytes == 0


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        (Inspection("pdf", encrypted="user-password"), "密碼"),
        (Inspection("docx"), "不能在這裡預覽"),
        (Inspection("mp3"), ""),
        (Inspection("wav"), ""),
        (Inspection("webp"), ""),
        (Inspection("mov"), ""),
        (Inspection("wmv"), ""),
        (Inspection("pdf"), ""),
        (Inspection("mp4"), ""),
        (Inspection("pdf", encrypted="owner-only"), ""),
    ],
)
def test_why_a_file_cannot_be_shown(seen: Inspection, word: str) -> None:
    assert word in cannot_show(seen)
    assert bool(cannot_show(seen)) is bool(word)
