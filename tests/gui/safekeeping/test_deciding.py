from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.safety import alarm, page
from helpers.window import Driver
from portfolio_desktop.gui.safekeeping import watch
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit

Start = Callable[..., Driver]


@pytest.fixture
def put_back(home: Path) -> Path:
    """A library whose database was put back to what it was before the last edit."""
    older = (home / "library.sqlite3").read_bytes()
    with Library.open(home) as library:
        library.edit("p1", Edit(summary="後來寫的"))
    (home / "library.sqlite3").write_bytes(older)
    return home


@pytest.fixture
def told(start: Start, put_back: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """A window on it, at the page that tells what is wrong."""
    monkeypatch.setattr(watch, "STARTED_MILLISECONDS", 1)
    driver = start(put_back)
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)
    driver.control.parts.sections.go("safety")
    driver.settle()
    driver.qtbot.waitUntil(lambda: bool(page(driver).faults.deciding))
    return driver


def test_two_ways_out_are_offered_in_words(told: Driver) -> None:
    assert [button.text() for button in page(told).faults.deciding] == ["把較新的還原到旁邊…", "留用現在這一份…"]
    assert all(button.isEnabled() for button in page(told).faults.deciding)
    assert not page(told).mend_button.isVisible()
    assert not page(told).rebuild_button.isVisible()


def test_the_present_one_is_kept_when_that_is_sure(told: Driver, put_back: Path) -> None:
    page(told).faults.deciding[1].click()
    [question] = told.answers.shown
    assert "不會刪除" in question.words.text()
    question.buttons[0].click()
    told.settle()
    told.settle()
    assert "留用現在這一份" in told.banner
    assert alarm(told) is None
    assert not page(told).faults.isVisible()
    assert list((put_back / "kept-aside").rglob("*.sqlite3"))
    told.close()
    with Library.open(put_back) as library:
        assert library.start_problems == ()
        assert library.piece("p1").summary == "那時的簡述"


def test_the_newer_one_is_restored_beside_with_its_backup_chosen(told: Driver, put_back: Path) -> None:
    page(told).faults.deciding[0].click()
    told.settle()
    [dialog] = told.answers.shown
    chosen = dialog.backup.code()
    dialog.deed.click()
    told.settle()
    [question] = told.answers.shown[1:]
    question.reject()
    assert Path(chosen).parent.name == "backups"
    beside = put_back.with_name("學習歷程（還原）")
    with Library.open(beside, read_only=True) as library:
        assert library.piece("p1").summary == "後來寫的"
