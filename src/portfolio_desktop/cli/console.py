"""Where a command's words go.

    people   text -> standard output, notes too; a progress bar on a terminal
    --json   one document (or JSON Lines) -> standard output, nothing else on it; notes -> standard error

Always UTF-8, whatever the locale says, with line feeds as line ends. Text that is no valid Unicode (a file name of stray bytes)
is shown with escapes to people, and written as JSON's own escapes to machines: both stay valid.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from portfolio_desktop.cli.interrupt import at_once
from portfolio_desktop.cli.width import clean, table
from portfolio_desktop.findings.characters import visible

_SURROGATE = re.compile("[\ud800-\udfff]")


class Console:
    """The output of one run of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    @property
    def live(self) -> bool:
        """Whether a progress bar may be drawn: standard error is a terminal, and a person reads it."""
        return not self.as_json and sys.stderr.isatty()

    @property
    def columns(self) -> int | None:
        """The terminal's width, or None where output goes to a pipe or a file."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    def say(self, text: str = "") -> None:
        """A line for people; with --json it goes to standard error."""
        _write(sys.stderr if self.as_json else sys.stdout, visible(text, lines=True))

    def complain(self, text: str) -> None:
        """A line about trouble, to standard error."""
        _write(sys.stderr, clean(text))

    def ask(self, question: str) -> str | None:
        """What a person at the terminal answers, or None where there is none; Ctrl-C while waiting ends at once."""
        if not sys.stdin.isatty():
            return None
        sys.stderr.write(question)
        sys.stderr.flush()
        with at_once():
            return sys.stdin.readline()

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
        """A table for people, as wide as the terminal allows."""
        for line in table(headings, rows, right=right, limit=self.columns):
            self.say(line)

    def document(self, data: Any) -> None:
        """The one JSON document of this run."""
        _write(sys.stdout, to_json(data, indent=1))

    def json_line(self, data: Any) -> None:
        """One line of JSON Lines, out at once."""
        _write(sys.stdout, to_json(data))
        sys.stdout.flush()

    def exact(self, data: bytes) -> None:
        """Bytes as they are, for documents that are canonical."""
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:  # a stand-in stream of a test or another program
            sys.stdout.write(data.decode("utf-8"))
        else:
            buffer.write(data)
            buffer.flush()


def to_json(data: Any, indent: int | None = None) -> str:
    """Valid JSON in readable UTF-8; lone surrogates as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def picked(item: object, *names: str) -> dict[str, Any]:
    """These values of a record, under their own names."""
    return {name: getattr(item, name) for name in names}


def speak_utf8() -> None:
    """Make the standard streams UTF-8 under every locale; what cannot be encoded is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write(stream: Any, text: str) -> None:
    stream.write(text + "\n")


def shown(path: object) -> str:
    """A path or a foreign name as one harmless line."""
    return clean(str(path))
