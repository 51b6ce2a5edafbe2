"""The program's icon in the formats that desktops want, from the one drawing.

resources/icons/portfolio-desktop.svg ──> portfolio-desktop.png (256) .ico (16–256) .icns (16–512)

python packaging/icons.py FOLDER
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "resources" / "icons" / "portfolio-desktop.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def main() -> int:
    """Draw every size and save every format."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    pictures = {size: drawn(size) for size in SIZES}
    name = DRAWING.stem
    pictures[256].save(folder / f"{name}.png")
    small = [size for size in SIZES if size <= 256]
    others = [pictures[size] for size in small]
    pictures[256].save(folder / f"{name}.ico", sizes=[(size, size) for size in small], append_images=others)
    pictures[512].save(folder / f"{name}.icns", append_images=[pictures[size] for size in SIZES[:-1]])
    application.quit()
    return 0


def drawn(size: int) -> Image.Image:
    """The drawing at one size, drawn anew rather than scaled."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(buffer.data().data()))


if __name__ == "__main__":
    raise SystemExit(main())
