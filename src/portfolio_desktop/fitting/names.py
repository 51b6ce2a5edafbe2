"""Names that every system and platform takes, made from any title: the same title always gives the same name.

    file_name("臺北盆地：水質調查 報告", "pdf", rules)  ->  臺北盆地-水質調查-報告.pdf
    unique(name, taken)                                ->  …-2.pdf where the name is taken already

Kept are CJK, ASCII letters and digits, - and _; at most `rules.name_length` characters and 255 bytes with the
extension; nothing reserved by Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from portfolio_desktop.findings.characters import is_plain
from portfolio_desktop.findings.name_checks import split_name
from portfolio_desktop.findings.rules import Rules

LONGEST_BYTES = 255  # a name's limit on ext4, APFS and most other file systems
NAMELESS = "未命名"


def file_name(title: str, kind: str, rules: Rules, prefix: str = "") -> str:
    """A file's name made from a title: `kind` is the content's kind (its usual extension is taken), or an extension.

    `prefix` stands first and is never shortened away, for example a number that keeps files in order.
    """
    extension = rules.extensions.get(kind, (plain_name(kind).lower(),))[0]
    end = f".{extension}" if extension else ""
    start = f"{plain_name(prefix)}-" if plain_name(prefix) else ""
    stem = plain_name(title) or NAMELESS
    if start == "" and stem.casefold() in rules.name_reserved:
        stem = f"{stem}_"
    return start + _shortened(stem, start, end, rules.name_length) + end


def folder_name(title: str, rules: Rules, prefix: str = "") -> str:
    """A folder's name by the same rules, without an extension."""
    return file_name(title, "", rules, prefix)


def plain_name(title: str) -> str:
    """A title with only the characters that a name may hold; what stood between words becomes one -."""
    folded = unicodedata.normalize("NFKC", title)
    kept = "".join(character if is_plain(character) else "-" for character in folded)
    return re.sub(r"-+", "-", kept).strip("-")


def unique(name: str, taken: Container[str], rules: Rules) -> str:
    """The name, or the first of name-2, name-3 … that is not taken; `taken` holds names as `same` writes them."""
    if same(name) not in taken:
        return name
    stem, extension = split_name(name)
    end = f".{extension}" if extension else ""
    number = 2
    while True:
        tail = f"-{number}{end}"
        candidate = _shortened(stem, "", tail, rules.name_length) + tail
        if same(candidate) not in taken:
            return candidate
        number += 1


def same(name: str) -> str:
    """The name in the form in which two names that some file system takes for one are equal."""
    return unicodedata.normalize("NFC", name.casefold())


def _shortened(stem: str, start: str, end: str, limit: int) -> str:
    """The stem cut to the room that is left, by characters and by bytes, never in the middle of a character."""
    room = max(1, limit - len(start) - len(end))
    short = stem[:room]
    while len(short) > 1 and len((start + short + end).encode("utf-8")) > LONGEST_BYTES:
        short = short[:-1]
    return short.rstrip("-") or short
