#!/usr/bin/env python3
"""Draw, write, play and film the sample work in resources/sample/files/ anew: all of it is made here, none of it is anybody's.

    .venv/bin/python packaging/sample_files.py [FOLDER]

documents   Qt writes the PDFs with the vendored font; their text is in packaging/sample_texts.py
pictures    Pillow draws the posters, certificates and the "photo" (with GPS, as a telephone would leave it)
sound, film PyAV plays a tune and films a swinging pendulum
faulty      a cut tail, a password, a wrong extension, an iPhone's HEIC, an empty file
            (the file over 4 MB is made when the demo runs, from the photo: sample/oversized.py)

No file needs to be the same after a second run: versions of encoders differ. Look at what comes out before committing it.
"""

from __future__ import annotations

import io
import math
import os
import random
import struct
import sys
from array import array
from fractions import Fraction
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import av
import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from sample_texts import DOCUMENTS

ROOT = Path(__file__).resolve().parents[1]
FONT = ROOT / "resources" / "fonts" / "NotoSansTC-Regular.otf"
INK, PAPER, BLUE, TEAL, SUN, RED = "#1f2933", "#fbfaf6", "#21618c", "#1d8a7a", "#e7a93c", "#b5443a"


def main() -> int:
    """Make every file of the sample; returns 0."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "sample" / "files"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    QFontDatabase.addApplicationFont(str(FONT))
    for name, html in DOCUMENTS.items():
        document(folder / name, html)
    application.quit()
    poster(folder / "地方文史踏查海報.png")
    certificate(
        folder / "科展佳作獎狀.png", "獎　狀", ["示範高中校內科學展覽", "物理與天文學科　佳作", "作品：單擺週期與擺長"]
    )
    certificate(
        folder / "英語檢定成績.png", "成績證明", ["英語能力檢定（中級）", "聽力 112　閱讀 108", "示範學生　通過"]
    )
    picture_book(folder / "校園植物繪本.png")
    club_photo(folder / "社團成果發表.jpg")
    reading_photo(folder / "圖書館志工.jpg")
    tune(folder / "自我介紹.mp3")
    pendulum(folder / "單擺實驗紀錄.mp4")
    # Faulty ones.
    folder.joinpath("校慶海報.jpg").write_bytes(small_poster())
    cut_tail(folder / "讀書會心得.pdf")
    password(folder / "健康檢查紀錄.pdf")
    iphone(folder / "IMG_0421.HEIC")
    folder.joinpath("未命名文件.pdf").write_bytes(b"")
    total = 0
    for path in sorted(folder.iterdir()):
        total += path.stat().st_size
        print(f"{path.stat().st_size:>9,}  {path.name}")
    print(f"{total:>9,}  in all")
    return 0


def document(path: Path, html: str) -> None:
    """A PDF of A4 pages from simple HTML."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(150)
    writer.setTitle(path.stem)
    writer.setCreator("學習歷程工作臺 範例")
    text = QTextDocument()
    text.setDefaultFont(_qt_font())
    text.documentLayout().setPaintDevice(writer)
    area = writer.pageLayout().paintRectPixels(writer.resolution())
    text.setPageSize(QSizeF(area.width(), area.height()))
    text.setHtml(html)
    text.print_(writer)


def _qt_font() -> QFont:
    font = QGuiApplication.font()
    font.setFamily("Noto Sans TC")
    font.setPointSize(12)
    return font


def letters(size: int) -> ImageFont.FreeTypeFont:
    """The vendored font at a size in pixels."""
    return ImageFont.truetype(str(FONT), size)


