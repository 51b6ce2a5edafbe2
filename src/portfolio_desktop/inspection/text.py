"""The text of a document, for search, in a guarded process.

pdf (PDFium) | docx pptx xlsx odt odp ods (the XML inside) | text | html -> str, at most 2,000,000 characters
"""

from __future__ import annotations

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pypdfium2 as pdfium

from portfolio_desktop.inspection.budget import Budget
from portfolio_desktop.kinds.words import as_text

LONGEST = 2_000_000
LARGEST_PART = 1 << 25
PARTS: Mapping[str, str] = {
    "docx": r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml",
    "pptx": r"ppt/(slides/slide\d+|notesSlides/notesSlide\d+)\.xml",
    "xlsx": r"xl/(sharedStrings|worksheets/sheet\d+)\.xml",
    "odt": r"content\.xml",
    "odp": r"content\.xml",
    "ods": r"content\.xml",
}
BLOCK_END = re.compile(
    r"</(?:\w+:)?(?:p|h|si|tr|tc|row|table-row|br|div|li|td|title|h[1-6])>|<(?:\w+:)?(?:br|tab)\b[^>]*>"
)
TORN = (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, zlib.error, struct.error, OverflowError)
"""What the standard library raises over a ZIP that is broken somewhere: the text ends there."""
UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def extract(path: str, kind: str) -> str:
    """The text of the document at `path`, lines as they are read, without markup."""
    pieces, length = [], 0
    for piece in READERS.get(kind, _office)(Path(path), kind):
        pieces.append(piece)
        length += len(piece)
        if length >= LONGEST:
            break
    return tidy("\n".join(pieces))[:LONGEST]


def tidy(text: str) -> str:
    """Without characters that cannot be stored or seen, and without runs of empty lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x00", "")
    text = text.encode("utf-8", "replace").decode()
    return re.sub(r"[ \t]*\n\s*\n+", "\n", text).strip()


def _pdf(path: Path, _kind: str) -> Iterator[str]:
    budget = Budget()
    try:
        document = pdfium.PdfDocument(path.read_bytes())
    except pdfium.PdfiumError:
        return
    for number in range(len(document)):
        if budget.over:
            break
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            continue
        yield text.get_text_range()
        text.close()
        page.close()
    document.close()


def _office(path: Path, kind: str) -> Iterator[str]:
    wanted = re.compile(PARTS[kind])
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if wanted.fullmatch(name)]
            for name in sorted(names, key=_in_order):
                with archive.open(name) as part:
                    yield _without_markup(part.read(LARGEST_PART).decode("utf-8", "replace"))
    except TORN:
        return


def _in_order(name: str) -> tuple[str, int]:
    """slide2 before slide10."""
    number = re.search(r"(\d+)\.xml$", name)
    return (name[: number.start()], int(number[1])) if number else (name, 0)


def _plain(path: Path, kind: str) -> Iterator[str]:
    with path.open("rb") as stream:
        data = stream.read(LONGEST * 4)
    text = as_text(data, whole=len(data) < LONGEST * 4)
    text = data.decode("utf-8", "replace") if text is None else text
    yield _without_markup(UNSEEN.sub(" ", text)) if kind == "html" else text


def _without_markup(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", BLOCK_END.sub("\n", markup)))


READERS: Mapping[str, Callable[[Path, str], Iterator[str]]] = {"pdf": _pdf, "text": _plain, "html": _plain}
