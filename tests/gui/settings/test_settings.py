from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from helpers.window import SAMPLE, Driver
from portfolio_desktop import messages, settings
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui.appearance.theme import DARK, Theme
from portfolio_desktop.gui.frame.actions import APPEARANCE
from portfolio_desktop.gui.settings.dialog import SettingsDialog
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.library.library import Library

Start = Callable[..., Driver]


@pytest.fixture
def usual(theme: Theme) -> Iterator[Theme]:
    """The appearance, put back afterwards."""
    yield theme
    theme.use("light")
    theme.enlarge(100)


def shown(driver: Driver, action: str = "settings") -> SettingsDialog:
    driver.window.actions_[action].trigger()
    dialog: SettingsDialog = driver.control.rooms.settings.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    return dialog


def pick(choice: Choice, code: str) -> None:
    choice.setCurrentIndex(choice.findData(code))


def test_appearance_and_size_hold_at_once_and_are_remembered(start: Start, ground: Ground, usual: Theme) -> None:
    driver = start()
    dialog = shown(driver)
    points = QApplication.font().pointSizeF()
    pick(dialog.appearance, "dark")
    assert usual.colours is DARK
    pick(dialog.size_list, "150")
    assert QApplication.font().pointSizeF() == pytest.approx(points * 1.5)
    driver.close()
    kept = settings.load(ground.places.settings)
    assert (kept.appearance, kept.text_size) == ("dark", 150)


def test_the_menu_and_keys_do_the_same_and_the_settings_follow(
    start: Start, ground: Ground, usual: Theme, qtbot: Any
) -> None:
    driver = start()
    actions, dialog = driver.window.actions_, shown(driver)
    dialog.close()
    with qtbot.waitActive(driver.window):
        driver.window.activateWindow()
    assert not actions["smaller"].isEnabled()
    assert not actions["usual_size"].isEnabled()
    sizes: list[int] = []
    usual.chosen.connect(lambda: sizes.append(usual.percent))
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        qtbot.keyClick(driver.window, key, Qt.KeyboardModifier.ControlModifier)
    assert actions["smaller"].isEnabled()
    qtbot.waitUntil(lambda: usual.percent == 110)
    assert sizes == [110], "only where the presses came to rest"
    assert dialog.size_list.code() == "110"
    actions["look_dark"].trigger()
    assert usual.colours is DARK
    assert dialog.appearance.code() == "dark"
    assert [actions[name].isChecked() for name in APPEARANCE] == [False, False, True]
    kept = settings.load(ground.places.settings)
    assert (kept.appearance, kept.text_size) == ("dark", 110)
    pick(dialog.appearance, "light")
    assert actions["look_light"].isChecked()
    dialog.show()
    dialog.move(0, dialog.screen().availableGeometry().bottom() - 100)
    pick(dialog.size_list, "200")
    assert dialog.screen().availableGeometry().contains(dialog.frameGeometry())
    assert not actions["larger"].isEnabled()
    qtbot.keyClick(driver.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: usual.percent == 100)
    assert sizes[-1] == 100


def test_a_language_is_spoken_from_the_next_start_and_says_so(start: Start, ground: Ground) -> None:
    driver = start()
    dialog = shown(driver)
    assert not dialog.language_note.isVisible()
    pick(dialog.language, "en")
    assert "English" in dialog.language_note.text()
    pick(dialog.language, "zh_TW")
    assert not dialog.language_note.isVisible()
    pick(dialog.language, "en")
    driver.close()
    assert settings.load(ground.places.settings).language == "en"


def test_without_a_library_only_the_look_can_be_set(start: Start) -> None:
    driver = start()
    driver.control.begin(None)
    dialog = shown(driver)
    assert "沒有開啟" in dialog.place.text()
    for button in (dialog.move_button, dialog.folder_button, dialog.student_button, dialog.school_button):
        assert not button.isEnabled()
    assert dialog.appearance.isEnabled()
    assert not driver.window.actions_["student"].isEnabled()


