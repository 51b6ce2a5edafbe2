"""Somewhere in the window that one can be taken to: what 總覽, the palette and findings ask for, and control.py carries out.

Destination("activity", term="113-1")   a section, showing only some of it
Destination(piece="01J…", about="summary")      one piece, wherever it is, and the place of its form that is meant
Destination(only={"01J…", …}, called="有要修正的地方")      exactly these, under that name
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_desktop.gui.pieces.lines import ALL


@dataclass(frozen=True, slots=True)
class Destination:
    """A place: `section` by its name (sections.py), `piece` by its id; the rest narrows what the section shows.

    `term` is like "113-1"; `only` are pieces by their ids, `called` what they have in common, without
    how many: that changes while they are worked on.
    """

    section: str = ALL
    piece: str = ""
    about: str = ""
    term: str = ""
    only: frozenset[str] = frozenset()
    called: str = ""
