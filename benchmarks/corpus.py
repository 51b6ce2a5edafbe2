"""Files like a student's, as many as wanted, made once and kept in build/benchmarks/.

    base      some thirty real files, encoded by the real encoders (Qt, Pillow, libmp3lame, x264)
      |       salted: a comment, chunk, tag or box that no reader shows, so that every copy is another file
    corpus    113-1/國語文 期末報告 007.pdf …      one in twenty of them faulty in a way that really happens

A salted copy costs its writing only, and decodes exactly like its original: 2,000 files (some 3.4 GB) in under a minute.
"""

from __future__ import annotations

import argparse
import array
import io
import math
import os
import random
import shutil
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import pikepdf
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QByteArray, QMarginsF, QUrl
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "benchmarks"
FONT = ROOT / "resources" / "fonts" / "NotoSansTC-Regular.otf"
VERSION = "2"
"""Raised when what is made changes, so that a cached corpus is made anew."""
SALT = b"0000000000000000"
FAULTY = 20
"""One file in so many is faulty."""
# Out of twenty files: how many of each kind a student has.
MIX = ("pdf",) * 7 + ("jpg",) * 7 + ("png",) * 3 + ("mp3",) * 1 + ("mp4",) * 2
SUBJECTS = (
    "國語文",
    "英語文",
    "數學",
    "歷史",
    "地理",
    "公民與社會",
    "物理",
    "化學",
    "生物",
    "地球科學",
    "資訊科技",
    "美術",
)
WORKS = (
    "期末專題報告",
    "探究與實作",
    "讀書心得",
    "小論文",
    "實驗紀錄",
    "課堂筆記整理",
    "小組簡報",
    "作品說明",
    "活動照片",
    "訪談錄音",
)
TEXT = (
    "本專題以社區的排水溝為觀察對象，比較雨季前後的水質與周遭植物的變化。我們先蒐集歷年雨量與淹水紀錄，再到現場採樣，"
    "記錄酸鹼度、濁度與溶氧量，並訪問里長與住戶。資料整理後發現，上游工地的泥沙是濁度升高的主要原因。我負責採樣與繪圖，"
    "過程中學會用試算表做迴歸分析，也明白量測誤差如何影響結論。往後希望把方法推廣到學校附近的埤塘。"
)


