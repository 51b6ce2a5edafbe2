import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from helpers.safety import alarm, at_safety, backdate, page, rot, stored
from helpers.window import Driver
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Incoming, NewPiece
from portfolio_desktop.library.safekeeping import backups, record

Start = Callable[..., Driver]


def test_a_library_that_was_never_backed_up_says_so(start: Start, home: Path) -> None:
    driver = at_safety(start(home))
    view = page(driver)
    assert view.heading.text() == "還沒有完整的備份"
    assert view.verdict.property("level") == "warning"
    assert view.backup.chip.text() == "還沒有"
    assert "自動副本（只有資料庫，放在學習歷程庫裡）：今天" in view.backup.facts.text()
    assert alarm(driver) is None


def test_a_library_of_texts_alone_has_something_to_back_up(start: Start, empty: Path) -> None:
    driver = at_safety(start(empty))
    assert page(driver).heading.text() == "還沒有作品要備份"
    driver.library(lambda library: library.add_each([Incoming((), NewPiece(title="三年的自主學習計畫"))]))
    driver.control.pieces.reload()
    driver.settle()
    assert not any((empty / "files").iterdir())
    assert page(driver).heading.text() == "還沒有完整的備份"
    assert page(driver).next_button.isVisible()


def test_the_first_backup_asks_where_and_the_place_is_remembered(start: Start, home: Path, usb: Path) -> None:
    driver = at_safety(start(home))
    driver.answers.folder = usb
    page(driver).backup_button.click()
    driver.settle()
    assert driver.answers.asked == ["備份要放在哪個磁碟或資料夾"]
    assert backups.find(usb).complete
    assert driver.banner.startswith("備份好了：3 個檔案")
    assert page(driver).backup.chip.text().startswith("今天")
    assert page(driver).state.text() == "可以更好"
    driver.answers.folder = None
    page(driver).backup_button.click()
    driver.settle()
    assert len(driver.answers.asked) == 1
    assert "這次新寫 0 個" in driver.banner
    assert len(list((usb / "snapshots").iterdir())) == 2


def test_one_step_after_the_other_until_all_is_well(start: Start, home: Path, usb: Path) -> None:
    driver = at_safety(start(home))
    view = page(driver)
    beside = home.parent / "旁邊"
    beside.mkdir()
    steps = [
        (beside, "現在要處理", "還沒有完整的備份", "現在備份"),
        (usb, "可以更好", "備份和作品在同一個磁碟裡", "備份到別的地方…"),
        (None, "可以更好", "檔案還沒有從頭檢查過", "檢查全部檔案"),
        (None, "可以更好", "備份還沒有演練過", "演練還原"),
    ]
    for place, state, heading, deed in steps:
        assert (view.state.text(), view.heading.text(), view.next_button.text()) == (state, heading, deed)
        assert view.verdict.property("level") != "ok"
        driver.answers.folder = place
        view.next_button.click()
        driver.settle()
    assert (view.state.text(), view.heading.text()) == ("很好", "作品都收得好好的")
    assert view.verdict.property("level") == "ok"
    assert not view.next_button.isVisible()


def test_the_menu_backs_up_too(start: Start, home: Path, usb: Path) -> None:
    driver = start(home)
    driver.answers.folder = usb
    driver.window.actions_["back_up"].trigger()
    driver.settle()
    assert driver.control.parts.sections.section() == "safety"
    assert backups.find(usb).complete


def test_the_menu_knows_the_last_place_before_the_page_was_ever_shown(start: Start, backed_up: Path, usb: Path) -> None:
    driver = start(backed_up)
    driver.window.actions_["back_up"].trigger()
    driver.settle()
    assert driver.answers.asked == []
    assert len(list((usb / "snapshots").iterdir())) == 2


def test_another_library_does_not_get_the_places_of_the_one_before(safety: Driver, empty: Path, usb: Path) -> None:
    safety.open(empty)
    safety.window.actions_["back_up"].trigger()
    safety.settle()
    assert safety.answers.asked == ["備份要放在哪個磁碟或資料夾"]
    assert len(list((usb / "snapshots").iterdir())) == 1


@pytest.mark.parametrize("name", ["backup_button", "check_button", "drill_button"])
def test_what_is_done_when_the_library_is_closed_meanwhile_is_kept_all_the_same(
    safety: Driver, backed_up: Path, name: str
) -> None:
    def leave(job: Job) -> None:
        job.stepped.connect(lambda _step: safety.control.session.leave() if safety.control.session.shelf else None)

    before = record.read(backed_up)
    safety.control.session.jobs.started.connect(lambda job: leave(job) if job.label in DEEDS else None)
    getattr(page(safety), name).click()
    safety.settle()
    after = record.read(backed_up)
    assert safety.control.session.shelf is None
    assert (after.places, after.check, after.drill) != (before.places, before.check, before.drill)


DEEDS = ("正在備份", "正在檢查檔案", "正在演練還原")


