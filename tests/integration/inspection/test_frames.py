"""What a film shows at a time, from guarded processes: for looking through it without a player."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def plain(pixels: bytes | None) -> Image.Image:
    assert pixels is not None
    size = struct.unpack_from("<II", pixels)
    return Image.frombytes("RGB", size, pixels[8:], "raw", "BGRX")


def shown(readers: Readers, path: Path, milliseconds: int, width: int = 240) -> Image.Image | None:
    pixels = readers.pixels(path, "frame", milliseconds, width).result()
    return None if pixels is None else plain(pixels)


def test_another_time_shows_another_picture(readers: Readers) -> None:
    first, later, again = (shown(readers, FILM, at) for at in (0, 5_000, 0))
    assert first is not None
    assert later is not None
    assert again is not None
    assert first.size == later.size == (240, 135)
    assert ImageChops.difference(first, later).getbbox()
    assert not ImageChops.difference(first, again).getbbox()


def test_after_the_end_stands_the_last_picture(readers: Readers, tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "a.mp4", specimens.mp4(1.0))
    last, beyond = shown(readers, path, 960), shown(readers, path, 60_000)
    assert last is not None
    assert beyond is not None
    assert not ImageChops.difference(last, beyond).getbbox()


def test_a_film_that_was_taken_upright_stands_upright(readers: Readers, tmp_path: Path) -> None:
    turned = shown(readers, specimens.write(tmp_path, "a.mp4", specimens.on_its_side(specimens.mp4(1.0))), 0)
    lying = shown(readers, specimens.write(tmp_path, "b.mp4", specimens.mp4(1.0)), 0)
    assert turned is not None
    assert lying is not None
    assert (turned.size, lying.size) == ((96, 128), (128, 96))
    upright = lying.rotate(-90, expand=True)
    assert max(band[1] for band in ImageChops.difference(turned, upright).getextrema()) < 16


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.mp4"])
def test_what_has_no_picture_shows_none(readers: Readers, tmp_path: Path, name: str) -> None:
    data = {"a.wav": specimens.wav(), "a.mp3": specimens.mp3(), "a.mp4": specimens.cut(specimens.mp4(1.0), 0.05)}[name]
    assert shown(readers, specimens.write(tmp_path, name, data), 500) is None


@pytest.mark.parametrize("what", ["thumbnail", "page"])
def test_plain_pixels_are_the_same_picture(readers: Readers, tmp_path: Path, what: Any) -> None:
    for name, data in (("a.pdf", specimens.pdf()), ("a.jpg", specimens.jpg()), ("a.mp4", specimens.mp4(1.0))):
        path = specimens.write(tmp_path, name, data)
        png = (readers.thumbnail(path, 90) if what == "thumbnail" else readers.page(path, 0, 90)).result()
        assert png is not None
        with Image.open(io.BytesIO(png)) as coded:
            assert not ImageChops.difference(
                coded.convert("RGB"), plain(readers.pixels(path, what, 0, 90).result())
            ).getbbox()


def test_what_can_be_seen_through_stands_on_white(readers: Readers, tmp_path: Path) -> None:
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    image.putpixel((3, 3), (255, 0, 0, 255))
    image.save(tmp_path / "a.png")
    seen = plain(readers.pixels(tmp_path / "a.png", "page", 0, 40).result())
    assert seen.getpixel((20, 10)) == (255, 255, 255)
    assert seen.getpixel((3, 3)) == (255, 0, 0)


def test_a_picture_like_a_thread_is_pressed_together(readers: Readers, tmp_path: Path) -> None:
    Image.new("L", (1000, 60_000), 200).save(tmp_path / "a.png")
    seen = plain(readers.pixels(tmp_path / "a.png", "page", 0, 1000).result())
    assert seen.size == (1000, 24_000)
