"""The door of the player's process: says what is missing where QtMultimedia cannot be loaded.

portfolio-desktop --player      (frozen)        python -m portfolio_desktop.gui.playing.door      (checkout)
"""

from __future__ import annotations

import importlib
import os
import sys

from portfolio_desktop.gui.playing.wire import packed

CHILD = "portfolio_desktop.gui.playing.child"


def main() -> int:
    """Play; or tell that this computer cannot, which a system without its sound library cannot."""
    try:
        child = importlib.import_module(CHILD)
    except ImportError:
        os.write(1, packed({"is": "trouble", "what": "missing"}))
        return 1
    return int(child.main())


if __name__ == "__main__":
    sys.exit(main())
