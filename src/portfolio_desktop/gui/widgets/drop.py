"""What was dropped, as paths: files and folders of this computer, nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def paths_of(data: QMimeData) -> list[Path]:
    """The local files and folders in what is dragged or pasted; [] when there are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]
