"""How the window looks: one table of colours for light and one for dark, a font, a sheet of rules made from them.

    the system says light or dark -> LIGHT | DARK -> QPalette + style sheet -> every widget

Text and its ground always differ by 4.5 : 1 or more (tests/gui/appearance/test_theme.py measures every pair in PAIRS). Meaning is
never told by colour alone: a word or a shape stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from portfolio_desktop.gui.appearance.sheet import sheet

FAMILY = "Noto Sans TC"
SMALLEST_POINTS = 10.5  # Han characters blur together below this


@dataclass(frozen=True, slots=True)
class Colours:
    """One appearance, by what each colour is for; `name` is light or dark."""

    name: str
    window: str
    side: str
    base: str
    raised: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    chosen: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    on_error: str
    hint: str
    hint_soft: str


LIGHT = Colours(
    name="light",
    window="#f6f4f0",
    side="#edeae4",
    base="#ffffff",
    raised="#fbfaf8",
    line="#dedad2",
    edge="#8d8a84",
    text="#22272b",
    quiet="#585e63",
    accent="#1b6870",
    on_accent="#ffffff",
    chosen="#d5e7e8",
    ok="#24663a",
    ok_soft="#e2f1e5",
    warning="#7f4c00",
    warning_soft="#fbecd2",
    error="#a3251b",
    error_soft="#fbe5e2",
    on_error="#ffffff",
    hint="#34558a",
    hint_soft="#e4ebf7",
)

DARK = Colours(
    name="dark",
    window="#1f2225",
    side="#191b1e",
    base="#272a2e",
    raised="#2b2f33",
    line="#3b4046",
    edge="#7d838a",
    text="#ebe9e4",
    quiet="#b0b5ba",
    accent="#7fcbd0",
    on_accent="#0d2426",
    chosen="#2d474a",
    ok="#8fd0a0",
    ok_soft="#22382a",
    warning="#ecbb6c",
    warning_soft="#3f321a",
    error="#f39c92",
    error_soft="#472624",
    on_error="#2b0d09",
    hint="#a3c0ec",
    hint_soft="#27334a",
)

APPEARANCES = {"light": LIGHT, "dark": DARK}
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
"""What the system's own parts (title bar, dialogs) are told; they choose by themselves for any other appearance."""

PAIRS = (
    ("text", "window"),
    ("text", "side"),
    ("text", "base"),
    ("text", "raised"),
    ("text", "chosen"),
    ("text", "line"),
    ("quiet", "window"),
    ("quiet", "side"),
    ("quiet", "base"),
    ("quiet", "raised"),
    ("quiet", "chosen"),
    ("accent", "base"),
    ("accent", "window"),
    ("accent", "raised"),
    ("accent", "side"),
    ("accent", "chosen"),
    ("on_accent", "accent"),
    ("on_error", "error"),
    ("error", "on_error"),
    *(
        (name, ground)
        for name in ("ok", "warning", "error", "hint")
        for ground in ("base", "window", "raised", "chosen", f"{name}_soft")
    ),
    *((text, f"{name}_soft") for text in ("text", "quiet", "accent") for name in ("ok", "warning", "error", "hint")),
)
"""Every text colour with every ground it is written on."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    channels = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


class Theme(QObject):
    """The appearance in force: light or dark as wanted, or as the system has it, and the size of text.

    Its colours are there at once; palette and sheet are put on by `put_on` or `use`, best when all widgets are made, since
    every widget that is put into another one under a sheet is styled anew.
    """

    changed = Signal()
    """What is drawn in its colours, or as large as its text, has to be drawn again."""
    chosen = Signal()
    """Another appearance or size was chosen, by whoever may do that."""

    def __init__(self, app: QApplication, icons: Path, appearance: str = "system", percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._icons = icons
        self.appearance, self.percent = appearance, percent
        if appearance in SCHEMES:
            app.styleHints().setColorScheme(SCHEMES[appearance])
        self.colours = self._wanted()
        app.styleHints().colorSchemeChanged.connect(self.put_on)

    def use(self, appearance: str) -> None:
        """Choose `light`, `dark` or `system`."""
        self.appearance = appearance
        self._app.styleHints().setColorScheme(SCHEMES.get(appearance, Qt.ColorScheme.Unknown))
        self.put_on()
        self.chosen.emit()

    def enlarge(self, percent: int) -> None:
        """Show text in `percent` of its usual size."""
        self._app.setStyleSheet("")  # as in put_on; the font goes through the bare widgets
        font = self._app.font()
        font.setPointSizeF(font.pointSizeF() * percent / self.percent)
        self.percent = percent
        self._app.setFont(font)
        self.put_on()
        self.changed.emit()
        self.chosen.emit()

    def put_on(self) -> None:
        """Put on what is wanted; of the system's own choice, what it is now."""
        colours = self._wanted()
        others, self.colours = colours is not self.colours, colours
        # Without this step Qt would style every widget anew once for each widget that it lies in: six times as long.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(sheet(colours, self._icons, self.percent))
        if others:  # what was drawn in these colours before they were put on need not be drawn again
            self.changed.emit()

    def _wanted(self) -> Colours:
        if self.appearance in APPEARANCES:
            return APPEARANCES[self.appearance]
        return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def prepare(app: QApplication, resources: Path, appearance: str = "system", percent: int = 100) -> Theme:
    """Give the application its font and its locale; the appearance is put on by the theme that comes back."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.Taiwan))
    app.setStyle("Fusion")
    QFontDatabase.addApplicationFont(str(resources / "fonts" / "NotoSansTC-Regular.otf"))
    font = app.font()
    # By name: the nameless fallback chooses Japanese forms and puts 「，」 into the corner.
    font.setFamilies([FAMILY, font.family()])
    font.setPointSizeF(max(font.pointSizeF(), SMALLEST_POINTS) * percent / 100)
    app.setFont(font)
    return Theme(app, resources / "icons", appearance, percent)


def palette(colours: Colours) -> QPalette:
    """The colours as Qt's own roles, for everything that the sheet does not name."""
    role, made = QPalette.ColorRole, QPalette()
    for name, value in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.Highlight: colours.chosen,
        role.HighlightedText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.base,
        role.Midlight: colours.raised,
        role.Mid: colours.line,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
        role.Accent: colours.accent,
    }.items():
        made.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.quiet))
    return made
