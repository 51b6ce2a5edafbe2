"""How one card looks: its picture, its title in two lines, how far it is, and where it belongs.

┌──────────────┐   the picture's upper part (a page), or all of it (a photograph); a drawing while there is none
│   picture    │
│ 臺北盆地水質   │
│ 調查報告      │
│ ✓ 可以勾選    │   a drawing and words: the colour alone says nothing
│ 113-1　課程…  │
└──────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen

from portfolio_desktop.gui.appearance.icons import Icons

PADDING, ROUND, ICON, KIND, GAP = 10, 10, 18, 40, 4
TEXT_LINES = 4
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Face:
    """What is drawn of a piece: `state` are words, the name of an icon and of its colour; `kind` an icon without a picture."""

    title: str
    state: tuple[str, str, str]
    below: str
    kind: str
    picture: QImage | None
    chosen: bool
    current: bool
    titled: bool = True


def words_height(metrics: QFontMetrics) -> int:
    """How high the words of a card are."""
    return (TEXT_LINES - 1) * metrics.height() + max(metrics.height(), ICON) + 3 * GAP + 2 * PADDING


def draw_card(painter: QPainter, area: QRect, picture_height: int, face: Face, icons: Icons, palette: QPalette) -> None:
    """Draw a card into its place."""
    painter.save()
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), ROUND, ROUND)
    painter.fillPath(frame, palette.color(Role.Highlight if face.chosen else Role.Base))
    above = QRect(area.left(), area.top(), area.width(), picture_height)
    painter.setClipPath(frame)
    _draw_picture(painter, above, face, icons, palette)
    painter.setClipping(False)
    # Chosen is told by the frame's width too, the one with the keyboard by a dashed frame.
    painter.setPen(
        QPen(palette.color(Role.Accent), 3)
        if face.chosen
        else QPen(palette.color(Role.Mid if not face.current else Role.Accent), 1)
    )
    painter.drawPath(frame)
    if face.current:
        inner = QPainterPath()
        inner.addRoundedRect(QRectF(area).adjusted(4, 4, -4, -4), ROUND - 3, ROUND - 3)
        painter.setPen(QPen(palette.color(Role.Accent), 1, Qt.PenStyle.DashLine))
        painter.drawPath(inner)
    _draw_words(painter, area.adjusted(PADDING, picture_height + PADDING, -PADDING, -PADDING), face, icons, palette)
    painter.restore()


def _draw_picture(painter: QPainter, area: QRect, face: Face, icons: Icons, palette: QPalette) -> None:
    painter.fillRect(area, palette.color(Role.Window))
    picture, ratio = face.picture, painter.device().devicePixelRatioF()
    if picture is None:
        side = icons.grown(KIND)
        place = QRect(area.center().x() - side // 2, area.center().y() - side // 2, side, side)
        painter.drawPixmap(place, icons.pixmap(face.kind, side, "edge", ratio))
    else:
        width, height = round(picture.width() / ratio), round(picture.height() / ratio)
        left = area.left() + (area.width() - width) // 2
        painter.drawImage(QRect(left, area.top() + max(0, (area.height() - height) // 2), width, height), picture)
    painter.setPen(palette.color(Role.Mid))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _draw_words(painter: QPainter, room: QRect, face: Face, icons: Icons, palette: QPalette) -> None:
    metrics, height = painter.fontMetrics(), painter.fontMetrics().height()
    painter.setPen(palette.color(Role.Text if face.titled else Role.PlaceholderText))
    first, second = two_lines(face.title, room.width(), painter.font())
    painter.drawText(QRect(room.left(), room.top(), room.width(), height), LEFT, first)
    painter.drawText(QRect(room.left(), room.top() + height, room.width(), height), LEFT, second)
    painter.setPen(palette.color(Role.Text))
    words, icon, tone = face.state
    side = icons.grown(ICON)
    top, line = room.top() + 2 * height + 2 * GAP, max(height, side)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QRect(room.left(), top + (line - side) // 2, side, side), icons.pixmap(icon, side, tone, ratio))
    beside = QRect(room.left() + side + GAP + 2, top, room.width() - side - GAP - 2, line)
    painter.drawText(beside, LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, beside.width()))
    painter.setPen(palette.color(Role.PlaceholderText))
    below = metrics.elidedText(face.below, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(QRect(room.left(), top + line + GAP, room.width(), height), LEFT, below)


def two_lines(text: str, width: int, font: QFont) -> tuple[str, str]:
    """A title in two lines: broken where the first is full, the second shortened in its middle where there is more."""
    return _two_lines(text, width, font.key())


@lru_cache(maxsize=2000)
def _two_lines(text: str, width: int, font_key: str) -> tuple[str, str]:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if metrics.horizontalAdvance(text[:middle]) <= width else (low, middle - 1)
    # Between words of an alphabet where there are any; Chinese breaks anywhere.
    blank = text.rfind(" ", 0, low)
    cut = blank + 1 if blank > 0 and text[low - 1 : low + 1].isascii() else max(1, low)
    return text[:cut].rstrip(), metrics.elidedText(text[cut:].lstrip(), Qt.TextElideMode.ElideMiddle, width)
