import errno
import json
import logging
import os
import sys
from pathlib import Path

import pytest

from helpers.command_line import Window, runner
from portfolio_desktop.bootstrap.ground import LOG_NAME
from portfolio_desktop.cli import main as main_module
from portfolio_desktop.cli.command import Command
from portfolio_desktop.cli.main import asks_help, main, split
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.progress import Cancelled


@pytest.fixture
def window():
    return Window()


@pytest.fixture
def run(tmp_path, capsys, window):
    return runner(tmp_path, capsys, window)


@pytest.fixture
def probe(monkeypatch):
    """Put a command of one function in the place of the real ones."""

    def put(function):
        module = type(sys)("probe_commands")
        module.COMMANDS = {"probe": Command("試", "probe", function)}
        monkeypatch.setitem(sys.modules, "probe_commands", module)
        monkeypatch.setattr(main_module, "COMMANDS", {"probe": ("probe_commands", "試")})

    return put


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        (["list", "--json"], "list", ["--json"]),
        (["--json", "list", "--library", "x"], "list", ["--json", "--library", "x"]),
        (["--library", "list", "show", "p1"], "show", ["--library", "list", "p1"]),
        (["--library=x", "list"], "list", ["--library=x"]),
        (["bundle", "--json", "verify", "x"], "bundle verify", ["--json", "x"]),
        (["bundle", "x"], "bundle x", []),
        (["--json"], None, ["--json"]),
        (["--", "list"], None, ["--", "list"]),
        ([], None, []),
    ],
)
def test_the_command_is_found_wherever_the_common_options_stand(words, name, rest):
    assert split(words) == (name, rest)


def test_help_is_no_help_after_two_dashes():
    assert asks_help(["x", "-h"])
    assert not asks_help(["--", "--help"])


def test_nothing_but_common_options_opens_the_window(run, window, tmp_path):
    assert run("--library", "somewhere").code == 0
    assert window.opened == [(tmp_path, Path("somewhere"))]


def test_the_windows_exit_code_is_the_programs(run, window):
    window.code = 70
    assert run().code == 70


def test_a_finished_command_gives_its_own_code(run, probe):
    probe(lambda _call: 1)
    assert run("probe").code == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("沒有這一件"), 2),
        (DamageError("雜湊值不同"), 3),
        (PortfolioError("不是學習歷程庫"), 4),
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), 4),
        (Cancelled(), 130),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_kind_of_bad_news_has_its_code_and_one_sentence(run, probe, error, code):
    def fail(_call):
        raise error

    probe(fail)
    ran = run("probe")
    assert ran.code == code
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁碟滿了，清出空間後再試一次"),
        (errno.EISDIR, "那是資料夾，不是檔案"),
        (errno.EBUSY, "正被別的程式使用"),
        (errno.EILSEQ, f"代碼 {errno.EILSEQ}"),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese_with_the_place(run, probe, number, said):
    def fail(_call):
        raise OSError(number, os.strerror(number), "/x/y")

    probe(fail)
    assert run("probe").err == f"portfolio-desktop: /x/y：{said}\n"


def test_an_unexpected_error_is_logged_with_its_details_and_told_in_a_sentence(run, probe, tmp_path, caplog):
    def fail(_call):
        raise ZeroDivisionError("details that only the log needs")

    probe(fail)
    ran = run("probe")
    log = tmp_path / "log" / LOG_NAME
    assert ran.code == 70
    assert len(ran.err.splitlines()) == 1
    assert str(log) in ran.err
    assert "ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err
    text = log.read_text(encoding="utf-8")
    assert "details that only the log needs" in text
    assert "Traceback" in text
    assert caplog.records[-1].levelno == logging.CRITICAL


def test_the_log_handler_is_gone_after_the_run(run, probe):
    probe(lambda _call: 0)
    before = list(logging.getLogger().handlers)
    run("probe")
    assert logging.getLogger().handlers == before


def test_without_trouble_nothing_is_written_in_the_home(run, probe, tmp_path):
    probe(lambda _call: 0)
    run("probe")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["nonsense"], "nonsense"),
        (["review"], "review"),
        (["receipt", "compare"], "receipt"),
        (["bundle"], "bundle verify"),
        (["bundle", "nonsense"], "bundle nonsense"),
        (["list", "--lang", "fr"], "fr"),
        (["--json", "--nonsense"], "--nonsense"),
    ],
)
def test_wrong_words_end_with_2_and_a_sentence_that_names_them(run, words, word):
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert word in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_version_can_be_asked(run):
    assert run("--version").out.split() == ["portfolio-desktop", "0.1.0"]


def test_a_reader_that_goes_away_is_no_trouble(probe, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    probe(lambda call: call.console.say("x" * 100_000) or 0)
    with os.fdopen(writing, "w", closefd=False) as stream:
        before = sys.stdout
        sys.stdout = stream
        try:
            assert main(["--home", str(tmp_path), "probe"], Window()) == 141
        finally:
            sys.stdout = before
    os.close(writing)


def test_arguments_are_reached_by_name_and_progress_can_be_cancelled(run, probe):
    seen = []

    def look(call):
        seen.append((call.json, call.library))
        call.progress.cancel()
        call.progress.step(1, 2, "報告")
        return 0

    probe(look)
    assert run("probe", "--json", "--library", "x").code == 130
    assert seen == [(True, Path("x"))]


def test_the_library_is_the_option_then_the_variable_then_the_last_one(run, probe, tmp_path, monkeypatch):
    seen = []
    probe(lambda call: seen.append(call.library_folder) or 0)
    assert run("probe").code == 4
    (tmp_path / "settings.json").write_text(json.dumps({"last_library": "last"}), encoding="utf-8")
    run("probe")
    monkeypatch.setenv("PORTFOLIO_LIBRARY", "variable")
    run("probe")
    run("probe", "--library", "option")
    assert seen == [Path("last"), Path("variable"), Path("option")]
