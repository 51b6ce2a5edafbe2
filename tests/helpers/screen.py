"""A real screen without anyone before it: an X server with a window manager, and hands on its keyboard and mouse."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator

from PIL import ImageGrab

NEEDED = ("Xvfb", "openbox", "xdotool")
PATIENCE = 60.0
"""Seconds that a loaded machine gets for anything."""


def missing() -> list[str]:
    """The programs that are not there."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextlib.contextmanager
def x_server(size: str = "1600x1100x24") -> Iterator[str]:
    """A screen with a window manager, gone afterwards; gives its display."""
    reader, writer = os.pipe()
    server = ["Xvfb", "-screen", "0", size, "-nolisten", "tcp", "-displayfd", str(writer)]
    running = [subprocess.Popen(server, pass_fds=[writer], stderr=subprocess.DEVNULL)]
    try:
        os.close(writer)
        with os.fdopen(reader) as told:  # the server tells its number once it listens
            display = f":{told.readline().strip()}"
        manager = ["openbox", "--sm-disable"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running.append(subprocess.Popen(manager, env=os.environ | {"DISPLAY": display}, **quiet))
        yield display
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(10)


class Hands:
    """Keyboard and mouse of one display."""

    def __init__(self, display: str) -> None:
        self._display = display
        self._environment = os.environ | {"DISPLAY": display}

    def window(self, title: str) -> str:
        """Wait for a window whose title has these words, bring it to the front and to the corner; gives its number."""
        found = until(lambda: self._tool("search", "--onlyvisible", "--name", title).split())
        self._tool("windowactivate", "--sync", found[-1])
        return str(found[-1])

    def titles(self) -> list[str]:
        """The titles of all windows that can be seen."""
        windows = self._tool("search", "--onlyvisible", "--name", ".").split()
        return [self._tool("getwindowname", window).strip() for window in windows]

    def place(self, window: str, width: int, height: int) -> None:
        """Give a window its size and put what is inside its frame at the corner: its places are the screen's then."""
        self._tool("windowsize", "--sync", window, str(width), str(height))
        self._tool("windowmove", window, "0", "0")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other: `ctrl+z`, `Tab`."""
        for key in keys:
            self._tool("key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        """Write text as keys; slowly, since every Chinese character is put on a key of its own first."""
        self._tool("type", "--delay", "100", text)

    def click(self, window: str, x: int, y: int) -> None:
        """Click at a place inside a window."""
        self._tool("mousemove", "--sync", "--window", window, str(x), str(y), "click", "1")

    def away(self) -> None:
        """Take the mouse where nothing is: one that is at its goal already makes xdotool wait in vain."""
        self._tool("mousemove", "1590", "1090")

    def move(self, window: str, x: int, y: int) -> None:
        """Bring a window to a place of the screen."""
        self._tool("windowmove", "--sync", window, str(x), str(y))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one place of the screen, go to another in steps, and let go there."""
        self._tool("mousemove", "--sync", *map(str, start), "mousedown", "1")
        for part in range(1, 9):
            place = (str(here + (there - here) * part // 8) for here, there in zip(start, end, strict=True))
            self._tool("mousemove", "--sync", *place)
        self._tool("sleep", "0.3", "mouseup", "1")  # the other program has its own pace

    def colour(self, x: int, y: int) -> tuple[int, ...]:
        """The colour at a place of the screen: red, green, blue."""
        picture = ImageGrab.grab((x, y, x + 1, y + 1), xdisplay=self._display)
        return tuple(picture.convert("RGB").getpixel((0, 0)))

    def becomes(self, place: tuple[int, int], colour: tuple[int, ...], seconds: float = 1.0) -> bool:
        """Whether a place of the screen gets a colour in that time."""
        end = time.monotonic() + seconds
        while self.colour(*place) != colour:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _tool(self, *words: str) -> str:
        ran = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        return ran.stdout


def until(look: Callable[[], object]) -> list[str]:
    """Look again and again until there is something; what there is. Fails when the patience is over."""
    end = time.monotonic() + PATIENCE
    while not (seen := look()):
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.05)
    return seen  # type: ignore[return-value]
