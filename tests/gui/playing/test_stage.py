"""Sound and film in the preview: still pictures, playing, going away and coming back."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from helpers.window import Driver
from portfolio_desktop.gui.pieces.page import EDIT_TAB
from portfolio_desktop.gui.playing import player as module
from portfolio_desktop.gui.playing.view import PlayerView, clock

PATIENCE = 30_000


def show(driver: Driver, title: str) -> PlayerView:
    """Show the sound or film of a piece; gives the player's view."""
    driver.choose(title)
    driver.editor.files.slots["media"].preview_asked.emit("media")
    driver.settle()
    view: PlayerView = driver.control.parts.preview.player
    return view


@pytest.fixture
def film(busy: Driver, qtbot: Any) -> PlayerView:
    """The film of the pendulum, with its first picture."""
    view = show(busy, "單擺")
    qtbot.waitUntil(lambda: not view.screen_.image.isNull(), timeout=PATIENCE)
    return view


def plays(driver: Driver) -> bool:
    return driver.control.pieces.preview.stage._player is not None


def test_a_film_is_played_and_paused(busy: Driver, film: PlayerView, qtbot: Any) -> None:
    still = film.screen_.image
    assert film.time.text() == "0:00 / 0:10"
    assert film.play.accessibleName() == "播放"
    assert not plays(busy)  # nothing was started to see the first picture
    film.play.click()
    assert film.play.accessibleName() == "暫停"
    qtbot.waitUntil(lambda: film.seeker.value() > 300, timeout=PATIENCE)
    assert film.screen_.image != still
    qtbot.keyClick(film.seeker, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: film.play.accessibleName() == "播放", timeout=PATIENCE)
    busy.control.parts.page.tabs.setCurrentIndex(EDIT_TAB)
    assert not plays(busy)


def test_the_slider_shows_what_is_there_without_any_player(busy: Driver, film: PlayerView, qtbot: Any) -> None:
    still = film.screen_.image
    qtbot.keyClick(film.seeker, Qt.Key.Key_Right)
    assert film.time.text() == "0:05 / 0:10"
    qtbot.waitUntil(lambda: film.screen_.image != still, timeout=PATIENCE)
    qtbot.mouseClick(film.seeker, Qt.MouseButton.LeftButton, pos=QPoint(2, film.seeker.height() // 2))
    assert film.time.text() == "0:00 / 0:10"
    qtbot.waitUntil(lambda: film.screen_.image == still, timeout=PATIENCE)
    assert not plays(busy)


def test_it_goes_on_where_it_was_left(busy: Driver, film: PlayerView, qtbot: Any) -> None:
    film.seeker.setValue(8_000)
    show(busy, "自我介紹")
    assert show(busy, "單擺") is film
    assert film.seeker.value() == 8_000
    film.play.click()
    qtbot.waitUntil(lambda: film.seeker.value() > 8_200, timeout=PATIENCE)


def test_another_file_and_a_closed_window_are_silent(busy: Driver, film: PlayerView, qtbot: Any) -> None:
    preview = busy.control.parts.preview
    film.play.click()
    qtbot.waitUntil(lambda: film.seeker.value() > 100, timeout=PATIENCE)
    preview.files.setCurrentIndex(0)
    busy.settle()
    assert not plays(busy)
    assert preview.body.currentWidget() is preview.reader
    preview.files.setCurrentIndex(1)
    film.play.click()
    qtbot.waitUntil(lambda: film.play.accessibleName() == "暫停" and plays(busy), timeout=PATIENCE)
    busy.close()
    assert not plays(busy)


def test_without_a_player_still_pictures_go_on(
    busy: Driver, film: PlayerView, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "player_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    film.play.click()
    qtbot.waitUntil(lambda: "意外結束" in film.sentence.text(), timeout=PATIENCE)
    assert film.play.accessibleName() == "播放"
    still = film.screen_.image
    film.seeker.setValue(6_000)
    qtbot.waitUntil(lambda: film.screen_.image != still, timeout=PATIENCE)


def test_a_sound_has_no_picture_but_can_be_heard(busy: Driver, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []
    ask = module.Player._ask
    monkeypatch.setattr(
        module.Player,
        "_ask",
        lambda player, do, **more: (asked.append((do, more.get("at"))), ask(player, do, **more))[1],
    )
    view = show(busy, "自我介紹")
    assert view.time.text() == "0:00 / 0:20"
    assert view.screen_.image.isNull()
    view.play.click()
    qtbot.waitUntil(lambda: view.seeker.value() > 200, timeout=PATIENCE)
    view.mute.click()
    assert view.mute.accessibleName() == "打開聲音"
    assert ("loud", 100) in asked
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.loud.accessibleDescription() == "音量 95%"
    assert view.mute.accessibleName() == "關掉聲音", "whoever makes it louder or less wants to hear something"
    assert asked[-2:] == [("mute", None), ("loud", 95)] or asked[-2:] == [("loud", 95), ("mute", None)]
    place = view.seeker.value()
    qtbot.keyClick(view.seeker, Qt.Key.Key_Up)
    assert view.loud.value() == 100
    assert view.seeker.value() - place < 3_000
    busy.window.resize(2200, 820)
    qtbot.waitUntil(view.loud.isVisible)
    busy.window.resize(900, 600)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.loud.isHidden()


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(0, "0:00"), (61_999, "1:01"), (3_723_000, "1:02:03"), (-5, "0:00")]
)
def test_times_are_told_as_players_do(milliseconds: int, words: str) -> None:
    assert clock(milliseconds) == words
