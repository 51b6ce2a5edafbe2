"""Before the first change of a library on this computer: is its place one that has to be warned of?

unsettled(ground, folder) -> Place | None      None where it is local, or was accepted before
accepted(ground, folder, place) -> Ground      remembered by library in the settings, so that it is said once
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from portfolio_desktop import settings
from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.library.place import Place
from portfolio_desktop.library.place_facts import place_of

MOST = 200
"""Libraries whose places are remembered; the oldest goes first."""


def unsettled(ground: Ground, folder: Path) -> Place | None:
    """The place that the student has to know about before the library in `folder` is written to, or made."""
    place = place_of(folder)
    if place.kind == "local" or ground.settings.accepted.get(_key(folder)) == place.mark:
        return None
    return place


def accepted(ground: Ground, folder: Path, place: Place) -> Ground:
    """The ground that knows that the library may stay there."""
    now = settings.load(ground.places.settings)
    known = [(name, mark) for name, mark in now.accepted.items() if name != _key(folder)]
    places = dict([*known, (_key(folder), place.mark)][-MOST:])
    return replace(ground, settings=settings.remember(ground.places.settings, accepted=places))


def _key(folder: Path) -> str:
    return os.path.realpath(folder)
