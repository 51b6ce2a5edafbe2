"""A catalogue of translated messages, read from its .po directly: no compiled file to go stale."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import polib


def read(path: Path) -> gettext.NullTranslations:
    """The messages of the catalogue at `path`; raises OSError or ValueError where it is none or cannot be read."""
    catalogue = polib.pofile(path.read_text(encoding="utf-8"))  # OSError, too, for a file that is no catalogue
    return gettext.GNUTranslations(io.BytesIO(catalogue.to_binary()))
