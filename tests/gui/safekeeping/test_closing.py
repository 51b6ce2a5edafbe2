import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.safety import at_safety, page
from helpers.window import PATIENCE, Driver
from portfolio_desktop.gui.shelf import leaving
from portfolio_desktop.gui.widgets.question import Question
from portfolio_desktop.library.safekeeping import backups, record

Start = Callable[..., Driver]
DEEDS = {"正在備份": "backup_button", "正在檢查檔案": "check_button", "正在演練還原": "drill_button"}


def close_during(driver: Driver, label: str) -> Question:
    """Begin a deed and ask to close while it is under way."""
    driver.control.session.jobs.started.connect(lambda job: driver.window.close() if job.label == label else None)
    getattr(page(driver), DEEDS[label]).click()
    question = driver.answers.shown[-1]
    assert isinstance(question, Question)
    assert question.heading.text() == f"{label}，還沒做完"
    return question


@pytest.mark.parametrize("label", DEEDS)
def test_closing_asks_before_it_stops_anything(safety: Driver, label: str) -> None:
    question = close_during(safety, label)
    assert safety.window.isVisible()
    question.reject()
    safety.settle()
    assert safety.window.isVisible()


def test_closing_can_wait_for_the_backup(safety: Driver, usb: Path, backed_up: Path) -> None:
    question = close_during(safety, "正在備份")
    with safety.qtbot.waitSignal(safety.control.gone, timeout=PATIENCE):
        question.buttons[0].click()
    assert len(list((usb / "snapshots").iterdir())) == 2
    assert record.read(backed_up).places[0].snapshot == backups.find(usb).path.name


def test_a_backup_that_is_stopped_by_closing_leaves_nothing_half(safety: Driver, usb: Path) -> None:
    before = sorted(path for path in usb.rglob("*") if path.is_file())
    question = close_during(safety, "正在備份")
    with safety.qtbot.waitSignal(safety.control.gone, timeout=PATIENCE):
        question.buttons[1].click()
    assert len(list((usb / "snapshots").iterdir())) in (1, 2)  # it may have been faster
    assert not [path for path in usb.rglob("*") if path.suffix == ".new"]
    assert all(path.is_file() for path in before)


def test_putting_away_that_takes_long_is_shown(start: Start, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "SLOW_MILLISECONDS", 10)
    driver = start(home)
    slow = threading.Event()
    driver.control.session.on_lane(lambda _desk: slow.wait(20))
    driver.window.close()
    driver.qtbot.waitUntil(lambda: driver.control.leaving._farewell is not None)
    farewell = driver.control.leaving._farewell
    assert farewell is not None
    assert farewell.isVisible()
    assert not driver.window.isVisible()
    farewell.close()
    assert farewell.isVisible()
    with driver.qtbot.waitSignal(driver.control.gone, timeout=PATIENCE):
        slow.set()
    assert not farewell.isVisible()


def test_putting_away_that_is_quick_shows_nothing(start: Start, home: Path) -> None:
    driver = start(home)
    driver.close()
    assert driver.control.leaving._farewell is None


def test_closing_makes_a_copy_that_the_page_tells_the_next_time(start: Start, home: Path) -> None:
    for copy in (home / "backups").glob("*.sqlite3"):
        copy.unlink()
    driver = start(home)
    driver.choose("校慶")
    driver.control.pieces.remove()
    driver.settle()
    driver.close()
    again = at_safety(start(home))
    assert "自動副本（只有資料庫，放在學習歷程庫裡）：今天" in page(again).backup.facts.text()


def test_the_menu_carries_the_sentence_of_what_it_undoes_after_a_restart_too(start: Start, home: Path) -> None:
    driver = start(home)
    driver.choose("校慶")
    driver.control.pieces.remove()
    driver.settle()
    actions = driver.window.actions_
    driver.qtbot.waitUntil(lambda: actions["undo"].text() == "復原：把「校慶海報」移到垃圾桶")
    assert actions["redo"].text() == "重做"
    actions["undo"].trigger()
    driver.settle()
    driver.qtbot.waitUntil(lambda: actions["redo"].text() == "重做：把「校慶海報」移到垃圾桶")
    driver.close()
    again = start(home).window.actions_
    driver.qtbot.waitUntil(lambda: again["redo"].text() == "重做：把「校慶海報」移到垃圾桶")
    assert again["undo"].text().startswith("復原：修改「讀書會心得」的簡述")


def test_a_long_title_does_not_make_the_menu_wide_and_an_ampersand_is_one(start: Start, home: Path) -> None:
    driver = start(home)
    driver.control.enabling.say_steps(f"修改「{'長' * 80}」", "加入「A&B」")
    actions = driver.window.actions_
    assert len(actions["undo"].text()) < 60
    assert "長" * 80 in actions["undo"].toolTip()
    assert actions["redo"].text() == "重做：加入「A&&B」"
    assert actions["redo"].toolTip() == "重做：加入「A&B」"
