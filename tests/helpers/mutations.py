"""Bytes and JSON spoilt in the ways of bad disks, bad software and bad people; the same steps give the same result.

    spoil(data, [Step("flip", 0.25, 3), Step("cut", 0.9, 0)])      bytes -> bytes
    spoil_json(value, [Step("", 0.5, 11)])                         a JSON value -> one with other values in places
    steps(random) draws some for a long run; hypothesis builds Steps itself and shrinks them

A step's place is a share of the length (0 to 1), its value chooses the details.
"""

from __future__ import annotations

import copy
import random
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to some bytes: which deed, where (0 to 1), and a number that chooses the details."""

    deed: str
    place: float
    value: int


EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 2**64 - 1)
_DIGITS = re.compile(rb"\d+")
LARGEST = 1 << 20
"""A spoilt file never grows beyond this and its own size together."""


def _at(data: bytes, place: float) -> int:
    return min(len(data), int(place * len(data)))


def _flip(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << value % 8)]) + data[at + 1 :] if at < len(data) else data


def _byte(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + bytes([value % 256]) + data[at + 1 :]


def _cut(data: bytes, at: int, _value: int) -> bytes:
    return data[:at]


def _drop(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + data[at + 1 + value % 300 :]


def _repeat(data: bytes, at: int, value: int) -> bytes:
    part = data[at : at + 1 + value % 300]
    return data[:at] + part * (2 + value % 7) + data[at + len(part) :]


def _noise(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + random.Random(value).randbytes(1 + value % 64) + data[at + 1 + value % 64 :]


def _deep(data: bytes, at: int, value: int) -> bytes:
    """Something that opens without end and never closes."""
    return data[:at] + (b"[", b'{"a":', b"(", b"<<")[value % 4] * (value % 200_000) + data[at:]


def _zeros(data: bytes, at: int, value: int) -> bytes:
    length = value % 5000
    return data[:at] + bytes(length) + data[at + length :]


def _move(data: bytes, at: int, value: int) -> bytes:
    """A part stands somewhere else: what follows is not what was announced."""
    part = data[at : at + 1 + value % 2000]
    rest = data[:at] + data[at + len(part) :]
    to = value % (len(rest) + 1)
    return rest[:to] + part + rest[to:]


def _number(form: str) -> Callable[[bytes, int, int], bytes]:
    """A whole field of a length or an offset becomes an extreme one, or one that is off by a little."""
    size = struct.calcsize(form)

    def change(data: bytes, at: int, value: int) -> bytes:
        if at + size > len(data):
            return data
        (old,) = struct.unpack_from(form, data, at)
        new = EXTREMES[value % len(EXTREMES)] if value % 2 else old + value % 17 - 8
        return data[:at] + struct.pack(form, new % (1 << 8 * size)) + data[at + size :]

    return change


def _digits(data: bytes, at: int, value: int) -> bytes:
    """The next number in plain digits (PDF, JSON) becomes another."""
    found = _DIGITS.search(data, at)
    new = str(EXTREMES[value % len(EXTREMES)] * (-1) ** (value % 3)).encode()
    return data if found is None else data[: found.start()] + new + data[found.end() :]


def _swap_words(data: bytes, at: int, value: int) -> bytes:
    """Two parts of the same length change places."""
    length = 1 + value % 64
    other = value % (len(data) + 1)
    low, high = sorted((at, other))
    if low + length > high or high + length > len(data):
        return data
    one, two = data[low : low + length], data[high : high + length]
    return data[:low] + two + data[low + length : high] + one + data[high + length :]


DEEDS: Mapping[str, Callable[[bytes, int, int], bytes]] = {
    "flip": _flip,
    "byte": _byte,
    "cut": _cut,
    "drop": _drop,
    "repeat": _repeat,
    "noise": _noise,
    "zeros": _zeros,
    "deep": _deep,
    "move": _move,
    "swap": _swap_words,
    "digits": _digits,
    **{f"number {form}": _number(form) for form in (">H", "<H", ">I", "<I", ">Q", "<Q")},
}


def spoil(data: bytes, done: Sequence[Step], other: bytes = b"") -> bytes:
    """The bytes after some steps; "splice" takes its end from `other`."""
    limit = len(data) + LARGEST
    for step in done:
        at = _at(data, step.place)
        end = other[_at(other, (step.value % 1000) / 1000) :]
        data = data[:at] + end if step.deed == "splice" else DEEDS[step.deed](data, at, step.value)
        data = data[:limit]
    return data


def steps(chance: random.Random, most: int = 6) -> list[Step]:
    """Some steps by chance."""
    names = (*DEEDS, "splice")
    return [
        Step(chance.choice(names), chance.random(), chance.randrange(1 << 32)) for _ in range(chance.randint(1, most))
    ]


HOSTILE: Sequence[Any] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**63,
    2**64,
    10**400,
    float("inf"),
    float("nan"),
    "",
    " ",
    "\0",
    "\ud800",
    "\u202efdp.exe",
    "\u200b\u2066\ufeff",
    "../../../outside",
    "/etc/outside",
    "C:\\outside",
    "CON",
    "a/../../outside",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "x" * 100_000,
    "深" * 70_000,
    "113-9",
    "p0",
    "p1",
    "c1",
    "f1",
    "p99999999999999999999",
    "1",
    "general",
    "certified",
    "0" * 64,
    [],
    {},
    [[]],
    {"": ""},
    [None] * 300,
    {"1": 1, "999999": 999999},
)


def spoil_json(value: Any, done: Sequence[Step]) -> Any:
    """A copy with hostile values in places, keys taken out or renamed, lists doubled or mixed up."""
    root = [copy.deepcopy(value)]
    for step in done:
        places = list(_places(root))
        container, key = places[min(len(places) - 1, int(step.place * len(places)))]
        way = step.value % 5
        if way == 0 and isinstance(container, dict):
            del container[key]
        elif way == 1 and isinstance(container, list) and container is not root:
            container.append(copy.deepcopy(container[key]))
        elif way == 2 and isinstance(container, dict):
            container[str(HOSTILE[step.value // 5 % len(HOSTILE)])] = container.pop(key)
        elif way == 3:
            donor, other = places[step.value // 5 % len(places)]
            taken = copy.deepcopy(donor[other])
            if len(repr(taken)) < 20_000:
                container[key] = taken
        else:
            container[key] = copy.deepcopy(HOSTILE[step.value // 5 % len(HOSTILE)])
    return root[0]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a value that could hold another one."""
    keys: Sequence[Any] = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])
