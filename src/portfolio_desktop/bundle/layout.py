"""Names inside a bundle: always relative, always safe, never colliding.

    01_課程學習成果/01_水質調查報告.pdf      folder = place in the platform's order + its label; file = place in the sheet + title

A bundle travels over Windows, macOS, Linux, USB sticks and cloud folders: a name must be possible on all of them, and
two names that differ only in case or Unicode form are one name on some of them.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MANIFEST = "manifest.json"
SHEET = "上傳複製單.html"
LIST_XLSX = "清單.xlsx"
LIST_CSV = "清單.csv"
COMPLETE = "完整資料"
"""The folder of a complete bundle that holds the dump and every version of every file."""
DUMP = f"{COMPLETE}/catalog.json"

LONGEST_PATH = 240
"""Characters of a path inside a bundle: Windows stops at 260 with its drive and folder."""
LONGEST_PART = 240
"""Bytes of one name in UTF-8: most file systems stop at 255."""

_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]'
)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$")
JUNK = re.compile(
    r"(?i)(\.ds_store|thumbs\.db|desktop\.ini|\._.*|__macosx|\.spotlight-v100|\.trashes|\.fseventsd|~\$.*)$"
)
"""Files and folders that systems and office programs drop anywhere by themselves."""


def is_safe(path: str) -> bool:
    """Whether a path from a manifest or an archive may be used inside a folder, on any system."""
    if not path or len(path) > LONGEST_PATH or unicodedata.normalize("NFC", path) != path:
        return False
    return all(_is_safe_part(part) for part in path.split("/"))


def _is_safe_part(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and not part.endswith((".", " "))
        and not part.startswith(" ")
        and _FORBIDDEN.search(part) is None
        and _RESERVED.fullmatch(part) is None
        and len(part.encode("utf-8")) <= LONGEST_PART
    )


def safe_part(name: str, fallback: str = "_", longest: int = 150) -> str:
    """Make one safe name of any text, keeping as much of it as can be kept; `longest` in UTF-8 bytes."""
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" ").rstrip(". ")
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    suffix = PurePosixPath(text).suffix
    suffix = suffix if len(suffix.encode("utf-8")) <= 12 else ""
    stem = text[: len(text) - len(suffix)] if suffix else text
    room = longest - len(suffix.encode("utf-8"))
    stem = stem.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(". ")
    text = unicodedata.normalize("NFC", stem + suffix)
    return text if _is_safe_part(text) else fallback


def key(path: str) -> str:
    """What two paths share when some file system takes them for one: Unicode form and case folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def is_junk(path: str) -> bool:
    """Whether a file was dropped by a system rather than by a person."""
    return any(JUNK.fullmatch(part) for part in path.split("/"))


def stored_path(sha256: str, name: str) -> str:
    """Where a complete bundle keeps a file: under the first 16 hex digits of its hash, with the name it came with."""
    return f"{COMPLETE}/files/{sha256[:16]}/{safe_part(name, fallback=sha256[:16])}"
