"""A second start shows the window that is there, or reads only; a library in a cloud folder is warned of and moved."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.bundles import tree
from helpers.libraries import picture
from helpers.window import PATIENCE, Driver
from portfolio_desktop import settings
from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.gui.shelf import beckoning, second
from portfolio_desktop.gui.shelf.beckoning import Beckoning
from portfolio_desktop.gui.widgets.question import Question
from portfolio_desktop.library import rows
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import LockedError, Note
from portfolio_desktop.library.profile import Profile

Start = Callable[..., Driver]
OLD = Path(__file__).resolve().parents[2] / "data" / "libraries" / "schema-1"
SINCE = "2025-03-01T08:00:00+08:00"


def question(driver: Driver) -> Question:
    """The question that is asked now."""
    driver.qtbot.waitUntil(lambda: bool(driver.answers.shown), timeout=PATIENCE)
    asked = driver.answers.shown.pop()
    assert isinstance(asked, Question)
    return asked


def words(asked: Question) -> list[str]:
    return [button.text() for button in asked.buttons]


@pytest.fixture
def ended() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


class TestSecondStart:
    def test_the_window_that_is_there_comes_and_the_second_goes(self, start: Start, empty: Path) -> None:
        first, other = start(empty), start()
        came: list[bool] = []
        first.control.where.beckoning.beckoned.connect(lambda: came.append(True))
        first.window.showMinimized()
        other.control.begin(empty)
        asked = question(other)
        assert words(asked) == ["顯示已開啟的視窗", "以唯讀方式開啟"]
        with other.qtbot.waitSignal(other.control.gone, timeout=PATIENCE):
            asked.buttons[0].click()
        assert came == [True]
        assert not first.window.isMinimized()
        assert [path.suffix for path in (first.control.session.ground.places.cache / "windows").iterdir()] == [".open"]

    def test_one_that_has_work_of_its_own_stays(self, start: Start, empty: Path, sample: Path) -> None:
        start(empty)
        other = start(sample)
        other.control.opening.open(empty)
        asked = question(other)
        with other.qtbot.waitSignal(other.control.where.second.shown, timeout=PATIENCE):
            asked.buttons[0].click()
        assert other.window.isVisible()
        assert other.control.session.shelf.folder == sample

    def test_reading_only_beside_it(self, start: Start, empty: Path) -> None:
        start(empty)
        before = picture(empty)
        other = start()
        other.control.begin(empty)
        question(other).buttons[1].click()
        other.settle()
        assert other.control.session.read_only
        assert "唯讀" in other.standing
        assert picture(empty) == before

    def test_nobody_is_called_who_does_not_listen(self, start: Start, empty: Path) -> None:
        """A command on the same computer has it: there is no window to show."""
        with Library.open(empty):
            other = start()
            other.control.begin(empty)
            asked = question(other)
            assert words(asked) == ["以唯讀方式開啟"]
            asked.reject()
        assert "唯讀" in other.banner

    def test_a_window_that_does_not_answer(
        self, start: Start, empty: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(second, "PATIENCE_MILLISECONDS", 200)
        places = ground.places.cache / "windows"
        places.mkdir(parents=True)
        (places / f"{os.getpid()}.open").touch()
        with Library.open(empty):
            other = start()
            other.control.begin(empty)
            with other.qtbot.waitSignal(other.control.where.second.silent, timeout=PATIENCE):
                question(other).buttons[0].click()
        assert "沒有回應" in other.banner
        assert not (places / f"{os.getpid()}.show").exists()
        assert other.window.banner.button.text() == "唯讀開啟"

    def test_other_computers_and_dead_programs_have_words_of_their_own(self, desk: Driver, ended: int) -> None:
        where, folder = desk.control.where, Path("/x")
        for note, heading, told in (
            (Note("圖書館-07", 12, SINCE), "學習歷程庫在另一臺電腦上開著", "圖書館-07"),
            (Note(platform.node(), ended, SINCE), "學習歷程庫還鎖著", "已經不在"),
            (None, "學習歷程庫已經開著了", "另一個程式"),
        ):
            where.locked(folder, LockedError(note))
            asked = question(desk)
            assert asked.heading.text() == heading
            assert told in asked.words.text()
            assert words(asked) == ["以唯讀方式開啟"]
            assert told in desk.banner
            asked.reject()


class TestBeckoning:
    def test_what_ended_programs_left_is_taken_away(self, qtbot: QtBot, tmp_path: Path, ended: int) -> None:
        for name in (
            f"{ended}.open",
            f"{ended}.show",
            f"{os.getpid()}.show",
            "x.open",
            "notes.txt",
            f"{'9' * 30}.show",
        ):
            (tmp_path / name).touch()
        listening = Beckoning(tmp_path)
        listening.listen()
        listening.listen()
        assert {path.name for path in tmp_path.iterdir()} == {f"{os.getpid()}.open", "notes.txt"}
        assert beckoning.listens(tmp_path, os.getpid())
        assert not beckoning.listens(tmp_path, ended)
        with qtbot.waitSignal(listening.beckoned, timeout=PATIENCE):
            beckoning.beckon(tmp_path, os.getpid())
        assert beckoning.came(tmp_path, os.getpid())
        listening.close()
        assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
        listening.close()

    def test_a_place_that_cannot_be_written(self, qtbot: QtBot, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        listening = Beckoning(tmp_path / "file" / "windows")
        listening.listen()
        listening.close()
        assert not beckoning.listens(tmp_path / "file" / "windows", os.getpid())


class TestSettling:
    @pytest.fixture
    def cloud(self, tmp_path: Path) -> Path:
        """A library in a cloud folder."""
        folder = tmp_path / "OneDrive" / "庫"
        Library.create(folder, Profile("general", 113, "示範學生")).close()
        return folder

    def test_a_new_one_is_asked_about_before_it_is_made(self, start: Start, tmp_path: Path, ground: Ground) -> None:
        driver = start()
        driver.control.begin(None)
        page, folder = driver.control.welcome, tmp_path / "OneDrive" / "學習歷程"
        page.place.setText(str(folder))
        page.create_button.click()
        asked = question(driver)
        assert not folder.exists()
        assert words(asked) == ["換一個位置", "仍然放在這裡"]
        assert "OneDrive" in asked.words.text()
        driver.answers.folder = tmp_path / "文件"
        asked.buttons[0].click()
        assert page.place.text() == str(tmp_path / "文件" / "學習歷程")
        page.place.setText(str(folder))
        page.create_button.click()
        question(driver).buttons[1].click()
        driver.qtbot.waitUntil(lambda: driver.control.session.shelf is not None, timeout=PATIENCE)
        driver.settle()
        assert driver.control.session.shelf.folder == folder
        assert not driver.answers.shown
        assert settings.load(ground.places.settings).accepted == {str(folder): "cloud OneDrive"}

    def test_one_that_may_lie_there_is_made_at_once(self, start: Start, tmp_path: Path) -> None:
        driver = start()
        driver.control.begin(None)
        driver.control.welcome.place.setText(str(tmp_path / "學習歷程"))
        driver.control.welcome.create_button.click()
        driver.qtbot.waitUntil(lambda: driver.control.session.shelf is not None, timeout=PATIENCE)
        driver.settle()
        assert not driver.answers.shown

    def test_one_that_opens_is_asked_about_once(self, start: Start, cloud: Path, ground: Ground) -> None:
        driver = start(cloud)
        asked = question(driver)
        assert words(asked) == ["搬到電腦自己的資料夾…", "仍然放在這裡"]
        assert driver.control.session.read_only
        asked.buttons[1].click()
        driver.qtbot.waitUntil(lambda: not driver.control.session.read_only, timeout=PATIENCE)
        driver.settle()
        driver.qtbot.waitUntil(lambda: bool(settings.load(ground.places.settings).accepted), timeout=PATIENCE)
        assert not driver.answers.shown

    def test_nothing_of_it_is_written_to_before_the_answer(self, start: Start, cloud: Path) -> None:
        before = tree(cloud)
        driver = start(cloud)
        question(driver).reject()
        driver.settle()
        assert driver.control.session.read_only
        assert "放在哪裡" in driver.standing
        assert tree(cloud) == before
        driver.standing_line.button.click()
        question(driver).buttons[1].click()
        driver.qtbot.waitUntil(lambda: not driver.control.session.read_only, timeout=PATIENCE)
        driver.settle()
        assert (cloud / "lock").exists()

    def test_an_older_one_is_asked_about_once_it_is_open(
        self, start: Start, cloud: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shutil.rmtree(cloud)
        shutil.copytree(OLD, cloud)
        rows._usable.cache_clear()  # the log tells of a setting once; another test may have heard it
        driver = start(cloud)
        asked = question(driver)
        assert not driver.control.session.read_only
        asked.buttons[1].click()
        driver.settle()
        assert not driver.control.session.read_only
        assert "a setting of the school is left out" in caplog.text

    def test_what_is_accepted_is_known_after_a_restart(self, start: Start, cloud: Path, ground: Ground) -> None:
        settings.save(ground.places.settings, settings.Settings(accepted={str(cloud): "cloud OneDrive"}))
        driver = start(cloud, on=type(ground)(ground.places, settings.load(ground.places.settings), ground.resources))
        driver.settle()
        assert not driver.answers.shown

    def test_reading_only_asks_nothing(self, start: Start, cloud: Path) -> None:
        driver = start()
        driver.control.opening.open(cloud, read_only=True)
        driver.qtbot.waitUntil(lambda: driver.control.session.shelf is not None, timeout=PATIENCE)
        driver.settle()
        assert not driver.answers.shown

    def test_it_is_moved_whole_and_the_old_one_stays(self, start: Start, cloud: Path, tmp_path: Path) -> None:
        driver = start(cloud)
        asked = question(driver)
        home = tmp_path / "文件"
        home.mkdir()
        (home / "別的.txt").touch()
        driver.answers.folder = home
        asked.buttons[0].click()
        driver.qtbot.waitUntil(
            lambda: driver.control.session.shelf is not None and driver.control.session.shelf.folder == home / "庫",
            timeout=PATIENCE,
        )
        driver.settle()
        assert "搬好了" in driver.banner
        assert str(cloud) in driver.banner
        assert not driver.answers.shown
        with Library.open(cloud, read_only=True) as old:
            assert driver.library(lambda library: library.dump()) == old.dump()

    def test_a_place_that_is_taken_is_said(self, start: Start, cloud: Path, tmp_path: Path) -> None:
        driver = start(cloud)
        asked = question(driver)
        (tmp_path / "文件" / "庫").mkdir(parents=True)
        (tmp_path / "文件" / "庫" / "x").touch()
        driver.answers.folder = tmp_path / "文件"
        asked.buttons[0].click()
        driver.settle()
        assert "不是空的資料夾" in driver.banner
        assert driver.control.session.shelf.folder == cloud
