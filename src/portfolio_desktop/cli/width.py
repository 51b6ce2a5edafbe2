"""How wide text stands on a terminal, and tables that stay straight with Han and Latin side by side.

    width("水質ab") == 6        pad("水質", 6) == "水質  "        cut("水質調查", 5) == "水質…"
    clean(name)                 control and bidirectional characters of foreign names are shown, never obeyed

East Asian wide and full-width characters take two columns, combining and format characters none (Unicode Annex 11);
ambiguous ones are taken as narrow, as terminals outside old East Asian locales do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from portfolio_desktop.findings.characters import visible

GAP = "  "
_NO_START = frozenset("，。、；：！？）」』》〉…—%")


def width(text: str) -> int:
    """The columns that `text` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns`; with `right`, the spaces come first."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def cut(text: str, columns: int) -> str:
    """`text` shortened to `columns` with an ellipsis where it is wider."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        kept += character
    return kept + "…" if columns > 0 else ""


def clean(text: str) -> str:
    """One line that cannot steer the terminal: what cannot be seen is written as escapes, so are bytes that are no text."""
    return visible(text)


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), limit: int | None = None
) -> list[str]:
    """The lines of a table. `right` names the columns that are numbers; `limit` is the terminal's width, or None.

    Where the table is wider than `limit`, its widest column is shortened, to 12 columns at least.
    """
    cells = [[clean(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(width, column)) for column in zip_longest(*cells, fillvalue="")]
    if limit is not None:
        over = sum(widths) + len(GAP) * (len(widths) - 1) - limit
        widest = max(range(len(widths)), key=widths.__getitem__)
        if over > 0:
            widths[widest] = max(12, widths[widest] - over)
    return [
        GAP.join(
            pad(cut(cell, columns), columns, right=number in right)
            for number, (cell, columns) in enumerate(zip(row, widths, strict=False))
        ).rstrip()
        for row in cells
    ]


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`: between words where there are spaces, else between any two wide characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for part in _parts(paragraph):
            if line and used + width(part.rstrip()) > columns:
                lines.append(line.rstrip())
                line, used = "", 0
                part = part.lstrip()
            line += part
            used += width(part)
        lines.append(line.rstrip())
    return lines


def _parts(text: str) -> list[str]:
    """Cut text where a line may break: after a space, and around wide characters (not before closing punctuation)."""
    parts: list[str] = []
    glue = False
    for character in text:
        wide = _columns(character) == 2
        if parts and (character == " " or character in _NO_START or (glue and not wide)):
            parts[-1] += character
        else:
            parts.append(character)
        glue = not wide and character != " "
    return parts


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
