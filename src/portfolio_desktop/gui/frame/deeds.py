"""What the window's actions do, once in a table: menus, keys, buttons, context menus and the palette all come here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from portfolio_desktop.gui.appearance.dressing import Dressing
from portfolio_desktop.gui.frame.actions import APPEARANCE
from portfolio_desktop.gui.frame.focusing import Focusing
from portfolio_desktop.gui.frame.sections import EXPORT, OVERVIEW, SAFETY, TICKS
from portfolio_desktop.gui.pieces.lines import ALL, TRASH
from portfolio_desktop.gui.rooms import Crew, Rooms
from portfolio_desktop.gui.shelf.coming import Coming
from portfolio_desktop.gui.shelf.leaving import Leaving


def connect(crew: Crew, rooms: Rooms, coming: Coming, leaving: Leaving) -> None:
    """Give every action its deed."""
    window, pieces, go = crew.parts.window, crew.pieces, crew.parts.sections.go
    Focusing(crew.parts)
    dressing = Dressing(crew.session, crew.parts.theme, window)
    deeds: dict[str, Callable[[], object]] = {
        "new": coming.welcome,
        "open": crew.opening.ask_library,
        "sample": crew.opening.sample,
        "add": pieces.choose_files,
        "add_folder": pieces.choose_folder,
        "paste": pieces.paste,
        "export": partial(go, EXPORT),
        "close": leaving.close_library,
        "quit": window.close,
        "undo": pieces.undo,
        "redo": pieces.redo,
        "remove": pieces.remove,
        "restore": pieces.listing.restore,
        "empty_trash": rooms.empty_trash,
        "find": window.begin_search,
        "palette": rooms.open_palette,
        "write_summary": pieces.write_summary,
        "next_trouble": pieces.next_trouble,
        "open_file": pieces.preview.open_outside,
        "copy_file": pieces.preview.copy,
        "reveal": pieces.preview.reveal,
        "show_overview": partial(go, OVERVIEW),
        "show_all": partial(go, ALL),
        "show_course": partial(go, "course"),
        "show_activity": partial(go, "activity"),
        "show_ticks": partial(go, TICKS),
        "show_export": partial(go, EXPORT),
        "show_safety": partial(go, SAFETY),
        "show_trash": partial(go, TRASH),
        "back_up": crew.care.back_up,
        "move": rooms.move,
        "larger": dressing.larger,
        "smaller": dressing.smaller,
        "usual_size": dressing.usual,
        **{name: partial(dressing.dress, name) for name in APPEARANCE},
        "settings": rooms.show_settings,
        "student": rooms.show_student,
        "about": rooms.about,
    }
    for name, deed in deeds.items():
        window.act(name, deed)
