"""The data files that are shipped, copied and changed in one place, so that their checks have something to find."""

from __future__ import annotations

from pathlib import Path


def copy_with(shipped: Path, folder: Path, file: str, old: str, new: str) -> Path:
    """Copy every TOML file of `shipped` into `folder`, with the first `old` of one of them changed to `new`."""
    for path in shipped.glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
