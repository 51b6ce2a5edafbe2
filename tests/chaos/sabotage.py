"""Durability broken on purpose, to prove that the kills would find it out: each fault must make its own count rise.

lost      commit-first   the database names a file before its bytes are in place
orphans   no-list        files get their names, and nothing says that they are not the library's yet
corrupt   in-place       catalog.json is written over the old one, piece by piece
lost      half-a-step    an edit is made in two transactions
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.library import catalog
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.store import PLACING, Copy, Store


def commit_first() -> None:
    place, done = Store.place, Store.done
    waiting: list[Sequence[Copy]] = []

    def place_later(self: Store, copies: Sequence[Copy]) -> list[str]:
        waiting.append(copies)
        return self._free_names(copies)

    def place_now(self: Store) -> None:
        while waiting:
            for copy in waiting.pop():
                place(self, [copy])
        done(self)

    Store.place, Store.done = place_later, place_now  # type: ignore[method-assign]


def no_list() -> None:
    write = durable.write

    def all_but_the_list(path: Path, content: bytes, mark: str = "") -> None:
        if path.name != PLACING:
            write(path, content, mark)

    durable.write = all_but_the_list  # type: ignore[assignment]


def in_place() -> None:
    write = durable.write

    def over_the_old_one(path: Path, content: bytes, mark: str = "") -> None:
        if path.name != catalog.NAME:
            write(path, content, mark)
            return
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(content), max(1, len(content) // 4)):
                file.write(content[start : start + max(1, len(content) // 4)])
                os.fsync(file.fileno())

    durable.write = over_the_old_one  # type: ignore[assignment]


def half_a_step() -> None:
    edit = Library.edit

    def in_two(self: Library, identity: str, change: Edit, **more: object) -> object:
        if change.title is not None:
            edit(self, identity, Edit(title=change.title))
        return edit(self, identity, change, **more)  # type: ignore[arg-type]

    Library.edit = in_two  # type: ignore[method-assign,assignment]


@dataclass(frozen=True)
class Way:
    """One way to break durability: how, which count must rise, and the steps in which it shows, so that it is found out soon."""

    do: Callable[[], None]
    shows: str
    steps: frozenset[str]


WAYS: dict[str, Way] = {
    "commit-first": Way(commit_first, "lost", frozenset({"add", "replace"})),
    "no-list": Way(no_list, "orphans", frozenset({"add", "replace"})),
    "in-place": Way(in_place, "corrupt", frozenset({"edit", "catalog"})),
    "half-a-step": Way(half_a_step, "lost", frozenset({"edit"})),
}
