import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.safety import alarm, page, rot, stored
from helpers.window import Driver, commit
from portfolio_desktop.gui.safekeeping import watch
from portfolio_desktop.gui.safekeeping.rebuild_page import result_words
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt

Start = Callable[..., Driver]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that are taken at once, so that no test waits for them."""
    monkeypatch.setattr(watch, "STARTED_MILLISECONDS", 1)
    monkeypatch.setattr(watch, "ROLLING_MILLISECONDS", 10)


def crash(folder: Path) -> None:
    """Leave the library as a program does that was killed."""
    library = Library.open(folder)
    library._holding.catalog.attempt()
    library._holding.database.close()
    library._holding._lock.abandon()


def rolled(driver: Driver) -> str:
    def read(library: Library) -> str:
        with library._holding.reading() as connection:
            return str(connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'rolled'").scalar_one())

    return str(driver.library(read))


def test_after_a_dirty_end_what_is_missing_sounds_the_alarm(start: Start, home: Path) -> None:
    stored(home, "校慶").unlink()
    crash(home)
    driver = start(home)
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)
    assert "「校慶海報」" in alarm(driver).text.text()
    check = record.read(home).check
    assert check is not None
    assert check.depth in ("start", "rolling")


def test_after_a_dirty_end_with_nothing_wrong_it_stays_quiet(start: Start, home: Path) -> None:
    crash(home)
    driver = start(home)
    driver.qtbot.wait(80)
    driver.settle()
    assert alarm(driver) is None
    assert driver.banner == ""


def test_each_start_reads_the_next_files_quietly(start: Start, home: Path) -> None:
    driver = start(home)
    driver.qtbot.waitUntil(lambda: rolled(driver) != "")
    driver.settle()
    first = rolled(driver)
    assert alarm(driver) is None
    assert record.read(home).check is None
    driver.close()
    again = start(home)
    again.qtbot.waitUntil(lambda: rolled(again) != first)


def test_a_file_that_has_rotted_is_found_in_its_turn(start: Start, home: Path) -> None:
    with Library.open(home) as library:
        first = min(library.files(), key=lambda file: file.sha256)
    rot(first.path)
    driver = start(home)
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)
    assert alarm(driver).heading.text() == "檢查發現 1 個問題"
    check = record.read(home).check
    assert check is not None
    assert (check.depth, check.problems[0]["code"]) == ("rolling", "file.hash")


def test_nothing_is_looked_at_when_the_window_is_gone_again(start: Start, home: Path) -> None:
    driver = start(home)
    driver.close()
    assert driver.control.care.watch._alarm is None


def test_another_library_s_alarm_does_not_stay(start: Start, home: Path, empty: Path) -> None:
    stored(home, "校慶").unlink()
    crash(home)
    driver = start(home)
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)
    driver.open(empty)
    assert alarm(driver) is None


def test_many_pieces_are_named_and_counted() -> None:
    from portfolio_desktop.gui.safekeeping.safety import Fault

    faults = [Fault("file.hash", str(n), None, ((f"p{n}", f"第 {n} 件"),), "壞了。") for n in range(5)]
    assert watch._words(faults).startswith("「第 0 件」「第 1 件」「第 2 件」等 5 件的檔案壞了或不見了。")
    assert watch._words([Fault("database.damaged", "", None, (), "資料庫壞了。")]).startswith("資料庫壞了。先別刪")


@pytest.fixture
def damaged(backed_up: Path) -> Path:
    """Its database is nothing any more."""
    (backed_up / "library.sqlite3").write_bytes(b"SQLite format 3\x00" + bytes(600))
    return backed_up


def rebuild_page(driver: Driver) -> object:
    assert driver.window.root.currentWidget() is driver.control.care.rebuilding
    return driver.control.care.rebuilding


def test_a_damaged_database_is_offered_to_be_rebuilt(start: Start, damaged: Path) -> None:
    driver = start(damaged)
    made = driver.control.care.rebuilding
    assert driver.window.root.currentWidget() is made
    assert str(damaged) in made.place.text()
    assert made.rebuild_button.isVisible()
    made.rebuild_button.click()
    driver.settle()
    assert made.heading.text() == "資料庫重建好了"
    assert "3 件作品、3 個檔案都在。" in made.text.text()
    assert "kept-aside" in made.text.text()
    assert (damaged / "kept-aside").is_dir()
    made.open_button.click()
    driver.settle()
    assert sorted(driver.titles()) == ["校慶海報", "科展佳作獎狀", "讀書會心得"]
    assert driver.window.root.currentWidget() is driver.window.body


def test_a_database_that_is_gone_too(start: Start, backed_up: Path) -> None:
    (backed_up / "library.sqlite3").unlink()
    driver = start(backed_up)
    driver.control.care.rebuilding.rebuild_button.click()
    driver.settle()
    driver.control.care.rebuilding.open_button.click()
    driver.settle()
    assert len(driver.titles()) == 3


def test_the_offer_can_be_declined(start: Start, damaged: Path) -> None:
    before = (damaged / "library.sqlite3").read_bytes()
    driver = start(damaged)
    driver.control.care.rebuilding.leave_button.click()
    assert driver.window.root.currentWidget() is driver.control.welcome
    assert (damaged / "library.sqlite3").read_bytes() == before


def test_from_a_library_that_is_open_there_is_a_way_back(start: Start, damaged: Path, empty: Path) -> None:
    driver = start(empty)
    driver.control.opening.open(damaged)
    driver.settle()
    assert driver.window.root.currentWidget() is driver.control.care.rebuilding
    driver.control.care.rebuilding.leave_button.click()
    assert driver.window.root.currentWidget() is driver.window.body
    assert driver.control.session.shelf.folder == empty


def test_a_rebuilding_can_be_stopped(start: Start, damaged: Path) -> None:
    driver = start(damaged)
    driver.control.session.jobs.started.connect(lambda job: job.cancel() if job.label == "正在重建資料庫" else None)
    driver.control.care.rebuilding.rebuild_button.click()
    driver.settle()
    assert driver.control.care.rebuilding.rebuild_button.isVisible()
    assert not list(damaged.glob("kept-aside/*/library.sqlite3"))


def test_what_was_lost_for_good_sounds_the_alarm_after_rebuilding(start: Start, home: Path) -> None:
    (home / "library.sqlite3").write_bytes(b"")
    shutil.rmtree(next(path for path in (home / "files").iterdir() if path.is_dir()))
    driver = start(home)
    driver.control.care.rebuilding.rebuild_button.click()
    driver.settle()
    assert "還缺 1 個檔案" in driver.control.care.rebuilding.text.text()
    driver.control.care.rebuilding.open_button.click()
    driver.settle()
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)


def test_damage_that_shows_itself_while_working_offers_the_way_out(
    start: Start, backed_up: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from portfolio_desktop.library.problems import DatabaseDamageError

    driver = start(backed_up)
    driver.choose("校慶")
    driver.editor.title.line.clear()
    commit(driver.editor.title.line, "剛打好的標題")  # not sent yet: the pause after it is not over
    driver.control.session.jobs.failed.emit(DatabaseDamageError("壞了。"))
    driver.qtbot.waitUntil(lambda: driver.window.banner.button.text() == "重建資料庫…")
    driver.window.banner.button.click()
    driver.settle()
    made = driver.control.care.rebuilding
    assert driver.window.root.currentWidget() is made
    assert driver.control.session.shelf is None
    made.rebuild_button.click()
    driver.settle()
    assert made.heading.text() == "資料庫是好的，沒有動任何東西"
    made.open_button.click()
    driver.settle()
    assert sorted(driver.titles()) == ["剛打好的標題", "科展佳作獎狀", "讀書會心得"]


def test_a_damaged_database_found_by_a_check_leads_to_rebuilding(start: Start, backed_up: Path) -> None:
    record.note_check(
        backed_up,
        __import__("datetime").datetime.now(__import__("datetime").UTC),
        "full",
        3,
        ({"code": "database.keys", "path": "library.sqlite3", "pieces": [], "message": "記錄不一致。"},),
    )
    driver = start(backed_up)
    driver.qtbot.waitUntil(lambda: alarm(driver) is not None)
    assert not alarm(driver).mend_button.isVisible()
    alarm(driver).show_button.click()
    driver.settle()
    assert not page(driver).mend_button.isVisible()
    assert page(driver).rebuild_button.isVisible()
    page(driver).rebuild_button.click()
    driver.settle()
    assert driver.window.root.currentWidget() is driver.control.care.rebuilding


def test_what_a_rebuilding_did_is_told_in_sentences() -> None:
    done = Rebuilt(
        Path("/庫"),
        True,
        3,
        5,
        filed=(("p9", "不知道哪來的"),),
        aside=("kept-aside/20250310T010000Z/library.sqlite3", "kept-aside/20250310T010000Z/files/x.pdf"),
        told=("catalog.json 不見了或讀不懂，沒有用到。",),
    )
    assert result_words(done) == [
        "3 件作品、5 個檔案都在。",
        "沒有可用的備份，修改紀錄從現在重新開始。",
        "catalog.json 不見了或讀不懂，沒有用到。",
        "1 個檔案不知道屬於哪一件，各自成了一件，還沒分類：不知道哪來的",
        "壞掉的、被換下的原檔共 2 個，都沒有刪，移到了學習歷程庫裡的「kept-aside/20250310T010000Z」。",
    ]
