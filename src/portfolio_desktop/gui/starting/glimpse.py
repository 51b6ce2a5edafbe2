"""The first screenful of a library as it was last shown, kept for the next start: painted before the library is opened.

    close ─▶ Glimpse ─▶ <cache>/glimpse/<sum of the folder's name>.json          start ─▶ read ─▶ lines in the table, nothing behind them

It tells titles, so only its user may read it, and it goes when its library is gone. It is shown only when the database is
the very file it was taken from, to the byte count and the nanosecond, the forms too; otherwise it is as if there were none.
"""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from portfolio_desktop import durable
from portfolio_desktop.gui.pieces.lines import Column, Line
from portfolio_desktop.pieces.readiness import State

log = logging.getLogger(__name__)

DATABASE = "library.sqlite3"
"""As in `files`, which is not imported for it: this is the first thing that a start reads."""
FORMAT = 1
FOLDER = "glimpse"
SCREENFUL = 60
Mark = tuple[int, ...]
"""What tells that a file is still the same one, unchanged."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a window showed of a library: `labels` are the categories' names in the source language, `forms` whence they came."""

    owner: str
    section: str
    column: Column
    descending: bool
    counts: Mapping[str, int]
    lines: tuple[Line, ...]
    labels: Mapping[str, str]
    forms: str


def mark(folder: Path) -> Mark | None:
    """What tells the library's database from every other, and from itself after a change; None where there is none.

    A journal beside it means that a change was broken off: what the file holds is not what the library will say.
    """
    try:
        found = (folder / DATABASE).stat()
    except OSError:
        return None
    if (folder / f"{DATABASE}-journal").exists():
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def forms_mark(folder: Path) -> str:
    """The same of the files that the categories' names come from."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return ""
    return " ".join(sorted(f"{name}:{seen.st_size}:{seen.st_mtime_ns}" for name, seen in found))


def read(cache: Path, folder: Path, forms: Path) -> Glimpse | None:
    """What was kept of a library, if that is still true; nothing for a file that is damaged, another's or old."""
    path = _path(cache, folder)
    try:
        kept = json.loads(path.read_bytes())
        now = mark(folder)
        if now is None or kept["format"] != FORMAT or kept["folder"] != _name(folder) or tuple(kept["mark"]) != now:
            return None
        glimpse = _glimpse(kept["shown"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return glimpse if glimpse.forms == forms_mark(forms) else None


def keep(cache: Path, folder: Path, glimpse: Glimpse, taken: Mark | None) -> None:
    """Keep a glimpse of a library that was as `taken` says; a cache that cannot be written is told to the log only."""
    if taken is None:
        return
    content = {"format": FORMAT, "folder": _name(folder), "mark": taken, "shown": asdict(glimpse)}
    path = _path(cache, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.set_mode(path.parent, 0o700)
        durable.write(path, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"), f".{os.getpid()}")
        durable.set_mode(path, 0o600)
        tidy(cache)
    except OSError as error:
        log.warning("what the window shows could not be kept in %s: %s", path, error)


def tidy(cache: Path) -> None:
    """Take away what was kept of libraries that are gone, and what nobody can read."""
    for path in (cache / FOLDER).glob("*.json"):
        try:
            gone = not (Path(json.loads(path.read_bytes())["folder"]) / DATABASE).is_file()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            gone = True
        if gone:
            path.unlink(missing_ok=True)


def _path(cache: Path, folder: Path) -> Path:
    # Two folders with one sum would take turns: the file says whose it is.
    return cache / FOLDER / f"{zlib.crc32(_name(folder).encode('utf-8', 'surrogatepass')):08x}.json"


def _name(folder: Path) -> str:
    return str(folder.absolute())


def _glimpse(kept: Mapping[str, Any]) -> Glimpse:
    """The record in what JSON has of it; raises KeyError, TypeError or ValueError for anything else."""
    return Glimpse(
        _is(str, kept["owner"]),
        _is(str, kept["section"]),
        Column(kept["column"]),
        _is(bool, kept["descending"]),
        {_is(str, name): _is(int, count) for name, count in kept["counts"].items()},
        tuple(_lines(kept["lines"])),
        {_is(str, code): _is(str, label) for code, label in kept["labels"].items()},
        _is(str, kept["forms"]),
    )


def _lines(kept: Iterable[Mapping[str, Any]]) -> Iterable[Line]:
    states = frozenset(get_args(State))
    for line in kept:
        if line["state"] not in states:
            raise ValueError(line["state"])
        category = line["category"]
        yield Line(
            _is(str, line["id"]),
            _is(str, line["title"]),
            category if category is None else _is(str, category),
            _is(str, line["term"]),
            line["state"],
            _is(int, line["errors"]),
            _is(int, line["warnings"]),
            tuple(_is(str, kind) for kind in line["kinds"]),
            _is(int, line["size"]),
            _is(str, line["changed"]),
        )


def _is(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
