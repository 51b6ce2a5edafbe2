"""How far pieces are, told by shape first and by colour second: in the cells of the picture, and in its legend.

    writing  ○  a ring           ready  ◐  half filled           certified  ●  filled           ticked  ☑  a square with a tick
    unfinished  a hollow square with a call sign: ticked, and not ready yet

One shape a piece while there is room; then a shape and a number; in the narrowest cells a bar of patterns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from portfolio_desktop.gui.appearance.theme import Colours, Theme
from portfolio_desktop.gui.widgets.flow import Flow
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import N_, _
from portfolio_desktop.year.picture import STAGES, Stage

STAGE_NAMES: Mapping[Stage, str] = {
    "writing": N_("還在寫"),
    "ready": N_("寫好了"),
    "certified": N_("認證成功"),
    "unfinished": N_("勾選了，還沒寫完"),
    "ticked": N_("已勾選"),
}
"""What people read for each shape."""

SHARE = 0.62
"""A shape's side, of the height of a line."""


def side_of(metrics: QFontMetrics) -> int:
    """The side of a shape beside text in this font."""
    return max(9, round(metrics.height() * SHARE))


def paint_shape(painter: QPainter, stage: Stage, area: QRectF, colours: Colours) -> None:
    """Paint one shape into a square."""
    pen = max(1.4, area.width() / 8)
    inside = area.adjusted(pen, pen, -pen, -pen)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = QColor(_tone(stage, colours))
    painter.setPen(QPen(tone, pen))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if stage == "ticked":
        painter.setBrush(tone)
        painter.drawRoundedRect(inside, pen, pen)
        painter.setPen(QPen(QColor(colours.base), pen, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        tick = ((0.22, 0.52), (0.43, 0.72), (0.78, 0.30))
        painter.drawPolyline([QPointF(area.left() + area.width() * x, area.top() + area.height() * y) for x, y in tick])
    elif stage == "unfinished":
        painter.drawRoundedRect(inside, pen, pen)
        middle, top, side = area.center().x(), area.top(), area.height()
        painter.drawLine(QPointF(middle, top + side * 0.3), QPointF(middle, top + side * 0.52))
        painter.drawPoint(QPointF(middle, top + side * 0.73))
    else:
        if stage == "certified":
            painter.setBrush(tone)
        painter.drawEllipse(inside)
        if stage == "ready":
            painter.setBrush(tone)
            painter.drawChord(inside, 90 * 16, 180 * 16)
    painter.restore()


def _tone(stage: Stage, colours: Colours) -> str:
    tones = {"writing": colours.quiet, "ticked": colours.ok, "unfinished": colours.warning}
    return tones.get(stage, colours.accent)


def paint_stages(
    painter: QPainter, stages: Sequence[int], area: QRectF, metrics: QFontMetrics, colours: Colours
) -> None:
    """Paint how many pieces are how far into a line, as closely as there is room for."""
    side = side_of(metrics)
    step = side + max(2, side // 4)
    top = area.center().y() - side / 2
    shown = [(stage, count) for stage, count in zip(STAGES, stages, strict=True) if count]
    if sum(stages) * step <= area.width():
        at = area.left()
        # The furthest first: what is done stands where one begins to read.
        for stage, count in reversed(shown):
            for _number in range(count):
                paint_shape(painter, stage, QRectF(at, top, side, side), colours)
                at += step
        return
    gap = side // 3
    widths = [side + 1 + metrics.horizontalAdvance(str(count)) for _stage, count in shown]
    if sum(widths) + gap * (len(widths) - 1) > area.width():
        paint_bar(painter, shown, QRectF(area.left(), top, area.width(), side), colours)
        return
    at = area.left()
    painter.setPen(QColor(colours.text))
    for (stage, count), width in zip(reversed(shown), reversed(widths), strict=True):
        paint_shape(painter, stage, QRectF(at, top, side, side), colours)
        words = QRectF(at + side + 1, area.top(), width, area.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(count))
        at += width + gap


def paint_bar(painter: QPainter, shown: Sequence[tuple[Stage, int]], area: QRectF, colours: Colours) -> None:
    """Paint a bar with a part for each stage, each in a pattern of its own."""
    total, left = sum(count for _stage, count in shown), area.left()
    painter.save()
    painter.setPen(QPen(QColor(colours.text), 1))
    for stage, count in reversed(shown):
        tone = QColor(_tone(stage, colours))
        width = area.width() * count / total
        painter.setBrush(QBrush(tone, PATTERNS[stage]))
        painter.drawRect(QRectF(left, area.top(), width, area.height()))
        left += width
    painter.restore()


PATTERNS: Mapping[Stage, Qt.BrushStyle] = {
    "writing": Qt.BrushStyle.NoBrush,
    "ready": Qt.BrushStyle.BDiagPattern,
    "certified": Qt.BrushStyle.SolidPattern,
    "unfinished": Qt.BrushStyle.VerPattern,
    "ticked": Qt.BrushStyle.DiagCrossPattern,
}
"""What each part of the bar is filled with."""


class Sign(QWidget):
    """One shape, as high as the text beside it."""

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__()
        self._theme, self._stage = theme, stage

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(side_of(self.fontMetrics()), side_of(self.fontMetrics()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it in the middle."""
        side = side_of(self.fontMetrics())
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_shape(QPainter(self), self._stage, area, self._theme.colours)


class Legend(QWidget):
    """All shapes with their words, the furthest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("圖例：{names}").format(names=_("、").join(_(name) for name in STAGE_NAMES.values())))
        line = Flow(self, spacing=18)
        for stage in reversed(STAGES):
            entry = QWidget()
            beside = QHBoxLayout(entry)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(6)
            beside.addWidget(Sign(theme, stage))
            beside.addWidget(label(_(STAGE_NAMES[stage]), "quiet"))
            line.addWidget(entry)