def test_where_the_last_place_cannot_be_reached_another_one_is_asked_for(safety: Driver, usb: Path) -> None:
    usb.rename(usb.with_name("拔掉了"))
    safety.control.care.safekeeping.refresh()
    safety.settle()
    assert "現在接不到" in page(safety).backup.facts.text()
    page(safety).backup_button.click()
    assert safety.answers.asked


def test_a_place_inside_the_library_is_refused_in_a_sentence(safety: Driver, backed_up: Path) -> None:
    safety.answers.folder = backed_up / "files"
    page(safety).elsewhere_button.click()
    safety.settle()
    assert "裡面" in safety.banner
    assert page(safety).backup_button.isEnabled()


def test_an_old_backup_is_said_in_words_and_colour(start: Start, backed_up: Path) -> None:
    backdate(backed_up, 42)
    view = page(at_safety(start(backed_up)))
    assert view.heading.text() == "上一次完整備份是 42 天前"
    assert view.backup.chip.text() == "42 天前，有點久了"
    assert view.backup.chip.property("chip") == "warning"


def test_everything_is_checked_to_the_last_byte(safety: Driver, backed_up: Path) -> None:
    assert page(safety).check.chip.text() == "還沒檢查過"
    page(safety).check_button.click()
    safety.settle()
    assert page(safety).check.chip.text() == "沒有問題"
    assert "都從頭讀過" in safety.banner
    check = record.read(backed_up).check
    assert check is not None
    assert (check.depth, check.files) == ("full", 3)


def test_a_failed_check_is_the_loudest_message_on_every_page_and_goes_with_mending(
    safety: Driver, backed_up: Path
) -> None:
    path = stored(backed_up, "讀書會")
    content = rot(path)
    page(safety).check_button.click()
    safety.settle()
    for section in ("all", "ticks", "export", "trash", "safety"):
        safety.control.parts.sections.go(section)
        safety.settle()
        assert alarm(safety).heading.text() == "檢查發現 1 個問題"
        assert "「讀書會心得」" in alarm(safety).text.text()
    view = page(safety)
    assert view.heading.text() == "檢查發現 1 個問題"
    assert view.faults.isVisible()
    view.mend_button.click()
    safety.settle()
    assert path.read_bytes() == content
    assert alarm(safety) is None
    assert not view.faults.isVisible()
    assert not view.mend_button.isVisible()
    assert safety.banner == "1 個問題都救回來了，內容核對過。"
    [aside] = [one for one in (backed_up / "kept-aside").rglob("*") if one.is_file()]
    assert aside.read_bytes() != content


def test_the_alarm_stays_over_a_restart_until_a_clean_check(start: Start, backed_up: Path) -> None:
    path = stored(backed_up, "校慶")
    content = rot(path)
    first = at_safety(start(backed_up))
    page(first).check_button.click()
    first.settle()
    first.close()
    again = start(backed_up)
    again.qtbot.waitUntil(lambda: alarm(again) is not None)
    path.write_bytes(content)
    alarm(again).show_button.click()
    again.settle()
    assert again.control.parts.sections.section() == "safety"
    assert alarm(again) is not None
    page(again).check_button.click()
    again.settle()
    assert alarm(again) is None


def test_the_alarm_s_own_button_mends(start: Start, backed_up: Path) -> None:
    path = stored(backed_up, "校慶")
    path.unlink()
    first = at_safety(start(backed_up))
    page(first).check_button.click()
    first.settle()
    first.control.parts.sections.go("all")
    alarm(first).mend_button.click()
    first.settle()
    assert path.is_file()
    assert alarm(first) is None


def test_what_no_backup_has_is_said_and_the_alarm_stays(start: Start, home: Path) -> None:
    stored(home, "校慶").unlink()
    driver = at_safety(start(home))
    page(driver).check_button.click()
    driver.settle()
    page(driver).mend_button.click()
    driver.settle()
    assert driver.banner.startswith("救回了 0 個；還有 1 個")
    assert alarm(driver) is not None


def test_from_a_problem_to_its_piece(safety: Driver, backed_up: Path) -> None:
    rot(stored(backed_up, "校慶"))
    page(safety).check_button.click()
    safety.settle()
    [button] = page(safety).faults.buttons
    assert button.text() == "到「校慶海報」"
    button.click()
    safety.settle()
    assert safety.window.pages.currentWidget() is safety.control.parts.page
    assert safety.editor.title.value() == "校慶海報"


def test_a_problem_of_a_trashed_piece_leads_into_the_trash(safety: Driver, backed_up: Path) -> None:
    piece = safety.choose("校慶")
    safety.control.pieces.remove()
    safety.settle()
    rot(stored_in(safety, piece))
    at_safety(safety)
    page(safety).check_button.click()
    safety.settle()
    page(safety).faults.buttons[0].click()
    safety.settle()
    assert safety.control.parts.sections.section() == "trash"
    assert safety.editor.title.value() == "校慶海報"


def stored_in(driver: Driver, piece: str) -> Path:
    return driver.library(lambda library: library.file_path(library.piece(piece).files[0].sha256))


