"""Pictures of files for people to recognise them by, in a guarded process: PNG bytes.

pdf -> PDFium       image -> Pillow, turned the right way up       film, cover of a sound -> PyAV, first frame
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import av
import av.error
import pypdfium2 as pdfium
from PIL import Image, ImageFile, ImageOps

MAX_PIXELS = 1 << 28
FILMS = frozenset({"mp4", "mov", "m4v", "3gp", "mkv", "webm", "avi", "mp3", "m4a"})


def thumbnail(path: str, kind: str, pixels: int) -> bytes:
    """The first page or frame within a square of `pixels`; b"" where nothing can be shown."""
    return _png(_first(path, kind, 0, pixels, square=True), pixels, square=True)


def page(path: str, kind: str, number: int, width: int) -> bytes:
    """Page `number` of a PDF, or the picture, at most `width` wide; b"" where nothing can be shown."""
    return _png(_first(path, kind, number, width, square=False), width, square=False)


def _first(path: str, kind: str, number: int, pixels: int, *, square: bool) -> Image.Image | None:
    try:
        if kind == "pdf":
            return _pdf_page(path, number, pixels, square=square)
        return _film(path) if kind in FILMS else _image(path, pixels)
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


def _film(path: str) -> Image.Image | None:
    with av.open(path, metadata_errors="replace") as container:
        if not container.streams.video:
            return None
        frame = next(container.decode(container.streams.video[0]))
        image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
        return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _png(image: Image.Image | None, pixels: int, *, square: bool) -> bytes:
    if image is None:
        return b""
    if image.mode.startswith("I"):  # 16-bit grey would be clipped to white
        image = image.point(lambda value: value / 256).convert("L")
    image = image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
    limit = (pixels, pixels) if square else (pixels, 1 << 20)
    image.thumbnail(limit, Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
