"""What every test stands on: a home of its own, no network, and nothing unexpected left behind.

    before   an empty HOME, no PORTFOLIO_… variables, no way out but local sockets; `tmp_path` in memory where there is room
    after    a test fails on a warning (pyproject), a Qt message (qt_log_level_fail), a log record of level WARNING or
             above that it did not ask for (`caplog`), and a thread, a pooled Qt job or a child process still running;
             the language and the loggers are put back

A test that uses workers which outlive it on purpose (a pool shared by its module) is marked `shared_workers`.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from portfolio_desktop import messages

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONUTF8"] = "1"
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
faulthandler.enable()

MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30
"""Bytes that must be free there before tests are put there."""
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
    # Most of a test's time would be waiting for the disk to sync; PYTEST_DEBUG_TEMPROOT=/tmp has it wait.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# A loaded machine is slow, not wrong: no test of ours is timed.
hypothesis.settings.register_profile(
    "portfolio", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portfolio")

PATIENCE = 3.0
"""Seconds that threads and processes get to end after their test has."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty HOME, so that no test sees or touches the developer's own things."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder))
    for name in [name for name in os.environ if name.startswith("PORTFOLIO_")]:
        monkeypatch.delenv(name)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    return folder


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder on a disk that really syncs, for what is killed while it waits for that; `tmp_path` may be in memory."""
    with tempfile.TemporaryDirectory(prefix="portfolio-test-") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection: the program has no network code, and its tests have none either."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a test tried to connect to {address}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def language_put_back() -> Iterator[None]:
    """Begin and end in the source language, whatever a test switches to."""
    yield
    messages.use(messages.SOURCE_LANGUAGE, Path())


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log, unless the test reads the log itself; close the handlers that a test left."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    ours = [logging.getLogger(), logging.getLogger("portfolio_desktop")]
    before = [(logger, list(logger.handlers), logger.level, logger.propagate) for logger in ours]
    handler = Keep(logging.WARNING)
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    for logger, handlers, level, propagate in before:
        for left in [
            left for left in logger.handlers if left not in handlers and type(left).__module__ != "_pytest.logging"
        ]:
            logger.removeHandler(left)
            left.close()
        logger.setLevel(level)
        logger.propagate = propagate
    if records and "caplog" not in request.fixturenames:
        pytest.fail("unexpected log: " + "; ".join(record.getMessage() for record in records))


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a thread, a job in Qt's pool or a child process that outlives its test."""
    threads, children = set(threading.enumerate()), set(child_processes())
    yield
    if request.node.get_closest_marker("shared_workers"):
        return

    def threads_left() -> list[str]:
        # A dummy stands for a thread that Python did not start; those of Qt's pool are asked for below.
        new = [thread for thread in threading.enumerate() if thread not in threads]
        return [thread.name for thread in new if not isinstance(thread, threading._DummyThread)]

    def children_left() -> list[str]:
        return [name for pid, name in child_processes().items() if pid not in children]

    if left := wait_for_none(threads_left):
        pytest.fail(f"threads left running: {left}")
    if left := wait_for_none(children_left):
        pytest.fail(f"child processes left running: {left}")
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and not core.QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000)):
        pytest.fail("jobs left running in Qt's thread pool")


def wait_for_none(left: Callable[[], list[str]]) -> list[str]:
    """Give what is still ending its time; what is left after it."""
    end = time.monotonic() + PATIENCE
    while (names := left()) and time.monotonic() < end:
        time.sleep(0.02)
    return names


def child_processes() -> dict[int, str]:
    """Our child processes by number, with their names; empty where /proc does not tell (only Linux does)."""
    found: dict[int, str] = {}
    for listing in Path("/proc/self/task").glob("*/children"):
        try:
            numbers = [int(number) for number in listing.read_text().split()]
        except OSError:
            continue  # the thread has ended meanwhile
        for number in numbers:
            try:
                found[number] = Path(f"/proc/{number}/comm").read_text().strip()
            except OSError:
                continue  # the process has
    return found