def test_another_student_is_one_step_and_undo_shows_the_one_before(busy: Driver) -> None:
    dialog = shown(busy, "student")
    before = busy.control.session.shelf
    assert before is not None
    assert dialog.student.profile() == before.profile
    assert not dialog.student_button.isEnabled()
    dialog.student.name.setText("王小明")
    pick(dialog.student.school_type, "technical")
    assert dialog.student_button.isEnabled()
    assert dialog.student_note.text()
    dialog.student_button.click()
    busy.settle()
    shelf = busy.control.session.shelf
    assert shelf is not None
    assert (shelf.profile.name, shelf.profile.school_type) == ("王小明", "technical")
    assert "王小明" in busy.window.windowTitle()
    assert not dialog.student_button.isEnabled()
    assert busy.library(lambda library: library.profile) == shelf.profile
    busy.window.actions_["undo"].trigger()
    busy.settle()
    assert busy.control.session.shelf == before
    assert dialog.student.profile() == before.profile
    assert "王小明" not in busy.window.windowTitle()
    busy.window.actions_["redo"].trigger()
    busy.settle()
    assert busy.control.session.shelf == shelf


def test_another_entry_year_offers_other_terms_and_years(desk: Driver) -> None:
    desk.bring(SAMPLE / "讀書會心得.pdf")
    dialog = shown(desk)
    pick(dialog.student.entry_year, "114")
    dialog.student_button.click()
    desk.settle()
    assert desk.control.years.offered == (114, 115, 116)
    assert [desk.editor.term.field.list.itemData(place) for place in range(1, 3)] == ["114-1", "114-2"]


def test_a_school_s_values_are_read_shown_and_taken_away(desk: Driver, tmp_path: Path) -> None:
    dialog = shown(desk)
    assert dialog.school.text() == "現在照一般的規定。"
    (tmp_path / "水岸高中.toml").write_text('name = "水岸高中"\n[rules]\nuploads_course = 3\n', encoding="utf-8")
    desk.answers.files = [tmp_path / "水岸高中.toml"]
    dialog.school_button.click()
    desk.settle()
    desk.settle()
    assert dialog.uploads["uploads_course"].code() == "3"
    assert desk.control.session.rules(113).uploads_course == 3
    assert desk.library(Library.school_rules) == {"uploads_course": 3}
    desk.window.actions_["undo"].trigger()
    desk.settle()
    assert desk.control.session.rules(113).uploads_course == 0
    desk.window.actions_["redo"].trigger()
    desk.settle()
    dialog.no_school_button.click()
    desk.settle()
    assert dialog.school.text() == "現在照一般的規定。"
    assert dialog.uploads["uploads_course"].code() == ""
    assert not dialog.no_school_button.isEnabled()


def test_how_much_may_be_uploaded_is_chosen_and_each_is_one_step(desk: Driver) -> None:
    dialog = shown(desk)
    pick(dialog.uploads["uploads_course"], "3")
    desk.settle()
    pick(dialog.uploads["uploads_activity"], "10")
    desk.settle()
    assert desk.library(Library.school_rules) == {"uploads_course": 3, "uploads_activity": 10}
    assert dialog.school.text() == ""
    pick(dialog.uploads["uploads_course"], "")
    desk.settle()
    assert desk.library(Library.school_rules) == {"uploads_activity": 10}
    desk.window.actions_["undo"].trigger()
    desk.settle()
    desk.window.actions_["undo"].trigger()
    desk.settle()
    assert (dialog.uploads["uploads_course"].code(), dialog.uploads["uploads_activity"].code()) == ("3", "")


