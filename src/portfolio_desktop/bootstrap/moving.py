"""Moving the library of a desk: what the window has done on the library's lane, by name."""

from __future__ import annotations

from pathlib import Path

from portfolio_desktop.bootstrap.desk import Desk
from portfolio_desktop.library import moving
from portfolio_desktop.library.moving import Moved
from portfolio_desktop.progress import Progress


def move(desk: Desk, new: Path, progress: Progress) -> Moved:
    """Copy the desk's library to `new` and prove it there; raises as `library.moving.move` does."""
    return moving.move(desk.library, new, progress)
