"""Spares PySide the reading of every module's source: a fifth of each import's time, and 15 MB that nobody uses.

    import PySide6 ─▶ its import hook: "does the source of this module say PySide6?" ─▶ answered from the module's name

The hook wants to know which modules may switch PySide's optional features (snake_case, true_property) on. None of ours
does; a frozen program, which has no sources, has always been told so.
"""

from __future__ import annotations

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - brings the hook

HOOK = "shibokensupport.feature"
ASKED = "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Answer PySide's question for it; False where this version does not ask it, and nothing is done."""
    hook = sys.modules.get(HOOK)
    if hook is None or not hasattr(hook, ASKED):
        return False
    setattr(hook, ASKED, uses_pyside)
    return True


def uses_pyside(module: ModuleType) -> bool:
    """Whether a module draws on PySide, by its name."""
    return module.__name__.startswith("portfolio_desktop.gui")
