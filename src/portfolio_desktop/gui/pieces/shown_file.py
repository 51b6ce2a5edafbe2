"""Which of a piece's files stands for it: the one whose picture is on its card."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.inspection.abilities import AUDIO, IMAGES, MEDIA, WITH_PICTURE
from portfolio_desktop.pieces.piece import PieceFile

ROLES = ("document", "media", "source")


def shown_file(row: Row) -> PieceFile | None:
    """The document, else the film, else what it was made from; None where no reader could make a picture of any."""
    for role in ROLES:
        for file in row.piece.files:
            if file.current and file.role == role and can_be_shown(file):
                return file
    return None


def can_be_shown(file: PieceFile) -> bool:
    """Whether a reader may make a picture of it."""
    return file.kind in WITH_PICTURE and file.kind not in AUDIO and file.inspection.encrypted != "user-password"


def kind_icon(kinds: Iterable[str]) -> str:
    """The drawing that stands for a piece without a picture: of its file, or that it has none."""
    return next(map(drawing_of, kinds), "draft")


def drawing_of(kind: str) -> str:
    """The drawing for a kind of file: image, sound, film or document."""
    if kind in IMAGES:
        return "image"
    if kind in AUDIO:
        return "sound"
    return "media" if kind in MEDIA else "document"
