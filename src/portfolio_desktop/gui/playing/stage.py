"""Decides what the player shows: still pictures until it is asked to play, then a player of its own for this file.

    show(file) ─▶ still picture        toggle ─▶ path (lane) ─▶ Player.start ─▶ frames, times ─▶ view
    hidden, another file ─▶ Player.close; the place in the file is remembered

Where there is no player, or it fails, the still pictures go on: the slider shows what the film shows there.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.playing.player import Player
from portfolio_desktop.gui.playing.view import PlayerView
from portfolio_desktop.gui.preview.cache import Key
from portfolio_desktop.gui.preview.pictures import Pictures
from portfolio_desktop.gui.session import Session
from portfolio_desktop.inspection.abilities import AUDIO, FILMS, WITH_PICTURE
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import PieceFile

SEEK_PAUSE_MILLISECONDS = 60
STILL_STEP = 320
"""Widths of still pictures, so that a window drawn larger needs few of them."""
SAME_STILL = 500
"""Milliseconds within which one still picture serves."""


class Stage(QObject):
    """The controller of one player view."""

    def __init__(self, session: Session, view: PlayerView, pictures: Pictures) -> None:
        super().__init__(view)
        self._session, self._view, self._pictures = session, view, pictures
        self._file: PieceFile | None = None
        self._player: Player | None = None
        self._places: dict[str, int] = {}
        self._at = 0
        self._wanted = False
        self._waiting = False
        self._playing = False
        self._seek = QTimer(self)
        self._seek.setSingleShot(True)
        self._seek.setInterval(SEEK_PAUSE_MILLISECONDS)
        self._seek.timeout.connect(self._go)
        view.toggled.connect(self.toggle)
        view.sought.connect(self._sought)
        view.muted.connect(self._mute)
        view.louder.connect(self._loud)
        view.resized.connect(self._resized)
        view.gone.connect(self.rest)
        pictures.drawn.connect(self._drawn)

    def show(self, file: PieceFile) -> None:
        """Show this file, at the place where it was left."""
        if self._file is not None and self._file.sha256 == file.sha256:
            return
        self.leave()
        self._file = file
        self._at = self._places.get(file.sha256, 0)
        self._view.begin(round((file.inspection.duration or 0) * 1000), self._at)
        self._ask_still()

    def leave(self) -> None:
        """End the player; what it played is remembered with its place."""
        self._stop()
        self._file = None

    def forget(self) -> None:
        """Another library is open."""
        self.leave()
        self._places.clear()

    def rest(self) -> None:
        """The view cannot be seen: nothing sounds on."""
        self._stop()
        self._view.show_state("paused")

    def toggle(self) -> None:
        """Play, or pause."""
        if self._file is None:
            return
        self._wanted = not (self._playing or self._waiting)
        if self._player is not None:
            self._obey()
        elif self._wanted:
            self._begin(self._file)
        else:
            self._waiting = False
            self._view.show_state("paused")

    def _begin(self, file: PieceFile) -> None:
        self._waiting = True
        self._view.say("")
        self._view.show_state("starting")
        self._session.ask(
            "",
            errands.file_path,
            file.sha256,
            done=lambda path: self._start(file, path),
            failed=lambda error: self._failed("file", str(error)),
        )

    def _start(self, file: PieceFile, path: Path) -> None:
        if file is not self._file or not self._waiting or self._player is not None:
            return
        room = self._view.room()
        player = Player(path, max(1, room.width()), max(1, room.height()), self)
        self._player = player
        player.loaded.connect(self._loaded)
        player.frame.connect(self._frame)
        player.at.connect(self._reached)
        player.state.connect(self._state)
        player.silent.connect(self._silent)
        player.failed.connect(self._failed)
        player.start()

    def _silent(self) -> None:
        if self._file is not None and self._file.kind in AUDIO:
            self._view.say(_("這臺電腦沒有可以發出聲音的裝置，聽不到聲音。"), "warning")
        else:
            self._view.say(_("這臺電腦沒有可以發出聲音的裝置，只有畫面。"), "warning")

    def _stop(self) -> None:
        if self._file is not None:
            self._places[self._file.sha256] = self._at
        player, self._player = self._player, None
        self._waiting = self._playing = self._wanted = False
        self._seek.stop()
        if player is not None:
            player.close()
            player.deleteLater()

    def _loaded(self, length: int, _with_picture: bool) -> None:
        self._waiting = False
        if length > 0:
            self._view.show_length(length)
        if self._player is not None:
            self._player.loud(self._view.loud.value())
            self._player.mute(self._view.mute.isChecked())
            if 0 < self._at < length:
                self._player.seek(self._at)
        self._obey()

    def _obey(self) -> None:
        if self._player is not None and not self._waiting:
            if self._wanted:
                self._player.play()
            else:
                self._player.pause()
        self._view.show_state("starting" if self._wanted else "paused")

    def _frame(self, image: QImage) -> None:
        self._view.show_image(image)
        if self._player is not None:
            self._player.more()

    def _reached(self, at: int) -> None:
        if not self._seek.isActive():
            self._at = at
            self._view.show_at(at)

    def _state(self, state: str) -> None:
        self._playing = state == "playing"
        if state == "ended":
            self._wanted = False
            self._at = 0  # so that it begins anew, also with another player
        if self._playing == self._wanted:  # else it is on its way to what is wanted
            self._view.show_state(state)

    def _sought(self, at: int) -> None:
        self._at = at
        self._seek.start()

    def _go(self) -> None:
        if self._player is not None and not self._waiting:
            self._player.seek(self._at)
        else:
            self._ask_still()

    def _mute(self, on: bool) -> None:
        if self._player is not None:
            self._player.mute(on)

    def _loud(self, at: int) -> None:
        if self._player is not None:
            self._player.loud(at)

    def _resized(self) -> None:
        room = self._view.room()
        if self._player is not None:
            self._player.resize(max(1, room.width()), max(1, room.height()))
        else:
            self._ask_still()

    def _failed(self, _what: str, sentence: str) -> None:
        self._stop()
        self._view.show_state("paused")
        self._view.say(sentence, "warning")
        self._ask_still()

    def _still(self) -> Key | None:
        """The picture that stands for the present place; None where the file has none."""
        file = self._file
        if file is None or file.kind not in WITH_PICTURE:
            return None
        width = max(1, -(-self._view.room().width() // STILL_STEP)) * STILL_STEP
        at = self._at // SAME_STILL * SAME_STILL if file.kind in FILMS else 0
        return Key(file.sha256, "frame", at, width)

    def _ask_still(self) -> None:
        key = self._still()
        if key is not None and self._view.isVisible():
            self._pictures.ask(key)

    def _drawn(self, key: Key, image: QImage | None) -> None:
        if image is not None and self._player is None and key == self._still():
            self._view.show_image(image)
