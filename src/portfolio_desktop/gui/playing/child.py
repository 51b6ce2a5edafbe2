"""The player's own process: Qt's media player, with pictures sent back over a pipe and sound of its own.

stdin ─▶ Ears (thread) ─▶ Player ─▶ QMediaPlayer ─▶ QVideoSink ─▶ picture, scaled to the room ─▶ stdout
                                              └─▶ QAudioOutput

Only this module imports QtMultimedia, and only this process runs it: it brings a network library, and foreign decoders that
meet foreign bytes. The file is handed over open, never as an address, and FFmpeg may open nothing else than files
(player.py, ENVIRONMENT). The process ends when its parent is gone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtCore import QFile, QIODevice, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from portfolio_desktop.files import Unreadable, open_source
from portfolio_desktop.gui.playing.wire import packed, read
from portfolio_desktop.inspection.abilities import MEDIA
from portfolio_desktop.inspection.worker import private_pipes
from portfolio_desktop.kinds.detect import kind_of

BEAT_MILLISECONDS = 500
TELL_MILLISECONDS = 100
SMALLEST_ROOM, LARGEST_ROOM = 16, 4096

State = QMediaPlayer.PlaybackState
Status = QMediaPlayer.MediaStatus
STATES = {State.PlayingState: "playing", State.PausedState: "paused"}


def main() -> int:
    """Play what the window asks for until it closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = private_pipes()
    app = QGuiApplication(["player"])
    player = Player(lambda message, blob=b"": _say(answers, message, blob))
    ears = Ears(requests)
    ears.heard.connect(player.obey)
    ears.start()
    return int(app.exec())


class Ears(QObject):
    """Listens on a thread; when the window is gone, the process ends at once, whatever a decoder is at."""

    heard = Signal(object)

    def __init__(self, pipe: BinaryIO) -> None:
        super().__init__()
        self._pipe = pipe

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while (said := read(self._pipe)) is not None:
            self.heard.emit(said[0])
        os._exit(0)


class Player(QObject):
    """One file and its playing."""

    def __init__(self, say: Callable[..., None]) -> None:
        super().__init__()
        self._say = say
        self._room = (640, 360)
        self._wanted, self._held = True, QVideoFrame()
        self._file = QFile(self)
        self._told_length = False
        self._ended = False
        self._media = QMediaPlayer(self)
        if not self._media.isAvailable():  # its plugin cannot be loaded
            self._say({"is": "trouble", "what": "missing"})
        self._sink = QVideoSink(self)
        self._media.setVideoSink(self._sink)
        sound = QMediaDevices.defaultAudioOutput()
        self._sound = None if sound.isNull() else QAudioOutput(sound, self)
        if self._sound is not None:
            self._media.setAudioOutput(self._sound)
        self._sink.videoFrameChanged.connect(self._show)
        self._media.mediaStatusChanged.connect(self._status)
        self._media.playbackStateChanged.connect(self._state)
        self._media.errorOccurred.connect(lambda _error, _words: self._say({"is": "trouble", "what": "format"}))
        self._beat = self._every(BEAT_MILLISECONDS, lambda: self._say({"is": "alive"}))
        self._tell = self._every(TELL_MILLISECONDS, self._where)
        self._beat.start()
        self._say({"is": "ready", "sound": self._sound is not None})

    def obey(self, request: dict[str, Any]) -> None:
        """Do what the window asks for."""
        match request.get("do"):
            case "load":
                self._resize(request)
                self._load(str(request["path"]))
            case "play":
                self._ended = False
                self._media.play()
            case "pause":
                self._media.pause()
            case "seek":
                self._ended = False
                if self._media.playbackState() is State.StoppedState:  # else no picture comes of it
                    self._media.pause()
                self._media.setPosition(max(0, int(request["at"])))
                self._where()
            case "room":
                self._resize(request)
                self._show(self._sink.videoFrame())
            case "mute" if self._sound is not None:
                self._sound.setMuted(bool(request["on"]))
            case "loud" if self._sound is not None:
                self._sound.setVolume((min(100, max(0, int(request["at"]))) / 100) ** 2)  # as the ear hears it
            case "more":
                self._wanted = True
                if self._held.isValid():
                    self._show(self._held)

    def _every(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

    def _resize(self, request: dict[str, Any]) -> None:
        wide, high = (min(LARGEST_ROOM, max(SMALLEST_ROOM, int(request[side]))) for side in ("wide", "high"))
        self._room = (wide, high)

    def _load(self, path: str) -> None:
        """Open by hand: only a regular file whose first bytes are sound or film, so that no playlist names another place."""
        try:
            with open_source(Path(path)) as stream:
                kind = kind_of(stream)
                number = os.dup(stream.fileno())
        except (Unreadable, OSError):
            self._say({"is": "trouble", "what": "file"})
            return
        if kind not in MEDIA:
            os.close(number)
            self._say({"is": "trouble", "what": "format"})
            return
        os.lseek(number, 0, os.SEEK_SET)
        self._file.open(number, QIODevice.OpenModeFlag.ReadOnly, QFile.FileHandleFlag.AutoCloseHandle)
        self._media.setSourceDevice(self._file, QUrl())
        self._media.pause()

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is Status.LoadedMedia and not self._told_length:
            self._told_length = True
            self._say({"is": "loaded", "length": self._media.duration(), "picture": self._media.hasVideo()})
        elif status is Status.InvalidMedia:
            self._say({"is": "trouble", "what": "format"})
        elif status is Status.EndOfMedia:
            self._ended = True
            self._say({"is": "ended"})

    def _state(self, state: QMediaPlayer.PlaybackState) -> None:
        if state is State.PlayingState:
            self._tell.start()
        else:
            self._tell.stop()
        if not self._ended and state in STATES:
            self._where()
            self._say({"is": STATES[state]})

    def _where(self) -> None:
        self._say({"is": "at", "at": self._media.position()})

    def _show(self, frame: QVideoFrame) -> None:
        """Send a picture, or hold it until the window wants one."""
        if not frame.isValid():
            return
        if not self._wanted:
            self._held = QVideoFrame(frame)
            return
        self._held = QVideoFrame()
        image = frame.toImage()
        if image.isNull():
            return
        self._wanted = False
        if image.width() > self._room[0] or image.height() > self._room[1]:
            image = image.scaled(
                *self._room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        head = {"is": "frame", "wide": image.width(), "high": image.height(), "line": image.bytesPerLine()}
        self._say({**head, "at": max(0, frame.startTime() // 1000)}, image.constBits())


def _say(pipe: BinaryIO, message: dict[str, Any], blob: bytes | memoryview) -> None:
    try:
        pipe.write(packed(message, blob))
        pipe.flush()
    except OSError:  # nobody listens any more
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
