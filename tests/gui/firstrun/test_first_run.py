import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from helpers.window import PATIENCE, SAMPLE, Driver, commit
from portfolio_desktop import settings
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui.firstrun import opening
from portfolio_desktop.library.library import Library

Start = Callable[..., Driver]
OLD = Path(__file__).resolve().parents[2] / "data" / "libraries" / "schema-1"


@pytest.fixture
def first(start: Start) -> Driver:
    """A window that has never had a library."""
    driver = start()
    driver.control.begin(None)
    return driver


def test_the_welcome_page_offers_three_ways(first: Driver) -> None:
    page = first.control.welcome
    assert first.window.root.currentWidget() is page
    assert page.create_button.isVisible()
    assert page.open_button.isVisible()
    assert page.sample_button.isVisible()
    for name in ("undo", "add", "find", "export", "remove", "close"):
        assert not first.window.actions_[name].isEnabled()


def test_a_library_is_made_with_its_profile(first: Driver, tmp_path: Path, ground: Ground) -> None:
    page = first.control.welcome
    page.student.school_type.setCurrentIndex(page.student.school_type.findData("technical"))
    page.student.entry_year.setCurrentIndex(page.student.entry_year.findData("114"))
    page.student.name.setText(" 示範學生 ")
    page.place.setText(str(tmp_path / "新的" / "學習歷程"))
    page.create_button.click()
    first.settle()
    profile = first.control.session.shelf.profile
    assert (profile.school_type, profile.entry_year, profile.name) == ("technical", 114, "示範學生")
    assert first.window.root.currentWidget() is first.window.body
    assert "示範學生" in first.window.windowTitle()
    terms = first.editor.term.field.list
    assert [terms.itemData(at) for at in range(terms.count())] == [
        "",
        "114-1",
        "114-2",
        "115-1",
        "115-2",
        "116-1",
        "116-2",
    ]
    first.close()
    assert settings.load(ground.places.settings).last_library == str(tmp_path / "新的" / "學習歷程")


def test_a_place_that_is_taken_is_told_on_the_page(first: Driver, tmp_path: Path) -> None:
    (tmp_path / "有東西").mkdir()
    (tmp_path / "有東西" / "x.txt").write_text("x", encoding="utf-8")
    page = first.control.welcome
    page.place.setText(str(tmp_path / "有東西"))
    page.create_button.click()
    first.settle()
    assert page.trouble.isVisible()
    assert "空的資料夾" in page.trouble.text()
    assert first.window.focusWidget() is page.place
    assert page.create_button.isEnabled()


def test_the_place_is_chosen(first: Driver, tmp_path: Path) -> None:
    first.answers.folder = tmp_path
    first.control.welcome.place_button.click()
    assert Path(first.control.welcome.place.text()) == tmp_path / "學習歷程"


def test_a_library_from_before_is_opened(first: Driver, sample: Path) -> None:
    first.answers.folder = sample
    first.control.welcome.open_button.click()
    first.settle()
    assert len(first.titles()) == 24


def test_what_is_no_library_is_told(first: Driver, tmp_path: Path) -> None:
    first.answers.folder = tmp_path
    first.control.welcome.open_button.click()
    first.settle()
    assert first.control.welcome.trouble.isVisible()
    assert first.control.session.shelf is None


def test_the_sample_is_built_and_then_kept(first: Driver, qtbot: Any, start: Start, ground: Ground) -> None:
    first.control.welcome.sample_button.click()
    qtbot.waitUntil(lambda: first.control.session.shelf is not None, timeout=60_000)
    first.settle()
    assert len(first.titles()) == 24
    first.choose("水質")
    first.editor.remove.click()
    first.settle()
    first.close()
    again = start(on=lay(ground.places.settings.parent))
    again.control.opening.sample()
    qtbot.waitUntil(lambda: again.control.session.shelf is not None, timeout=PATIENCE)
    again.settle()
    assert len(again.titles()) == 23


def test_the_last_library_is_opened_by_itself(start: Start, sample: Path, ground: Ground) -> None:
    start(sample).close()
    again = start(on=lay(ground.places.settings.parent))
    again.control.begin(None)
    again.settle()
    assert len(again.titles()) == 24


def test_a_last_library_that_is_gone_means_the_welcome_page(start: Start, empty: Path, ground: Ground) -> None:
    start(empty).close()
    empty.rename(empty.with_name("umgezogen"))
    again = start(on=lay(ground.places.settings.parent))
    again.control.begin(None)
    again.settle()
    assert again.window.root.currentWidget() is again.control.welcome


def test_a_library_that_was_asked_for_and_is_not_there_is_told(start: Start, tmp_path: Path) -> None:
    driver = start()
    driver.open(tmp_path / "沒有")
    assert driver.window.root.currentWidget() is driver.control.welcome
    assert driver.control.welcome.trouble.isVisible()


def test_a_library_that_is_open_elsewhere_can_be_read(start: Start, sample: Path) -> None:
    with Library.open(sample):
        driver = start()
        driver.open(sample)
        assert driver.control.session.shelf is None
        assert "唯讀" in driver.window.banner.button.text()
        driver.window.banner.button.click()
        driver.settle()
        assert len(driver.titles()) == 24
        assert "唯讀" in driver.standing
        driver.choose("水質")
        assert driver.editor.title.line.isReadOnly()
        assert driver.box("summary").field.text.isReadOnly()
        assert not driver.editor.category.field.isEnabled()
        assert driver.editor.remove.isHidden()
        for name in ("undo", "redo", "add", "add_folder", "remove", "restore"):
            assert not driver.window.actions_[name].isEnabled()
        driver.control.parts.sections.go("ticks")
        driver.settle()
        column = driver.control.ticks.page.columns["course"]
        if column.model.rowCount():
            column.list.toggle(0)
            driver.settle()
        driver.close()


