import io
import sys

from portfolio_desktop.cli import bar as bar_module
from portfolio_desktop.cli.bar import Bar, drawing
from portfolio_desktop.cli.width import width
from portfolio_desktop.progress import Step


def test_a_drawing_tells_share_count_and_name():
    assert drawing(Step(1000, 2000, "報告.pdf"), 80) == "[██████████··········]  50%  1,000/2,000  報告.pdf"


def test_without_a_total_it_counts():
    assert drawing(Step(1234, 0, "報告.pdf"), 80) == "1,234  報告.pdf"


def test_a_drawing_fits_the_terminal_and_is_harmless():
    line = drawing(Step(5, 3, "水\x1b[2J" * 50), 40)
    assert width(line) <= 40
    assert "\x1b" not in line
    assert "100%" in line


def test_short_work_draws_nothing(capsys):
    bar = Bar(live=True)
    bar.show(Step(1, 2, "a"))
    bar.wipe()
    assert capsys.readouterr().err == ""


def test_a_pipe_gets_nothing(monkeypatch, capsys):
    monkeypatch.setattr(bar_module, "PATIENCE", -1.0)
    bar = Bar(live=False)
    bar.show(Step(1, 2, "a"))
    bar.wipe()
    assert capsys.readouterr().err == ""


def test_long_work_draws_and_wipes(monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(bar_module, "PATIENCE", -1.0)
    bar = Bar(live=True)
    bar.show(Step(1, 2, "報告"))
    bar.show(Step(2, 2, "too soon after the last"))
    bar.wipe()
    bar.wipe()
    assert terminal.getvalue().count("報告") == 1
    assert "too soon" not in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert terminal.getvalue().count("\r") == 2
