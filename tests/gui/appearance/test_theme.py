import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette, QTextDocument
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.sheet import _SHEET, sheet
from portfolio_desktop.gui.appearance.theme import (
    DARK,
    FAMILY,
    LIGHT,
    PAIRS,
    Colours,
    Theme,
    contrast,
    palette,
    prepare,
)
from portfolio_desktop.gui.widgets.labels import plain_tip


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


def test_every_pair_of_the_sheet_is_looked_at() -> None:
    said = set()
    for rule in re.findall(r"{([^}]*)}", _SHEET.template):
        for part in ("", "selection-"):
            text = re.search(rf"(?<![-\w]){part}color: \$(\w+)", rule)
            ground = re.search(rf"(?<![-\w]){part}background(?:-color)?: \$(\w+)", rule)
            if text and ground:
                said.add((text[1], ground[1]))
    assert len(said) > 10
    assert said <= set(PAIRS)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["base", "window", "raised"])
def test_edges_of_fields_can_be_seen(colours: Colours, ground: str) -> None:
    assert contrast(colours.edge, getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_of_the_palette_can_be_read(colours: Colours) -> None:
    made, role, group = palette(colours), QPalette.ColorRole, QPalette.ColorGroup
    pairs = (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    )
    for state in (group.Active, group.Inactive, group.Disabled):
        for text, ground in pairs:
            assert contrast(made.color(state, text).name(), made.color(state, ground).name()) >= 4.5, (state, text)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_sheet_is_complete_and_its_drawings_exist(colours: Colours, theme: Theme) -> None:
    text = sheet(colours, Path("resources/icons").resolve())
    assert "$" not in text
    drawings = re.findall(r"url\((.*?)\)", text)
    assert drawings
    assert all(Path(drawing).is_file() for drawing in drawings)


def test_the_font_is_the_shipped_one(theme: Theme) -> None:
    assert QFontInfo(QApplication.font()).family() == FAMILY


def test_the_appearance_can_be_switched(theme: Theme, icons: Icons) -> None:
    label = QLabel()
    icons.dress(label, "undo")
    try:
        theme.use("dark")
        assert theme.colours is DARK
        assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    finally:
        theme.use("light")
    assert theme.colours is LIGHT


def test_text_grows_with_all_its_sizes(theme: Theme) -> None:
    usual, heading = QApplication.font().pointSizeF(), QLabel("大")
    heading.setProperty("role", "title")
    heading.ensurePolished()
    before = heading.font().pointSizeF()
    try:
        theme.enlarge(150)
        assert QApplication.font().pointSizeF() == pytest.approx(usual * 1.5)
        assert QFontInfo(QApplication.font()).family() == FAMILY
        heading.ensurePolished()
        assert heading.font().pointSizeF() == pytest.approx(before * 1.5)
    finally:
        theme.enlarge(100)
    assert QApplication.font().pointSizeF() == pytest.approx(usual)


class Styled(QLabel):
    """Counts how often it is styled anew."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.times += event.type() is QEvent.Type.StyleChange


def test_a_widget_is_not_styled_anew_for_every_one_that_it_lies_in(theme: Theme, qtbot: Any) -> None:
    outer = inner = QWidget()
    qtbot.addWidget(outer)
    for _depth in range(10):
        inner = QWidget(inner)
    styled = Styled(inner)
    outer.show()
    styled.times = 0
    try:
        theme.enlarge(125)
        theme.use("dark")
        assert 0 < styled.times <= 6
    finally:
        theme.enlarge(100)
        theme.use("light")


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_every_size_of_the_sheet_grows_alike(percent: int) -> None:
    usual, grown = (re.findall(r"([\d.]+)pt", sheet(LIGHT, Path("icons"), size)) for size in (100, percent))
    assert usual
    assert [float(size) for size in grown] == pytest.approx([float(size) * percent / 100 for size in usual])


def test_a_remembered_appearance_is_there_from_the_first_colour(qapp: QApplication, theme: Theme) -> None:
    resources = Path("resources").resolve()
    try:
        made = prepare(qapp, resources, "dark", 120)
        assert made.colours is DARK
        made.enlarge(100)
        made.deleteLater()
    finally:
        theme.use("light")


def test_icons_are_drawn_in_the_theme_s_colour(theme: Theme, icons: Icons) -> None:
    image = icons.pixmap("ok", 32, "error", 2.0).toImage()
    assert (image.width(), image.height()) == (64, 64)
    drawn = {
        image.pixelColor(x, y).name() for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {LIGHT.error}


def test_drawings_grow_with_the_text(theme: Theme, icons: Icons) -> None:
    window = QWidget()
    label, button = QLabel(window), QToolButton(window)
    icons.dress(label, "undo", side=24)
    icons.dress(button, "undo")
    try:
        theme.enlarge(150)
        assert label.pixmap().deviceIndependentSize().width() == 36
        assert button.iconSize().width() == 30
        assert icons.icon("undo").actualSize(QSize(30, 30)).width() == 30
    finally:
        theme.enlarge(100)
    assert button.iconSize().width() == 20


def test_every_colour_is_a_colour() -> None:
    for colours in (LIGHT, DARK):
        for field in fields(Colours):
            if field.name != "name":
                assert QColor(getattr(colours, field.name)).isValid()


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_a_disabled_icon_looks_disabled(theme: Theme, icons: Icons, appearance: str) -> None:
    theme.use(appearance)
    try:
        icon = icons.icon("undo")
        for mode, colour in ((QIcon.Mode.Normal, theme.colours.text), (QIcon.Mode.Disabled, theme.colours.edge)):
            image = icon.pixmap(20, 20, mode).toImage()
            solid = {
                image.pixelColor(x, y).name()
                for x in range(20)
                for y in range(20)
                if image.pixelColor(x, y).alpha() == 255
            }
            assert solid == {colour}
    finally:
        theme.use("light")


@pytest.mark.parametrize("text", ["<b>粗</b>", "<img src='file:///etc/hosts'>.pdf", "一般\n兩行", "a < b & c"])
def test_a_tool_tip_shows_a_text_as_it_is(qtbot: Any, text: str) -> None:
    tip = plain_tip(text)
    page = QTextDocument()
    if Text.mightBeRichText(tip):
        page.setHtml(tip)
    else:
        page.setPlainText(tip)
    assert page.toPlainText() == text
