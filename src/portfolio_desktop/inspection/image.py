"""Pictures of other kinds in depth, in a guarded process: Pillow loads the first frame.

gif webp tiff bmp avif ico psd jp2 ... -> opens, size, frames, colour, place and maker
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from portfolio_desktop.inspection.containers.personal import Traces
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.structure import inspect_structure

MAX_PIXELS = 1 << 28
COLOURS = {"L": "grey", "1": "grey", "P": "palette", "RGB": "rgb", "RGBA": "rgba", "CMYK": "cmyk", "LA": "grey-alpha"}


def inspect(path: str, kind: str) -> dict[str, Any]:
    """All facts about the picture at `path`, as plain data."""
    facts = replace(inspect_structure(Path(path), kind), depth="deep")
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _look(path, facts).to_json()
        except MemoryError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return replace(facts, opens=False, notes=(*facts.notes, "pixel-bomb")).to_json()
        except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
            return replace(facts, opens=False, damaged=True).to_json()


def _look(path: str, facts: Inspection) -> Inspection:
    with Image.open(path) as image:
        traces, frames = Traces(), int(getattr(image, "n_frames", 1))
        width, height, colour = image.width, image.height, COLOURS.get(image.mode, "other")
        traces.read_exif(image.info.get("exif", b"").removeprefix(b"Exif\0\0") or image.getexif().tobytes()[6:])
        packet = image.info.get("xmp", b"")
        traces.read_xmp(packet if isinstance(packet, bytes) else str(packet).encode())
        image.load()
    return replace(
        facts,
        opens=True,
        width=width,
        height=height,
        frames=frames,
        colour=colour,
        orientation=traces.orientation,
        gps=traces.gps,
        personal=traces.names(),
        notes=tuple(sorted({*facts.notes, "animated"})) if frames > 1 and facts.kind != "tiff" else facts.notes,
    )
