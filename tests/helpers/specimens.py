"""Files of every kind for all tests, good and faulty, made when they are asked for and kept for the test run.

    from helpers import specimens
    specimens.write(tmp_path, "photo.jpg", specimens.jpg())         bytes -> a file
    specimens.GOOD["pdf"]()   specimens.FAULTY["pdf-cut"]()         every one by name: bytes

Made with the same libraries that read them (pikepdf, Pillow, PyAV) or by hand; nothing is read from elsewhere.
"""

from __future__ import annotations

import functools
import io
import random
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansTC-Regular.otf"


def write(folder: Path, name: str, data: bytes) -> Path:
    """Put bytes into a file and hand its path on."""
    path = folder / name
    path.write_bytes(data)
    return path


# --- documents -------------------------------------------------------------------------------------------------------


@functools.cache
def pdf(
    pages: int = 1, text: str = "Water quality report", author: str = "", image: bool = False, filler: int = 0
) -> bytes:
    """A PDF with `pages` pages of Latin `text` (none where it is empty), `filler` bytes that cannot be packed."""
    document = pikepdf.new()
    for number in range(pages):
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1]
        content = f"BT /F1 18 Tf 72 720 Td ({text} {number + 1}) Tj ET".encode() if text else b"72 72 100 100 re f"
        fonts = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.Resources = pikepdf.Dictionary(Font=fonts)
        if image:
            page.Resources.XObject = pikepdf.Dictionary(Im1=_picture(document))
            content += b" q 300 0 0 300 100 200 cm /Im1 Do Q"
        page.Contents = document.make_stream(content)
    if author:
        document.docinfo["/Author"] = author
    if filler:
        document.Root.Filler = document.make_stream(random.Random(filler).randbytes(filler))
    return _saved(document)


def _picture(document: pikepdf.Pdf) -> pikepdf.Object:
    stream = document.make_stream(jpg(200, 200))
    stream.Type, stream.Subtype, stream.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 200, 200, 8, pikepdf.Name.DeviceRGB
    return stream


def _saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


@functools.cache
def locked_pdf(user: str = "secret", owner: str = "owner", strength: int = 6) -> bytes:
    """A PDF that asks for a password, or with an empty `user` only forbids things; `strength` 2, 3, 4 or 6."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        encryption = pikepdf.Encryption(user=user, owner=owner, R=strength, aes=strength >= 4, metadata=strength >= 4)  # type: ignore[arg-type]
        return _saved(document, encryption=encryption)


@functools.cache
def active_pdf(what: str) -> bytes:
    """A PDF that does something by itself: javascript launch embedded-file external-action xfa, or link (harmless)."""
    document = pikepdf.open(io.BytesIO(pdf()))
    root, name = document.Root, pikepdf.Name
    if what == "javascript":
        root.OpenAction = pikepdf.Dictionary(S=name.JavaScript, JS="app.alert(1)")
    elif what == "launch":
        root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=name.Launch, F="calc.exe"))
    elif what == "embedded-file":
        document.attachments["a.txt"] = pikepdf.AttachedFileSpec(document, b"hidden", filename="a.txt")
    elif what == "external-action":
        root.OpenAction = pikepdf.Dictionary(S=name.URI, URI="https://example.org/")
    elif what == "xfa":
        root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    else:
        link = pikepdf.Dictionary(S=name.URI, URI="https://example.org/")
        annotation = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=link)
        document.pages[0].Annots = pikepdf.Array([annotation])
    return _saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def without_way_in(data: bytes, how: str) -> bytes:
    """A PDF as qpdf or we write it, damaged so that qpdf does not get to its pages while PDFium still shows them.

    table: the middle of its cross-reference stream is lost; stump: so is nearly all of it; circle: its page tree leads back to
    its own root (this one for PDFs without packed objects).
    """
    if how == "circle":
        again = rb"/Pages \1 0 R\2/Kids [ \1 0 R "
        return re.sub(rb"/Pages (\d+) 0 R(.*)/Kids \[ ", again, data, count=1, flags=re.DOTALL)
    begin, end = data.index(b"stream", data.rindex(b"/XRef")), data.rindex(b"startxref")
    start, length = ((begin + end) // 2, 16) if how == "table" else (begin + 8, 32)
    return data[:start] + bytes(length) + data[start + length :]


@functools.cache
def pdf_with_torn_stream(loud: bool = True) -> bytes:
    """A PDF whose packed page content is torn in the middle; its structure is sound. Not `loud`: only its checksum tells."""
    document = pikepdf.open(io.BytesIO(pdf()))
    packed = zlib.compress(random.Random(7).randbytes(3000).hex().encode())
    stream = document.make_stream(
        next(data for data in map(functools.partial(torn, packed, 0.3, 40), range(99)) if _is_loud(data) == loud)
    )
    stream.Filter = pikepdf.Name.FlateDecode
    document.pages[0].Contents = stream
    out = io.BytesIO()
    document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def _is_loud(packed: bytes) -> bool:
    """Whether unpacking stumbles; otherwise only the checksum is wrong."""
    try:
        zlib.decompress(packed)
    except zlib.error as error:
        return "incorrect data check" not in str(error)
    return False


# --- pictures --------------------------------------------------------------------------------------------------------


def picture(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """A picture with soft shapes and some noise, the same every time."""
    ramp = Image.linear_gradient("L").resize((width, height))
    noise = Image.frombytes("L", (64, 64), random.Random(1).randbytes(4096)).resize((width, height))
    image = Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM), Image.blend(ramp, noise, 0.3)))
    return image.convert(mode)


def exif(orientation: int = 1, gps: bool = False, author: str = "", serial: str = "") -> bytes:
    """An EXIF block as cameras and phones write it."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "Phone"
    if author:
        block[0x013B] = author
    if serial:
        block.get_ifd(0x8769)[0xA431] = serial
    if gps:
        block.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 1.0), 3: "E", 4: (121.0, 30.0, 1.0)})
    return block.tobytes()


