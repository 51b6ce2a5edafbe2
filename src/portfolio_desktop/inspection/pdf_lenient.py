"""PDF, the lenient reader: pypdf goes on where qpdf finds no way in, for files that a viewer shows all the same.

path -> every object that can still be unpacked -> judge -> Objects(active, traces, notes)

Most often a modern file whose cross-reference stream is damaged: its catalogue lies packed among other objects, where
qpdf's repair does not look. What pypdf cannot unpack stays unknown; it never makes a fact better, it only adds to them.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject, read_object

from portfolio_desktop.inspection.budget import Budget
from portfolio_desktop.inspection.pdf_objects import Objects, judge

LARGEST = 128 << 20
"""Bytes of a file that is read like this: pypdf holds all of it in memory."""
DEEPEST = 40
XMP = 1 << 20
BEGIN = re.compile(rb"(?<!\d)\d{1,9} \d{1,5} obj\b\s*")


class _NoTable:
    """What pypdf's parser asks of a document, for a file without one: no reference leads anywhere."""

    strict = False

    def __init__(self) -> None:
        self.xref: dict[int, dict[int, Any]] = {}
        self.xref_objStm: dict[int, Any] = {}

    def get_object(self, _reference: Any) -> NullObject:
        """Nothing."""
        return NullObject()


def walk(path: str, budget: Budget, found: Objects) -> None:
    """Add to `found` what can be unpacked of the file at `path`."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it tells of every repair; here that is known
    if Path(path).stat().st_size > LARGEST:
        found.notes.add("sampled")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = Path(path).read_bytes()
        for item in _objects(data, _reader(data, found), budget):
            _look(item, found)
        if budget.over:
            found.notes.add("sampled")


def _reader(data: bytes, found: Objects) -> Any:
    """Pypdf on the whole file, as far as it finds a way in."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        found.encrypted = "owner-only" if reader.is_encrypted else found.encrypted
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        return _NoTable()
    return reader


def _objects(data: bytes, reader: Any, budget: Budget) -> Iterator[Any]:
    """Everything that can be unpacked: wherever an object seems to begin, and by the table, which may lead astray; much twice."""
    for read in chain(_by_looks(data, reader), _by_table(reader)):
        if budget.over:
            return
        try:
            item = read()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
            continue
        yield item
        if isinstance(item, StreamObject) and item.get("/Type") == "/ObjStm":
            yield from _packed(item, reader)


def _by_table(reader: Any) -> Iterator[Callable[[], Any]]:
    for generation, numbers in reader.xref.items():
        for number in numbers:
            yield IndirectObject(number, generation, reader).get_object
    for number in reader.xref_objStm:
        yield IndirectObject(number, 0, reader).get_object


def _by_looks(data: bytes, reader: Any) -> Iterator[Callable[[], Any]]:
    for begin in BEGIN.finditer(data):
        stream = io.BytesIO(data)
        stream.seek(begin.end())
        yield partial(read_object, stream, reader)


def _packed(stream: StreamObject, reader: Any) -> Iterator[Any]:
    """The objects of an object stream (ISO 32000-1, 7.5.7), read from it: no table may know of them any more."""
    try:
        data, first = io.BytesIO(stream.get_data()), int(str(stream["/First"]))
        for offset in map(int, data.read(first).split()[1::2]):
            data.seek(first + offset)
            yield read_object(data, reader)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        return


def _look(item: Any, found: Objects) -> None:
    """Judge one object."""
    for dictionary in _dictionaries(item, 0):
        judge(dictionary, found)
        try:
            _owner(dictionary, found)
            _opening(dictionary, found)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - what they point to cannot be unpacked
            continue


def _dictionaries(item: Any, depth: int) -> Iterator[DictionaryObject]:
    """A dictionary or stream and every direct dictionary inside it."""
    if depth > DEEPEST:
        return
    if isinstance(item, DictionaryObject):
        yield item
        for child in item.values():
            yield from _dictionaries(child, depth + 1)
    elif isinstance(item, ArrayObject):
        for child in item:
            yield from _dictionaries(child, depth + 1)


def _owner(dictionary: DictionaryObject, found: Objects) -> None:
    """Who made it: only the document's own information has an /Author beside what made the file."""
    if str(dictionary.get("/Author") or "").strip() and ("/Producer" in dictionary or "/Creator" in dictionary):
        found.traces.personal.add("author")
    if dictionary.get("/Type") == "/Metadata" and isinstance(dictionary, StreamObject):
        found.traces.read_xmp(dictionary.get_data()[:XMP])


def _opening(dictionary: DictionaryObject, found: Objects) -> None:
    """A link that fires when the document opens; the catalogue may have lost the rest of what says that it is one."""
    if "/OpenAction" in dictionary:
        action = dictionary["/OpenAction"]
        if isinstance(action, DictionaryObject) and action.get("/S") == "/URI":
            found.active.add("external-action")
