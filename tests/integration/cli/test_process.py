"""The contract of the real program, as a process: start, encoding, pipes, signals, what it loads."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.command_line import process

HEAVY = ("PySide6", "shiboken6", "sqlalchemy", "sqlite3", "pypdf", "pikepdf", "pypdfium2", "PIL", "mutagen", "av")


LOADED = """
import json, sys
from portfolio_desktop.cli.main import main
main(sys.argv[1:], lambda *_: 0)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def imported(tmp_path: Path, *words: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, "--home", str(tmp_path), *words], check=False, capture_output=True, timeout=60
    )
    return {name.partition(".")[0] for name in json.loads(ran.stderr.splitlines()[-1])}


@pytest.mark.parametrize("words", [("--help",), ("check", "--help"), ("count", "水質"), ("rules", "show", "113")])
def test_light_commands_load_nothing_heavy(tmp_path, words):
    assert not imported(tmp_path, *words) & set(HEAVY)


def test_help_loads_only_what_it_needs(tmp_path):
    """Each of these costs a start a tenth of its time: a log without lines, another language, the system's places."""
    assert not imported(tmp_path, "--help") & {"polib", "platformdirs", "socket", "pickle", "tempfile", "tomllib"}


def test_checking_loads_foreign_readers_in_workers_only(tmp_path, files):
    assert not imported(tmp_path, "check", str(files / "攝影展觀後感.pdf")) & set(HEAVY)


def test_no_command_loads_qt(tmp_path, files):
    assert not imported(tmp_path, "list", "--library", str(tmp_path)) & {"PySide6", "shiboken6"}


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_TW.BIG5"])
def test_output_is_utf8_under_every_locale(tmp_path, locale, files):
    environment = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = process(tmp_path, "--help", env=environment)
    assert ran.returncode == 0
    assert "用法：" in ran.stdout.decode("utf-8")
    ran = process(tmp_path, "check", "--json", os.fsencode(files / "水質調查報告.pdf"), env=environment)
    assert ran.returncode == 0
    assert json.loads(ran.stdout.decode("utf-8"))["pages"] == 3
    ran = process(tmp_path, "nonsense", env=environment)
    assert "沒有" in ran.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows names of stray bytes")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_file_name_of_stray_bytes_is_printed_somehow_and_json_stays_valid(tmp_path, locale, files):
    path = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    shutil.copy(files / "攝影展觀後感.pdf", path)
    environment = {"LC_ALL": locale}
    ran = process(tmp_path, "check", path, env=environment)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "caf" in ran.stdout.decode("utf-8")
    ran = process(tmp_path, "check", "--json", path, env=environment)
    line = json.loads(ran.stdout.decode("utf-8"))
    assert os.fsencode(line["path"]) == path
    ran = process(tmp_path, "undo", path, env=environment)
    assert ran.returncode == 2
    ran.stderr.decode("utf-8")


def test_a_broken_pipe_is_quiet(tmp_path, files):
    program = subprocess.Popen(
        [sys.executable, "-m", "portfolio_desktop", "--home", str(tmp_path), "check", "--json", *[str(files)] * 20],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == b""
    assert program.wait(60) == 141
    program.stderr.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_with_130_and_a_sentence(tmp_path, files, number):
    program = subprocess.Popen(
        [sys.executable, "-m", "portfolio_desktop", "--home", str(tmp_path), "check", "--json", *[str(files)] * 50],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    # As a terminal does: the whole group gets it, the workers too.
    os.killpg(program.pid, number)
    out, err = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "已取消" in err.decode()
    assert len(err.decode().splitlines()) == 1
    for line in (first + out).decode().splitlines():
        json.loads(line)
    assert not (tmp_path / "log").exists()


def test_the_worker_door_is_not_the_command_lines(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "portfolio_desktop", "--worker"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert "用法" not in ran.stderr.decode()
    assert b"portfolio-desktop" not in ran.stderr


def test_standard_input_is_counted(tmp_path):
    ran = process(tmp_path, "count", "-", "--json", stdin="水" * 99 + "\n二\n")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["strict"] == 102


def test_the_exit_code_of_a_bug_is_70_and_its_details_are_in_the_log(tmp_path):
    code = (
        "import sys; from pathlib import Path; from portfolio_desktop.cli import main, check;"
        "check.check_files = lambda *_: 1 / 0;"
        f"sys.exit(main.main(['--home', {str(tmp_path)!r}, 'check', 'x'], lambda *_: 0))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=60)
    assert ran.returncode == 70
    assert len(ran.stderr.decode().splitlines()) == 1
    [log] = (tmp_path / "log").iterdir()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
