"""Keys, menus and the frame's cross in the first second: nothing that was asked of the window is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from helpers.window import PATIENCE, Answers
from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.gui import app as gui_app
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.starting.early import Early
from portfolio_desktop.gui.starting.first_look import First, first_look
from portfolio_desktop.gui.starting.unfolding import at_once


class Beginning:
    """A start, held after its first look."""

    def __init__(self, qtbot: QtBot, ground: Ground, theme: Theme, folder: Path) -> None:
        self._qtbot, self._ground, self._folder = qtbot, ground, folder
        self.answers = Answers()
        self.first: First = first_look(ground, theme, folder)
        self.early = Early(self.first.window)
        self.control: Control | None = None
        self.first.window.show()

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        self.first.window.activateWindow()
        self._qtbot.waitUntil(self.first.window.isActiveWindow, timeout=PATIENCE)
        self._qtbot.keyClick(self.first.window, key, with_)

    def go_on(self) -> Control:
        """What the rest of the start does."""
        control: Control = at_once(gui_app.unfold(self._ground, self.first, self.answers))
        self.control = control
        return control

    def begin(self) -> None:
        control = self.control or self.go_on()
        control.begin(self._folder)
        self.early.hand_over(control)

    def opened(self) -> None:
        control = self.control
        assert control is not None
        self._qtbot.waitUntil(lambda: control.session.shelf is not None, timeout=PATIENCE)
        self._qtbot.waitUntil(lambda: not self.early._asked, timeout=PATIENCE)


@pytest.fixture
def beginning(qtbot: QtBot, ground: Ground, theme: Theme, sample: Path) -> Iterator[Callable[[], Beginning]]:
    made: list[Beginning] = []

    def begin() -> Beginning:
        made.append(Beginning(qtbot, ground, theme, sample))
        return made[-1]

    yield begin
    for one in made:
        if one.control is not None:
            one.control.session.close()
        one.first.window.deleteLater()


def test_quitting_at_the_first_look_ends_the_program(beginning: Callable[[], Beginning], qtbot: QtBot) -> None:
    start = beginning()
    start.press(Qt.Key.Key_Q)
    control = start.go_on()
    with qtbot.waitSignal(control.gone, timeout=PATIENCE):
        start.begin()


def test_the_frames_cross_at_the_first_look_ends_the_program(beginning: Callable[[], Beginning], qtbot: QtBot) -> None:
    start = beginning()
    start.first.window.close()
    assert start.first.window.isVisible()
    control = start.go_on()
    with qtbot.waitSignal(control.gone, timeout=PATIENCE):
        start.begin()


def test_what_needs_the_library_waits_for_it(beginning: Callable[[], Beginning], qtbot: QtBot) -> None:
    start = beginning()
    start.press(Qt.Key.Key_I)
    start.go_on()
    start.press(Qt.Key.Key_5)
    start.begin()
    assert start.answers.asked == []
    start.opened()
    assert len(start.answers.asked) == 1
    assert start.first.sections.section() == "ticks"


def test_what_waits_keeps_its_order(beginning: Callable[[], Beginning], qtbot: QtBot) -> None:
    """Ctrl+Q after Ctrl+I: the files are asked for, and only then the window goes."""
    start = beginning()
    start.press(Qt.Key.Key_I)
    start.press(Qt.Key.Key_Q)
    control = start.go_on()
    with qtbot.waitSignal(control.gone, timeout=PATIENCE):
        start.begin()
    assert len(start.answers.asked) == 1


def test_a_letter_is_no_wish(beginning: Callable[[], Beginning]) -> None:
    start = beginning()
    start.press(Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier)
    start.begin()
    start.opened()
    assert start.answers.asked == []


def test_afterwards_an_action_is_done_once(beginning: Callable[[], Beginning]) -> None:
    start = beginning()
    start.begin()
    start.opened()
    start.press(Qt.Key.Key_I)
    assert len(start.answers.asked) == 1


def test_one_that_cannot_be_done_holds_up_no_other(beginning: Callable[[], Beginning], qtbot: QtBot) -> None:
    """Nothing is there to be done again, nor chosen to be removed: the window is closed all the same."""
    start = beginning()
    start.press(Qt.Key.Key_Y)
    start.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    start.first.window.close()
    control = start.go_on()
    with qtbot.waitSignal(control.gone, timeout=PATIENCE):
        start.begin()


def test_what_waited_for_a_damaged_library_is_forgotten(
    beginning: Callable[[], Beginning], sample: Path, qtbot: QtBot
) -> None:
    start = beginning()
    start.press(Qt.Key.Key_I)
    start.press(Qt.Key.Key_Z)
    (sample / "library.sqlite3").write_bytes(b"no database")
    control = start.go_on()
    with qtbot.waitSignal(control.opening.damaged, timeout=PATIENCE):
        start.begin()
    qtbot.waitUntil(lambda: not start.early._asked and not control.session.jobs.running(), timeout=PATIENCE)
    assert start.answers.asked == []
    start.press(Qt.Key.Key_I)
    assert start.early._asked == []
