"""Every page and dialog that the pictures show, audited: names, keyboard, and words that are shown whole at 100 and 200 %."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from helpers import audit
from helpers.window import Driver
from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.gui.appearance.theme import Theme

pytestmark = pytest.mark.no_cover  # what other tests do, seen with other eyes

SMALL = 900
"""Pixels of a window in which twice as large letters are not expected to find room."""
MAKE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "make.py"


def _pictures() -> ModuleType:
    found = importlib.util.spec_from_file_location("pictures", MAKE)
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    sys.modules["pictures"] = made
    found.loader.exec_module(made)
    return made


pictures = _pictures()


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The libraries that the pictures show."""
    folder = Path(tmp_path_factory.mktemp("libraries")) / "all"
    pictures.make_libraries(folder)
    return folder


@pytest.fixture
def enlarged(theme: Theme) -> Iterator[Theme]:
    """The theme, back at its usual size afterwards."""
    yield theme
    theme.enlarge(100)


def play(driver: Driver, scene: Any) -> None:
    """Go to where the picture is taken."""
    driver.settle()
    for deed in scene.deeds:
        deed(driver.control)
        driver.settle()


@pytest.mark.parametrize("scene", [one for one in pictures.SCENES if one.audited], ids=lambda scene: scene.name)
def test_everyone_can_use_it(
    scene: Any, start: Any, ground: Ground, enlarged: Theme, libraries: Path, tmp_path: Path, qtbot: Any
) -> None:
    driver: Driver = start(None, ground)
    driver.window.resize(*scene.size)
    held = pictures.begin(driver.control, scene, libraries, tmp_path / "work")
    play(driver, scene)
    found: list[str] = []
    for percent in (100, 200) if scene.size[0] > SMALL else (100, 125):
        enlarged.enlarge(percent)
        seen = faults(words_only=percent != 100)
        if seen:  # laying out takes some turns of the loop
            with contextlib.suppress(qtbot.TimeoutError):
                qtbot.waitUntil(lambda: not faults(words_only=True), timeout=1000)
            seen = faults(words_only=percent != 100)
        found += [f"{percent} %: {fault}" for fault in seen]
    for dialog in driver.window.findChildren(QDialog):
        dialog.close()
    if held is not None:
        held.close()
    assert not found, "\n".join(found)


def faults(*, words_only: bool) -> list[str]:
    """What is wrong on the screen; the size of text changes neither names nor the way of the keyboard."""
    found: list[str] = []
    for window in audit.windows():
        if isinstance(window, QDialog):
            window.adjustSize()  # a size is chosen before a dialog is opened
        found += audit.cut_off(window)
        if not words_only:
            found += audit.nameless(window) + audit.unreachable(window)
    return found
