import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from helpers.window import SAMPLE, Answers, Driver, commit, drop
from portfolio_desktop import settings
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.about import AboutDialog, program_version
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.frame.actions import APPEARANCE, _entries, _menus
from portfolio_desktop.gui.frame.window import SIDE_SHARE
from portfolio_desktop.gui.problems import BugDialog, Dialogs, Problems, catch_all, details
from portfolio_desktop.gui.starting.memory import Memory

Start = Callable[..., Driver]
SECTIONS = ("overview", "all", "course", "activity", "ticks", "export", "safety", "trash")


def test_every_action_does_something(busy: Driver) -> None:
    for name in _entries():
        action = busy.window.actions_[name]
        assert action.receivers("2triggered(bool)") > 0, name
        assert action.text()


def test_every_action_is_in_a_menu_and_keys_are_not_shared() -> None:
    entries = _entries()
    in_menus = [name for _title, names in _menus() for name in names if name]
    assert sorted(in_menus) == sorted(entries)
    keys = [str(key) for entry in entries.values() for key in entry.keys]
    assert len(keys) == len(set(keys))


def test_every_section_can_be_reached_by_its_keys(busy: Driver, qtbot: Any) -> None:
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    for number, section in enumerate(SECTIONS, 1):
        qtbot.keyClick(busy.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert busy.control.parts.sections.section() == section
    busy.settle()


def test_the_section_that_one_is_in_comes_from_under_what_lies_over_it(desk: Driver, qtbot: Any) -> None:
    sections, window = desk.control.parts.sections, desk.window
    desk.plan(SAMPLE / "校慶海報.jpg")
    plan = desk.bringing.page

    def click() -> None:
        spot = sections.visualItemRect(sections.currentItem()).center()
        qtbot.mouseClick(sections.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    ways = (click, window.actions_["show_all"].trigger, lambda: desk.control.visit(Destination("all")))
    for go in ways:
        sections.go("all")
        window.lay_over(plan, "要收進來的檔案")
        go()
        assert (sections.section(), window.pages.currentWidget()) == ("all", desk.control.parts.page)
        assert window.heading.text() == "全部作品"
    sections.go("export")
    window.lay_over(plan, "要收進來的檔案")
    window.actions_["show_export"].trigger()
    assert window.pages.currentWidget() is desk.control.export.page
    desk.settle()


def test_the_window_is_remembered(start: Start, sample: Path, ground: Ground) -> None:
    first = start(sample)
    first.window.resize(1111, 777)
    first.window.body.setSizes([300, 811])
    first.control.parts.page.table.want_columns([0, 1, 5])
    first.control.pieces.listing.order(1, False)
    first.control.parts.sections.go("activity")
    chosen = first.control.parts.model.ids()[2]
    first.control.parts.page.table.select([chosen])
    first.settle()
    first.close()
    stored = json.loads(ground.places.settings.read_text(encoding="utf-8"))
    assert stored["last_library"] == str(sample)
    again = start(on=lay(ground.places.settings.parent))
    assert again.window.body.sizes()[0] == 300
    again.window.resize(1, 1)
    again.control.begin(None)
    again.settle()
    assert again.control.parts.sections.section() == "activity"
    assert (again.control.pieces.known.column, again.control.pieces.known.descending) == (1, False)
    assert again.control.parts.page.table.wanted_columns() == [0, 1, 5]
    assert [piece.id for piece in again.control.pieces.chosen()] == [chosen]


def test_damaged_memory_is_no_reason_to_stop(start: Start, empty: Path, ground: Ground) -> None:
    window = {"geometry": "###", "sort": "x", "section": 7, "columns": "AAAA", "shown_columns": "9 x", "body": ""}
    settings.save(ground.places.settings, settings.Settings(window=window))
    driver = start(empty, on=lay(ground.places.settings.parent))
    assert driver.control.parts.sections.section() == "all"


def test_memory_that_cannot_be_written_is_told_to_the_log_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    Memory(tmp_path / "datei" / "settings.json", {}).keep(None)
    assert "could not be remembered" in caplog.text


def test_language_and_other_settings_stay_when_the_window_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings.save(path, settings.Settings(language="zh_TW"))
    memory = Memory(path, {})
    memory.put("section", "trash")
    memory.keep("/somewhere")
    assert settings.load(path) == settings.Settings("/somewhere", "zh_TW", {"section": "trash"})


def test_an_error_of_the_world_is_a_sentence_in_the_banner(desk: Driver) -> None:
    desk.control.problems.tell(PortfolioError("磁碟滿了，請清出空間再試一次。"))
    assert desk.banner == "磁碟滿了，請清出空間再試一次。"
    assert desk.window.banner.property("level") == "error"
    assert desk.answers.shown == []
    desk.window.banner.close_button.click()
    assert desk.banner == ""


def test_qt_s_own_dialog_for_files_speaks_chinese_too(desk: Driver) -> None:
    Dialogs().choose_files(desk.window, "選檔案", lambda _files: None)
    [dialog] = desk.window.findChildren(QFileDialog)
    words = [one.text() for one in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)) if one.text()]
    assert words
    assert [text for text in words if not any("一" <= letter <= "鿿" for letter in text)] == []
    dialog.reject()


