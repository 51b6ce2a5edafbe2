"""Personal data in a text that many people will read: numbers of identity cards, phones, e-mail, addresses, birthdays.

text -> (full width folded) -> PATTERNS, check digit -> PersonalData(kind, found) …

Only what is shaped unmistakably is told: a false alarm on every summary would teach students not to look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PersonalKind = Literal["address", "birthday", "email", "id", "phone"]

# What each first letter counts for: A=10 … in the order in which the household offices were numbered.
_LETTERS = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)

_TELLING = re.compile(r"[\d@]")  # one of these is in every find, and in few other texts
_ID = re.compile(r"(?<![A-Z0-9])[A-Z][A-D1289]\d{8}(?![A-Z0-9])", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+?886[\s-]?|0)9\d{2}[\s-]?\d{3}[\s-]?\d{3}"  # mobile
    r"|\(0\d{1,3}\)\s?\d{3,4}[\s-]?\d{3,4}|0[2-8]\d{0,2}[\s-]\d{3,4}[\s-]?\d{3,4})(?!\d)"  # landline, with its area code set off
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w])")
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{1,3}[縣市][\u4e00-\u9fff]{0,4}?[區鄉鎮市]?[^\s，。、；]{0,12}?[路街道巷里村][^\s，。、；]{0,12}?\d+\s?號"
)
_BIRTHDAY = re.compile(
    r"(?:生日|出生|生於|出生日期|出生年月日)[^\d\n]{0,6}(?:民國\s?)?\d{2,4}\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2})?"
)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One find: of which kind, and the words found."""

    kind: PersonalKind
    found: str

    @property
    def masked(self) -> str:
        """The beginning of the words found: enough to find them by, too little to spread them."""
        return self.found[: max(2, len(self.found) // 3)] + "…"


def personal_data(text: str) -> Iterator[PersonalData]:
    """What in the text is personal data, in order of kind and place."""
    plain = unicodedata.normalize("NFKC", text)
    if not _TELLING.search(plain):
        return
    for match in _ID.finditer(plain):
        if is_identity_number(match[0]):
            yield PersonalData("id", match[0].upper())
    patterns: tuple[tuple[PersonalKind, re.Pattern[str]], ...] = (
        ("phone", _PHONE),
        ("email", _EMAIL),
        ("address", _ADDRESS),
        ("birthday", _BIRTHDAY),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(plain):
            yield PersonalData(kind, match[0].strip())


def is_identity_number(text: str) -> bool:
    """Whether a text is an identity card's or resident certificate's number: its check digit is right.

    Citizens have 1 or 2 after the letter, residents 8 or 9, and A to D on certificates from before 2021.
    """
    number = text.upper()
    if not re.fullmatch(r"[A-Z][A-D1289]\d{8}", number):
        return False
    second = number[1] if number[1].isdigit() else str(_LETTERS[number[1]] % 10)
    digits = f"{_LETTERS[number[0]]}{second}{number[2:]}"
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0
