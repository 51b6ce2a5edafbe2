"""Systems that set no limits (Windows, macOS): the clock, the watched memory and our own size caps still hold."""

from __future__ import annotations

import io
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from helpers import specimens
from portfolio_desktop.inspection import guard, text
from portfolio_desktop.inspection.guard import Pool, Stopped
from portfolio_desktop.inspection.readers import Readers

UNLIMITED = """
import signal
from portfolio_desktop.inspection import worker
worker.limits = None
for name in ("alarm",):
    vars(signal).pop(name, None)
worker.main()
"""
"""A worker as it is where the system has neither limits nor alarms."""


@pytest.fixture(autouse=True)
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "worker_command", lambda: [sys.executable, "-P", "-c", UNLIMITED])


@pytest.mark.skipif(sys.platform == "win32", reason="the module that tells it")
def test_there_is_really_no_limit() -> None:
    with Pool(1, memory=300_000_000) as pool:
        limits = pool.submit("resource:getrlimit", 9).result()
    assert limits[0] in (-1, limits[1]), "the worker set itself a limit"


def test_what_hangs_is_ended_in_time() -> None:
    with Pool(1, seconds=0.5) as pool:
        with pytest.raises(Stopped, match="time"):
            pool.submit("time:sleep", 60).result(20)
        assert pool.submit("math:sqrt", 4).result() == 2


def test_what_eats_memory_is_ended_when_it_holds_too_much() -> None:
    with Pool(1, seconds=30, memory=200_000_000) as pool:
        with pytest.raises(Stopped, match="memory"):
            pool.submit("operator:mul", "x", 3_000_000_000).result(60)
        assert pool.submit("math:sqrt", 4).result() == 2


def test_bombs_are_held_by_our_own_caps(tmp_path: Path) -> None:
    with Readers(1) as readers:
        for name, content in {
            "bomb.png": specimens.png_bomb(),
            "bomb.docx": packed("word/document.xml", 64 << 20),
            "bomb.pptx": packed("ppt/slides/slide1.xml", 64 << 20, 30),
        }.items():
            path = specimens.write(tmp_path, name, content)
            facts = readers.inspect(path).result(60)
            assert facts.stopped is None, name
            assert not facts.opens or name != "bomb.png"
            assert len(readers.text(path).result(60)) <= text.LONGEST
            assert readers.thumbnail(path).result(60) is None


def packed(name: str, size: int, copies: int = 1) -> bytes:
    """An office document whose parts unpack to `size` letters each."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<x/>")
        for number in range(copies):
            with file.open(name.replace("1", str(number + 1)), "w") as part:
                for _ in range(size >> 20 if number == 0 else 1):
                    part.write(b"x" * (1 << 20))
    return buffer.getvalue()


def test_the_text_of_a_document_is_read_as_far_as_it_is_used(tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "bomb.docx", packed("word/document.xml", 128 << 20))
    tracemalloc.start()
    try:
        assert len(text.extract(str(path), "docx")) == text.LONGEST
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 300 << 20


def test_a_pdf_stream_that_unpacks_without_end_is_ended(tmp_path: Path) -> None:
    """Two layers of packing: 1 GB of zeros in a few kilobytes."""
    stream = zlib.compress(zlib.compress(bytes(1 << 28), 9), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    path = specimens.write(tmp_path, "bomb.pdf", body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF\n")
    with Readers(1, seconds=4.0, memory=400_000_000) as readers:
        facts = readers.inspect(path).result(60)
        assert facts.damaged or facts.stopped in ("memory", "time")
        readers.thumbnail(path).result(60)
        assert readers.inspect(specimens.write(tmp_path, "a.pdf", specimens.pdf())).result(60).opens
