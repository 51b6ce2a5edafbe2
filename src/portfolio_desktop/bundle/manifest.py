"""manifest.json: what a bundle holds, and the hash of every file in it.

    Manifest -> to_bytes -> manifest.json        docs/bundle-format.md describes it key by key
    bytes    -> from_bytes -> Manifest           strictly: a manifest may come from anywhere

The keys stand in a fixed order and nothing in it depends on the day, the computer or the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portfolio_desktop.bundle import layout
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.messages import _

FORMAT = "portfolio-desktop/bundle"
VERSION = 1
LARGEST = 64 << 20
"""Bytes of the largest manifest that is read: about 200,000 files."""
LARGEST_FILE = 1 << 40
"""Bytes of the largest file that a manifest may announce."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle: `path` relative to the manifest with forward slashes, `size` in bytes, digests in hex."""

    path: str
    size: int
    sha256: str
    md5: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of manifest.json.

    year      the school year (民國) whose ticked pieces it holds
    id        the first 16 hex digits of a SHA-256 over the profile and the pieces: equal content, equal id
    complete  whether the whole library is in it (`export --all`), so that it can be imported
    profile   school_type, entry_year, name, school
    pieces    one mapping a piece, in the sheet's order; left_out: pieces that were ticked and could not be exported
    files     every file but the manifest itself, sorted by path
    """

    year: int
    id: str
    complete: bool
    profile: Mapping[str, Any]
    pieces: Sequence[Mapping[str, Any]]
    left_out: Sequence[Mapping[str, Any]]
    files: tuple[BundleFile, ...]

    def to_bytes(self) -> bytes:
        """The manifest as UTF-8 JSON: `format`, `version` and `year` first, one line a value."""
        data = {
            "format": FORMAT,
            "version": VERSION,
            "year": self.year,
            "id": self.id,
            "complete": self.complete,
            "profile": dict(self.profile),
            "pieces": list(self.pieces),
            "left_out": list(self.left_out),
            "files": [{"path": f.path, "size": f.size, "sha256": f.sha256, "md5": f.md5} for f in self.files],
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Read a manifest.

        Raises PortfolioError when it belongs to something else or to a newer version of the program, and DamageError
        when it is not what `to_bytes` can have written.
        """
        data = _parse(content)
        if data.get("format") != FORMAT:
            raise PortfolioError(_("這裡的 manifest.json 不是學習歷程成果包的；請選本程式匯出的成果包。"))
        version = data.get("version")
        if type(version) is not int or version < 1:
            raise _damaged("version")
        if version > VERSION:
            raise PortfolioError(
                _("這個成果包是較新版的程式做的（格式 {version}，這裡只認得到 {known}）；請更新程式再開。").format(
                    version=version, known=VERSION
                )
            )
        return cls(
            year=_take(data, "year", int, lambda value: 1 <= value <= 999),
            id=_take(data, "id", str, lambda value: _HEX16.fullmatch(value) is not None),
            complete=_take(data, "complete", bool),
            profile=_take(data, "profile", dict),
            pieces=_take(data, "pieces", list, _are_mappings),
            left_out=_take(data, "left_out", list, _are_mappings),
            files=_files(_take(data, "files", list, _are_mappings)),
        )


_HEX16 = re.compile(r"[0-9a-f]{16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MD5 = re.compile(r"[0-9a-f]{32}")


def _parse(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamageError(_("成果包的 manifest.json 已經損壞，讀不出來；請重新匯出一次。")) from error
    if not isinstance(data, dict):
        raise _damaged("{}")
    return data


def _files(items: list[dict[str, Any]]) -> tuple[BundleFile, ...]:
    files = tuple(
        BundleFile(
            path=_take(item, "path", str),
            size=_take(item, "size", int, lambda value: 0 <= value <= LARGEST_FILE),
            sha256=_take(item, "sha256", str, lambda value: _SHA256.fullmatch(value) is not None),
            md5=_take(item, "md5", str, lambda value: _MD5.fullmatch(value) is not None),
        )
        for item in items
    )
    seen: set[str] = {layout.key(layout.MANIFEST)}
    for file in files:
        if not layout.is_safe(file.path):
            raise DamageError(
                _("成果包的清單裡有不安全的檔名（{path}），所以不打開它；請向給你的人再要一份。").format(
                    path=shown(file.path)
                )
            )
        if layout.key(file.path) in seen:
            raise DamageError(
                _("成果包的清單裡有兩個分不開的檔名（{path}），所以不打開它；請重新匯出一次。").format(
                    path=shown(file.path)
                )
            )
        seen.add(layout.key(file.path))
    return files


def shown(path: str) -> str:
    """A name from elsewhere, made harmless for a message: on one line, nothing hidden in it, at most 80 characters."""
    text = visible(path)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _take(data: Mapping[str, Any], key: str, kind: type, fits: Any = None) -> Any:
    value = data.get(key)
    exact = type(value) is kind  # a bool is an int to isinstance
    if not exact or (fits is not None and not fits(value)):
        raise _damaged(key)
    return value


def _are_mappings(items: list[Any]) -> bool:
    return all(isinstance(item, dict) for item in items)


def _damaged(key: str) -> DamageError:
    return DamageError(_("成果包的 manifest.json 已經損壞（{key}）；請重新匯出一次。").format(key=key))
