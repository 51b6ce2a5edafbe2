"""PDF in depth, in a guarded process: two readers that never saw each other's code look at all of it.

qpdf (pikepdf)     every object and stream: what is damaged, how it is encrypted, what is active, who made it
PDFium             the pages as Chrome, Edge and Android show them: whether it opens, whether there is text
pypdf              asked where PDFium shows pages and qpdf finds no way in: what is active must not hide behind damage

Viewers repair what they can, and so does qpdf: a file opens when either of them gets to its pages; whatever qpdf had to
repair, or could not unpack, is damage.
"""

from __future__ import annotations

import importlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from portfolio_desktop.inspection.budget import Budget
from portfolio_desktop.inspection.containers import jpeg
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.pdf_objects import Objects, judge
from portfolio_desktop.inspection.structure import inspect_structure

# What qpdf remarks on although nothing was lost or repaired: hints for reading over a network, entries that have a
# default or that only navigation needs.
HARMLESS = re.compile(
    r"hint table|hint buffer|linearization (?!hint stream)|count mismatch for page|page length mismatch|first page |"
    r"\(/[NOTE]\) mismatch|outlines? (hint )?table|[Ss]hared object|Resources is missing|MediaBox is undefined|"
    r"output may still be valid|Loop detected loop in /Outlines|name/number tree|not reachable from /AcroForm|"
    r"does not contain any pages",
    re.IGNORECASE,
)
UNSUPPORTED = re.compile(r"unsupported|not supported|unknown encryption", re.IGNORECASE)
FLUSHED = b"\0\0\xff\xff"  # how Acrobat ends some streams: flushed to a full byte, never closed
LENIENT = "portfolio_desktop.inspection.pdf_lenient"
DEPTH = 40
TEXT_PAGES = 50


@dataclass
class _Shown:
    """What a viewer's engine made of it."""

    opens: bool = False
    password: bool = False
    pages: int | None = None
    has_text: bool | None = None


def inspect(path: str, kind: str) -> dict[str, Any]:
    """All facts about the PDF at `path`, as plain data."""
    budget = Budget()
    facts = replace(inspect_structure(Path(path), kind), depth="deep")
    objects = _walk_objects(path, budget)
    shown = _show(path, budget)
    if shown.opens and not objects.reached:
        # Through its name: pypdf takes long to load, and one damaged file in a hundred needs it.
        importlib.import_module(LENIENT).walk(path, budget, objects)
    return _merge(facts, objects, shown).to_json()


def _merge(facts: Inspection, objects: Objects, shown: _Shown) -> Inspection:
    encrypted = objects.encrypted or facts.encrypted
    if encrypted != "none" or shown.password:
        encrypted = "owner-only" if objects.opens or shown.opens else "user-password"
    opens = (objects.opens or shown.opens) and encrypted != "user-password"
    pages = objects.pages or shown.pages
    locked = encrypted == "user-password"
    return replace(
        facts,
        opens=opens,
        damaged=facts.damaged if locked else objects.damaged or not opens,
        repaired=opens and objects.damaged,
        encrypted=encrypted,
        active=tuple(sorted(objects.active)),
        pages=pages,
        has_text=shown.has_text,
        gps=objects.traces.gps,
        personal=objects.traces.names(),
        notes=tuple(sorted({*facts.notes, *objects.notes})),
    )


def _walk_objects(path: str, budget: Budget) -> Objects:
    found = Objects()
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            found.reached = True
            found.encrypted = "owner-only" if document.is_encrypted else "none"
            _check(document, path, budget, found)
            for item in document.objects:
                if budget.over:
                    found.notes.add("sampled")
                    break
                for dictionary in _dictionaries(item, 0):
                    judge(dictionary, found)
                _stream(item, found)
            _opening(document, found)
            _owner(document, found)
    except pikepdf.PasswordError:
        found.encrypted = "user-password"
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        found.damaged = found.damaged or not UNSUPPORTED.search(str(error))
    return found


class _Enough(Exception):  # noqa: N818 - the way out of a check that has done what is wanted
    """All streams were unpacked, or the time is used up."""


