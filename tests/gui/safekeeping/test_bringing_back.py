from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import isValid

from helpers.safety import alarm, at_safety, page, rot
from helpers.window import Driver
from portfolio_desktop.gui.safekeeping.choosing import RestoreDialog, ReviveDialog
from portfolio_desktop.gui.widgets.question import Question
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping.verifying import verify

Start = Callable[..., Driver]


@pytest.fixture
def changed(start: Start, backed_up: Path) -> Driver:
    """One piece gone since the backup, one changed."""
    with Library.open(backed_up) as library:
        library.remove(["p2"])
        library.empty_trash()
        library.edit("p1", Edit(summary="貼錯了", title="改過的"))
    return at_safety(start(backed_up))


def revive_dialog(driver: Driver) -> ReviveDialog:
    page(driver).revive_button.click()
    driver.settle()
    dialog = driver.answers.shown[-1]
    assert isinstance(dialog, ReviveDialog)
    return dialog


def lines(dialog: ReviveDialog) -> list[str]:
    return [dialog.list.item(at).text() for at in range(dialog.list.count())]


def use_complete(driver: Driver, dialog: ReviveDialog) -> None:
    """Choose the complete backup: the copies at closing are newer and have the changes."""
    place = next(at for at in range(dialog.backup.count()) if "完整備份" in dialog.backup.itemText(at))
    dialog.backup.setCurrentIndex(place)
    driver.settle()


def test_the_pieces_of_a_backup_are_shown_beside_the_library_s_own(changed: Driver) -> None:
    dialog = revive_dialog(changed)
    assert dialog.backup.itemText(0).startswith("今天")
    assert dialog.told.text() == "這份備份裡的每一件都和現在一樣。要拿回更早的，請換一份較早的備份。"
    use_complete(changed, dialog)
    assert lines(dialog) == [
        "校慶海報　—　庫裡沒有了",
        "讀書會心得　—　不同的有：標題、簡述",
        "科展佳作獎狀　—　和現在一樣",
    ]
    assert "簡述：還沒寫" in dialog.told.text()
    dialog.list.setCurrentRow(2)
    assert not dialog.deed.isEnabled()
    dialog.search.setText("讀書")
    assert lines(dialog) == ["讀書會心得　—　不同的有：標題、簡述"]
    dialog.search.setText("火星")
    assert dialog.told.text() == "沒有符合的作品。"
    dialog.reject()


def test_a_piece_that_is_gone_comes_back_and_undo_takes_it_away(changed: Driver) -> None:
    before = changed.library(Library.dump)
    dialog = revive_dialog(changed)
    use_complete(changed, dialog)
    dialog.deed.click()
    changed.settle()
    assert not isValid(dialog) or not dialog.isVisible()
    assert changed.banner == "「校慶海報」救回來了。不要的話可以復原。"
    assert "校慶海報" in [row.piece.title for row in changed.control.pieces.known.rows.values()]
    changed.window.banner.button.click()
    changed.settle()
    assert changed.editor.title.value() == "校慶海報"
    assert changed.editor.files.slots["document"].title.text() == "校慶海報.jpg"
    changed.window.actions_["undo"].trigger()
    changed.settle()
    assert changed.library(Library.dump) == before


def test_a_changed_piece_becomes_what_it_was(changed: Driver) -> None:
    dialog = revive_dialog(changed)
    use_complete(changed, dialog)
    dialog.list.setCurrentRow(1)
    dialog.deed.click()
    changed.settle()
    piece = changed.piece("p1")
    assert (piece.title, piece.summary) == ("讀書會心得", "那時的簡述")


def test_a_backup_elsewhere_can_be_chosen(start: Start, home: Path, usb: Path, tmp_path: Path) -> None:
    with Library.open(home) as library:
        from portfolio_desktop.library.safekeeping import whole

        whole.back_up(library, usb)
    usb = usb.rename(tmp_path / "別的磁碟")
    driver = at_safety(start(home))
    dialog = revive_dialog(driver)
    assert not any("完整備份" in dialog.backup.itemText(at) for at in range(dialog.backup.count()))
    driver.answers.folder = usb
    dialog.other.click()
    driver.settle()
    assert "完整備份" in dialog.backup.currentText()
    assert dialog.list.count() == 3
    driver.answers.folder = tmp_path
    dialog.other.click()
    driver.settle()
    assert "裡沒有備份" in dialog.trouble.text()
    dialog.reject()


