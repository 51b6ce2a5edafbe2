"""What changed from one text to another, part by part; pure.

    difference("去年的夏天", "今年的夏天")  ->  [Part("gone", "去"), Part("come", "今"), Part("same", "年的夏天")]

Chinese is compared character by character, words of other letters as wholes; long texts sentence by sentence first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "come"]
LONG = 1500
"""Tokens above which only sentences are compared: comparing takes the square of their number."""

_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ'’]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；.!?\n]*[。！？；.!?\n]+|[^。！？；.!?\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that both have, or only the older one (`gone`), or only the newer one (`come`)."""

    kind: Kind
    text: str


def difference(older: str, newer: str) -> tuple[Part, ...]:
    """The parts in reading order; what went stands before what came in its place. Without one kind they are the other text."""
    before, after = _TOKEN.findall(older), _TOKEN.findall(newer)
    if max(len(before), len(after)) > LONG:
        before, after = _SENTENCE.findall(older), _SENTENCE.findall(newer)
    return tuple(_parts(_merged(_pairs(before, after))))


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both texts that answer each other; equal where nothing changed."""
    for _what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield "".join(before[start:end]), "".join(after[new_start:new_end])


def _merged(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A lone character between two changes says nothing: together they are one change."""
    pairs, merged = list(found), list[tuple[str, str]]()
    for place, (old, new) in enumerate(pairs):
        lone = old == new and len(old) == 1 and 0 < place < len(pairs) - 1
        if merged and (lone or old != new) and merged[-1][0] != merged[-1][1]:
            merged[-1] = (merged[-1][0] + old, merged[-1][1] + new)
        else:
            merged.append((old, new))
    return merged


def _parts(pairs: Iterable[tuple[str, str]]) -> Iterator[Part]:
    for old, new in pairs:
        if old == new:
            yield Part("same", old)
        else:
            if old:
                yield Part("gone", old)
            if new:
                yield Part("come", new)