def corpus(count: int) -> Path:
    """The folder with `count` files, made if it is not there yet."""
    folder = CACHE / f"corpus-{count}"
    stamp = folder.with_suffix(".made")
    if stamp.is_file() and stamp.read_text() == VERSION:
        return folder
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    base = base_files()
    chance = random.Random(count)
    for number in range(count):
        kind = MIX[(number * 7 + number // FAULTY * 3) % len(MIX)]
        data = salted(kind, chance.choice(base[kind]).read_bytes(), f"{number:016d}".encode())
        term = f"{111 + number % 3}-{1 + number // 3 % 2}"
        name = f"{chance.choice(SUBJECTS)} {chance.choice(WORKS)} {number:04d}"
        if number % FAULTY == FAULTY - 1:
            data, kind = faulty(number // FAULTY, kind, data, base)
        path = folder / term / f"{name}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    stamp.write_text(VERSION)
    return folder


def files_of(folder: Path) -> list[Path]:
    """All files of a corpus, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def faulty(turn: int, kind: str, data: bytes, base: dict[str, list[Path]]) -> tuple[bytes, str]:
    """One of the faults that really happen: the bytes, and the extension they are given."""
    faults: tuple[Callable[[], tuple[bytes, str]], ...] = (
        lambda: (data[: len(data) * 2 // 3], kind),
        lambda: (b"", kind),
        lambda: (base["jpg"][0].read_bytes() + str(turn).encode(), "png"),
        lambda: (encrypted(base["pdf"][0], turn), "pdf"),
        lambda: (data[: len(data) // 2] + bytes(4096) + data[len(data) // 2 + 4096 :], kind),
        lambda: (f"<html><body>請先登入 {turn}</body></html>".encode(), "pdf"),
        lambda: (data[:-40], kind),
        lambda: (base["pdf"][1].read_bytes() + f"\n%{turn}\n".encode(), "jpg"),
    )
    return faults[turn % len(faults)]()


def salted(kind: str, data: bytes, salt: bytes) -> bytes:
    """The same file to every reader, another one to every hash. `salt` has 16 bytes."""
    if kind == "jpg":
        return data[:2] + b"\xff\xfe" + struct.pack(">H", 2 + len(salt)) + salt + data[2:]
    if kind == "png":
        content = b"tEXtComment\0" + salt
        chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
        return data[:33] + chunk + data[33:]
    if kind == "mp4":
        return data + struct.pack(">I4s", 8 + len(salt), b"free") + salt
    if kind == "mp3":
        frame = b"TIT2" + struct.pack(">IH", 1 + len(salt), 0) + b"\0" + salt
        return b"ID3\x03\0\0" + bytes((0, 0, 0, len(frame))) + frame + data
    return data.replace(SALT, salt, 1)


def base_files() -> dict[str, list[Path]]:
    """The real files that all others are made from, by kind."""
    folder = CACHE / f"base-{VERSION}"
    if not folder.is_dir():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        make_base(making)
        making.rename(folder)
    return {kind: sorted(folder.glob(f"*.{kind}")) for kind in dict.fromkeys(MIX)}


def make_base(folder: Path) -> None:
    """Encode every base file."""
    photos = [photo(size, seed) for seed, size in enumerate(((3264, 2448), (2400, 3200), (2000, 1500), (1600, 1200)))]
    for number, image in enumerate(photos):
        for quality in (78, 90):
            exif = image.getexif()
            exif[0x010F], exif[0x0112] = "Camera", (1, 6, 3, 1)[number]
            image.save(folder / f"photo-{number}-{quality}.jpg", quality=quality, exif=exif)
    for number, width in enumerate((1280, 1024, 800)):
        photos[number].resize((width, width * 3 // 4)).save(folder / f"photo-{number}.png")
    for number in range(4):
        page((1920, 1080), 40, number).save(folder / f"screen-{number}.png")
    for number, pages in enumerate((1, 3, 5)):
        scans = [page((1654, 2339), 44, number * 20 + index, noise=True) for index in range(pages)]
        scans[0].save(folder / f"scan-{number}.pdf", save_all=True, append_images=scans[1:], resolution=200, quality=60)
    for number, (pages, pictures) in enumerate(((2, 0), (6, 2), (12, 4), (5, 8), (20, 0))):
        report(folder / f"report-{number}.pdf", pages, [photos[index % 4] for index in range(pictures)])
    for path in folder.glob("*.pdf"):
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.docinfo["/Salt"] = pikepdf.String(SALT.decode())
            pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for number, (seconds, rate) in enumerate(((60, 128), (120, 128), (150, 160))):
        sound(folder / f"talk-{number}.mp3", seconds, rate)
    for number, (seconds, height, rate) in enumerate(((8, 360, 1_500), (12, 480, 2_000), (16, 720, 2_200))):
        film(folder / f"film-{number}.mp4", photos[number], seconds, height, rate)


def photo(size: tuple[int, int], seed: int) -> Image.Image:
    """A picture with detail at every scale, like a photo: what an encoder finds hard and easy in it."""
    chance = random.Random(seed)
    bands = []
    for _ in range(3):
        band = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(size)
        for shrink, weight in ((64, 0.5), (16, 0.35), (4, 0.2), (1, 0.06)):
            noise = Image.effect_noise((size[0] // shrink, size[1] // shrink), 110).resize(
                size, Image.Resampling.BICUBIC
            )
            band = Image.blend(band, noise, weight)
        bands.append(band)
    return Image.merge("RGB", bands)


def page(size: tuple[int, int], points: int, seed: int, *, noise: bool = False) -> Image.Image:
    """A page full of text; with the grain of a scanner where asked for."""
    paper = Image.effect_noise(size, 12).point(lambda value: 110 + value) if noise else Image.new("L", size, 250)
    image = paper.convert("RGB")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), points)
    for row, top in enumerate(range(points * 2, size[1] - points * 2, points * 2)):
        start = (row * 17 + seed * 5) % len(TEXT)
        line = (TEXT * 2)[start : start + size[0] // points - 4]
        draw.text((points * 2, top), line, font=font, fill=(30, 30, 60))
    return image


def report(path: Path, pages: int, pictures: list[Image.Image]) -> None:
    """A typeset report with text that can be found, and pictures in it, by Qt's own PDF writer."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(150)
    document = QTextDocument()
    parts = [f"<p>{TEXT}{TEXT}</p>" for _ in range(pages * 3)]
    for number, picture in enumerate(pictures):
        encoded = io.BytesIO()
        small = picture.copy()
        small.thumbnail((800, 800))
        small.save(encoded, "JPEG", quality=82)
        document.addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"picture:{number}"), QByteArray(encoded.getvalue())
        )
        parts.insert(number * 3 + 1, f'<p><img src="picture:{number}" width="600"></p>')
    document.setHtml(f'<div style="font-family: Noto Sans TC; font-size: 12pt">{"".join(parts)}</div>')
    document.print_(writer)


def encrypted(path: Path, turn: int) -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="teacher", user=f"secret{turn}", R=6))
    return out.getvalue()


