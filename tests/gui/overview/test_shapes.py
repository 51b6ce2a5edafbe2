"""How far a piece is can be seen without colours, and in a cell of any width."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from portfolio_desktop.gui.appearance.theme import DARK, LIGHT, Colours, Theme, contrast
from portfolio_desktop.gui.overview.shapes import paint_shape, paint_stages, side_of
from portfolio_desktop.year.picture import STAGES

SIDE = 12


def grey(colours: Colours) -> Colours:
    """The same without any hue: whoever sees none sees this."""
    return replace(colours, quiet=colours.text, accent=colours.text, ok=colours.text)


def painted(width: int, height: int, paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(LIGHT.base)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def dark_pixels(image: QImage, left: int = 0) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(left, image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 160
    }


@pytest.mark.parametrize(("one", "other"), list(combinations(STAGES, 2)))
def test_every_shape_differs_without_colour(theme: Theme, one: str, other: str) -> None:
    def shape(stage: str) -> set[tuple[int, int]]:
        area = QRectF(0, 0, SIDE, SIDE)
        return dark_pixels(painted(SIDE, SIDE, lambda painter: paint_shape(painter, stage, area, grey(LIGHT))))  # type: ignore[arg-type]

    assert len(shape(one) ^ shape(other)) >= SIDE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_stand_out_from_every_ground(colours: Colours) -> None:
    for tone in (colours.quiet, colours.accent, colours.ok):
        for ground in (colours.base, colours.window, colours.chosen):
            assert contrast(tone, ground) >= 3


@pytest.mark.parametrize("stages", [(1, 0, 0, 0, 0), (2, 3, 1, 1, 4), (120, 44, 300, 7, 16), (0, 0, 0, 0, 9)])
@pytest.mark.parametrize("width", [30, 70, 110, 400])
def test_nothing_is_painted_beyond_the_cell(theme: Theme, stages: tuple[int, ...], width: int) -> None:
    metrics = QFontMetrics(QFont("Noto Sans TC", 10))
    area = QRectF(5, 0, width, metrics.height() + 10)

    def paint(painter: QPainter) -> None:
        painter.setFont(QFont("Noto Sans TC", 10))
        paint_stages(painter, stages, area, metrics, grey(LIGHT))

    image = painted(width + 120, metrics.height() + 10, paint)
    assert dark_pixels(image)
    assert not dark_pixels(image, left=5 + width + 2)


def test_one_shape_a_piece_while_there_is_room(theme: Theme) -> None:
    metrics = QFontMetrics(QFont("Noto Sans TC", 10))
    side = side_of(metrics)
    step = side + max(2, side // 4)

    def columns(stages: tuple[int, ...]) -> int:
        area = QRectF(0, 0, 300, 30)
        image = painted(300, 30, lambda painter: paint_stages(painter, stages, area, metrics, grey(LIGHT)))
        return len({x // step for x, _y in dark_pixels(image)})

    assert columns((0, 0, 3, 0, 0)) == 3
    assert columns((1, 1, 1, 1, 2)) == 6