def poster(path: Path) -> None:
    """An A3-like poster: a map of old streets with notes."""
    image = Image.new("RGB", (1240, 1754), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1240, 300), fill=BLUE)
    draw.text((620, 120), "老街的三條水路", font=letters(96), fill="white", anchor="mm")
    draw.text((620, 230), "地方文史踏查　歷史科課程學習成果", font=letters(40), fill="white", anchor="mm")
    for number in range(3):
        y = 470 + number * 150
        points = [(x, y + 40 * math.sin(x / 130 + number)) for x in range(80, 1160, 8)]
        draw.line(points, fill=TEAL, width=16, joint="curve")
    for number, (x, y, name) in enumerate(
        ((220, 430, "碼頭遺址"), (560, 650, "土地公廟"), (900, 480, "染坊舊址"), (760, 820, "水圳分流處"))
    ):
        draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=RED)
        draw.text((x, y), str(number + 1), font=letters(28), fill="white", anchor="mm")
        draw.text((x + 34, y), name, font=letters(36), fill=INK, anchor="lm")
    notes = [
        "我負責的工作：訪談兩位店家、比對舊地圖、繪製水路圖",
        "發現：三條水圳中有兩條在民國六十年代加蓋成為道路",
        "反思：地圖上消失的線，在居民的記憶裡還在",
        "延伸：想再查清楚第三條水圳改道的年代和原因",
    ]
    for number, note in enumerate(notes):
        top = 960 + number * 170
        draw.rounded_rectangle((80, top, 1160, top + 140), 18, fill="white", outline=SUN, width=4)
        draw.text((120, top + 70), note, font=letters(38), fill=INK, anchor="lm")
    draw.text((620, 1700), "示範高中　示範學生", font=letters(32), fill=INK, anchor="mm")
    image.quantize(64).save(path, optimize=True, dpi=(150, 150))


def certificate(path: Path, heading: str, lines: list[str]) -> None:
    """A certificate with a border and a seal."""
    image = Image.new("RGB", (1200, 850), "#fffdf5")
    draw = ImageDraw.Draw(image)
    for inset, line in ((30, 8), (50, 2)):
        draw.rectangle((inset, inset, 1200 - inset, 850 - inset), outline=SUN, width=line)
    draw.text((600, 170), heading, font=letters(92), fill=RED, anchor="mm")
    for number, text in enumerate(["示範學生", *lines]):
        draw.text((600, 310 + number * 90), text, font=letters(46), fill=INK, anchor="mm")
    draw.rectangle((930, 640, 1060, 770), outline=RED, width=8)
    draw.text((995, 675), "示範", font=letters(44), fill=RED, anchor="mm")
    draw.text((995, 733), "之印", font=letters(44), fill=RED, anchor="mm")
    image.quantize(32).save(path, optimize=True)


def picture_book(path: Path) -> None:
    """Four plants, drawn leaf by leaf."""
    image = Image.new("RGB", (1400, 1000), "#f3f7ee")
    draw = ImageDraw.Draw(image)
    draw.text((700, 70), "校園植物繪本", font=letters(64), fill=INK, anchor="mm")
    for number, (name, leaves, colour) in enumerate(
        (("榕樹", 19, "#3d7a4f"), ("臺灣欒樹", 13, "#c46a4a"), ("茄苳", 9, "#4f8f3d"), ("流蘇", 23, "#d9dccb"))
    ):
        x = 200 + number * 335
        draw.line((x, 880, x, 420), fill="#7b5b3a", width=22)
        for leaf in range(leaves):
            angle, radius = leaf * 2.4, 28 + leaf * 5.5
            cx, cy = x + radius * math.cos(angle), 380 + radius * math.sin(angle) * 0.9
            draw.ellipse((cx - 46, cy - 24, cx + 46, cy + 24), fill=colour, outline="#2b4a33", width=3)
        draw.text((x, 935), name, font=letters(44), fill=INK, anchor="mm")
    image.quantize(64).save(path, optimize=True)