def test_a_bug_is_a_dialog_with_details_to_copy(desk: Driver, caplog: pytest.LogCaptureFixture) -> None:
    desk.control.session.ask("", lambda _desk: 1 / 0)
    desk.settle()
    [dialog] = desk.answers.shown
    assert isinstance(dialog, BugDialog)
    assert "ZeroDivisionError" in dialog.details.toPlainText()
    assert "unexpected error" in caplog.text
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.details.toPlainText()
    dialog.close()


def test_what_escapes_from_a_slot_is_a_bug_too(
    desk: Driver, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_all(desk.control.problems)
    error = ValueError("出事了")
    sys.excepthook(ValueError, error, None)
    [dialog] = desk.answers.shown
    assert "出事了" in dialog.details.toPlainText()
    dialog.close()


def test_a_bug_s_details_name_versions_and_place() -> None:
    try:
        raise RuntimeError("這裡")
    except RuntimeError as error:
        text = details(error)
    assert "Python" in text
    assert "Qt" in text
    assert "test_a_bug_s_details" in text


def test_problems_choose_their_form(qtbot: Any, caplog: pytest.LogCaptureFixture) -> None:
    window, answers, said = QWidget(), Answers(), []
    qtbot.addWidget(window)
    problems = Problems(answers, window)
    problems.sentence.connect(said.append)
    problems.tell(PortfolioError("一句話"))
    problems.tell(OSError("沒有料到"))
    assert said == ["一句話"]
    assert len(answers.shown) == 1


def test_about_tells_the_version(desk: Driver) -> None:
    desk.window.actions_["about"].trigger()
    [dialog] = desk.answers.shown
    assert isinstance(dialog, AboutDialog)
    assert program_version()
    dialog.close()


def test_the_keyboard_is_never_left_somewhere(busy: Driver, qtbot: Any) -> None:
    window, parts, keys = busy.window, busy.control.parts, Qt.Key

    def at() -> QWidget | None:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window.focusWidget()

    with qtbot.waitActive(window):
        window.activateWindow()
    chosen = busy.choose("水質")
    table = parts.page.table
    at()
    window.actions_["find"].trigger()
    commit(window.search, "圖書")
    busy.settle()
    assert table.selected_ids() == []
    qtbot.keyClick(window.search, keys.Key_Escape)
    assert (window.search.text(), at()) == ("", table)
    assert table.selected_ids() == [chosen], "where one was before something was looked for"
    table.setFocus()
    window.actions_["remove"].trigger()
    busy.settle()
    assert table.selected_ids() != [chosen]
    at()
    qtbot.mouseClick(window.banner.button, Qt.MouseButton.LeftButton)
    busy.settle()
    assert at() is table, "not at the button that offers to do it again"
    assert table.selected_ids() == [chosen], "what came back is what is chosen"
    title = busy.editor.title.line
    title.setFocus()
    at()
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert at() is title
    parts.sections.go("overview")
    at()
    window.actions_["palette"].trigger()
    panel = busy.control.rooms.palette.panel
    commit(panel.line, "校慶")
    qtbot.keyClick(panel.line, keys.Key_Return)
    busy.settle()
    assert at() is table


def test_a_small_window_has_all_sections_in_sight(desk: Driver, qtbot: Any) -> None:
    sections = desk.control.parts.sections
    last = sections.topLevelItem(sections.topLevelItemCount() - 1)
    desk.window.resize(900, 600)
    qtbot.waitUntil(lambda: sections.viewport().rect().contains(sections.visualItemRect(last)))
    high = sections.visualItemRect(last).height()
    assert high > sections.fontMetrics().height()
    desk.window.resize(900, 900)
    qtbot.waitUntil(lambda: sections.visualItemRect(last).height() > high)


def test_nothing_can_be_begun_while_the_library_is_on_its_way(busy: Driver, qtbot: Any, tmp_path: Path) -> None:
    busy.choose("水質")
    actions, opening = busy.window.actions_, busy.control.opening
    busy.window.actions_["settings"].trigger()
    dialog = busy.control.rooms.settings.dialog
    harmless = {"quit", "about", "larger", *APPEARANCE}
    before = {name for _menu, name, action in actions.listed() if action.isEnabled()}
    opening.busy.emit(True)
    assert {name for _menu, name, action in actions.listed() if action.isEnabled()} == harmless
    busy.control.pieces.chosen_changed.emit()
    busy.control.pieces.listing.counted.emit({"trash": 3})
    assert {name for _menu, name, action in actions.listed() if action.isEnabled()} == harmless
    assert not dialog.isEnabled()
    (tmp_path / "新的.txt").write_text("新的", encoding="utf-8")
    assert not drop(busy.window, [tmp_path / "新的.txt"])
    opening.busy.emit(False)
    busy.control.pieces.listing.counted.emit({})
    assert {name for _menu, name, action in actions.listed() if action.isEnabled()} == before
    assert dialog.isEnabled()
    dialog.close()


def test_a_message_stays_as_long_as_it_matters(desk: Driver, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    monkeypatch.setattr("portfolio_desktop.gui.frame.saying.GOOD_NEWS_MILLISECONDS", 20)
    sections, undo = desk.control.parts.sections, ("復原", lambda: None)
    leaving, settling = desk.control.saying._leaving, desk.control.saying._settling

    def settled() -> None:
        qtbot.waitUntil(lambda: not settling.isActive())

    desk.control.say("ok", "好了")
    assert leaving.isActive()
    qtbot.waitUntil(lambda: desk.banner == "")
    desk.control.say("ok", "移走了", undo)
    assert not leaving.isActive(), "what can be done about it must not run away"
    desk.control.say("ok", "好了")
    desk.control.say("error", "不好")
    assert not leaving.isActive()
    settled()
    sections.go("export")
    assert desk.banner == "不好", "what went wrong has to be read"
    desk.control.say("ok", "移走了", undo)
    desk.control.pieces.steps_changed.emit("移走", None)
    assert desk.window.banner.button.isVisible()
    desk.control.pieces.steps_changed.emit("勾選", None)
    assert not desk.window.banner.button.isVisible(), "it would take back something else"
    desk.control.say("ok", "移走了", undo)
    settled()
    sections.go("safety")
    assert desk.banner == ""
    desk.control.say("wait", "等著", undo)
    desk.control.say("wait", "等著", undo)
    settled()
    sections.go("all")
    assert desk.banner == "等著"
    desk.control.say("warning", "留意")
    sections.go("course")
    assert desk.banner == "留意", "said together with the page that comes"
    settled()
    sections.go("all")
    assert desk.banner == ""


def test_a_message_pushes_nothing_and_covers_nothing(busy: Driver, qtbot: Any) -> None:
    busy.choose("水質")
    page, window = busy.control.parts.page, busy.window
    tops = [one.mapToGlobal(one.rect().topLeft()) for one in (page, page.table, busy.editor)]
    sections = window.body.widget(0).height()
    box, area = busy.box("summary").field.text, busy.editor
    assert isinstance(area, QScrollArea)
    box.setFocus()
    qtbot.wait(1)
    at = box.mapTo(area.widget(), box.cursorRect().bottomLeft())
    area.verticalScrollBar().setValue(at.y() - area.viewport().height() + 2)
    busy.control.say("ok", "好了", ("復原", lambda: None))
    qtbot.waitUntil(lambda: window.banner.height() > 20 and window.banner.y() > page.y())
    assert tops == [one.mapToGlobal(one.rect().topLeft()) for one in (page, page.table, busy.editor)]
    assert window.body.widget(0).height() == sections
    bottom = page.mapToGlobal(page.rect().bottomLeft()).y()
    assert bottom < window.banner.mapToGlobal(window.banner.rect().topLeft()).y()
    qtbot.waitUntil(lambda: box.visibleRegion().contains(box.cursorRect().center()))
    window.actions_["new"].trigger()
    busy.control.say("hint", "在歡迎頁上也看得到")
    assert busy.banner


def test_a_running_job_shows_itself_and_can_be_stopped(desk: Driver, qtbot: Any) -> None:
    go = threading.Event()

    def work(_desk: object, way: Any) -> None:
        while not go.wait(0.01):
            way.step(3, 10, "檔案")

    line = desk.window.statusBar().findChild(QProgressBar).parentWidget()
    cancelled: list[bool] = []
    desk.control.session.ask("正在做事", work, cancelled=lambda: cancelled.append(True), progress=True)
    qtbot.waitUntil(line.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: "3 / 10" in line.words.text())
    assert line.words.text().startswith("正在做事")
    line.cancel.click()
    qtbot.waitUntil(lambda: bool(cancelled))
    go.set()
    qtbot.waitUntil(lambda: not line.isVisible())


@pytest.mark.usefixtures("impatient")
def test_of_several_jobs_the_one_that_is_chosen_is_stopped(desk: Driver, qtbot: Any) -> None:
    go, ended = threading.Event(), []

    def work(_way: Any) -> None:
        while not go.wait(0.01):
            _way.step(1, 2, "")

    for label in ("備份甲", "匯出乙"):
        desk.control.session.outside(
            label,
            work,
            done=lambda _none, it=label: ended.append(it),
            cancelled=lambda it=label: ended.append(f"停{it}"),
        )
    line = desk.window.statusBar().findChild(QProgressBar).parentWidget()
    qtbot.waitUntil(line.isVisible, timeout=5000)
    desk.control.session.ask("看一下", lambda _desk: go.wait(20))
    assert line.cancel.isVisible(), "what cannot be stopped takes nothing from the others"
    line.cancel.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["停止：匯出乙", "停止：備份甲"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: ended == ["停備份甲"])
    go.set()
    desk.settle()
    assert ended == ["停備份甲", "匯出乙"]


def test_the_window_stays_when_the_typed_cannot_be_kept(desk: Driver, empty: Path, qtbot: Any) -> None:
    import sqlite3

    desk.bring(SAMPLE / "讀書會心得.pdf")
    commit(desk.editor.title.line, "新")
    other = sqlite3.connect(empty / "library.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    desk.window.close()
    desk.settle()
    assert desk.window.isVisible()
    assert desk.banner
    other.execute("ROLLBACK")
    other.close()
    desk.close()


INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar, QProgressBar)


@pytest.mark.parametrize("page", ["overview", "all", "ticks", "export", "safety", "welcome"])
def test_every_control_has_a_name_for_those_who_do_not_see_it(busy: Driver, page: str) -> None:
    if page == "welcome":
        busy.window.actions_["new"].trigger()
    else:
        busy.choose("校內科學")
        busy.control.parts.sections.go(page)
    busy.settle()
    nameless = []
    for widget in busy.window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, INTERACTIVE) or widget.objectName().startswith("qt_"):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        inside = isinstance(widget.parentWidget(), (QComboBox, QAbstractItemView, QLineEdit))
        if not widget.accessibleName() and not text and not inside:
            nameless.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}")
    assert nameless == []


