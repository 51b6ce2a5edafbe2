"""How the window looks: one table of colours for light and one for dark, a font, a sheet of rules made from them.

    the system says light or dark -> LIGHT | DARK -> QPalette + style sheet -> every widget

Text and its ground always differ by 4.5 : 1 or more (tests/gui/test_theme.py measures every pair in PAIRS). Meaning is
never told by colour alone: a word or a shape stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

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

PAIRS = (
    ("text", "window"),
    ("text", "side"),
    ("text", "base"),
    ("text", "raised"),
    ("text", "chosen"),
    ("quiet", "window"),
    ("quiet", "side"),
    ("quiet", "base"),
    ("quiet", "raised"),
    ("quiet", "chosen"),
    ("accent", "base"),
    ("accent", "window"),
    ("accent", "raised"),
    ("on_accent", "accent"),
    ("on_error", "error"),
    *(
        (name, ground)
        for name in ("ok", "warning", "error", "hint")
        for ground in ("base", "window", "raised", "chosen", f"{name}_soft")
    ),
    *(("text", f"{name}_soft") for name in ("ok", "warning", "error", "hint")),
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
    """The appearance in force; follows the system until told otherwise.

    Its colours are there at once; palette and sheet are put on by `follow_system` or `use`, best when all widgets are
    made, since every widget that is put into another one under a sheet is styled anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication, icons: Path) -> None:
        super().__init__(app)
        self._app = app
        self._icons = icons
        self.colours = self._of_system()
        app.styleHints().colorSchemeChanged.connect(self.follow_system)

    def use(self, appearance: str) -> None:
        """Choose `light`, `dark` or `system`."""
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(appearance, Qt.ColorScheme.Unknown)
        self._app.styleHints().setColorScheme(scheme)
        chosen = {"light": LIGHT, "dark": DARK}.get(appearance)
        self._apply(chosen or self._of_system())

    def follow_system(self) -> None:
        """Take the system's own choice of light or dark."""
        self._apply(self._of_system())

    def _of_system(self) -> Colours:
        return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT

    def _apply(self, colours: Colours) -> None:
        others, self.colours = colours is not self.colours, colours
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(sheet(colours, self._icons))
        if others:  # what was drawn in these colours before they were put on need not be drawn again
            self.changed.emit()