def _check(document: pikepdf.Pdf, path: str, budget: Budget, found: Objects) -> None:
    """Count the pages and read everything; where that fails the objects are there all the same."""
    try:
        found.pages = len(document.pages)
        found.opens = found.pages > 0
        problems = _problems(document, budget, found)
        found.damaged = any(not HARMLESS.search(_without_path(problem, path)) for problem in problems)
    except pikepdf.PdfError as error:
        found.damaged = not UNSUPPORTED.search(str(error))


def _problems(document: pikepdf.Pdf, budget: Budget, found: Objects) -> list[str]:
    """What qpdf remarks on when it reads every object and unpacks every stream.

    Its check goes on to parse each page's drawing operators one by one, which takes many seconds on maps and plans and
    tells nothing about damage; it is left when the last stream is done.
    """

    def enough(percent: int) -> None:
        if budget.over:
            found.notes.add("sampled")
        if percent >= 100 or budget.over:
            raise _Enough

    problems = document.get_warnings()
    if document.is_linearized:
        document.check_linearization(io.StringIO())
        problems += document.get_warnings()
    try:
        problems += document.check_pdf_syntax(enough)
    except _Enough:
        problems += document.get_warnings()
    return problems


def _without_path(problem: str, path: str) -> str:
    """A problem's words; the path in it may hold any words."""
    return problem.replace(path, "")


def _dictionaries(item: Any, depth: int) -> Iterator[pikepdf.Object]:
    """A dictionary or stream and every direct dictionary inside it."""
    if depth > DEPTH or not isinstance(item, pikepdf.Object):
        return
    if isinstance(item, pikepdf.Array):
        for child in item:
            if not getattr(child, "is_indirect", False):
                yield from _dictionaries(child, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        for child in item.values():
            if not getattr(child, "is_indirect", False):
                yield from _dictionaries(child, depth + 1)


def _stream(item: Any, found: Objects) -> None:
    """Look at what a stream holds as it stands in the file; in an encrypted one that tells nothing."""
    if not isinstance(item, pikepdf.Stream) or found.encrypted != "none":
        return
    packing = item.get("/Filter")
    if packing == "/FlateDecode":
        _packed(item.read_raw_bytes(), found)
    elif packing == "/DCTDecode":
        data = item.read_raw_bytes()
        facts = jpeg.walk(io.BytesIO(data), len(data))
        # Photos keep what the camera wrote into them, the place too, when a phone makes a PDF of them.
        found.traces.gps = found.traces.gps or facts.gps
        found.traces.personal.update(facts.personal)


def _packed(data: memoryview | bytes, found: Objects) -> None:
    """Packed data that ends early is damage; a wrong checksum alone is not, since viewers and qpdf never look at it.

    It is told all the same: bytes that were spoilt in the middle often still unpack, to something else.
    """
    unpacker = zlib.decompressobj()
    rest = whole = bytes(data)
    try:
        while rest and not unpacker.eof:
            unpacker.decompress(rest, 1 << 20)
            rest = unpacker.unconsumed_tail
        if not unpacker.eof and not whole.rstrip(b"\r\n").endswith(FLUSHED):
            unpacker.decompress(bytes(4), 1 << 20)  # some writers leave the checksum out: is that all that is missing?
            found.damaged = found.damaged or not unpacker.eof
    except zlib.error as error:
        if "incorrect data check" in str(error) and rest:
            found.notes.add("stream-checksum")


def _opening(document: pikepdf.Pdf, found: Objects) -> None:
    """A link that fires when the document opens."""
    action = document.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
        found.active.add("external-action")


def _owner(document: pikepdf.Pdf, found: Objects) -> None:
    info = document.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary) and str(info.get("/Author", "")).strip():
        found.traces.personal.add("author")
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        found.traces.read_xmp(metadata.read_bytes()[: 1 << 20])


def _show(path: str, budget: Budget) -> _Shown:
    shown = _Shown()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        shown.password = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
        return shown
    try:
        shown.pages = len(document)
        for number in range(shown.pages):
            if budget.over or (number >= TEXT_PAGES and shown.opens):
                break
            _show_page(document, number, shown)
            if shown.has_text:
                break
    except pdfium.PdfiumError:
        return shown
    finally:
        document.close()
    return shown


def _show_page(document: Any, number: int, shown: _Shown) -> None:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return
    shown.opens = True
    text = page.get_textpage()
    shown.has_text = bool(shown.has_text) or bool(text.get_text_range().strip())
    text.close()
    page.close()
