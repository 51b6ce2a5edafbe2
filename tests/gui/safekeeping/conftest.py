"""A library with three pieces that was never backed up, and a window on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.safety import at_safety
from helpers.window import SAMPLE, Driver
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import record, whole

FILES = ("讀書會心得.pdf", "校慶海報.jpg", "科展佳作獎狀.png")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The library's folder, closed."""
    with Library.create(tmp_path / "學習歷程", Profile("general", 113, "示範學生")) as library:
        pieces = library.add([SAMPLE / name for name in FILES]).added
        library.edit(pieces[0].id, Edit(summary="那時的簡述"))
    return tmp_path / "學習歷程"


@pytest.fixture
def usb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty disk."""
    disk = tmp_path / "usb"
    disk.mkdir()
    monkeypatch.setattr(record, "on_same_disk", lambda _library, place: disk not in (place, *place.parents))
    return disk


@pytest.fixture
def backed_up(home: Path, usb: Path) -> Path:
    """The library, with a complete backup on the disk."""
    with Library.open(home) as library:
        whole.back_up(library, usb)
    return home


@pytest.fixture
def safety(start: Callable[..., Driver], backed_up: Path) -> Driver:
    """A window on the page 安全 of a library that has a backup."""
    return at_safety(start(backed_up))
