"""A library as plain values, changed by plain functions: what the real one must agree with after every command.

Model.state      what is in force; a step of undo is the state before it
written, held    every text and file that a piece ever had: nothing takes from these, undo neither
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from portfolio_desktop.library.library import Library
from portfolio_desktop.library.names import storable, title_line
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.pieces.piece import Course

State = dict[str, Any]
TEXTS = ("title", "summary", "link", "certification_note")


class Model:
    """Commands as the library has them, on plain values. Ids are given as the library gives them, and never twice."""

    def __init__(self, profile: Profile) -> None:
        self.state: State = {"pieces": {}, "courses": {}, "profile": profile, "rules": {}}
        self.written: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.held: defaultdict[str, set[str]] = defaultdict(set)
        self._next = {"p": 1, "f": 1, "c": 1}

    def copy_of_state(self) -> State:
        return copy.deepcopy(self.state)

    @property
    def pieces(self) -> dict[str, dict[str, Any]]:
        pieces: dict[str, dict[str, Any]] = self.state["pieces"]
        return pieces

    def add(self, names: Sequence[str], category: str, term: object) -> list[str]:
        ids = [self._id("p") for _name in names]
        for identity, name in zip(ids, names, strict=True):
            self.pieces[identity] = {
                **dict.fromkeys(("summary", "link", "certification_note"), ""),
                "title": name,
                "category": category,
                "term": term,
                "fields": {},
                "course_id": None,
                "certification": "editing",
                "trashed": False,
                "ticked": {},
                "files": {},
            }
            self._hold(identity, f"{name}.txt", "source", None)
            self._wrote(identity)
        return ids

    def edit(self, ids: Sequence[str], edit: Edit) -> None:
        for identity in ids:
            piece = self.pieces[identity]
            was = piece["certification"]
            for name in (*TEXTS, "category", "term", "course_id", "certification"):
                value = getattr(edit, name)
                if value is not None:
                    piece[name] = title_line(value) if name == "title" else storable(value) if name in TEXTS else value
                elif name in edit.clear:
                    piece[name] = None
            fields = piece["fields"] | {storable(name): storable(value) for name, value in edit.fields.items()}
            piece["fields"] = {name: value for name, value in fields.items() if value}
            if piece["certification"] == "certified" != was:
                for file in piece["files"].values():
                    file["sealed"] = file["sealed"] or file["current"]
            self._wrote(identity)

    def attach(self, identity: str, name: str, role: str, made_from: str | None) -> None:
        if role != "source":
            self._take_down(identity, role)
        self._hold(identity, name, role, made_from)

    def detach(self, identity: str, file: str) -> None:
        self.pieces[identity]["files"][file]["current"] = False

    def use_version(self, identity: str, file: str, gone: dict[str, Any]) -> None:
        """`gone` is the file as it came, for one that an undo took away."""
        files = self.pieces[identity]["files"]
        chosen = files.get(file) or dict(gone)
        if chosen["current"]:
            return
        if chosen["role"] != "source":
            self._take_down(identity, chosen["role"])
        files[file] = chosen | {"current": True}

    def trash(self, ids: Sequence[str], *, there: bool) -> None:
        for identity in ids:
            self.pieces[identity]["trashed"] = there

    def empty_trash(self) -> None:
        self.state["pieces"] = {identity: piece for identity, piece in self.pieces.items() if not piece["trashed"]}

    def tick(self, ids: Sequence[str], year: int) -> None:
        last = max((piece["ticked"].get(year, 0) for piece in self.pieces.values()), default=0)
        new = [identity for identity in ids if year not in self.pieces[identity]["ticked"]]
        for place, identity in enumerate(new, last + 1):
            self.pieces[identity]["ticked"][year] = place

    def untick(self, ids: Sequence[str], year: int) -> None:
        for identity in ids:
            self.pieces[identity]["ticked"].pop(year, None)

    def add_course(self, course: Course) -> str:
        identity = self._id("c")
        self.edit_course(identity, course)
        return identity

    def edit_course(self, identity: str, course: Course) -> None:
        self.state["courses"][identity] = (storable(course.name), course.term, course.credits)

    def remove_course(self, identity: str) -> None:
        del self.state["courses"][identity]
        for piece in self.pieces.values():
            if piece["course_id"] == identity:
                piece["course_id"] = None

    def _id(self, letter: str) -> str:
        number = self._next[letter]
        self._next[letter] += 1
        return f"{letter}{number}"

    def _hold(self, identity: str, name: str, role: str, made_from: str | None) -> None:
        file = {"name": name, "role": role, "current": True, "sealed": False, "made_from": made_from}
        number = self._id("f")
        self.pieces[identity]["files"][number] = file
        self.held[identity].add(number)

    def _take_down(self, identity: str, role: str) -> None:
        for file in self.pieces[identity]["files"].values():
            if file["role"] == role:
                file["current"] = False

    def _wrote(self, identity: str) -> None:
        piece = self.pieces[identity]
        texts = {name: piece[name] for name in TEXTS} | {
            f"fields.{name}": text for name, text in piece["fields"].items()
        }
        self.written[identity] |= {(name, text) for name, text in texts.items() if text}


def seen(library: Library) -> State:
    """The real library in the model's values."""
    names = (*TEXTS, "category", "term", "course_id", "certification")
    return {
        "pieces": {
            piece.id: {
                **{name: getattr(piece, name) for name in names},
                "fields": dict(piece.fields),
                "trashed": piece.trashed is not None,
                "ticked": dict(piece.ticked),
                "files": {
                    file.id: {
                        "name": file.name,
                        "role": file.role,
                        "current": file.current,
                        "sealed": file.sealed is not None,
                        "made_from": file.made_from,
                    }
                    for file in piece.files
                },
            }
            for piece in library.pieces(PieceFilter(trashed=None))
        },
        "courses": {course.id: (course.name, course.term, course.credits) for course in library.courses()},
        "profile": library.profile,
        "rules": dict(library.school_rules()),
    }
