r"""Names that come from outside: safe on every file system, and readable as a title.

"報告: 最終?.pdf"     -> safe_name    "報告_ 最終_.pdf"     as the stored file's name
"caf\udce9.pdf"       -> exact_name   "caf\\udce9.pdf"       as the database can hold it, nothing lost
"IMG_水質_(2).jpg"    -> guess_title  "IMG 水質"            as a first title
"""

from __future__ import annotations

import re
import unicodedata

from portfolio_desktop.findings.characters import without_invisible

LONGEST = 120  # bytes of UTF-8: every file system takes it, and a path stays below Windows' 260
LONGEST_TITLE = 100

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_COPY_MARK = re.compile(r"(\s*[(（]\d+[)）]|\s*[-－–—_]\s*(複製|copy|副本)|\s*的?副本)+$", re.IGNORECASE)
_BREAKS = re.compile(r"\r\n|[\n\r\t\v\f\x85\u2028\u2029]")
_SEPARATORS = re.compile(r"[\s_＿]+")


def safe_name(name: str) -> str:
    """The name with whatever some file system cannot bear replaced; at most LONGEST bytes, the extension kept."""
    plain = "".join(
        " " if character == "\u3000" else _safe(character) for character in unicodedata.normalize("NFC", name)
    )
    plain = _FORBIDDEN.sub("_", plain).strip().rstrip(". ")
    stem, dot, extension = plain.rpartition(".")
    if not stem or len(extension) > 10:
        stem, dot, extension = plain, "", ""
    room = LONGEST - len((dot + extension).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ") or "file"
    whole = stem + dot + extension
    return f"_{whole}" if whole.startswith(".") or _RESERVED.match(whole) else whole


def exact_name(name: str) -> str:
    """The name as it came, but for bytes that are no text: these are written as backslash escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


def storable(text: str) -> str:
    """Typed or pasted text as the database can hold it: broken surrogates become U+FFFD, null characters go."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def title_line(text: str) -> str:
    """A title as it is kept: one line, and nothing in it that cannot be seen. It is ours, no platform's: it may be cleaned."""
    return without_invisible(_BREAKS.sub(" ", storable(text)))


def guess_title(name: str) -> str:
    """A first title from a file's name: no extension, no copy marks, no separators; never empty."""
    readable = "".join(_safe(character) for character in unicodedata.normalize("NFC", exact_name(name)))
    stem, _dot, extension = readable.rpartition(".")
    if not stem or len(extension) > 5 or not extension.isalnum():
        stem = readable
    title = _COPY_MARK.sub("", _SEPARATORS.sub(" ", stem).strip()).strip()
    return (title or stem.strip() or readable.strip() or "?")[:LONGEST_TITLE].strip()


def _safe(character: str) -> str:
    """A character that can be seen and written: control, format and private ones become `_` or nothing."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn") and unicodedata.combining(character) == 0:
        return ""
    return "_" if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else character
