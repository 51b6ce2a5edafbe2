"""Offline, provably: the main road and the window without any network, traced, and listened to from inside.

unshare   no network at all (a namespace of its own): everything comes out as it does with one
strace    every socket that any process asks the system for is a local one (AF_UNIX)
audit     the same from inside Python, in every process that it starts, where there is no strace
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.bundles import tree
from portfolio_desktop.gui.playing.player import ENVIRONMENT
from portfolio_desktop.gui.playing.wire import packed, read

ROAD = ["demo", "--no-window", "--json"]
SELFTEST = ["--selftest"]
PASSING = re.compile(r"[^\"]*/portfolio-sample-\w+/")
"""A place that is gone when the road is."""
LOCAL = frozenset({"AF_UNIX", "AF_LOCAL"})
NETWORK = re.compile(r"\b(socket|socketpair|connect|bind|sendto|sendmsg|listen|accept4?)\((.*)")
FAMILY = re.compile(r"\b(?:AF|PF)_[A-Z0-9_]+")


@functools.cache
def without_network() -> tuple[str, ...]:
    """The words that run a command without a network; empty where this machine does not allow that."""
    for options in (("-rn",), ("-n",)):
        if (
            shutil.which("unshare")
            and not subprocess.run(["unshare", *options, "true"], capture_output=True, check=False).returncode
        ):
            return ("unshare", *options)
    return ()


@functools.cache
def can_trace() -> bool:
    """Whether processes may be traced here: containers often forbid it."""
    if shutil.which("strace") is None:
        return False
    return not subprocess.run(
        ["strace", "-f", "-e", "trace=network", "true"], capture_output=True, check=False
    ).returncode


def run(home: Path, words: list[str], before: tuple[str, ...] = (), **more: str) -> str:
    """The program with a home of its own; what it printed."""
    environment = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", **more}
    home.mkdir(exist_ok=True)
    ran = subprocess.run(
        [*before, sys.executable, "-m", "portfolio_desktop", *words],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def road(home: Path, before: tuple[str, ...] = (), **more: str) -> dict[str, Any]:
    """The whole road on sample work: what it said, but for places and times, and the bundle's bytes."""
    places = ["--home", str(home / "settings"), "--library", str(home / "庫"), "--bundle", str(home / "包")]
    told = run(home, [*ROAD, *places], before, **more).replace(str(home), "HOME")
    bundle = tree(home / "包")
    manifest = _timeless(json.loads(bundle.pop("manifest.json")))
    return {"told": _timeless(json.loads(PASSING.sub("", told))), "manifest": manifest, "bundle": bundle}


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _timeless(one) for key, one in value.items() if key not in ("seconds", "added", "changed", "sealed")
        }
    return [_timeless(one) for one in value] if isinstance(value, list) else value


@pytest.mark.slow
@pytest.mark.skipif(not without_network(), reason="this machine allows no network namespace (unshare)")
def test_everything_is_the_same_without_a_network(tmp_path: Path) -> None:
    alone = road(tmp_path / "alone", without_network())
    assert alone["bundle"]
    assert alone == road(tmp_path / "usual")


