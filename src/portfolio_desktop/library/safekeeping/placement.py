"""Where stored files should lie, compared with what lies there: a plan, without touching anything.

Wanted (a database or the catalog names it) + Found (it lies there)  ->  Placement
    damaged   other bytes than should be there, not readable, or astray    to be kept aside
    lost      nothing sound in its place                                   to be put back; `at_hand`: its bytes lie elsewhere
    new       sound, and nothing names it                                  to be filed as a piece, in its own place
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio_desktop.library.names import safe_name
from portfolio_desktop.library.safekeeping.scanning import Found

_FOLDER = re.compile(r"[0-9a-f]{16}/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that should be there; `path` is None where only its hash is known, `name` is then what it was called."""

    sha256: str
    md5: str
    size: int
    name: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """What is to be done; every path is below `files/`.

    places    where each wanted file belongs, by hash
    kinds     the kind of what lies there soundly, by hash
    at_hand   other places in the store that hold the bytes of a lost file, by hash
    new       each with the path that it gets, which may be the one it has
    """

    places: Mapping[str, str]
    sound: Mapping[str, Found]
    damaged: tuple[str, ...]
    lost: tuple[Wanted, ...]
    at_hand: Mapping[str, str]
    new: tuple[tuple[Found, str], ...]


def plan(wanted: Iterable[Wanted], found: Sequence[Found]) -> Placement:
    """Compare what should be there with what is."""
    wanted = sorted(wanted, key=lambda one: one.sha256)
    by_hash = dict[str, list[Found]]()
    for one in sorted(found, key=lambda one: (not one.in_its_place, one.path)):
        if one.sha256 is not None:
            by_hash.setdefault(one.sha256, []).append(one)
    places = _places(wanted, by_hash)
    belongs = {path: sha256 for sha256, path in places.items()}
    folders = {path.partition("/")[0] for path in belongs}
    sound = {one.sha256: one for one in found if one.sha256 is not None and belongs.get(one.key) == one.sha256}
    lost = tuple(one for one in wanted if one.sha256 not in sound)
    at_hand = {one.sha256: by_hash[one.sha256][0].path for one in lost if one.sha256 in by_hash}
    new, damaged = list[tuple[Found, str]](), list[str]()
    for one in found:
        if one.sha256 is not None and belongs.get(one.key) == one.sha256:
            continue
        if (place := _occupied(one.key, belongs)) is not None:
            damaged.append(one.path[: len(place)] if one.key == one.path else one.path)
        elif one.key in folders:
            damaged.append(one.path)
        elif one.sha256 in places:
            damaged += [] if one.in_its_place and one.sha256 in sound else [one.path]
        elif one.sha256 is None or (_FOLDER.match(one.path) and not one.in_its_place):
            damaged += [one.path] if _FOLDER.match(one.path) else []
        elif one is by_hash[one.sha256][0]:
            new.append((one, one.path if one.in_its_place else f"{one.sha256[:16]}/{safe_name(one.name)}"))
    new.sort(key=lambda pair: pair[0].sha256 or "")
    return Placement(places, sound, tuple(dict.fromkeys(damaged)), lost, at_hand, tuple(new))


def _places(wanted: Sequence[Wanted], by_hash: Mapping[str, Sequence[Found]]) -> dict[str, str]:
    """Where each belongs: as the database says, else where it lies by its hash, else under its own name."""
    places = {one.sha256: one.path for one in wanted if one.path is not None}
    taken = set(places.values())
    for one in wanted:
        if one.path is not None:
            continue
        there = next((each for each in by_hash.get(one.sha256, ()) if each.in_its_place), None)
        path = there.key if there else f"{one.sha256[:16]}/{safe_name(one.name)}"
        attempt, plain = 1, path
        while path in taken:
            attempt += 1
            path = f"{plain[:17]}{attempt} {plain[17:]}"
        taken.add(path)
        places[one.sha256] = path
    return places


def _occupied(key: str, belongs: Mapping[str, str]) -> str | None:
    """The place of a wanted file that something else stands in: itself, or a folder above it."""
    parts = key.split("/")
    tops = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((top for top in tops if top in belongs), None)
