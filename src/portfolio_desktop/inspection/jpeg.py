"""JPEG in depth, in a guarded process: every coefficient is decoded by libjpeg.

markers (containers.jpeg) -> libjpeg by way of qpdf: any warning is damage -> clean: done
                                                                           -> damaged: does Pillow still show it?

Pillow hides libjpeg's warnings, so it shows a picture with a torn middle without a word; qpdf refuses to pass over
them. A picture is wrapped into an empty PDF in memory for that, and its rows are thrown away as they come.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageFile

from portfolio_desktop.files import open_source
from portfolio_desktop.inspection.containers.jpeg import LARGEST
from portfolio_desktop.inspection.structure import inspect_structure

MAX_PIXELS = 1 << 28


def inspect(path: str, kind: str) -> dict[str, Any]:
    """All facts about the JPEG at `path`, as plain data."""
    facts = replace(inspect_structure(Path(path), kind), depth="deep")
    if not facts.width or (facts.width * (facts.height or 0)) > MAX_PIXELS:
        bomb = ("pixel-bomb",) if facts.width else ()
        return replace(facts, opens=False, notes=tuple(sorted({*facts.notes, *bomb}))).to_json()
    with open_source(Path(path)) as stream:
        data = stream.read(LARGEST)
    if is_clean(data):
        return replace(facts, opens=True).to_json()
    return replace(facts, opens=_is_shown(path), damaged=True).to_json()


def is_clean(data: bytes) -> bool:
    """Whether libjpeg decodes all of a JPEG without a warning. Raises MemoryError where qpdf had none left for it."""
    with pikepdf.new() as document:
        stream = pikepdf.Stream(document, data)
        stream.Filter = pikepdf.Name.DCTDecode
        document.Root.Picture = document.make_indirect(stream)
        problems = [problem for problem in document.check_pdf_syntax() if "stream data" in problem]
    if any("bad_alloc" in problem for problem in problems):
        raise MemoryError
    return not problems


def _is_shown(path: str) -> bool:
    """Whether a viewer shows at least a part: decoding goes on over warnings and a missing end.

    Where libjpeg gives up before the first row Pillow hands out the untouched buffer, which is all zeros.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=("JPEG", "MPO")) as image:
                image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
                image.load()
                shown = image.getbbox() is not None
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
            return False
    return shown
