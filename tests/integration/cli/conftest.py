"""A home of its own, the program in this process, a small library, and the sample year built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.command_line import Run, Window, runner
from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.places import resources
from portfolio_desktop.sample.demo import build

SAMPLE = resources() / "sample" / "files"


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], window: Window, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return runner(tmp_path / "home", capsys, window)


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Path:
    """An empty library, which is also the last one used."""
    folder = tmp_path / "庫"
    assert run("init", folder, "--school-type", "general", "--entry-year", "113").code == 0
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library and its bundle, built once; tests work on copies."""
    folder = tmp_path_factory.mktemp("built")
    ground = lay(folder / "home")
    build(folder / "庫", folder / "成果包", resources() / "sample", ground.forms, ground.rules)
    return folder


@pytest.fixture
def sample(built: Path, tmp_path: Path) -> Path:
    """A copy of the sample library."""
    return Path(shutil.copytree(built / "庫", tmp_path / "範例"))


@pytest.fixture
def files() -> Path:
    """The folder of sample work."""
    return SAMPLE