@pytest.mark.slow
@pytest.mark.skipif(not without_network(), reason="this machine allows no network namespace (unshare)")
def test_the_namespace_has_really_no_network() -> None:
    """So that the test above can fail: nothing can be reached in there."""
    ask = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    ran = subprocess.run([*without_network(), sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert "unreachable" in ran.stderr.lower()


@pytest.mark.slow
@pytest.mark.skipif(not without_network(), reason="this machine allows no network namespace (unshare)")
def test_the_window_opens_without_a_network(tmp_path: Path) -> None:
    run(tmp_path / "alone", SELFTEST, without_network())


def sockets(trace: str) -> dict[str, set[str]]:
    """Which families of sockets were asked for, with the lines that did."""
    found: dict[str, set[str]] = {}
    for line in trace.splitlines():
        call = NETWORK.search(line)
        for family in FAMILY.findall(call[2]) if call else ():
            found.setdefault(family, set()).add(line)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="there is no strace here, or processes may not be traced")
@pytest.mark.parametrize("part", ["road", "window"])
def test_only_local_sockets_are_ever_opened(tmp_path: Path, part: str) -> None:
    log = tmp_path / "trace"
    tracing = ("strace", "-f", "-qq", "-e", "trace=network,execve", "-e", "signal=none", "-s", "200", "-o", str(log))
    if part == "road":
        road(tmp_path / "home", tracing)
    else:
        run(tmp_path / "home", SELFTEST, tracing)
    trace = log.read_text(errors="replace")
    assert "portfolio_desktop.inspection.worker" in trace, "the worker processes were not traced"
    assert not {family: lines for family, lines in sockets(trace).items() if family not in LOCAL}


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="there is no strace here, or processes may not be traced")
def test_the_player_opens_local_sockets_only(tmp_path: Path) -> None:
    """It links a network library: it plays a film to its end, and a list of addresses that calls itself a film."""
    film = Path(__file__).parents[2] / "resources" / "sample" / "files" / "單擺實驗紀錄.mp4"
    listed = tmp_path / "list.mp4"
    listed.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://192.0.2.1/a.ts\n")
    for number, path in enumerate((film, listed)):
        log = tmp_path / f"trace{number}"
        tracing = [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=network,execve",
            "-e",
            "signal=none",
            "-s",
            "200",
            "-o",
            str(log),
        ]
        player = subprocess.Popen(
            [*tracing, sys.executable, "-P", "-m", "portfolio_desktop.gui.playing.door"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ENVIRONMENT, "HOME": str(tmp_path)},
        )
        with player:
            wanted = (
                {"do": "load", "path": str(path), "wide": 64, "high": 64},
                {"do": "seek", "at": 9_000},
                {"do": "play"},
            )
            player.stdin.write(b"".join(map(packed, wanted)))
            player.stdin.flush()
            said = []
            while not {"ended", "trouble"} & set(said) and (message := read(player.stdout)) is not None:
                said.append(message[0]["is"])
            player.stdin.close()
        assert said[-1] == ("trouble" if path is listed else "ended")
        trace = log.read_text(errors="replace")
        assert "portfolio_desktop.gui.playing.door" in trace
        assert not {family: lines for family, lines in sockets(trace).items() if family not in LOCAL}


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="there is no strace here, or processes may not be traced")
def test_a_trace_would_show_another_socket(tmp_path: Path) -> None:
    log = tmp_path / "trace"
    ask = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    subprocess.run(["strace", "-f", "-e", "trace=network", "-o", str(log), sys.executable, "-c", ask], check=True)
    assert set(sockets(log.read_text())) == {"AF_INET"}


LISTENER = """
import os, sys

def listen(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.")):
        with open(os.environ["SOCKETS_HEARD"], "a") as file:
            file.write(f"{event} {arguments[:2]!r}\\n")

sys.addaudithook(listen)
with open(os.environ["SOCKETS_HEARD"], "a") as file:
    file.write(f"listening {sys.argv[-1]}\\n")
"""


def heard(tmp_path: Path, *words: str) -> list[str]:
    """What every Python process of a run asked of sockets."""
    (tmp_path / "listener").mkdir()
    (tmp_path / "listener" / "sitecustomize.py").write_text(LISTENER)
    told = tmp_path / "heard"
    more = {"PYTHONPATH": str(tmp_path / "listener"), "SOCKETS_HEARD": str(told)}
    if words:
        run(tmp_path / "home", list(words), **more)
    else:
        road(tmp_path / "home", **more)
    lines = told.read_text().splitlines()
    assert len([line for line in lines if line.startswith("listening")]) >= 2, "the worker processes were not heard"
    return [line for line in lines if not line.startswith("listening")]


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), tuple(SELFTEST)], ids=["road", "window"])
def test_python_is_never_asked_for_a_socket(tmp_path: Path, words: tuple[str, ...]) -> None:
    """SQLAlchemy imports asyncio, and with it socket and ssl: what is imported there is never used."""
    assert heard(tmp_path, *words) == []


def test_qt_s_network_is_not_loaded_by_the_window(tmp_path: Path) -> None:
    ask = (
        "import sys; from portfolio_desktop.gui.app import selftest; assert selftest() == 0; "
        "print([name for name in sys.modules if 'QtNetwork' in name or 'QtWeb' in name]); "
        "print('libQt6Network' in open('/proc/self/maps').read() if sys.platform == 'linux' else False)"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert ran.stdout.splitlines() == ["[]", "False"], ran.stderr
