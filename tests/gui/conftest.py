"""The window's tests: a real application offscreen, a real library, and a report of how long the event loop was busy.

The watchdog measures how much the window's thread works between two beats of the event loop, in its own processor time,
which a loaded machine does not stretch. It reports the longest at the end of the run and fails nothing.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets")

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.window import Answers, Driver
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui import app as gui_app
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme, prepare
from portfolio_desktop.library import database
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.sample.demo import build

LONG_MILLISECONDS = 100
BEAT_MILLISECONDS = 5
STRETCHES = pytest.StashKey[list[tuple[float, str]]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "gui" in item.path.parts:
            # Said by the offscreen platform of every window and popup, whatever they do.
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The application with its font and appearance."""
    made = prepare(qapp, lay(Path("/nowhere")).resources)
    gui_app.speak(qapp)
    made.use("light")
    return made


@pytest.fixture
def icons(theme: Theme) -> Icons:
    """The drawings."""
    return Icons(lay(Path("/nowhere")).resources / "icons", theme)


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """Settings, log and cache of its own."""
    return lay(tmp_path / "home")


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, built once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("sample")
    made = lay(folder / "home")
    build(folder / "library", folder / "bundle", made.resources / "sample", made.forms, made.rules)
    return folder / "library"


@pytest.fixture
def sample(sample_library: Path, tmp_path: Path) -> Path:
    """A sample library of this test's own."""
    return Path(shutil.copytree(sample_library, tmp_path / "sample"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A library without pieces."""
    Library.create(tmp_path / "empty", Profile("general", 113, "示範學生")).close()
    return tmp_path / "empty"


@pytest.fixture
def start(qtbot: Any, theme: Theme, ground: Ground) -> Iterator[Callable[..., Driver]]:
    """Open a window, on a library where one is named; every window is closed in good order afterwards."""
    drivers: list[Driver] = []

    def begin(library: Path | None = None, on: Ground | None = None) -> Driver:
        answers = Answers()
        control = gui_app.assemble(on or ground, theme, answers)
        driver = Driver(qtbot, control, answers)
        drivers.append(driver)
        driver.window.resize(1280, 820)
        driver.window.show()
        if library is not None:
            driver.open(library)
        return driver

    yield begin
    for driver in drivers:
        driver.close()
        driver.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that waits only a moment for another program to let go of its database; ask for this before the window."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)


@pytest.fixture
def desk(start: Callable[..., Driver], empty: Path) -> Driver:
    """A window on an empty library."""
    return start(empty)


@pytest.fixture
def busy(start: Callable[..., Driver], sample: Path) -> Driver:
    """A window on the sample library."""
    return start(sample)


class Heart(QTimer):
    """Beats every few milliseconds while the event loop is free; the most work between two beats is what held it."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last: float | None = None
        self.setInterval(BEAT_MILLISECONDS)
        self.timeout.connect(self._beat)

    def listen(self, loop: Callable[[], None]) -> None:
        """Count the beats while `loop` runs; what a test does between two loops is not the window's."""
        self._last = time.thread_time()
        self.start()
        try:
            loop()
        finally:
            self._beat()
            self.stop()
            self._last = None

    def _beat(self) -> None:
        now = time.thread_time()
        if self._last is not None:
            self.longest = max(self.longest, now - self._last)
        self._last = now


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Time how long anything holds the event loop while this test waits."""
    heart, wait = Heart(), QtBot.wait
    monkeypatch.setattr(QtBot, "wait", lambda bot, ms: heart.listen(lambda: wait(bot, ms)))
    yield
    request.config.stash.setdefault(STRETCHES, []).append((heart.longest * 1000, request.node.nodeid))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    stretches = sorted(config.stash.get(STRETCHES, []), reverse=True)
    if stretches:
        over = sum(milliseconds > LONG_MILLISECONDS for milliseconds, _name in stretches)
        terminalreporter.section(
            f"the event loop: held for more than {LONG_MILLISECONDS} ms in {over} tests; the longest"
        )
        for milliseconds, name in stretches[:3]:
            terminalreporter.line(f"{milliseconds:7.0f} ms  {name}")
