"""What a PDF's dictionaries tell, whichever reader unpacked them.

dictionary -> judge -> Objects(active, notes, …)        pdf.py: qpdf's objects    pdf_lenient.py: pypdf's
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from portfolio_desktop.inspection.containers.personal import Traces
from portfolio_desktop.inspection.facts import Encryption

# Action types (ISO 32000-1, table 198) that reach out of the document; a plain link (/URI) only when it fires by itself.
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "external-action",
    "/ImportData": "external-action",
    "/GoToR": "external-action",
    "/GoToE": "external-action",
}


@dataclass
class Objects:
    """What the object walk found; `reached` where a reader got at the objects at all."""

    reached: bool = False
    opens: bool = False
    pages: int | None = None
    damaged: bool = False
    encrypted: Encryption | None = None
    active: set[str] = field(default_factory=set)
    traces: Traces = field(default_factory=Traces)
    notes: set[str] = field(default_factory=set)


def judge(dictionary: Any, found: Objects) -> None:
    """Add what one dictionary tells: pikepdf's, or pypdf's, whose names are strings."""
    action = dictionary.get("/S")
    if isinstance(action, pikepdf.Name | str) and str(action) in ACTIONS:
        found.active.add(ACTIONS[str(action)])
    if "/XFA" in dictionary:
        found.active.add("xfa")
    if ("/EF" in dictionary and ("/F" in dictionary or "/UF" in dictionary)) or dictionary.get(
        "/Type"
    ) == "/EmbeddedFile":
        found.active.add("embedded-file")
    if dictionary.get("/Subtype") in ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"):
        found.notes.add("multimedia")
    if dictionary.get("/FT") == "/Sig" or dictionary.get("/Type") == "/Sig":
        found.notes.add("signed")
