"""The style sheet: how every kind of widget looks, in the colours of theme.py and a size of text.

sheet(colours, icons, percent) -> str        nothing here names a colour; sizes of text grow with `percent`
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio_desktop.gui.appearance.theme import Colours

POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")

DRAWN = {"arrow": 13, "drop": 26, "box": 16}
"""Pixels of what is drawn beside text of the usual size, and grows with it: arrows, what they stand in, boxes to tick."""


def sheet(colours: Colours, icons: Path, percent: int = 100) -> str:
    """The style sheet in these colours, with the small drawings of the folder `icons`, its text `percent` of the usual size."""
    words = {f.name: getattr(colours, f.name) for f in fields(colours)}
    drawn = {name: round(side * percent / 100) for name, side in DRAWN.items()}
    made = _SHEET.substitute(words, icons=icons.as_posix(), **drawn)
    return POINTS.sub(lambda found: f"{float(found[1]) * percent / 100:g}pt", made) if percent != 100 else made


_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QMainWindow::separator { background: $line; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QMenuBar { background: $side; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: $chosen; border-radius: 4px; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 4px; }
QMenu::icon { margin-left: 10px; }
QMenu::indicator { margin-left: 10px; }
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
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${drop}px; }
QComboBox::down-arrow { image: url($icons/arrow-$name.svg); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $line; selection-background-color: $chosen;
  selection-color: $text; outline: none; }
QComboBox QAbstractItemView::item { padding: 5px 8px; }
QComboBox QAbstractItemView::item:selected { background: $chosen; color: $text; }
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
QPlainTextEdit#summary[large="true"] { font-size: 15pt; padding: 12px 14px; }
QPlainTextEdit#summary[large="true"]:focus { padding: 11px 13px; }

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

QPushButton[plain="true"]:checked, QToolButton[plain="true"]:checked { background: $chosen; color: $text; border: 1px solid $accent; }
QPushButton[plain="true"]:checked:focus, QToolButton[plain="true"]:checked:focus { border: 2px solid $accent; }
QPushButton::menu-indicator { image: url($icons/arrow-$name.svg); width: ${arrow}px; height: ${arrow}px; subcontrol-origin: padding;
  subcontrol-position: right center; right: 3px; }
QPushButton[chip="true"] { background: $base; border-radius: 12px; padding: 2px 10px; }
QPushButton[chip="true"]:hover { background: $chosen; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; padding: 1px 9px; }

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
QTableView#years QHeaderView::section { padding: 3px 6px; }
QTableView#years QHeaderView::section:vertical { border-bottom: 1px solid $line; }
QTableView#years QTableCornerButton::section { background: $base; border: none; border-bottom: 1px solid $edge; }
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
QFrame#banner[level="ok"], QFrame#message[level="ok"] { background: $ok_soft; }
QFrame#banner[level="hint"], QFrame#message[level="hint"] { background: $hint_soft; }
QFrame#banner[level="warning"], QFrame#message[level="warning"] { background: $warning_soft; }
QFrame#banner[level="error"], QFrame#message[level="error"] { background: $error_soft; }
QFrame#banner { border: none; border-bottom: 1px solid $line; }
QFrame#message { border: none; border-top: 1px solid $line; }
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
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border: 1px solid $accent; border-radius: 7px; background: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $text; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: $edge; border-color: $edge; }
QCheckBox { spacing: 8px; padding: 3px; }
QCheckBox::indicator, QTableView::indicator { width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: 4px;
  background: $base; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
  image: url($icons/tick-$name.svg); }
QCheckBox:focus { border: 1px solid $accent; border-radius: 4px; padding: 2px; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
""")