def test_a_drill_restores_and_tells(safety: Driver, backed_up: Path) -> None:
    page(safety).drill_button.click()
    safety.settle()
    assert safety.banner.startswith("演練成功：3 個檔案")
    assert page(safety).drill.chip.text() == "成功"
    drill = record.read(backed_up).drill
    assert drill is not None
    assert drill.ok


def test_the_backup_on_another_disk_is_the_one_that_is_tried_out(safety: Driver, usb: Path, backed_up: Path) -> None:
    beside = backed_up.parent / "旁邊"
    beside.mkdir()
    safety.answers.folder = beside
    page(safety).elsewhere_button.click()
    safety.settle()
    assert [one.same_disk for one in record.read(backed_up).places] == [True, False]
    page(safety).drill_button.click()
    safety.settle()
    drill = record.read(backed_up).drill
    assert drill is not None
    assert drill.backup.is_relative_to(usb)


def test_a_drill_that_fails_is_said(safety: Driver, usb: Path, backed_up: Path) -> None:
    # The copy in the library is newer; without it and the library's own file, the disk is all there is.
    for copy in (backed_up / "backups").glob("*.sqlite3"):
        copy.unlink()
    place = backups.find(usb).path.parent.parent
    rot(next(path for path in (place / "objects").rglob("*") if path.is_file()))
    page(safety).drill_button.click()
    safety.settle()
    assert safety.banner.startswith("演練沒有成功：")
    assert page(safety).drill.chip.text() == "沒有成功"
    assert page(safety).verdict.property("level") == "error"


def test_without_any_backup_there_is_nothing_to_try_out(start: Start, empty: Path) -> None:
    shutil.rmtree(empty / "backups", ignore_errors=True)
    assert not page(at_safety(start(empty))).drill_button.isEnabled()


def test_only_one_thing_is_done_at_a_time_and_can_be_stopped(safety: Driver) -> None:
    said: list[str] = []
    safety.control.care.said.connect(lambda _level, text, _deed: said.append(text))
    view = page(safety)
    safety.control.session.jobs.started.connect(lambda job: job.cancel() if job.label else None)
    view.check_button.click()
    assert view.check.progress.isVisible()
    assert not view.backup_button.isEnabled()
    view.drill_button.click()
    view.check.cancel.click()
    safety.settle()
    assert said == ["已停止，沒有留下做到一半的東西。"]
    assert not view.check.progress.isVisible()
    assert view.backup_button.isEnabled()


def test_a_stopped_backup_leaves_no_snapshot(safety: Driver, usb: Path) -> None:
    safety.control.session.jobs.started.connect(lambda job: job.cancel() if job.label == "正在備份" else None)
    page(safety).backup_button.click()
    safety.settle()
    assert len(list((usb / "snapshots").iterdir())) == 1


def test_read_only_can_look_and_back_up_but_not_mend(start: Start, backed_up: Path) -> None:
    with Library.open(backed_up):
        driver = start()
        driver.control.opening.open(backed_up, read_only=True)
        driver.settle()
        view = page(at_safety(driver))
        assert view.backup_button.isEnabled()
        assert view.check_button.isEnabled()
        assert not view.revive_button.isEnabled()


def test_the_page_is_made_when_it_is_first_shown(start: Start, home: Path) -> None:
    driver = start(home)
    assert "safekeeping" not in vars(driver.control.care)
    assert driver.control.care.watch._alarm is None


def test_a_disk_that_is_pulled_out_is_no_damage(start: Start, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    driver = at_safety(start(home))
    home.rename(home.with_name("拔掉"))
    page(driver).check_button.click()
    driver.settle()
    assert "請確認磁碟還接著" in driver.banner
    assert alarm(driver) is None
    home.with_name("拔掉").rename(home)


def test_every_button_is_reached_with_the_tab_key(safety: Driver, qtbot: Any) -> None:
    with qtbot.waitActive(safety.window):
        safety.window.activateWindow()
    view = page(safety)
    view.backup_button.setFocus()
    reached = []
    for _time in range(40):
        reached.append(safety.window.focusWidget())
        qtbot.keyClick(safety.window.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        view.backup_button,
        view.elsewhere_button,
        view.check_button,
        view.drill_button,
        view.revive_button,
        view.restore_button,
    ]
    assert reached[: len(wanted)] == wanted


def test_with_the_keyboard_one_stays_on_the_card(safety: Driver, qtbot: Any) -> None:
    with qtbot.waitActive(safety.window):
        safety.window.activateWindow()
    view = page(safety)
    view.check_button.setFocus()
    qtbot.keyClick(view.check_button, Qt.Key.Key_Space)
    assert safety.window.focusWidget() is view.check.cancel
    safety.settle()
    assert safety.window.focusWidget() is view.check_button


def test_nothing_is_wider_than_the_page_where_letters_are_large(start: Start, backed_up: Path, theme: Theme) -> None:
    driver = at_safety(start(backed_up))
    driver.window.resize(900, 700)
    view = page(driver)
    view.elsewhere_button.setText("備份到別的地方或磁碟…")  # as long as in another language
    try:
        theme.enlarge(200)
        driver.qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
        assert view.widget().width() <= view.viewport().width()
    finally:
        theme.enlarge(100)