@functools.cache
def jpg(width: int = 320, height: int = 240, mode: str = "RGB", quality: int = 85, **options: Any) -> bytes:
    """A JPEG; `options` as Pillow's (`progressive`, `exif`)."""
    out = io.BytesIO()
    picture(width, height, mode).save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


@functools.cache
def png(width: int = 320, height: int = 240, mode: str = "RGB", author: str = "", **options: Any) -> bytes:
    """A PNG; `options` as Pillow's."""
    out, info = io.BytesIO(), PngInfo()
    if author:
        info.add_text("Author", author)
    picture(width, height, "L" if mode == "I;16" else mode).convert(mode).save(out, "PNG", pnginfo=info, **options)
    return out.getvalue()


@functools.cache
def animated_png(frames: int = 3) -> bytes:
    """A PNG that moves (APNG)."""
    out = io.BytesIO()
    first, *rest = (picture(40 + number, 40).resize((40, 40)) for number in range(frames))
    first.save(out, "PNG", save_all=True, append_images=[image.rotate(90) for image in rest])
    return out.getvalue()


@functools.cache
def interlaced_png(width: int = 37, height: int = 29) -> bytes:
    """An RGB PNG in Adam7 passes, made by hand: Pillow does not write them."""
    image = picture(width, height)
    rows = b""
    for x, y, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for line in range(y, height, dy):
            pixels = b"".join(bytes(image.getpixel((column, line))) for column in range(x, width, dx))  # type: ignore[arg-type]
            rows += b"\0" + pixels if pixels else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@functools.cache
