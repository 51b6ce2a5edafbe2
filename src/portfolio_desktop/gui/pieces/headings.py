"""How a group's heading looks, the same in the table and among the cards."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

MARGIN = 12
GROUND, LINE = QPalette.ColorRole.Base, QPalette.ColorRole.Dark


def paint_heading(
    painter: QPainter, area: QRect, words: str, palette: QPalette, font: QFont, ground: QPalette.ColorRole = GROUND
) -> None:
    """Draw a heading over the whole of `area`: bold words at the bottom, a line below them."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(area, palette.color(ground))
    painter.setPen(palette.color(LINE))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    room = area.adjusted(MARGIN, 0, -MARGIN, -4)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), shown)
    painter.restore()


def heading_at(point: QPoint, areas: dict[int, QRect]) -> int | None:
    """The place of the heading at a point, None where there is none."""
    return next((place for place, area in areas.items() if area.contains(point)), None)