def test_another_library_takes_the_first_one_s_place(start: Start, sample: Path, empty: Path) -> None:
    driver = start(sample)
    driver.choose("水質")
    driver.control.opening.open(empty)
    driver.settle()
    assert driver.titles() == []
    assert driver.control.pieces.writing.row is None
    with Library.open(sample):
        pass


def test_a_library_that_fails_to_open_leaves_the_present_one(start: Start, sample: Path, tmp_path: Path) -> None:
    driver = start(sample)
    driver.control.opening.open(tmp_path)
    driver.settle()
    assert driver.banner
    assert len(driver.titles()) == 24
    driver.plan(SAMPLE / "校慶海報.jpg")
    assert driver.bringing.page.summary.text() == "0 件要收，1 個已經有了"


def test_a_library_can_be_closed(start: Start, sample: Path) -> None:
    driver = start(sample)
    driver.window.actions_["close"].trigger()
    driver.settle()
    assert driver.window.root.currentWidget() is driver.control.welcome
    assert driver.control.session.shelf is None
    assert driver.titles() == []
    with Library.open(sample):
        pass
    again = driver.control.welcome.again_button
    assert again.text() == f"再開啟「{sample.name}」"
    again.click()
    driver.settle()
    assert driver.control.session.shelf.folder == sample


def test_from_the_menu_to_a_new_library(start: Start, sample: Path) -> None:
    driver = start(sample)
    driver.window.actions_["new"].trigger()
    assert driver.window.root.currentWidget() is driver.control.welcome


def test_another_library_is_looked_for_beside_the_last_one(start: Start, sample: Path) -> None:
    driver = start(sample)
    driver.control.opening.ask_library()
    assert driver.answers.start == sample.parent


def test_what_was_typed_belongs_to_the_library_it_was_typed_in(start: Start, sample: Path, empty: Path) -> None:
    driver = start(empty)
    driver.bring(SAMPLE / "校慶海報.jpg")
    driver.choose("校慶")
    commit(driver.editor.title.line, "還沒存的")
    driver.control.opening.open(sample)
    driver.settle()
    assert len(driver.titles()) == 24
    assert not [piece for piece in driver.library(Library.pieces) if "還沒存的" in piece.title]
    driver.close()
    with Library.open(empty) as library:
        assert "還沒存的" in library.pieces()[0].title


@pytest.mark.usefixtures("impatient")
def test_the_present_library_stays_while_its_typed_text_cannot_be_kept(start: Start, sample: Path, empty: Path) -> None:
    driver = start(empty)
    driver.bring(SAMPLE / "校慶海報.jpg")
    driver.choose("校慶")
    commit(driver.editor.title.line, "還沒存的")
    other = sqlite3.connect(empty / "library.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    driver.control.opening.open(sample)
    driver.settle()
    assert driver.control.session.shelf.folder == empty
    assert "還沒存的" in driver.editor.title.value()
    assert driver.window.body.isEnabled()
    other.execute("ROLLBACK")
    other.close()


def test_work_for_a_library_that_was_left_reaches_no_other(start: Start, sample: Path, empty: Path, qtbot: Any) -> None:
    driver = start(empty)
    session, outcome = driver.control.session, []
    gate = threading.Event()
    session.ask("", lambda _desk: gate.wait(10))
    driver.control.opening.open(sample)
    session.ask("", lambda desk: desk.library.folder, done=outcome.append, cancelled=lambda: outcome.append("left"))
    gate.set()
    driver.settle()
    assert outcome == ["left"]
    assert session.shelf.folder == sample


def test_files_dropped_before_there_is_a_library(first: Driver) -> None:
    first.bring(SAMPLE / "校慶海報.jpg")
    assert "先建立或開啟" in first.banner


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library of the first format."""
    return Path(shutil.copytree(OLD, tmp_path / "old"))


def test_a_slow_upgrade_is_said_in_place_of_an_empty_table(
    start: Start, old: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "SLOW_MILLISECONDS", 10)
    driver = start()
    page = driver.control.parts.page
    with closing(sqlite3.connect(old / "library.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the upgrade waits for this
        driver.control.begin(old)
        driver.qtbot.waitUntil(lambda: page.empty.heading.text() == "正在更新學習歷程庫的格式…", timeout=PATIENCE)
        assert page.empty.isVisible()
        assert "備份" in page.empty.text.text()
        other.execute("ROLLBACK")
    driver.settle()
    assert driver.control.session.shelf is not None
    assert page.list.currentWidget() is page.table
    assert driver.banner == ""


def test_slow_opening_is_said_above_the_library_that_is_still_shown(
    start: Start, sample: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SLOW_MILLISECONDS", 10)
    driver = start(sample)
    go = threading.Event()
    driver.control.session._lane.submit(go.wait, 20)
    driver.control.opening.open(empty)
    driver.qtbot.waitUntil(lambda: driver.banner == "正在開啟學習歷程庫…", timeout=PATIENCE)
    assert driver.titles()
    go.set()
    driver.settle()
    assert driver.banner == ""
    assert driver.titles() == []


def test_opening_that_fails_is_not_said_to_be_slow_afterwards(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(opening, "SLOW_MILLISECONDS", 200)
    driver = start()
    said: list[str] = []
    driver.control.opening.slow.connect(lambda heading, _more: said.append(heading))
    driver.control.begin(tmp_path)
    driver.settle()
    qtbot.wait(300)
    assert said == []
