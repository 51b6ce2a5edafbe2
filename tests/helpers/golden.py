"""Golden files: output that is compared as a whole, in tests/data.

golden("cli/help.txt", text)        GOLDEN=write .venv/bin/pytest …   writes them anew: read the diff before committing
"""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
WRITE = os.environ.get("GOLDEN") == "write"


def golden(name: str, text: str) -> None:
    """Fail where `text` is not what the file says."""
    path = DATA / name
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