def club_photo(path: Path) -> None:
    """A stage at night: lights, drummers, an audience, and a camera's noise; with GPS and an owner in its EXIF.

    Baseline, with a restart marker after each row of blocks: the demo stacks it to a collage over 4 MB.
    """
    image = Image.new("RGB", (1600, 1200), "#1a1530")
    draw = ImageDraw.Draw(image, "RGBA")
    for number, colour in enumerate(("#f5c04a", "#e0567a", "#5ab0e8", "#f5c04a")):
        x = 250 + number * 370
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        draw.polygon(((x, 0), (x - 230, 900), (x + 230, 900)), fill=(red, green, blue, 70))
    draw.rectangle((0, 820, 1600, 1200), fill=(58, 40, 34, 255))
    for number in range(7):
        x = 180 + number * 205
        draw.ellipse((x - 45, 470, x + 45, 560), fill=(222, 180, 150, 255))
        draw.rectangle((x - 55, 555, x + 55, 760), fill=(150, 30, 40, 255))
        draw.ellipse((x - 85, 690, x + 85, 830), fill=(196, 150, 90, 255), outline=(80, 40, 20, 255), width=10)
        draw.line((x - 50, 600, x - 70, 700), fill=(222, 180, 150, 255), width=22)
        draw.line((x + 50, 600, x + 75, 690), fill=(222, 180, 150, 255), width=22)
    for number in range(40):
        x, y = 20 + number * 41, 1130 + 30 * math.sin(number * 1.7)
        draw.ellipse((x - 34, y - 40, x + 34, y + 40), fill=(16, 14, 26, 255))
    image = noisy(image.filter(ImageFilter.GaussianBlur(1.6)), 7)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "DemoPhone", "DemoPhone 7", "示範學生".encode().decode("latin-1")
    exif[0x0132] = "2025:03:22 18:41:07"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 20.4), 3: "E", 4: (121.0, 31.0, 12.0)})
    image.save(path, quality=82, exif=exif, restart_marker_rows=1)


def reading_photo(path: Path) -> None:
    """A library's shelves."""
    image = Image.new("RGB", (1500, 1000), "#d8c7a8")
    draw = ImageDraw.Draw(image)
    dice = random.Random(3)
    for shelf in range(4):
        top, x = 40 + shelf * 240, 30
        while x < 1450:
            wide, tall = dice.randint(18, 46), dice.randint(140, 195)
            colour = tuple(dice.randint(50, 200) for _ in range(3))
            draw.rectangle((x, top + 200 - tall, x + wide, top + 200), fill=colour)
            draw.line((x + wide // 2, top + 220 - tall, x + wide // 2, top + 190), fill="#f0e8d8", width=3)
            x += wide + 3
        draw.rectangle((0, top + 200, 1500, top + 222), fill="#7b5b3a")
    noisy(image.filter(ImageFilter.GaussianBlur(1.0)), 4).save(path, quality=80, optimize=True)


def noisy(image: Image.Image, strength: int) -> Image.Image:
    """The grain of a small sensor."""
    grain = Image.effect_noise(image.size, strength).convert("RGB")
    return ImageChops.add(image, grain, 1, -128)


def tune(path: Path) -> None:
    """Twenty seconds of a plucked melody, as a stand-in for a spoken introduction."""
    rate, seconds = 44_100, 20
    notes = [392, 440, 494, 587, 494, 440, 392, 330, 294, 330, 392, 440, 392, 330, 294, 262]
    sound = [0.0] * (rate * seconds)
    for number in range(seconds * 2):
        start, pitch = number * rate // 2, notes[number % len(notes)]
        for place in range(min(int(rate * 1.2), len(sound) - start)):
            part = place / rate
            sound[start + place] += 0.25 * math.exp(-3.5 * part) * math.sin(2 * math.pi * pitch * part)
    samples = array("h", (int(max(-1.0, min(1.0, value)) * 32_000) for value in sound))
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono", format="s16p")
        stream.bit_rate = 96_000
        container.metadata.update({"title": "自我介紹", "artist": "示範學生"})
        for start in range(0, len(samples) - 1152, 1152):
            frame = av.AudioFrame(format="s16p", layout="mono", samples=1152)
            frame.planes[0].update(samples[start : start + 1152].tobytes())
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def pendulum(path: Path) -> None:
    """Ten seconds of a pendulum with its measured period."""
    rate = 25
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate, options={"preset": "slow", "crf": "26"})
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 960, 540, "yuv420p", Fraction(1, rate)
        heading, label = letters(36), letters(28)
        for number in range(rate * 10):
            angle = 0.5 * math.cos(2 * math.pi * number / rate / 1.99)
            image = Image.new("RGB", (960, 540), PAPER)
            draw = ImageDraw.Draw(image)
            x, y = 480 + 330 * math.sin(angle), 60 + 330 * math.cos(angle)
            draw.line((300, 60, 660, 60), fill=INK, width=10)
            draw.line((480, 60, x, y), fill=INK, width=3)
            draw.ellipse((x - 26, y - 26, x + 26, y + 26), fill=RED)
            draw.text((30, 440), "單擺實驗紀錄　擺長 98.5 公分", font=heading, fill=INK)
            draw.text((30, 492), f"時間 {number / rate:05.2f} 秒　週期 1.99 秒", font=label, fill=BLUE)
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def small_poster() -> bytes:
    """A PNG, which the sample gives the wrong extension."""
    image = Image.new("RGB", (800, 1100), TEAL)
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 180, 700, 780), fill=SUN)
    draw.text((400, 480), "校慶", font=letters(200), fill="white", anchor="mm")
    draw.text((400, 930), "示範高中　歡迎回家", font=letters(64), fill="white", anchor="mm")
    buffer = io.BytesIO()
    image.quantize(32).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def cut_tail(path: Path) -> None:
    """Keep 60 % of a document, as a broken-off download does."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])


def password(path: Path) -> None:
    """Lock a document with a password that has to be typed."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="sample", owner="sample-owner", R=6))


