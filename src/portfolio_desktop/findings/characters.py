r"""Characters told apart: those that cannot be seen, those that a name may safely hold, those that are no text at all.

text -> invisible(text)   zero-width, bidirectional, control, tags: what a reader cannot see but a platform may count
     -> visible(text)     the same text to be shown: each of them written out (\u202e), so that none is obeyed
name -> plain(character)  CJK, ASCII letters and digits, - and _: what every system and platform takes in a name
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # zero-width non-joiner and joiner: the latter holds emoji families together
_LAYOUT = "\n\r\t"
_FILLERS = "\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800\u00ad"

_FILLING = re.compile(f"[{_FILLERS}]")
_ORDINARY_SPACES = str.maketrans(dict.fromkeys("\n\r\t\u3000", " "))

# Blocks of Han, kana, bopomofo and their marks (Unicode 15, Blocks.txt).
_CJK = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3041, 0x3096),
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),
    (0x30FC, 0x30FF),
    (0x3105, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing and is no ordinary space or line break."""
    if character in _LAYOUT:
        return False
    if character in _FILLERS or character in _JOINERS:
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def invisible(text: str) -> tuple[str, ...]:
    """The invisible characters of a text, each once, in order of code point.

    A joiner between two symbols that it melts into one picture (👩‍🔬) belongs to what is seen and is left out, and so
    are the tag characters of a flag.
    """
    if _all_visible(text):
        return ()
    found = {
        character
        for place, character in enumerate(text)
        if is_invisible(character) and not _belongs_to_picture(text, place)
    }
    return tuple(sorted(found))


def without_invisible(text: str) -> str:
    """The text without its invisible characters."""
    if _all_visible(text):
        return text
    return "".join(
        character
        for place, character in enumerate(text)
        if not is_invisible(character) or _belongs_to_picture(text, place)
    )


def visible(text: str, *, lines: bool = False) -> str:
    """The text as it is shown to people: what cannot be seen, or would turn round what follows, is written out as an escape.

    So is what is no character at all. Line breaks and tabs are kept with `lines`, else they are written out too: a name or
    a title stays one line.
    """
    if text.isprintable() and not _FILLING.search(text):
        return text
    return "".join(
        character if _may_be_shown(text, place, lines) else _escape(character) for place, character in enumerate(text)
    )


def _may_be_shown(text: str, place: int, lines: bool) -> bool:
    character = text[place]
    if character in _LAYOUT:
        return lines
    return not (is_undecodable(character) or (is_invisible(character) and not _belongs_to_picture(text, place)))


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _all_visible(text: str) -> bool:
    """Whether a quick look shows that nothing is hidden; most texts are told so without a look at each character."""
    return text.translate(_ORDINARY_SPACES).isprintable() and not _FILLING.search(text)


def _belongs_to_picture(text: str, place: int) -> bool:
    character = text[place]
    if character == "\u200d":
        return 0 < place < len(text) - 1 and _is_picture(text[place - 1]) and _is_picture(text[place + 1])
    if 0xE0020 <= ord(character) <= 0xE007F:
        start = place
        while start > 0 and 0xE0020 <= ord(text[start - 1]) <= 0xE007F:
            start -= 1
        return start > 0 and text[start - 1] == "\U0001f3f4"
    return False


def _is_picture(character: str) -> bool:
    # Symbols, skin tones (Sk) and the selector that asks for the coloured form, which stands between them.
    return unicodedata.category(character) in ("So", "Sk", "Sm") or character == "\ufe0f"


def is_plain(character: str) -> bool:
    """Whether every system and platform takes the character in a file's name: CJK, ASCII letters and digits, - and _."""
    if character.isascii():
        return character.isalnum() or character in "-_"
    point = ord(character)
    return any(first <= point <= last for first, last in _CJK) and unicodedata.category(character) != "Cn"


def is_undecodable(character: str) -> bool:
    """Whether the character stands for a byte that was no text (a lone surrogate)."""
    return 0xD800 <= ord(character) <= 0xDFFF
