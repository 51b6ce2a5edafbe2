"""Which state of a library contains which: the log of changes says so, never a clock.

    database -> read -> Lineage    one digest for each group, in order; what the last ones did; what is in force

    A: 1 2 3 4 5        A.contains(B): every group of B is in A, in the same order    A has all of B's work, at least in its log
    B: 1 2 3
    C: 1 2 3 d e        A.diverges(C): each has work that the other has not           neither stands for the other

A group's digest is made of its number, moment, account and sentence. Two changes of the same second may share all of that: of
the last TAIL groups the images are compared too, wherever both have them. Of 10,000 groups that is 15 milliseconds and little
reading; all images would be a hundred, and the whole file (docs/decisions/0016).
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.database import ask_copy, open_copy
from portfolio_desktop.library.troubles import plain_rows, plain_words

TAIL = 256
"""How many of the last groups are told apart by what they did, and not only by when and in what words."""
_GROUPS = "SELECT number, at, who, message, parameters, state FROM change_group ORDER BY number"
_IMAGES = (
    "SELECT change_group, row_table, before, after FROM change WHERE change_group > ? ORDER BY change_group, number"
)
_END = (
    "SELECT (SELECT value FROM meta WHERE name = 'identity'), count, (SELECT json_group_array(json_array(row_table, before, after))"
    " FROM (SELECT * FROM change WHERE change_group = last ORDER BY number)), number, at, who, message, parameters"
    " FROM (SELECT count(*) AS count, max(number) AS last FROM change_group) LEFT JOIN change_group ON number = last"
)
_NOW = (
    "SELECT group_concat(name || ' ' || value) FROM (SELECT name, value FROM meta WHERE name LIKE 'next%' ORDER BY name)",
    "SELECT school_type, entry_year, name, school, rules FROM profile",
    "SELECT count(*) FROM stored",
    "SELECT count(*) FROM piece",
)


@dataclass(frozen=True, slots=True)
class Lineage:
    """How a library's work came to be, in one state of it. Equal ones hold equal work.

    identity  which library, None where it is of before there were any: then it may be each
    groups    a digest for each group of the log;  images  what the last ones did, by their place in `groups`
    now       a digest of what is in force: what is undone, profile, rules, the next numbers
    """

    identity: str | None
    groups: tuple[bytes, ...]
    images: Mapping[int, bytes]
    now: bytes

    def contains(self, other: Lineage) -> bool:
        """Whether all of the other's work is in this log, undone or in force."""
        count = len(other.groups)
        return (
            (self.identity == other.identity or None in (self.identity, other.identity))
            and self.groups[:count] == other.groups
            and all(self.images.get(place, digest) == digest for place, digest in other.images.items())
        )

    def diverges(self, other: Lineage) -> bool:
        """Whether each has work that the other has not."""
        return not self.contains(other) and not other.contains(self)


def read(connection: Connection) -> Lineage:
    """The lineage of an open database, of any schema."""
    groups, states, numbers = list[bytes](), list[str](), list[int]()
    for number, at, who, message, parameters, state in rows(connection, _GROUPS):
        groups.append(_digest((number, at, who, message, parameters)))
        states.append(state)
        numbers.append(number)
    place = {number: index for index, number in enumerate(numbers)}
    hashed = dict[int, Any]()
    last = numbers[-TAIL - 1] if len(numbers) > TAIL else 0
    for number, *image in rows(connection, _IMAGES, last):
        index = place[number]
        if index not in hashed:
            hashed[index] = hashlib.blake2b(digest_size=16)
        hashed[index].update(repr(image).encode(errors="surrogatepass"))
    found = list(rows(connection, "SELECT value FROM meta WHERE name = 'identity'"))
    now = [list(rows(connection, question)) for question in _NOW]
    return Lineage(
        str(found[0][0]) if found else None,
        tuple(groups),
        {index: one.digest() for index, one in hashed.items()},
        _digest((states, now)),
    )


def of_copy(path: Path) -> Lineage:
    """The lineage of a finished copy, which nobody writes to. Raises PortfolioError where it cannot be read."""
    with plain_words():
        facts = path.stat()
        return _of_copy(path.absolute(), facts.st_size, facts.st_mtime_ns)


def of_any(path: Path) -> Lineage | None:
    """The same; None where it cannot be read: a torn file holds nothing that we know of."""
    try:
        with plain_rows():
            return of_copy(path)
    except PortfolioError:
        return None


def ends_in(path: Path, state: Lineage) -> bool:
    """Whether the last group of a copy is the state's own of that number, in a fiftieth of the time that all of it takes.

    Then all before it is the state's too: lines that part do not meet again in a group of one number, second, sentence and
    image. False for what cannot be read.
    """
    try:
        identity, number, images, *last = ask_copy(path, _END)
        count, did = int(str(number)), hashlib.blake2b(digest_size=16)
        for image in json.loads(str(images)):
            did.update(repr(image).encode(errors="surrogatepass"))
    except (PortfolioError, ValueError):
        return False
    is_ours = identity == state.identity or None in (identity, state.identity)
    if not is_ours or count > len(state.groups):
        return False
    place = count - 1
    return count == 0 or (
        state.groups[place] == _digest(tuple(last)) and state.images.get(place, did.digest()) == did.digest()
    )


def is_held(one: Lineage, others: Iterable[Lineage | None]) -> bool:
    """Whether any of the others has all of its work."""
    return any(other is not None and other.contains(one) for other in others)


@functools.lru_cache(maxsize=128)
def _of_copy(path: Path, _size: int, _changed: int) -> Lineage:
    with closing(open_copy(path)) as database, database.read() as connection:
        return read(connection)


def rows(connection: Connection, question: str, *values: int) -> Iterable[tuple[Any, ...]]:
    """Rows as the driver gives them: ten thousand of SQLAlchemy's would cost as much again."""
    driver: Any = connection.connection.driver_connection
    found: Iterable[tuple[Any, ...]] = driver.execute(question, values)
    return found


def _digest(what: object) -> bytes:
    return hashlib.blake2b(repr(what).encode(errors="surrogatepass"), digest_size=16).digest()
