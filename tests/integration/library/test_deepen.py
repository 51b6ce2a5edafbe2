"""The deep look through the real guarded readers: facts, text that is found, small pictures; after the files are safe."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from helpers.libraries import new_library, write_work
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.library.deep import thumbnail_path


def png(colour: str) -> bytes:
    """A picture with a line on it."""
    picture = Image.new("RGB", (400, 300), colour)
    ImageDraw.Draw(picture).line((0, 0, 400, 300), "white", 9)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def pdf(text: str) -> bytes:
    """A page with a line of text in one of the fonts that every reader has."""
    content = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, part)
    table = len(written)
    written += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(written) + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % table


def test_what_the_readers_find_is_kept_and_found(tmp_path: Path) -> None:
    damaged = bytearray(png("red"))
    damaged[len(damaged) // 2] ^= 0xFF
    work = {
        "a.pdf": pdf("Photosynthesis in wetlands"),
        "b.png": png("blue"),
        "c.png": bytes(damaged),
        "d.txt": "蛙類調查",
    }
    assert pypdfium2.PdfDocument(work["a.pdf"]).get_page_size(0)[0] == 595
    cache = tmp_path / "cache" / "thumbnails"
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", work))
        before = library.dump()
        assert [piece.files[0].inspection.depth for piece in library.pieces()] == ["structure"] * 4
        assert library.find("wetlands").total == 0
        with Readers(2) as readers:
            assert library.deepen(readers, thumbnails=cache) == 4
            assert library.deepen(readers, thumbnails=cache) == 0
        facts = {piece.title: piece.files[0].inspection for piece in library.pieces()}
        assert {facts[name].depth for name in facts} == {"deep"}
        assert (facts["a"].pages, facts["a"].has_text, facts["a"].damaged) == (1, True, False)
        assert (facts["b"].width, facts["b"].height, facts["b"].damaged) == (400, 300, False)
        assert facts["c"].damaged
        assert [hit.where for hit in library.find("WETLANDS").pieces] == [("text",)]
        assert [hit.where for hit in library.find("蛙").pieces] == [("text",)]
        assert library.dump() == before, "what follows from the bytes is not in the dump"
        assert len(library.history()) == 1, "nor in the log of changes"
        digests = {piece.title: piece.files[0].sha256 for piece in library.pieces()}
    with Image.open(thumbnail_path(cache, digests["b"])) as small:
        assert max(small.size) == 256
    assert thumbnail_path(cache, digests["a"]).exists()
    assert not thumbnail_path(cache, digests["d"]).exists()
