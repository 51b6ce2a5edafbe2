import io

import pytest
from PIL import Image, ImageChops

from portfolio_desktop.places import resources
from portfolio_desktop.sample.oversized import stack


@pytest.fixture(scope="module")
def photo():
    return (resources() / "sample" / "files" / "社團成果發表.jpg").read_bytes()


def test_the_picture_is_repeated_below_itself(photo):
    single = Image.open(io.BytesIO(photo)).convert("RGB")
    tall = Image.open(io.BytesIO(stack(photo, 3))).convert("RGB")
    assert tall.size == (single.width, single.height * 3)
    for number in range(3):
        part = tall.crop((0, single.height * number, single.width, single.height * (number + 1)))
        difference = ImageChops.difference(part, single)
        # Chroma is smoothed across the seam, which is a few rows.
        inner = difference.crop((0, 16, single.width, single.height - 16))
        assert inner.getbbox() is None


def test_twelve_are_over_the_platforms_limit(photo):
    assert len(stack(photo, 12)) > 4 * 1024 * 1024


def test_the_whole_scan_is_there(photo):
    with Image.open(io.BytesIO(stack(photo, 2))) as image:
        image.load()


def test_once_is_the_same_picture(photo):
    assert stack(photo, 1) == photo


@pytest.mark.parametrize("spoil", [lambda jpeg: b"", lambda jpeg: jpeg[:-2], lambda jpeg: b"GIF89a" + jpeg[6:]])
def test_what_is_no_whole_jpeg_is_refused(photo, spoil):
    with pytest.raises(ValueError, match="JPEG"):
        stack(spoil(photo), 2)


def test_a_jpeg_without_restart_markers_is_refused():
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32)).save(buffer, "JPEG")
    with pytest.raises(ValueError, match="restart"):
        stack(buffer.getvalue(), 2)


def test_a_picture_taller_than_the_format_allows_is_refused(photo):
    with pytest.raises(ValueError, match="stacked"):
        stack(photo, 60)