def tones(seconds: int, rate: int = 44_100) -> Iterator[av.AudioFrame]:
    """Two wandering tones with some noise, stereo, in frames of 1,152 samples."""
    chance = random.Random(seconds)
    grain = [chance.randint(-1_500, 1_500) for _ in range(rate)]
    for start in range(0, seconds * rate, 1_152):
        samples = array.array("h")
        pitch = 220 * (1 + start // (rate // 2) % 5)
        for index in range(start, start + 1_152):
            wave = int(9_000 * math.sin(2 * math.pi * pitch * index / rate)) + grain[index * 7 % rate]
            samples.extend((wave, wave // 2))
        frame = av.AudioFrame(format="s16", layout="stereo", samples=1_152)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def sound(path: Path, seconds: int, kilobits: int) -> None:
    """An MP3 of constant bit rate without tags."""
    with av.open(str(path), "w", options={"id3v2_version": "0", "write_xing": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=44_100)
        stream.bit_rate = kilobits * 1_000
        for frame in tones(seconds):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def film(path: Path, still: Image.Image, seconds: int, height: int, kilobits: int) -> None:
    """A slow pan over a picture, H.264 with an AAC track."""
    width, rate = height * 16 // 9 // 2 * 2, 24
    still = still.resize((width * 2, height * 2))
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=rate, options={"preset": "veryfast"})
        video.width, video.height, video.pix_fmt, video.bit_rate = width, height, "yuv420p", kilobits * 1_000
        audio = container.add_stream("aac", rate=44_100)
        for number in range(seconds * rate):
            left, top = number * width // (seconds * rate), number * height // (seconds * rate)
            crop = still.crop((left, top, left + width, top + height))
            container.mux(video.encode(av.VideoFrame.from_image(crop)))  # type: ignore[no-untyped-call]
        container.mux(video.encode(None))
        for frame in tones(seconds):
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def main() -> int:
    """Make the corpora of the wanted sizes and say where they lie."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=main.__doc__)
    parser.add_argument("counts", type=int, nargs="+", help="how many files")
    wanted = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication(sys.argv[:1])
    QFontDatabase.addApplicationFont(str(FONT))
    for count in wanted.counts:
        folder = corpus(count)
        found = files_of(folder)
        megabytes = sum(path.stat().st_size for path in found) / 1e6
        print(f"{folder}: {len(found)} files, {megabytes:,.0f} MB")
    application.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
