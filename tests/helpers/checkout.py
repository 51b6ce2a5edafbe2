"""The checkout as a whole: its root, and the files that belong to it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# An unpacked archive has no git to ask; these are what .gitignore names.
IGNORED = {".git", ".venv", "venv", "build", "dist", "out", "htmlcov", "__pycache__", ".hypothesis"}


def own_files() -> list[Path]:
    """The project's files: what git has of them, or everything in an unpacked archive that is not ignored."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
        names = subprocess.run(listing, capture_output=True, check=True).stdout.split(b"\0")
        return [path for name in names if name and (path := ROOT / os.fsdecode(name)).is_file()]
    found = []
    for folder, folders, names_here in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in IGNORED and not name.endswith("_cache")]
        found += [Path(folder, name) for name in names_here if not name.startswith(".coverage")]
    return sorted(found)


def text_of(path: Path) -> str | None:
    """A text file's content; None for anything else."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