def png_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes and `side` squared pixels."""
    packer = zlib.compressobj(9)
    row = bytes(side // 8 + 2)
    data = b"".join(packer.compress(row) for _line in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def torn(data: bytes, share: float = 0.6, length: int = 24, seed: int = 3) -> bytes:
    """The same bytes with `length` of them spoilt at `share` of the way; no byte becomes 0xFF."""
    at, spoilt = int(len(data) * share), random.Random(seed)
    rubbish = bytes(spoilt.randrange(255) for _byte in range(length))
    return data[:at] + rubbish + data[at + length :]


def cut(data: bytes, share: float = 0.6) -> bytes:
    """The beginning only."""
    return data[: int(len(data) * share)]


# --- sound and films -------------------------------------------------------------------------------------------------


@functools.cache
def mp3(seconds: float = 2.0, bitrate: int = 64_000, tags: bool = False) -> bytes:
    """A tone as MP3 with a Xing header."""
    return _media("mp3", seconds, "libmp3lame", None, bitrate, {"title": "題目", "artist": "作者"} if tags else {})


@functools.cache
def mp4(
    seconds: float = 2.0, width: int = 128, height: int = 96, audio: bool = True, fast: bool = True, place: str = ""
) -> bytes:
    """A film as MP4 (H.264, AAC); `fast`: the index comes first; `place`: ISO 6709, as phones write it.

    Its sides should be multiples of 32: otherwise the encoder reads memory that nobody wrote, and the bytes differ.
    """
    tags = {"location": place} if place else {}
    options = {"movflags": "+faststart"} if fast else {}
    return _media("mp4", seconds, "aac" if audio else None, (width, height), 48_000, tags, options)


def on_its_side(film: bytes) -> bytes:
    """An MP4 as a phone held upright writes it: the picture lies, and a matrix says to turn it by 90 degrees."""
    at = film.rindex(b"tkhd") + 44  # the sound comes first
    width = int.from_bytes(film[at + 36 : at + 40], "big")
    matrix = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, width, 0, 0x40000000)
    return film[:at] + matrix + film[at + 36 :]


@functools.cache
def m4a(seconds: float = 2.0) -> bytes:
    """A recording as M4A (AAC)."""
    return _media("ipod", seconds, "aac", None, 48_000, {})


@functools.cache
def wav(seconds: float = 1.0) -> bytes:
    """A tone as WAV."""
    return _media("wav", seconds, "pcm_s16le", None, 0, {})


@functools.cache
def mov(seconds: float = 1.0) -> bytes:
    """A film as QuickTime."""
    return _media("mov", seconds, None, (128, 96), 0, {})


def _media(
    container: str,
    seconds: float,
    audio: str | None,
    size: tuple[int, int] | None,
    bitrate: int,
    tags: Mapping[str, str],
    options: Mapping[str, str] | None = None,
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:  # putting the index first needs a file that can be read again
        path = Path(folder) / "media"
        _encode(path, container, seconds, audio, size, bitrate, tags, options or {})
        return path.read_bytes()


def _encode(
    path: Path,
    container: str,
    seconds: float,
    audio: str | None,
    size: tuple[int, int] | None,
    bitrate: int,
    tags: Mapping[str, str],
    options: Mapping[str, str],
) -> None:
    with av.open(path, "w", format=container, options=dict(options)) as target:
        target.metadata.update(tags)
        sound = target.add_stream(audio, rate=44_100) if audio else None
        film = target.add_stream("libx264", rate=25) if size else None
        if film is not None and size is not None:
            film.width, film.height, film.pix_fmt = size[0], size[1], "yuv420p"  # type: ignore[attr-defined]
            _film(target, film, size, seconds)
        if sound is not None:
            if bitrate:
                sound.bit_rate = bitrate  # type: ignore[attr-defined]
            _tone(target, sound, seconds)


def _film(target: Any, stream: Any, size: tuple[int, int], seconds: float) -> None:
    for number in range(int(seconds * 25)):
        frame = av.VideoFrame.from_image(picture(*size).rotate(number * 5))
        frame.pts, frame.time_base = number, Fraction(1, 25)
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))


def _tone(target: Any, stream: Any, seconds: float) -> None:
    layout, rate, step = "mono", 44_100, 1152
    wave = b"".join(struct.pack("<h", 8000 if sample // 50 % 2 else -8000) for sample in range(100))
    samples = wave * (int(seconds * rate) // 100 + 20)
    resampler = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate)
    for start in range(0, int(seconds * rate), step):
        frame = av.AudioFrame(format="s16", layout=layout, samples=step)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        frame.planes[0].update(samples[start * 2 : (start + step) * 2].ljust(frame.planes[0].buffer_size, b"\0"))
        for ready in resampler.resample(frame):
            target.mux(stream.encode(ready))
    target.mux(stream.encode(None))


# --- other kinds -----------------------------------------------------------------------------------------------------


@functools.cache
def archive(*names: str, mimetype: str = "") -> bytes:
    """A ZIP with these entries; `mimetype` first and unpacked, as OpenDocument asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if mimetype:
            target.writestr(zipfile.ZipInfo("mimetype"), mimetype, zipfile.ZIP_STORED)
        for name in names:
            target.writestr(name, "<w:p><w:t>水質調查</w:t></w:p>" if name.endswith(".xml") else "內容")
    return out.getvalue()


