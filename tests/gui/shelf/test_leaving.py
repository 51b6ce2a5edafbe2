import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from helpers.window import PATIENCE, SAMPLE, Driver, commit
from portfolio_desktop.gui.pieces import writing
from portfolio_desktop.gui.starting.memory import Memory
from portfolio_desktop.gui.widgets.question import Question
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.progress import Progress


@pytest.fixture
def pulled(desk: Driver, empty: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Driver:
    """Two pieces, typing in both of them, and the library's disk is pulled out before any of it is kept."""
    monkeypatch.setattr(writing, "PAUSE_MILLISECONDS", 600_000)
    desk.bring(SAMPLE / "讀書會心得.pdf", SAMPLE / "校慶海報.jpg")
    desk.choose("校慶")
    empty.rename(empty.with_name("別處"))
    retitle(desk, "改過的海報")
    desk.choose("讀書會")
    retitle(desk, "改過的心得")
    return desk


def retitle(driver: Driver, text: str) -> None:
    driver.editor.title.line.clear()
    commit(driver.editor.title.line, text)


def plug_in(empty: Path) -> None:
    empty.with_name("別處").rename(empty)


def titles(folder: Path) -> set[str]:
    with Library.open(folder) as library:
        return {piece.title for piece in library.pieces()}


def question(driver: Driver) -> Question:
    found = driver.answers.shown[-1]
    assert isinstance(found, Question)
    return found


def test_what_cannot_be_kept_can_be_tried_again(pulled: Driver, empty: Path) -> None:
    pulled.window.close()
    pulled.settle()
    assert pulled.window.isVisible()
    assert pulled.banner.startswith("還不能關閉：剛才寫的存不進學習歷程庫。")
    assert pulled.answers.shown == []
    plug_in(empty)
    with pulled.qtbot.waitSignal(pulled.control.gone, timeout=PATIENCE):
        pulled.window.banner.button.click()
    assert titles(empty) == {"改過的海報", "改過的心得"}


def test_text_can_be_taken_along_when_the_disk_does_not_come_back(pulled: Driver, empty: Path) -> None:
    for _time in range(2):
        pulled.window.close()
        pulled.settle()
    asked = question(pulled)
    assert asked.isVisible()
    for text in ("標題：改過的海報", "標題：改過的心得"):
        assert text in asked.text.toPlainText()
    shown = asked.text.toPlainText()
    with pulled.qtbot.waitSignal(pulled.control.gone, timeout=PATIENCE):
        asked.buttons[1].click()
    assert QGuiApplication.clipboard().text() == shown
    assert not pulled.window.isVisible()
    plug_in(empty)
    assert titles(empty) == {"讀書會心得", "校慶海報"}


def test_the_question_can_be_answered_with_trying_again(pulled: Driver, empty: Path) -> None:
    for _time in range(2):
        pulled.window.close()
        pulled.settle()
    plug_in(empty)
    with pulled.qtbot.waitSignal(pulled.control.gone, timeout=PATIENCE):
        question(pulled).buttons[0].click()
    assert titles(empty) == {"改過的海報", "改過的心得"}


def test_the_library_too_can_be_closed_without_its_disk(pulled: Driver, empty: Path) -> None:
    for _time in range(2):
        pulled.window.actions_["close"].trigger()
        pulled.settle()
    question(pulled).buttons[1].click()
    pulled.settle()
    assert pulled.window.root.currentWidget() is pulled.control.welcome
    assert pulled.banner == "", "what was in the way is over"
    pulled.close()


def test_a_library_that_takes_nothing_is_let_go_for_rebuilding_with_the_text_copied(
    pulled: Driver, empty: Path
) -> None:
    pulled.control.session.jobs.failed.emit(DatabaseDamageError("壞了。"))
    pulled.qtbot.waitUntil(lambda: pulled.window.banner.button.text() == "重建資料庫…")
    pulled.window.banner.button.click()
    pulled.settle()
    asked = question(pulled)
    assert pulled.control.session.shelf is not None
    shown = asked.text.toPlainText()
    assert "標題：改過的海報" in shown
    assert asked.buttons[1].text() == "複製文字並繼續"
    asked.buttons[1].click()
    pulled.settle()
    assert QGuiApplication.clipboard().text() == shown
    assert pulled.control.session.shelf is None
    assert pulled.window.root.currentWidget() is pulled.control.care.rebuilding
    assert pulled.control.care.rebuilding.place.text() == str(empty)
    plug_in(empty)


def test_what_another_piece_is_owed_comes_back_into_its_fields(pulled: Driver, empty: Path) -> None:
    pulled.settle()
    assert pulled.banner
    plug_in(empty)
    pulled.choose("校慶")
    assert pulled.editor.title.value() == "改過的海報"
    pulled.close()
    assert titles(empty) == {"改過的海報", "改過的心得"}


def test_what_is_owed_is_kept_as_soon_as_the_library_takes_anything(pulled: Driver, empty: Path) -> None:
    pulled.settle()
    plug_in(empty)
    pulled.control.pieces.writing.flush()
    pulled.settle()
    assert {piece.title for piece in pulled.library(Library.pieces)} == {"改過的海報", "改過的心得"}


def test_nothing_typed_and_no_disk_closes_at_once(desk: Driver, empty: Path, caplog: pytest.LogCaptureFixture) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    empty.rename(empty.with_name("別處"))
    desk.close()
    assert desk.answers.shown == []
    assert titles(empty.with_name("別處")) == {"讀書會心得"}


def test_failing_to_remember_the_window_does_not_keep_it_open(desk: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.control.leaving, "_remember", lambda: 1 / 0)
    with desk.qtbot.capture_exceptions() as escaped, desk.qtbot.waitSignal(desk.control.gone, timeout=PATIENCE):
        desk.window.close()
    assert [kind for kind, _error, _trace in escaped] == [ZeroDivisionError]


def test_a_library_whose_name_is_no_text_is_not_remembered_and_no_trouble(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Memory(tmp_path / "settings.json", {}).keep("/庫\udcff")
    assert "could not be remembered" in caplog.text


class Work:
    """Work beside the lane that ends when it is told to."""

    def __init__(self, driver: Driver, **more: Any) -> None:
        self.go, self.outcome = threading.Event(), list[str]()
        driver.control.session.outside(
            "正在匯出",
            self._work,
            done=lambda _result: self.outcome.append("done"),
            failed=lambda _error: self.outcome.append("failed"),
            cancelled=lambda: self.outcome.append("cancelled"),
            **more,
        )
        self.fail = False

    def _work(self, progress: Progress) -> None:
        while not self.go.wait(0.01):
            progress.check()
        if self.fail:
            raise OSError("磁碟滿了")


@pytest.fixture
def work(desk: Driver) -> Iterator[Work]:
    made = Work(desk)
    yield made
    made.go.set()
    if not desk.control.session._closed:
        desk.settle()


def test_closing_asks_before_it_stops_work(desk: Driver, work: Work) -> None:
    desk.window.close()
    assert question(desk).heading.text() == "正在匯出，還沒做完"
    question(desk).reject()
    desk.qtbot.wait(30)
    assert desk.window.isVisible()
    assert work.outcome == []
    desk.window.close()
    with desk.qtbot.waitSignal(desk.control.gone, timeout=PATIENCE):
        question(desk).buttons[1].click()


def test_closing_can_wait_for_the_work(desk: Driver, work: Work) -> None:
    desk.window.close()
    question(desk).buttons[0].click()
    desk.qtbot.wait(30)
    assert desk.window.isVisible()
    assert desk.banner == "做完就會關閉。"
    with desk.qtbot.waitSignal(desk.control.gone, timeout=PATIENCE):
        work.go.set()
    assert work.outcome == ["done"]


def test_waiting_can_be_given_up(desk: Driver, work: Work) -> None:
    desk.window.close()
    question(desk).buttons[0].click()
    desk.window.banner.button.click()
    work.go.set()
    desk.settle()
    assert desk.window.isVisible()
    assert work.outcome == ["done"]


def test_work_that_fails_keeps_the_window_that_waited_for_it(desk: Driver, work: Work) -> None:
    desk.window.close()
    question(desk).buttons[0].click()
    work.fail = True
    work.go.set()
    desk.settle()
    assert desk.window.isVisible()
    assert work.outcome == ["failed"]
    desk.close()


def test_what_goes_on_another_time_is_not_asked_about(desk: Driver) -> None:
    work = Work(desk, resumes=True)
    desk.close()
    assert desk.answers.shown == []
    assert work.outcome == []


def test_the_window_is_asked_about_once(desk: Driver, work: Work) -> None:
    for _time in range(3):
        desk.window.close()
    assert len(desk.answers.shown) == 1
    question(desk).reject()


def test_work_that_ended_meanwhile_is_not_waited_for(desk: Driver, work: Work) -> None:
    desk.window.close()
    work.go.set()
    desk.settle()
    with desk.qtbot.waitSignal(desk.control.gone, timeout=PATIENCE):
        question(desk).buttons[0].click()
