"""The program's door, `__main__`: which way in for which arguments."""

import sys
import types
from pathlib import Path

import pytest

from portfolio_desktop import __main__ as door


@pytest.fixture
def window(monkeypatch):
    opened = []
    app = types.ModuleType("portfolio_desktop.gui.app")
    app.main = lambda home, library: opened.append((home, library)) or 5  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "portfolio_desktop.gui.app", app)
    return opened


def test_without_arguments_the_window_opens(window, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop"])
    assert door.main() == 5
    assert window == [(None, None)]


def test_the_menu_entry_opens_the_window(window):
    assert door.window() == 5
    assert window == [(None, None)]


def test_common_options_alone_open_the_window_there(window, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop", "--home", str(tmp_path), "--library", "庫"])
    assert door.main() == 5
    assert window == [(tmp_path, Path("庫"))]


def test_a_command_does_not_touch_the_window(window, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop", "--home", str(tmp_path), "count", "水質"])
    assert door.main() == 0
    assert window == []
    assert "2 字" in capsys.readouterr().out


def test_a_frozen_programs_worker_gets_its_own_arguments(window, monkeypatch):
    seen = []
    worker = types.ModuleType("portfolio_desktop.inspection.worker")
    worker.main = lambda: seen.append(list(sys.argv)) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "portfolio_desktop.inspection.worker", worker)
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop", "--worker", "1000"])
    assert door.main() == 0
    assert seen == [["portfolio-desktop", "1000"]]


def test_a_frozen_programs_player_has_a_way_in_of_its_own(window, monkeypatch):
    player = types.ModuleType("portfolio_desktop.gui.playing.door")
    player.main = lambda: 4  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "portfolio_desktop.gui.playing.door", player)
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop", "--player"])
    assert door.main() == 4
    assert window == []


def test_ctrl_c_before_the_command_line_minds_it_is_quiet(window, monkeypatch, capsys):
    def interrupted(_words, _open_window):
        raise KeyboardInterrupt

    monkeypatch.setattr("portfolio_desktop.cli.main.main", interrupted)
    monkeypatch.setattr(sys, "argv", ["portfolio-desktop", "list"])
    assert door.main() == 130
    assert capsys.readouterr() == ("", "")
