"""The palette, made when it is first wanted: panel and controller."""

from __future__ import annotations

from portfolio_desktop.gui.palette.controller import Palette
from portfolio_desktop.gui.palette.panel import Panel
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.known import Known


def make(parts: Parts, known: Known) -> Palette:
    """The panel over the window, and its controller; nothing is shown yet."""
    return Palette(parts, known, Panel(parts.icons, parts.theme, parts.window))
