"""Goal 6: how soon the window is on the screen with rows in it, and what it holds in memory.

Each program starts on a virtual screen with a window manager, and is ended when it has been seen. The others count as
there when the window manager has listed a window of their title; ours only when rows were painted on it, a little later.
The list is listened to: what asks for it from time to time (xdotool --sync, twice a second) would measure its own pause.

    ours       our_window.py on a library of 2,000, then of 10,000 pieces
    empty      empty_window.py: a PySide6 main window with nothing in it
    calibre    on 2,000 books
"""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from benchmarks import calibre
from benchmarks.many_pieces import many_pieces
from benchmarks.measure import Contestant, held, race, tree
from benchmarks.options import Options, program, scratch
from benchmarks.peers import have
from benchmarks.table import Row

PATIENCE = 120
BOUNDS = {2_000: 1.6, 10_000: 1.7}
SETTLED = 3
"""Seconds after which a window that was seen counts as at rest, for its memory."""
RENAMED = 0.25
"""Seconds after which a listed window is asked for its title again: it may get it late."""


def rows(options: Options) -> list[Row]:
    """Start every window in turn."""
    if not all(map(have, ("Xvfb", "xprop", "openbox"))):
        return []
    home = scratch("window")
    empty = [sys.executable, "-m", "benchmarks.empty_window"]
    libraries = {count: str(many_pieces(count)) for count in BOUNDS}
    with screen() as display:
        contestants = {"empty": Contestant(partial(seen, empty, "empty window", display))}
        for count, library in libraries.items():
            words = [sys.executable, "-m", "benchmarks.our_window", str(home), library]
            ended([*words, "--whole"], display)  # an earlier start: the window shows what it kept of it
            contestants[str(count)] = Contestant(partial(ended, words, display))
        if options.slow and have("calibredb"):
            words = calibre.window(options.corpus(2_000))
            contestants["calibre"] = Contestant(partial(seen, words, r"calibre — \|\|", display))
        taken = race(contestants, options.rounds)
        memory = {
            "empty": at_rest(empty, "empty window", display),
            "ours": at_rest(program(home, "--library", libraries[2_000]), "學習歷程工作臺", display),
        }
    found = []
    for count, bound in BOUNDS.items():
        work = f"window with {count:,} pieces"
        found.append(Row("6", work, taken[str(count)], "empty PySide6 window", taken["empty"], at_most=bound))
        if "calibre" in taken and count == 2_000:
            found.append(Row("6", work, taken[str(count)], "calibre, 2,000 books", taken["calibre"], at_least=3.5))
    found.append(
        Row("6", "memory with 2,000 pieces", memory["ours"], "empty window", memory["empty"], at_most=2.5, unit="B")
    )
    return found


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen with a window manager; gives its DISPLAY."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = f":{pipe.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=on(display), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def on(display: str) -> dict[str, str]:
    """The environment of a program on that screen."""
    return {**calibre.environment(), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LOGGING_RULES": "*=false"}


def seen(words: Sequence[str], title: str, display: str) -> float:
    """Seconds until a listed window has the title; the program is ended then."""
    with shown(words, title, display) as (_, seconds):
        return seconds


def ended(words: Sequence[str], display: str) -> float:
    """Seconds until a program that ends by itself has ended."""
    began = time.perf_counter()
    subprocess.run(
        words, env=on(display), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=PATIENCE
    )
    return time.perf_counter() - began


def at_rest(words: Sequence[str], title: str, display: str) -> float:
    """Bytes that a program's processes hold a while after its window was seen; Qt's own pages count for everybody."""
    with shown(words, title, display) as (process, _):
        time.sleep(SETTLED)
        return sum(held(pid, "Rss") for pid in tree(process.pid))


@contextmanager
def shown(words: Sequence[str], title: str, display: str) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A running program whose window was just seen, and the seconds that took."""
    with listening(display) as listed:
        began = time.perf_counter()
        process = subprocess.Popen(
            words, env=on(display), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            while not any(re.search(title, name(window, display)) for window in listed()):
                if time.perf_counter() - began > PATIENCE:
                    raise SystemExit(f"no window of {words[0]} has the title {title}")
            yield process, time.perf_counter() - began
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def listening(display: str) -> Iterator[Callable[[], list[str]]]:
    """A call that waits until the window manager's list changes, or a moment, and gives the windows in it."""
    watcher = subprocess.Popen(
        ["xprop", "-root", "-spy", "_NET_CLIENT_LIST"], env=on(display), stdout=subprocess.PIPE, bufsize=0
    )
    pipe = watcher.stdout
    assert pipe is not None
    windows: list[str] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)

        def listed() -> list[str]:
            if selector.select(RENAMED):
                news = os.read(pipe.fileno(), 65536).decode().splitlines()[-1]
                windows[:] = re.findall(r"0x[0-9a-f]+", news)
            return windows

        try:
            listed()
            yield listed
        finally:
            watcher.terminate()
            watcher.wait()


def name(window: str, display: str) -> str:
    """A window's title; nothing when it is gone."""
    asked = subprocess.run(
        ["xprop", "-id", window, "-notype", "_NET_WM_NAME"],
        env={**on(display), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    return asked.stdout.decode(errors="replace")