def test_without_a_backup_the_dialog_says_what_to_do(start: Start, empty: Path) -> None:
    for copy in (empty / "backups").glob("*.sqlite3"):
        copy.unlink()
    dialog = revive_dialog(at_safety(start(empty)))
    assert dialog.told.text().startswith("還沒有備份可以救回。")
    assert not dialog.deed.isEnabled()
    dialog.reject()


def test_closing_the_dialog_while_a_backup_is_read_is_no_trouble(changed: Driver) -> None:
    page(changed).revive_button.click()
    changed.answers.shown[-1].reject()
    changed.settle()
    assert changed.banner == ""


def restore_dialog(driver: Driver) -> RestoreDialog:
    page(driver).restore_button.click()
    driver.settle()
    dialog = driver.answers.shown[-1]
    assert isinstance(dialog, RestoreDialog)
    return dialog


def test_everything_is_restored_in_a_new_place_and_offered(changed: Driver, backed_up: Path) -> None:
    before = changed.library(Library.dump)
    dialog = restore_dialog(changed)
    place = next(at for at in range(dialog.backup.count()) if "完整備份" in dialog.backup.itemText(at))
    dialog.backup.setCurrentIndex(place)
    assert dialog.place.text() == str(backed_up.with_name("學習歷程（還原）"))
    dialog.deed.click()
    changed.settle()
    question = changed.answers.shown[-1]
    assert isinstance(question, Question)
    assert question.heading.text() == "還原好了"
    assert "3 件、3 個檔案" in question.words.text()
    new = backed_up.with_name("學習歷程（還原）")
    assert changed.library(Library.dump) == before
    question.buttons[0].click()
    changed.settle()
    assert changed.control.session.shelf.folder == new
    assert "校慶海報" in changed.titles()
    changed.close()
    assert verify(new).ok


def test_the_restored_one_can_be_left_alone(changed: Driver, tmp_path: Path) -> None:
    dialog = restore_dialog(changed)
    changed.answers.folder = tmp_path / "那裡"
    dialog.choose.click()
    assert dialog.place.text() == str(tmp_path / "那裡" / "學習歷程（還原）")
    dialog.deed.click()
    changed.settle()
    folder = changed.control.session.shelf.folder
    changed.answers.shown[-1].buttons[1].click()
    changed.settle()
    assert changed.control.session.shelf.folder == folder
    assert (tmp_path / "那裡" / "學習歷程（還原）" / "library.sqlite3").is_file()


def test_a_folder_that_is_not_empty_is_refused(changed: Driver, tmp_path: Path) -> None:
    dialog = restore_dialog(changed)
    (tmp_path / "滿的").mkdir()
    (tmp_path / "滿的" / "別的.txt").write_text("別的", encoding="utf-8")
    dialog.show_place(tmp_path / "滿的")
    dialog.deed.click()
    changed.settle()
    assert "不是空的資料夾" in changed.banner
    assert not page(changed).back.progress.isVisible()


def test_what_a_backup_has_lost_is_named(start: Start, backed_up: Path, usb: Path) -> None:
    for path in (usb / "objects").rglob("*"):
        if path.is_file():
            rot(path)
            break
    driver = at_safety(start(backed_up))
    dialog = restore_dialog(driver)
    place = next(at for at in range(dialog.backup.count()) if "完整備份" in dialog.backup.itemText(at))
    dialog.backup.setCurrentIndex(place)
    dialog.deed.click()
    driver.settle()
    question: Any = driver.answers.shown[-1]
    assert question.heading.text() == "還原好了，但不是全部"
    assert "1 個檔案在備份裡也沒有" in question.words.text()
    question.reject()
    assert alarm(driver) is None
