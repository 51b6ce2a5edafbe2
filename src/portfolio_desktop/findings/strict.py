"""Data files read strictly: a table's keys are asked for one by one, and whatever is wrong or left over is noted.

    row = Strict("officer.toml: award", table, problems)
    row.text("label")  row.whole("maximum", None)  row.flag("required")  row.tables("choices")
    row.done()                     a key that nobody asked for is a problem too

Problems are collected, one line each, so that one look mends a file; a wrong value reads as an empty one, and whoever
loads the file refuses it when there are problems.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

LARGEST = 1 << 20
"""Bytes of the largest such file that is read: the program's own have some thousand."""

Confidence = int | Literal["own", "school"]
"""How many independent sources agree; `own` is our recommendation, `school` was set by the student's school."""


class Strict:
    """One table of a data file; `where` begins every problem's line."""

    def __init__(self, where: str, data: Any, problems: list[str]) -> None:
        self.where = where
        self.problems = problems
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(data, Mapping):
            self.wrong("a table is wanted")

    def wrong(self, what: str) -> None:
        """Note a problem."""
        self.problems.append(f"{self.where}: {what}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def value(self, key: str) -> Any:
        """Any value that must be there."""
        self._asked.add(key)
        if key not in self._data:
            self.wrong(f"{key} is missing")
        return self._data.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; `default` where the key may be left out."""
        if default is not None and key not in self._data:
            return default
        value = self.value(key)
        if isinstance(value, str) and value.strip():
            return value
        if key in self._data:
            self.wrong(f"{key} must be a text, not {value!r}")
        return ""

    def whole(self, key: str, default: int | None = None) -> int | None:
        """A whole number from 0 on, or `default` where the key is left out."""
        self._asked.add(key)
        value = self._data.get(key, default)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.wrong(f"{key} must be a whole number, not {value!r}")
        return default

    def number(self, key: str) -> Decimal | None:
        """A number, or None where the key is left out."""
        self._asked.add(key)
        value = self._data.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return None if value is None else Decimal(str(value))
        self.wrong(f"{key} must be a number, not {value!r}")
        return None

    def confidence(self) -> Confidence:
        """The key `confidence`: a number of sources, or `own`."""
        value = self.value("confidence")
        if value == "own" or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return "own" if value == "own" else int(value)
        self.wrong(f'confidence must be a number of sources or "own", not {value!r}')
        return "own"

    def flag(self, key: str) -> bool:
        """True or false; false where the key is left out."""
        self._asked.add(key)
        value = self._data.get(key, False)
        if isinstance(value, bool):
            return value
        self.wrong(f"{key} must be true or false, not {value!r}")
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is left out."""
        self._asked.add(key)
        value = self._data.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
            return tuple(value)
        self.wrong(f"{key} must be a list of texts, not {value!r}")
        return ()

    def tables(self, key: str) -> Iterator[Strict]:
        """A list of tables, none where the key is left out."""
        self._asked.add(key)
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self.wrong(f"{key} must be a list of tables, not {value!r}")
            return
        for number, entry in enumerate(value, 1):
            yield Strict(f"{self.where}: {key} {number}", entry, self.problems)

    def done(self) -> None:
        """Note every key that was not asked for: a misspelt key must not be silently without effect."""
        for key in sorted(set(self._data) - self._asked):
            self.wrong(f"{key} is not known")


def read_toml(path: Path, problems: list[str]) -> dict[str, Any]:
    """Read a TOML file; an unreadable one is a problem and reads as empty, so is one that is far too large or too deep."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError(f"more than {LARGEST} bytes")
        return tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(f"{path.name}: {error}")
        return {}
