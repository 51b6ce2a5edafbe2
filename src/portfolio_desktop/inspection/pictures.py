"""Pictures of files for people to recognise them by, in a guarded process: PNG bytes, or plain pixels on white paper.

pdf -> PDFium       image -> Pillow, turned the right way up       film, cover of a sound -> PyAV: first frame, or the one at a time
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import av
import av.error
import pypdfium2 as pdfium
from PIL import Image, ImageFile, ImageOps

from portfolio_desktop.inspection.abilities import MEDIA

MAX_PIXELS = 1 << 28
MOST_PIXELS = 24_000_000
"""Of plain pixels, 96 MB: a picture that is far higher than wide is pressed together rather than refused."""
STRAIGHT = 300
"""Frames that are decoded to come from a key frame to the wanted one; a film with rarer key frames shows one before it."""


def thumbnail(path: str, kind: str, pixels: int) -> bytes:
    """The first page or frame within a square of `pixels`; b"" where nothing can be shown."""
    return _png(_first(path, kind, 0, pixels, square=True), pixels, square=True)


def page(path: str, kind: str, number: int, width: int) -> bytes:
    """Page `number` of a PDF, or the picture, at most `width` wide; b"" where nothing can be shown."""
    return _png(_first(path, kind, number, width, square=False), width, square=False)


def pixels(path: str, kind: str, what: str, number: int, width: int) -> bytes:
    """A thumbnail, a page, or the frame of a film at `number` milliseconds, as a window shows it without decoding anything.

    Two 32-bit little-endian numbers (width, height), then four bytes a pixel: blue, green, red, and one that means nothing.
    b"" where nothing can be shown.
    """
    if what == "frame":
        image = _guarded(lambda: _film(path, number / 1000))
    else:
        image = _first(path, kind, number, width, square=what == "thumbnail")
    if image is None:
        return b""
    image = _fitted(image, width, square=what == "thumbnail")
    if image.width * image.height > MOST_PIXELS:
        image = image.resize((image.width, max(1, MOST_PIXELS // image.width)), reducing_gap=2.0)
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image)
        image = paper
    return struct.pack("<II", *image.size) + image.tobytes("raw", "BGRX")


def _first(path: str, kind: str, number: int, pixels: int, *, square: bool) -> Image.Image | None:
    if kind == "pdf":
        return _guarded(lambda: _pdf_page(path, number, pixels, square=square))
    return _guarded(lambda: _film(path) if kind in MEDIA else _image(path, pixels))


def _guarded(draw: Callable[[], Image.Image | None]) -> Image.Image | None:
    try:
        return draw()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        return None


def _pdf_page(path: str, number: int, pixels: int, *, square: bool) -> Image.Image | None:
    document = pdfium.PdfDocument(Path(path).read_bytes())
    document.init_forms()
    if not 0 <= number < len(document):
        return None
    sheet = document[number]
    width, height = sheet.get_size()
    scale = pixels / max(width, height if square else width, 1)
    image: Image.Image = sheet.render(scale=min(scale, 30_000 / max(height, 1))).to_pil()
    return image


def _image(path: str, pixels: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as image:
            image.draft("RGB", (pixels * 2, pixels * 2))
            image.load()
            return ImageOps.exif_transpose(image)


def _film(path: str, seconds: float = 0.0) -> Image.Image | None:
    with av.open(path, metadata_errors="replace") as container:
        if not container.streams.video:
            return None
        stream = container.streams.video[0]
        if seconds > 0 and stream.time_base is not None:
            with contextlib.suppress(av.error.FFmpegError):  # what cannot be sought in is shown from its beginning
                start = stream.start_time or 0
                container.seek(start + int(seconds / stream.time_base), stream=stream)
        shown = None
        for shown in islice(container.decode(stream), STRAIGHT):
            if (shown.time or 0.0) >= seconds:
                break
        if shown is None:
            return None
        image: Image.Image = shown.to_image()  # type: ignore[no-untyped-call]
        return image.rotate(shown.rotation, expand=True) if shown.rotation else image


def _png(image: Image.Image | None, pixels: int, *, square: bool) -> bytes:
    if image is None:
        return b""
    out = io.BytesIO()
    _fitted(image, pixels, square=square).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _fitted(image: Image.Image, pixels: int, *, square: bool) -> Image.Image:
    if image.mode.startswith("I"):  # 16-bit grey would be clipped to white
        image = image.point(lambda value: value / 256).convert("L")
    image = image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
    limit = (pixels, pixels) if square else (pixels, 1 << 20)
    image.thumbnail(limit, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return image
