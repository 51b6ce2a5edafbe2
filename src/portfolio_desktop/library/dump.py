"""The whole library as canonical JSON: two equal libraries give equal bytes, and with `files/` it is enough to rebuild one.

In it: the profile, the school's settings, courses, pieces with every field, all their files (earlier versions too), ticks,
certification, the trash. Not in it: the log of changes; paths; the next ids; what follows from the files' bytes (the
inspections, document texts, the index) - a library whose deep look is done equals one whose deep look is not.

    library -> dump -> bytes -> read -> Contents -> fill (new library)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Course, Piece, PieceFile, Role
from portfolio_desktop.terms import Term

FORMAT = "portfolio-desktop-library"
VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dump says: rows for courses, pieces, files and ticks, by the names of `tables.LOGGED`."""

    profile: Profile
    rules: Mapping[str, Any]
    courses: tuple[Mapping[str, Any], ...]
    pieces: tuple[Mapping[str, Any], ...]
    files: tuple[Mapping[str, Any], ...]
    ticks: tuple[Mapping[str, Any], ...]

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of every file that belongs to it, each once, in order."""
        return tuple(dict.fromkeys(file["sha256"] for file in self.files))


def dump(profile: Profile, rules: Mapping[str, Any], courses: Iterable[Course], pieces: Iterable[Piece]) -> bytes:
    """The canonical bytes: sorted keys, UTF-8, one line for each piece and course, courses and pieces by number."""
    by_number = sorted(courses, key=lambda course: int(course.id[1:]))
    parts = [
        f'"courses":{_list(_course(course) for course in by_number)}',
        f'"format":{_json(FORMAT)}',
        f'"pieces":{_list(_piece(piece) for piece in pieces)}',
        f'"profile":{_json(asdict(profile))}',
        f'"school_rules":{_json(rules)}',
        f'"version":{VERSION}',
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read(content: bytes) -> Contents:
    """What a dump says; raises PortfolioError when it is none, of a newer program, or damaged."""
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        if _whole(data["version"]) > VERSION:
            raise PortfolioError(_("這份資料由較新版的程式寫成。請先更新程式。"))
        return Contents(
            profile=_profile(data["profile"]),
            rules=_rules(data["school_rules"]),
            courses=tuple(_course_row(course) for course in data["courses"]),
            pieces=tuple(_piece_row(piece) for piece in data["pieces"]),
            files=tuple(_file_row(piece, file) for piece in data["pieces"] for file in piece["files"]),
            ticks=tuple(
                {"piece": _number(piece["id"], "p"), "year": _small(year), "position": _small(position)}
                for piece in data["pieces"]
                for year, position in piece["ticked"].items()
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageError) as error:
        raise PortfolioError(_("這份資料讀不懂，可能已損壞。請換一份完整的成果包。")) from error


def is_consistent(contents: Contents) -> bool:
    """Whether every row is there once, and whatever a row names is there."""
    courses, pieces, files = (
        {row["number"] for row in table} for table in (contents.courses, contents.pieces, contents.files)
    )
    return (
        [len(courses), len(pieces), len(files)] == [len(contents.courses), len(contents.pieces), len(contents.files)]
        and {row["course"] for row in contents.pieces} <= courses | {None}
        and {row["made_from"] for row in contents.files} <= files | {None}
        and all(row["made_from"] is None or row["made_from"] < row["number"] for row in contents.files)
    )


def _rules(rules: object) -> dict[str, Any]:
    """The school's settings as they are, also those of a newer program: what cannot be used is left out when they are read."""
    if not isinstance(rules, dict):
        raise TypeError(rules)
    return rules


def _profile(profile: Mapping[str, Any]) -> Profile:
    return Profile(**{**profile, **{name: _text(profile[name]) for name in ("name", "school")}})


def _course(course: Course) -> dict[str, Any]:
    return asdict(course) | {"term": str(course.term) if course.term else None}


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "id": piece.id,
        "title": piece.title,
        "category": piece.category,
        "term": str(piece.term) if piece.term else None,
        "summary": piece.summary,
        "link": piece.link,
        "fields": dict(piece.fields),
        "course_id": piece.course_id,
        "certification": piece.certification,
        "certification_note": piece.certification_note,
        "added": piece.added,
        "changed": piece.changed,
        "trashed": piece.trashed,
        "ticked": {str(year): position for year, position in piece.ticked.items()},
        "files": [_file(file) for file in piece.files],
    }


def _file(file: PieceFile) -> dict[str, Any]:
    names = ("id", "role", "name", "sha256", "md5", "size", "current", "made_from", "sealed")
    return {name: getattr(file, name) for name in names}


def _course_row(course: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: _text(course[name]) for name in ("name", "category", "credits", "teacher", "code")}
    return {"number": _number(course["id"], "c"), **texts, **_term(course["term"])}


def _piece_row(piece: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": _number(piece["id"], "p"),
        "category": _choice(piece["category"], (None, *CATEGORIES)),
        **{name: _text(piece[name]) for name in ("title", "summary", "link", "certification_note", "added", "changed")},
        **_term(piece["term"]),
        "fields": fields_image({_text(name): _text(value) for name, value in piece["fields"].items()}),
        "course": None if piece["course_id"] is None else _number(piece["course_id"], "c"),
        "certification": _choice(piece["certification"], CERTIFICATIONS),
        "trashed": None if piece["trashed"] is None else _text(piece["trashed"]),
    }


def _file_row(piece: Mapping[str, Any], file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": _number(file["id"], "f"),
        "piece": _number(piece["id"], "p"),
        "role": _choice(file["role"], get_args(Role)),
        "name": _text(file["name"]),
        "sha256": _matching(_text(file["sha256"]), _SHA256),
        "current": int(_choice(file["current"], (True, False)) is True),
        "made_from": None if file["made_from"] is None else _number(file["made_from"], "f"),
        "sealed": None if file["sealed"] is None else _text(file["sealed"]),
    }


def fields_image(fields: Mapping[str, str]) -> str:
    """A piece's fields as they are stored: canonical JSON, without those that are empty."""
    return _json({name: value for name, value in fields.items() if value})


def rules_image(rules: Mapping[str, Any]) -> str:
    """The school's settings as they are stored: canonical JSON."""
    return storable(_json(rules))


def _term(text: str | None) -> dict[str, int | None]:
    term = None if text is None else Term.parse(text)
    return {"year": term.year if term else None, "semester": term.semester if term else None}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return storable(value)


def _choice(value: object, choices: Sequence[object]) -> object:
    if value not in choices:
        raise ValueError(value)
    return value


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _small(value: object) -> int:
    return int(_matching(str(value), re.compile(r"\d{1,6}", re.ASCII)))


def _matching(text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _number(identity: str, letter: str) -> int:
    return int(_matching(_text(identity), re.compile(rf"{letter}[1-9]\d{{0,14}}", re.ASCII))[1:])


def _list(values: Iterable[Mapping[str, Any]]) -> str:
    return "[\n" + ",\n".join(map(_json, values)) + "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
