"""What a film shows at a time, from guarded processes: for looking through it without a player."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from helpers import specimens
from portfolio_desktop.inspection.readers import Readers

FILM = Path(__file__).parents[3] / "resources" / "sample" / "files" / "單擺實驗紀錄.mp4"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as made:
        yield made


pytestmark = pytest.mark.shared_workers


def shown(readers: Readers, path: Path, milliseconds: int, width: int = 240) -> Image.Image | None:
    png = readers.frame(path, milliseconds, width).result()
    return None if png is None else Image.open(io.BytesIO(png))


def test_another_time_shows_another_picture(readers: Readers) -> None:
    first, later, again = (shown(readers, FILM, at) for at in (0, 5_000, 0))
    assert first is not None
    assert later is not None
    assert again is not None
    assert first.size == later.size == (240, 135)
    assert ImageChops.difference(first.convert("RGB"), later.convert("RGB")).getbbox()
    assert not ImageChops.difference(first.convert("RGB"), again.convert("RGB")).getbbox()


def test_after_the_end_stands_the_last_picture(readers: Readers, tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "a.mp4", specimens.mp4(1.0))
    last, beyond = shown(readers, path, 960), shown(readers, path, 60_000)
    assert last is not None
    assert beyond is not None
    assert not ImageChops.difference(last.convert("RGB"), beyond.convert("RGB")).getbbox()


def test_a_film_that_was_taken_upright_stands_upright(readers: Readers, tmp_path: Path) -> None:
    turned = shown(readers, specimens.write(tmp_path, "a.mp4", specimens.on_its_side(specimens.mp4(1.0))), 0)
    lying = shown(readers, specimens.write(tmp_path, "b.mp4", specimens.mp4(1.0)), 0)
    assert turned is not None
    assert lying is not None
    assert (turned.size, lying.size) == ((96, 128), (128, 96))
    upright = lying.convert("RGB").rotate(-90, expand=True)
    assert max(band[1] for band in ImageChops.difference(turned.convert("RGB"), upright).getextrema()) < 16


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.mp4"])
def test_what_has_no_picture_shows_none(readers: Readers, tmp_path: Path, name: str) -> None:
    data = {"a.wav": specimens.wav(), "a.mp3": specimens.mp3(), "a.mp4": specimens.cut(specimens.mp4(1.0), 0.05)}[name]
    assert shown(readers, specimens.write(tmp_path, name, data), 500) is None
