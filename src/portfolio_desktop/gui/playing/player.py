"""The window's end of the player: starts the process, asks, listens, and ends it when it is out of order.

    load(path) ─▶ a process of its own ─▶ loaded, frame(QImage), at(ms), state ─▶ close()
    says nothing for too long, eats memory, dies, cannot play the file  ─▶  failed(sentence), and it is gone

Two threads stand by while it runs: one reads what it says, one looks at the clock and at its memory. Everything arrives on the
window's thread. A player is for one file and one time; the next file gets another.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from portfolio_desktop.gui.playing.wire import packed, read
from portfolio_desktop.inspection.guard import MEMORY, Unavailable, own_command, shut, spawn, spelt
from portfolio_desktop.inspection.resident import resident
from portfolio_desktop.messages import N_, _

STARTING_SECONDS, SILENT_SECONDS, LOADING_SECONDS = 30.0, 8.0, 15.0
GLANCE = 0.25
ENVIRONMENT: Mapping[str, str] = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_LOGGING_RULES": "*=false",
    "QT_FFMPEG_DECODING_HW_DEVICE_TYPES": ",",  # drivers differ; what is decoded here looks the same everywhere
    "QT_DISABLE_HW_TEXTURES_CONVERSION": "1",
    "QT_FFMPEG_PROTOCOL_WHITELIST": "file",  # never an address that a file names
}
TROUBLES = {
    "missing": N_("這臺電腦少了播放需要的元件，只能看靜止的畫面。按「開啟」用系統的程式播放。"),
    "format": N_("這個檔案沒辦法在這裡播放。按「開啟」用系統的程式試試看。"),
    "file": N_("檔案讀不到，沒辦法播放。"),
    "time": N_("播放的程式沒有回應，已經結束。按播放可以再試一次，或按「開啟」用系統的程式。"),
    "memory": N_("播放這個檔案要用太多記憶體，已經停下。按「開啟」用系統的程式。"),
    "crash": N_("播放的程式意外結束。按播放可以再試一次，或按「開啟」用系統的程式。"),
}


class Player(QObject):
    """One file in the player; `failed` brings why it ended by itself, in words."""

    loaded = Signal(int, bool)
    """How long it is in milliseconds, and whether it has a picture."""
    frame = Signal(object)
    at = Signal(int)
    state = Signal(str)
    """playing, paused or ended."""
    silent = Signal()
    """This computer has nothing that sounds."""
    failed = Signal(str, str)
    """What it was (a word of TROUBLES), and the sentence."""
    _said = Signal(object, object)
    _over = Signal(str)

    def __init__(self, path: Path, wide: int, high: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._room = {"wide": wide, "high": high}
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self._heard = self._begun = time.monotonic()
        self._ready, self._loading = False, True
        self._reason = ""
        self._ending = threading.Event()
        self._said.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start the process and have it load the file, paused at its beginning."""
        try:
            self._process = spawn(player_command(), ENVIRONMENT)
        except Unavailable:
            self._over.emit("crash")
            return
        for work in (self._listen, self._watch):
            thread = threading.Thread(target=work, name="player", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._ask("load", path=spelt(self._path), **self._room)

    def play(self) -> None:
        """Go on, from the beginning where it is at its end."""
        self._ask("play")

    def pause(self) -> None:
        """Stop where it is."""
        self._ask("pause")

    def seek(self, at: int) -> None:
        """Go to a time, in milliseconds."""
        self._ask("seek", at=at)

    def resize(self, wide: int, high: int) -> None:
        """Send pictures for this room from now on, in pixels of the screen."""
        self._ask("room", wide=wide, high=high)

    def mute(self, on: bool) -> None:
        """Be quiet, or not any more."""
        self._ask("mute", on=on)

    def loud(self, at: int) -> None:
        """Be this loud, of 100."""
        self._ask("loud", at=at)

    def more(self) -> None:
        """The last picture is on the screen: the next may come."""
        self._ask("more")

    def close(self) -> None:
        """End the process, whatever it is at; nothing is told any more."""
        process, self._process = self._process, None
        self._ending.set()
        self.blockSignals(True)
        if process is not None:
            process.kill()
            for thread in self._threads:
                thread.join()
            process.wait()
            shut(process.stdin)
            shut(process.stdout)

    def _ask(self, do: str, **more: Any) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        try:
            process.stdin.write(packed({"do": do, **more}))
            process.stdin.flush()
        except OSError:  # it is gone; the thread that listens tells
            return

    def _listen(self) -> None:
        process = self._process
        pipe = process.stdout if process is not None else None
        while pipe is not None and (said := read(pipe)) is not None:  # type: ignore[arg-type]
            self._heard = time.monotonic()
            message, blob = said
            if message.get("is") != "alive":
                self._said.emit(message, _image(message, blob))
        if not self._ending.is_set():
            self._over.emit(self._reason or "crash")

    def _watch(self) -> None:
        """End a process that is silent for too long, or too large; why is told by who listens."""
        process = self._process
        while process is not None and not self._ending.wait(GLANCE):
            now = time.monotonic()
            patience = SILENT_SECONDS if self._ready else STARTING_SECONDS
            if now - self._heard > patience or (self._ready and self._loading and now - self._begun > LOADING_SECONDS):
                self._reason = "time"
            elif resident(process) > MEMORY:
                self._reason = "memory"
            if self._reason:
                process.kill()
                return

    def _obey(self, message: dict[str, Any], image: QImage | None) -> None:
        match message.get("is"):
            case "ready":
                self._ready, self._begun = True, time.monotonic()
                if not message.get("sound"):
                    self.silent.emit()
            case "loaded":
                self._loading = False
                self.loaded.emit(int(message.get("length", 0)), bool(message.get("picture")))
            case "at":
                self.at.emit(int(message.get("at", 0)))
            case "playing" | "paused" | "ended" as state:
                self.state.emit(state)
            case "frame" if image is not None:
                self.frame.emit(image)
            case "trouble":
                self._end(str(message.get("what")))

    def _end(self, reason: str) -> None:
        """Tell why it is over, once, after putting it away."""
        if self._ending.is_set():
            return
        self.close()
        self.blockSignals(False)
        known = reason if reason in TROUBLES else "format"
        self.failed.emit(known, _(TROUBLES[known]))


def player_command() -> list[str]:
    """How the player is started."""
    return own_command("--player", "portfolio_desktop.gui.playing.door")


def _image(message: Mapping[str, Any], blob: bytes) -> QImage | None:
    """A picture as it was sent; None where its numbers do not agree with its bytes."""
    if message.get("is") != "frame":
        return None
    wide, high, line = (message.get(side) for side in ("wide", "high", "line"))
    if not (isinstance(wide, int) and isinstance(high, int) and isinstance(line, int)):
        return None
    if not (0 < wide * 4 <= line and high > 0 and line * high == len(blob)):
        return None
    return QImage(blob, wide, high, line, QImage.Format.Format_RGB32).copy()