def test_everything_in_the_editor_is_reached_with_the_tab_key(busy: Driver, qtbot: Any) -> None:
    busy.choose("校內科學")
    with qtbot.waitActive(busy.window):
        busy.window.activateWindow()
    wanted = {box.field.focusProxy() for box in busy.editor.form_view().boxes.values()}
    wanted |= {busy.editor.title.line, busy.window.search, busy.control.parts.page.table, busy.control.parts.sections}
    busy.window.search.setFocus()
    reached: set[QWidget | None] = set()
    for _step in range(80):
        widget = QApplication.focusWidget()
        reached.add(widget)
        reached.add(widget.focusProxy() if widget is not None else None)
        QApplication.sendEvent(widget, key_press(Qt.Key.Key_Tab))
    assert wanted <= reached


def key_press(key: Qt.Key) -> Any:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize(
    ("section", "words"),
    [("trash", ["清空垃圾桶…"]), ("safety", ["現在備份…"]), ("service", ["收進檔案…", "收進資料夾…", "貼上"])],
)
def test_a_section_has_a_menu_of_its_own(busy: Driver, section: str, words: list[str]) -> None:
    sections = busy.control.parts.sections
    sections.customContextMenuRequested.emit(sections.visualItemRect(sections._items[section]).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == words
    assert sections.section() == section
    menu.close()
    busy.settle()


def test_the_sections_room_grows_with_the_text_but_not_over_the_work(desk: Driver) -> None:
    body, theme = desk.window.body, desk.control.parts.theme
    usual, middle = body.sizes()
    try:
        theme.enlarge(125)
        desk.qtbot.waitUntil(lambda: usual < body.sizes()[0] <= (usual + middle) * SIDE_SHARE + 1)
        theme.enlarge(200)
        desk.qtbot.waitUntil(lambda: abs(body.sizes()[0] - (usual + middle) * SIDE_SHARE) < 4)
    finally:
        theme.enlarge(100)
    desk.qtbot.waitUntil(lambda: body.sizes()[0] < (usual + middle) * 0.25)
