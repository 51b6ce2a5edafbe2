"""The words in names of files and folders that tell a category, read from data.

resources/guesses/categories.toml ──TellingWords.load──▶ words by strength ──best(names)──▶ Told
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portfolio_desktop.errors import DamageError
from portfolio_desktop.findings.strict import Strict, read_toml
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES

FILE = "categories.toml"
STRENGTHS = {"labels": 0, "words": 1, "hints": 3}
"""The lists of a category, and how strong they are: the lowest goes first."""
COURSE_STRENGTH = 2
"""A name on the student's own list of courses: stronger than a hint, weaker than a word that tells by itself."""
SHORTEST = 2
"""Characters of the shortest word that is looked for: one alone stands in too many names."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells a category; `find` says where it stands last in a folded name, -1 where it does not."""

    text: str
    category: str
    strength: int
    find: Callable[[str], int] = field(compare=False)

    def told_by(self, names: Sequence[str]) -> Iterator[Told]:
        """Every name that has it."""
        for place, name in enumerate(names):
            at = self.find(name)
            if at >= 0:
                yield Told((self.strength, place, -len(self.text), -at), self, place)


@dataclass(frozen=True, slots=True)
class Told:
    """A word found in a name: `place` is the name's, `rank` the lower the better.

    The stronger word goes first, then the nearer name, the longer word, the later one: the head of a Chinese name is last.
    """

    rank: tuple[int, int, int, int]
    word: Word
    place: int


@dataclass(frozen=True, slots=True)
class TellingWords:
    """All words of the data file."""

    words: tuple[Word, ...]

    @classmethod
    def load(cls, folder: Path) -> TellingWords:
        """Read the words; raises DamageError when they are not in order."""
        problems: list[str] = []
        words = _read(folder, problems)
        if problems:
            raise DamageError(_("猜類別用的資料有誤，請重新安裝程式：{problem}").format(problem=problems[0]))
        return cls(words)

    def best(self, names: Sequence[str], besides: Iterable[Word] = ()) -> Told | None:
        """The word that tells most in these folded names, the nearest name first; `besides` are words of the student's own."""
        found = [told for word in (*self.words, *besides) for told in word.told_by(names)]
        return min(found, key=lambda told: told.rank, default=None)


def fold(text: str) -> str:
    """A name in the one form that is compared: full-width letters as half-width ones, small letters."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def course_word(name: str) -> Word | None:
    """A course's name as a word, None for one that is too short to be looked for."""
    folded = fold(name)
    return Word(folded, "course", COURSE_STRENGTH, _finder(folded)) if len(folded) >= SHORTEST else None


def lint(folder: Path) -> tuple[str, ...]:
    """What is wrong with the words, one line each; nothing when they are in order."""
    problems: list[str] = []
    _read(folder, problems)
    return tuple(problems)


def _finder(word: str) -> Callable[[str], int]:
    """Latin words are looked for as whole words, Han ones anywhere: nothing stands between those."""
    if not word.isascii():
        return lambda name: name.rfind(word)
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")

    def find(name: str) -> int:
        return max((match.start() for match in whole.finditer(name)), default=-1)

    return find


def _read(folder: Path, problems: list[str]) -> tuple[Word, ...]:
    row = Strict(FILE, read_toml(folder / FILE, problems), problems)
    row.text("source")
    row.confidence()
    words: dict[str, Word] = {}
    categories = list[str]()
    for entry in row.tables("categories"):
        category = entry.text("category")
        categories.append(category)
        for name, strength in STRENGTHS.items():
            for text in entry.texts(name):
                if fold(text) != text or len(text) < SHORTEST:
                    entry.wrong(f"{name}: {text!r} is too short, or not half-width and small")
                if text in words:
                    entry.wrong(f"{name}: {text!r} stands twice")
                words[text] = Word(text, category, strength, _finder(text))
        entry.done()
    if sorted(categories) != sorted(CATEGORIES):
        row.wrong("every category must have its words, once")
    row.done()
    return tuple(words.values())