def prepare(app: QApplication, resources: Path) -> Theme:
    """Give the application its font and its locale; the appearance is put on by the theme that comes back."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.Taiwan))
    app.setStyle("Fusion")
    QFontDatabase.addApplicationFont(str(resources / "fonts" / "NotoSansTC-Regular.otf"))
    font = app.font()
    # By name: the nameless fallback chooses Japanese forms and puts 「，」 into the corner.
    font.setFamilies([FAMILY, font.family()])
    font.setPointSizeF(max(font.pointSizeF(), SMALLEST_POINTS))
    app.setFont(font)
    return Theme(app, resources / "icons")


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


def sheet(colours: Colours, icons: Path) -> str:
    """The style sheet in these colours, with the small drawings of the folder `icons`."""
    return _SHEET.substitute({f.name: getattr(colours, f.name) for f in fields(colours)}, icons=icons.as_posix())


_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QMainWindow::separator { background: $line; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QMenuBar { background: $side; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: $chosen; border-radius: 4px; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $side; color: $quiet; }
QStatusBar::item { border: none; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: $base; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 5px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on, QSpinBox:focus { border: 2px solid $accent; padding: 4px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; color: $quiet; border-color: $line; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($icons/arrow-$name.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $line; selection-background-color: $chosen;
  selection-color: $text; outline: none; }
QLineEdit#search { border-radius: 15px; padding: 5px 12px; border-color: $edge; }
QLineEdit#search:focus { padding: 4px 11px; }
QLineEdit#title { font-size: 15pt; border-color: transparent; background: transparent; padding: 4px 4px; }
QLineEdit#title:hover { border-color: $edge; }
QLineEdit#title:focus { border: 2px solid $accent; background: $base; padding: 3px 3px; }
QTextEdit#reading { background: $base; color: $text; border: 1px solid $line; border-radius: 6px; padding: 4px 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QTextEdit#timeline { background: $base; color: $text; border: none; padding: 8px 12px; selection-background-color: $accent;
  selection-color: $on_accent; }
QTextEdit#reading:focus { border: 2px solid $accent; padding: 3px 5px; }
QPlainTextEdit#summary { font-size: 12pt; padding: 8px 10px; }
QPlainTextEdit#summary:focus { padding: 7px 9px; }

QPushButton, QToolButton { background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 6px 14px; }
QToolButton { padding: 5px 7px; }
QPushButton:hover, QToolButton:hover { background: $chosen; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QToolButton:focus { padding: 4px 6px; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; border-color: $line; background: $window; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:hover { background: $accent; border-color: $text; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $window; color: $quiet; border-color: $line; }
QPushButton[plain="true"], QToolButton[plain="true"] { background: transparent; border: 1px solid transparent; color: $accent; }
QPushButton[plain="true"]:hover, QToolButton[plain="true"]:hover { background: $chosen; color: $text; }
QPushButton[plain="true"]:focus, QToolButton[plain="true"]:focus { border: 2px solid $accent; }
QPushButton[plain="true"]:disabled, QToolButton[plain="true"]:disabled { color: $quiet; background: transparent; }

QPushButton[link="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; color: $accent;
  padding: 2px 4px; margin-left: -5px; text-decoration: underline; text-align: left; }
QPushButton[link="true"]:hover { color: $text; }
QPushButton[link="true"]:focus { border: 2px solid $accent; padding: 1px 3px; }

QTableView, QTreeView, QListView { background: $base; border: none; outline: none; selection-background-color: $chosen;
  selection-color: $text; alternate-background-color: $base; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $chosen; color: $text; }
QHeaderView { background: $base; }
QHeaderView::section { background: $base; color: $quiet; border: none; border-bottom: 1px solid $edge; padding: 7px 8px; }
QHeaderView::section:hover { color: $text; }
QTreeView::item { padding: 4px 2px; }
QListView#versions, QListView#picks { border: 1px solid $line; border-radius: 6px; padding: 2px; }
QListView#versions:focus, QListView#picks:focus { border: 2px solid $accent; padding: 1px; }
QListView#versions::item, QListView#picks::item { padding: 4px 6px; border-radius: 4px; }
QListView#versions::item:selected, QListView#picks::item:selected { background: $chosen; color: $text; }
QTreeView#sections { background: $side; padding: 8px 6px; show-decoration-selected: 0; }
QTreeView#sections::branch { background: transparent; }
QTreeView#sections::item { padding: 5px 4px; border-radius: 6px; color: $text; }
QTreeView#sections::item:selected { background: $chosen; color: $text; }
QTreeView#sections::item:hover:!selected { background: $line; }
QTreeView#sections::item:focus { border: 1px solid $accent; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $quiet; padding: 8px 14px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { border: 1px solid $accent; }
QScrollArea { border: none; background: transparent; }
QWidget#page, QWidget#paper { background: $window; }
QWidget#side { background: $side; }
QFrame#card, QFrame#slot { background: $base; border: 1px solid $line; border-radius: 10px; }
QFrame#card[over="true"], QFrame#slot[over="true"] { border: 2px solid $accent; background: $chosen; }
QFrame#rule { background: $line; max-height: 1px; min-height: 1px; border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 17pt; }
QLabel[role="heading"] { font-size: 12.5pt; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { color: $quiet; font-size: 9.5pt; }
QLabel[level="ok"] { color: $ok; } QLabel[level="warning"] { color: $warning; }
QLabel[level="error"] { color: $error; } QLabel[level="hint"] { color: $hint; }
QLabel[chip="ok"] { color: $ok; background: $ok_soft; border-radius: 9px; padding: 2px 9px; }
QLabel[chip="warning"] { color: $warning; background: $warning_soft; border-radius: 9px; padding: 2px 9px; }
QLabel[chip="error"] { color: $error; background: $error_soft; border-radius: 9px; padding: 2px 9px; }
QLabel[chip="hint"] { color: $hint; background: $hint_soft; border-radius: 9px; padding: 2px 9px; }
QFrame#banner[level="ok"] { background: $ok_soft; } QFrame#banner[level="hint"] { background: $hint_soft; }
QFrame#banner[level="warning"] { background: $warning_soft; } QFrame#banner[level="error"] { background: $error_soft; }
QFrame#banner { border: none; border-bottom: 1px solid $line; }
QFrame#finding[level="error"] { background: $error_soft; border-radius: 8px; }
QFrame#finding[level="warning"] { background: $warning_soft; border-radius: 8px; }
QFrame#finding[level="hint"] { background: $hint_soft; border-radius: 8px; }
QFrame#finding[level="ok"] { background: $ok_soft; border-radius: 8px; }
QFrame#alarm { background: $error; }
QFrame#alarm QLabel { color: $on_error; selection-background-color: $on_error; selection-color: $error; }
QFrame#alarm QPushButton { background: $on_error; color: $error; border-color: $on_error; }
QFrame#alarm QPushButton:hover { background: $error; color: $on_error; }
QFrame#alarm QPushButton:focus { border: 3px double $error; padding: 4px 12px; }
QFrame#alarm QPushButton:disabled { background: $error; color: $on_error; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[level="ok"]::chunk { background: $ok; } QProgressBar[level="warning"]::chunk { background: $warning; }
QProgressBar[level="error"]::chunk { background: $error; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 4px; min-height: 30px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 4px; min-width: 30px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox { spacing: 8px; padding: 3px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $base; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($icons/tick-$name.svg); }
QCheckBox:focus { border: 1px solid $accent; border-radius: 4px; padding: 2px; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
""")