def test_other_values_of_a_school_are_told_in_words_and_stay(desk: Driver, tmp_path: Path) -> None:
    dialog = shown(desk)
    text = 'name = "水岸高中"\n[rules]\nquota_course = 4\n'
    (tmp_path / "水岸高中.toml").write_text(text, encoding="utf-8")
    desk.answers.files = [tmp_path / "水岸高中.toml"]
    dialog.school_button.click()
    desk.settle()
    desk.settle()
    assert "最多勾選幾件：4" in dialog.school.text()
    pick(dialog.uploads["uploads_course"], "2")
    desk.settle()
    assert desk.library(Library.school_rules) == {"quota_course": 4, "uploads_course": 2}


@pytest.mark.parametrize("text", ["[rules]\n", 'name = "水岸"\n[rules]\nnothing_like_it = 3\n', "{"])
def test_a_school_s_file_with_a_mistake_is_told_and_changes_nothing(desk: Driver, tmp_path: Path, text: str) -> None:
    dialog = shown(desk)
    (tmp_path / "壞的.toml").write_text(text, encoding="utf-8")
    desk.answers.files = [tmp_path / "壞的.toml"]
    dialog.school_button.click()
    desk.settle()
    assert desk.banner
    assert desk.window.banner.property("level") == "error"
    assert desk.library(Library.school_rules) == {}


def test_read_only_nothing_of_the_library_can_be_set(start: Start, sample: Path) -> None:
    driver = start()
    driver.control.opening.open(sample, read_only=True)
    driver.settle()
    dialog = shown(driver)
    assert not dialog.student.school_type.isEnabled()
    assert dialog.student.name.isReadOnly()
    assert not dialog.school_button.isEnabled()
    assert dialog.folder_button.isEnabled()


def test_moving_asks_for_a_place(desk: Driver, tmp_path: Path, qtbot: Any) -> None:
    place = tmp_path / "別的地方"
    place.mkdir()
    desk.answers.folder = place
    shown(desk).move_button.click()
    qtbot.waitUntil(lambda: desk.control.session.shelf.folder == place, timeout=20_000)
    desk.settle()
    assert "搬好了" in desk.banner


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["zh_TW", "en"])
def test_nothing_is_cut_at_any_size(start: Start, ground: Ground, usual: Theme, percent: int, language: str) -> None:
    try:
        dialog = shown(start(on=lay(ground.places.settings.parent, language)))
    finally:
        messages.use(messages.SOURCE_LANGUAGE, ground.resources / "locale")
    pick(dialog.size_list, str(percent))
    page = dialog.room.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= dialog.room.viewport().width()
    for button in (dialog.move_button, dialog.student_button, dialog.school_button, dialog.no_school_button):
        assert button.width() >= button.sizeHint().width()


def test_the_dialog_follows_a_library_that_is_closed(desk: Driver) -> None:
    dialog = shown(desk)
    assert dialog.move_button.isEnabled()
    desk.window.actions_["close"].trigger()
    desk.settle()
    assert "沒有開啟" in dialog.place.text()
    assert not dialog.move_button.isEnabled()


def test_a_long_list_opens_below_its_box(desk: Driver) -> None:
    dialog = shown(desk)
    many = dialog.uploads["uploads_course"]
    many.showPopup()
    opened = many.view().window()
    lines = opened.height() // many.view().sizeHintForRow(0)
    assert 10 <= lines <= 13, "a list of thirty numbers must not be as high as the screen"
    assert not opened.frameGeometry().contains(many.mapToGlobal(many.rect().center()))
    many.hidePopup()


def test_the_dialog_goes_with_the_window(desk: Driver) -> None:
    dialog = shown(desk)
    desk.close()
    assert not dialog.isVisible()


def test_a_name_that_is_being_typed_stays_while_another_value_changes(desk: Driver) -> None:
    dialog = shown(desk)
    dialog.student.name.setText("還沒打")
    pick(dialog.uploads["uploads_course"], "3")
    desk.settle()
    assert dialog.student.name.text() == "還沒打"
    assert dialog.student_button.isEnabled()
    dialog.close()
    assert shown(desk).student.name.text() == "示範學生"