def iphone(path: Path) -> None:
    """A HEIC still picture: one HEVC frame from x265 in the smallest container that viewers accept (ISO 23008-12)."""
    image = noisy(Image.new("RGB", (640, 480), "#8fb8d8"), 3)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 330, 640, 480), fill="#6f9a5a")
    draw.text((320, 200), "淨灘活動", font=letters(90), fill="white", anchor="mm")
    film = io.BytesIO()
    with av.open(film, "w", format="mp4") as container:
        stream = container.add_stream("libx265", rate=1, options={"crf": "28", "x265-params": "log-level=none"})
        stream.width, stream.height, stream.pix_fmt, stream.codec_tag = 640, 480, "yuv420p", "hvc1"
        stream.time_base = Fraction(1, 1)
        frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    data = film.getvalue()
    place = data.index(b"hvcC") - 4
    config = data[place : place + struct.unpack(">I", data[place : place + 4])[0]]
    place = data.index(b"mdat")
    picture = data[place + 4 : place - 4 + struct.unpack(">I", data[place - 4 : place])[0]]
    path.write_bytes(heic(config, picture, 640, 480))


def heic(config: bytes, picture: bytes, width: int, height: int) -> bytes:
    """The container: one hvc1 item with its configuration and size; `picture` is length-prefixed NAL units."""

    def box(kind: bytes, *parts: bytes, version: int | None = None) -> bytes:
        head = b"" if version is None else struct.pack(">I", version << 24)
        body = head + b"".join(parts)
        return struct.pack(">I", 8 + len(body)) + kind + body

    start = box(b"ftyp", b"heic", struct.pack(">I", 0), b"mif1", b"heic")

    def meta(offset: int) -> bytes:
        entry = box(b"infe", struct.pack(">HH", 1, 0), b"hvc1", b"\0", version=2)
        properties = box(b"ipco", config, box(b"ispe", struct.pack(">II", width, height), version=0))
        used = box(b"ipma", struct.pack(">IHBBB", 1, 1, 2, 0x81, 2), version=0)
        place = struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(picture))
        return box(
            b"meta",
            box(b"hdlr", struct.pack(">I", 0), b"pict", b"\0" * 13, version=0),
            box(b"pitm", struct.pack(">H", 1), version=0),
            box(b"iloc", place, version=0),
            box(b"iinf", struct.pack(">H", 1), entry, version=0),
            box(b"iprp", properties, used),
            version=0,
        )

    return start + meta(len(start) + len(meta(0)) + 8) + box(b"mdat", picture)


if __name__ == "__main__":
    raise SystemExit(main())
