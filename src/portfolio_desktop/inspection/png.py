"""PNG in depth, in a guarded process: every checksum and every row, by our own walk over zlib; no foreign library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portfolio_desktop.files import open_source
from portfolio_desktop.inspection.structure import inspect_stream


def inspect(path: str, kind: str) -> dict[str, Any]:
    """All facts about the PNG at `path`, as plain data."""
    with open_source(Path(path)) as stream:
        return inspect_stream(stream, stream.seek(0, 2), kind, deep=True).to_json()
