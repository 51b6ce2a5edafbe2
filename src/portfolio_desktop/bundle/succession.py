"""Whether a new bundle may take an earlier one's place for good: only where it says the same library's same thing anew.

    new manifest + earlier manifest -> replaces
        year, scope and student are the same
        pieces of the same number are the same pieces, by bytes or title; one has bytes that it had, or the student has a name
        a complete one gives way only to one that holds every byte that it holds

In doubt the earlier one is kept: it may be the last that is left of another library. The manifest needs no name of the library
for that, so that equal libraries go on giving equal bytes, and a bundle tells nobody where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.manifest import Manifest


@dataclass(frozen=True, slots=True)
class _Known:
    """What a piece is recognised by: its title, and the SHA-256 of its files."""

    title: object
    digests: frozenset[str]


def replaces(new: Manifest, earlier: Manifest) -> bool:
    """Whether nothing of `earlier` is lost when `new` stands in its place, but what the same library said before."""
    if (new.year, new.complete, dict(new.profile)) != (earlier.year, earlier.complete, dict(earlier.profile)):
        return False
    if not _stored(earlier) <= _stored(new):
        return False
    if not earlier.pieces:
        return True
    there, before = _by_id(new), _by_id(earlier)
    common = [(there[one], before[one]) for one in there.keys() & before.keys()]
    if any(now.title != then.title and not now.digests & then.digests for now, then in common):
        return False
    by_title = bool(earlier.profile.get("name"))  # every nameless student's p1 may be called 自傳
    return any(now.digests & then.digests or (by_title and now.title == then.title) for now, then in common)


def _stored(manifest: Manifest) -> frozenset[str]:
    """The library's own bytes in a complete bundle, by SHA-256; nothing in another."""
    inside = f"{layout.COMPLETE}/files/"
    return frozenset(file.sha256 for file in manifest.files if file.path.startswith(inside))


def _by_id(manifest: Manifest) -> dict[str, _Known]:
    digests = {file.path: file.sha256 for file in manifest.files}
    found = dict[str, _Known]()
    for piece in manifest.pieces:
        files = piece.get("files")
        paths = [file.get("path") for file in files if isinstance(file, dict)] if isinstance(files, list) else []
        held = frozenset(digests[path] for path in paths if isinstance(path, str) and path in digests)
        found[str(piece.get("id"))] = _Known(piece.get("title"), held)
    return found
