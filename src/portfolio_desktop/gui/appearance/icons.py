"""The line drawings of resources/icons, in the colour of the text around them.

    icons.dress(button, "undo")     draws it now, and again whenever the appearance changes

Each file is drawn with black strokes of one width; black is replaced by the wanted colour before it is painted.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from portfolio_desktop.gui.appearance.theme import Theme

SIDE = 20
NAME_PROPERTY, TONE_PROPERTY, SIDE_PROPERTY = "icon_name", "icon_tone", "icon_side"


class _Iconed(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: N802 - Qt's name


class Icons(QObject):
    """Draws icons in the colours of the theme in force."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        super().__init__(theme)
        self._folder = folder
        self._theme = theme
        self._made: dict[tuple[str, str], QIcon] = {}
        theme.changed.connect(self._redraw)

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """An icon for the screens that are there; `tone` is a colour of the theme by its name."""
        known = self._made.get((name, tone))
        if known is not None:
            return known
        made, side = QIcon(), self.grown(SIDE)
        for ratio in {1.0, float(math.ceil(QGuiApplication.primaryScreen().devicePixelRatio()))}:
            made.addPixmap(self.pixmap(name, side, tone, ratio))
            made.addPixmap(self.pixmap(name, side, tone, ratio), QIcon.Mode.Selected)
            # What Qt would make of it by itself cannot be told from the enabled one on a dark ground.
            made.addPixmap(self.pixmap(name, side, "edge", ratio), QIcon.Mode.Disabled)
        self._made[name, tone] = made
        return made

    def grown(self, side: int) -> int:
        """A side that is meant for text of the usual size, in the size that text has."""
        return round(side * self._theme.percent / 100)

    def pixmap(self, name: str, side: int, tone: str, ratio: float) -> QPixmap:
        """A picture of `side` × `side` units for a screen with `ratio` pixels a unit."""
        colour: str = getattr(self._theme.colours, tone)
        return _draw(self._folder / f"{name}.svg", colour, side, ratio)

    def dress(self, target: QAction | QAbstractButton | QLabel, name: str, tone: str = "text", side: int = 20) -> None:
        """Give an action, a button or a label its drawing, and keep it in the theme's colours."""
        target.setProperty(NAME_PROPERTY, name)
        target.setProperty(TONE_PROPERTY, tone)
        target.setProperty(SIDE_PROPERTY, side)
        self._draw_on(target)

    def _draw_on(self, target: QObject) -> None:
        name, tone, side = (
            str(target.property(NAME_PROPERTY)),
            str(target.property(TONE_PROPERTY)),
            self.grown(int(target.property(SIDE_PROPERTY))),
        )
        if isinstance(target, QLabel):
            target.setPixmap(self.pixmap(name, side, tone, target.devicePixelRatioF()))
            return
        cast(_Iconed, target).setIcon(self.icon(name, tone))
        if isinstance(target, QAbstractButton):
            target.setIconSize(QSize(side, side))

    def _redraw(self) -> None:
        self._made.clear()
        for window in QApplication.topLevelWidgets():
            for target in window.findChildren(QObject):
                if target.property(NAME_PROPERTY):
                    self._draw_on(target)


@lru_cache(maxsize=512)
def _drawing(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _draw(path: Path, colour: str, side: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(path).replace("#000", colour).encode()))
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made