def docx() -> bytes:
    """A word processor's document, as far as its kind and text go."""
    return archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")


@functools.cache
def image_as(form: str) -> bytes:
    """A small picture in another format of Pillow's: GIF WEBP TIFF BMP AVIF ICO."""
    out = io.BytesIO()
    picture(64, 48).save(out, form)
    return out.getvalue()


def old_office(stream: str) -> bytes:
    """The beginning of an old office file that holds a stream of this name."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    return (header.ljust(48, b"\0") + struct.pack("<I", 0)).ljust(512, b"\xff") + f"{stream}\0".encode(
        "utf-16-le"
    ).ljust(512, b"\0")


GOOD: Mapping[str, Callable[[], bytes]] = {
    "pdf": pdf,
    "jpg": jpg,
    "png": png,
    "mp3": mp3,
    "mp4": mp4,
}
"""One sound file of each kind that the platforms take."""

FAULTY: Mapping[str, Callable[[], bytes]] = {
    "pdf-cut": lambda: cut(pdf(3, image=True)),
    "pdf-torn": pdf_with_torn_stream,
    "pdf-locked": locked_pdf,
    "jpg-cut": lambda: cut(jpg()),
    "jpg-torn": lambda: torn(jpg()),
    "jpg-head-only": lambda: jpg()[:200],
    "png-cut": lambda: cut(png()),
    "png-torn": lambda: torn(png()),
    "png-bomb": png_bomb,
    "png-as-text": lambda: png().replace(b"\r\n", b"\n"),
    "mp3-cut": lambda: cut(mp3(4.0), 0.4),
    "mp4-cut": lambda: cut(mp4(), 0.7),
    "mp4-no-index": lambda: cut(mp4(fast=False), 0.7),
    "mp4-torn": lambda: torn(mp4(), 0.7, 200),
}
"""Faulty files of those kinds by name: every one of them is damaged or does not open."""

OTHER: Mapping[str, Callable[[], bytes]] = {
    "gif": lambda: image_as("GIF"),
    "webp": lambda: image_as("WEBP"),
    "tiff": lambda: image_as("TIFF"),
    "bmp": lambda: image_as("BMP"),
    "avif": lambda: image_as("AVIF"),
    "ico": lambda: image_as("ICO"),
    "heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "mov": mov,
    "m4a": m4a,
    "wav": wav,
    "zip": lambda: archive("a.txt"),
    "docx": docx,
    "pptx": lambda: archive("[Content_Types].xml", "ppt/presentation.xml"),
    "xlsx": lambda: archive("[Content_Types].xml", "xl/workbook.xml"),
    "odt": lambda: archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "odp": lambda: archive("content.xml", mimetype="application/vnd.oasis.opendocument.presentation"),
    "doc": lambda: old_office("WordDocument"),
    "ppt": lambda: old_office("PowerPoint Document"),
    "html": lambda: b"<!DOCTYPE html>\n<html><body>\xe6\xb0\xb4</body></html>",
    "svg": lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "exe": lambda: b"MZ".ljust(128, b"\0"),
    "rtf": lambda: b"{\\rtf1 text}",
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "psd": lambda: b"8BPS\0\1".ljust(64, b"\0"),
    "7z": lambda: b"7z\xbc\xaf\x27\x1c".ljust(64, b"\0"),
    "rar": lambda: b"Rar!\x1a\x07\x01\x00".ljust(64, b"\0"),
    "gz": lambda: b"\x1f\x8b\x08\0".ljust(64, b"\0"),
    "text": lambda: "心得：水質調查。\n".encode() * 4,
    "empty": lambda: b"",
    "unknown": lambda: bytes(range(1, 256)) * 3,
}
"""Files of kinds that no platform takes, by the word for their kind."""
