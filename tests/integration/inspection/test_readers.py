"""The full verdict on real bytes, by guarded readers."""

from __future__ import annotations

import io
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from helpers import specimens
from helpers.checkout import ROOT
from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.facts import NOTES, PERSONAL, Inspection
from portfolio_desktop.inspection.readers import Readers

pytestmark = pytest.mark.shared_workers


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(2) as shared:
        yield shared


@pytest.fixture
def look(readers: Readers, tmp_path: Path) -> Any:
    def inspect(data: bytes, name: str = "報告.bin") -> Inspection:
        return readers.inspect(specimens.write(tmp_path, name, data)).result()

    return inspect


@pytest.mark.parametrize("name", specimens.GOOD)
def test_good_files_open_without_damage(look: Any, name: str) -> None:
    facts = look(specimens.GOOD[name]())
    assert (facts.kind, facts.depth, facts.opens, facts.damaged, facts.stopped) == (name, "deep", True, False, None)


@pytest.mark.parametrize("name", specimens.FAULTY)
def test_every_fault_is_found(look: Any, name: str) -> None:
    facts = look(specimens.FAULTY[name]())
    assert facts.kind == name.split("-")[0]
    assert facts.damaged or not facts.opens
    assert facts.stopped is None


@pytest.mark.parametrize("name", ["jpg-cut", "jpg-torn", "pdf-torn", "mp3-cut", "mp4-cut", "mp4-torn"])
def test_what_a_viewer_still_shows_opens(look: Any, name: str) -> None:
    facts = look(specimens.FAULTY[name]())
    assert facts.opens
    assert facts.damaged


@pytest.mark.parametrize("name", specimens.OTHER)
def test_other_kinds_are_told_and_judged(look: Any, name: str) -> None:
    facts = look(specimens.OTHER[name]())
    assert facts.kind == name
    if name in ("gif", "webp", "tiff", "bmp", "avif", "ico"):
        assert facts.opens
        assert (facts.width, facts.height) == (48 if name == "ico" else 64, 48) or name == "ico"
    if name in ("mov", "m4a", "wav"):
        assert facts.opens
        assert facts.duration


def test_pdf_facts(look: Any) -> None:
    facts = look(specimens.pdf(3, author="作者"))
    assert (facts.pages, facts.has_text, facts.encrypted, facts.active) == (3, True, "none", ())
    assert facts.personal == ("author",)
    assert look(specimens.pdf(text="")).has_text is False


@pytest.mark.parametrize("strength", [2, 3, 4, 6])
def test_encryption_is_told_apart(look: Any, strength: int) -> None:
    open_to_all = look(specimens.locked_pdf("", strength=strength))
    assert (open_to_all.encrypted, open_to_all.opens, open_to_all.damaged) == ("owner-only", True, False)
    locked = look(specimens.locked_pdf("secret", strength=strength))
    assert (locked.encrypted, locked.opens, locked.damaged) == ("user-password", False, False)


@pytest.mark.parametrize("what", ["javascript", "launch", "embedded-file", "external-action", "xfa"])
def test_active_content_is_found_in_object_streams_too(look: Any, what: str) -> None:
    assert look(specimens.active_pdf(what)).active == (what,)


@pytest.mark.parametrize("how", ["table", "stump", "circle"])
@pytest.mark.parametrize("what", ["javascript", "launch", "embedded-file", "external-action", "xfa"])
def test_active_content_does_not_hide_where_only_a_viewer_gets_in(look: Any, what: str, how: str) -> None:
    data = specimens.active_pdf(what)
    if how == "circle":
        data = unpacked(data)
    facts = look(specimens.without_way_in(data, how))
    assert (facts.opens, facts.damaged, facts.stopped) == (True, True, None)
    assert facts.active == (what,)
    assert facts.pages


def unpacked(data: bytes) -> bytes:
    """The PDF with every object by itself."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


@pytest.mark.parametrize("how", ["table", "stump"])
@pytest.mark.parametrize("name", ["水質調查報告.pdf", "攝影展觀後感.pdf"])
def test_the_author_of_sample_work_is_told_where_only_a_viewer_gets_in(look: Any, name: str, how: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(next((ROOT / "resources" / "sample").rglob(name))) as document:
        document.docinfo["/Author"] = "作者"
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    sound, broken = look(out.getvalue()), look(specimens.without_way_in(out.getvalue(), how))
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(specimens.without_way_in(out.getvalue(), how)))
    assert (broken.opens, broken.damaged, broken.pages) == (True, True, sound.pages)
    assert (broken.active, broken.personal) == (sound.active, sound.personal)
    assert "author" in broken.personal


def test_nothing_is_made_up_where_only_a_viewer_gets_in(look: Any) -> None:
    for how in ("table", "stump"):
        facts = look(specimens.without_way_in(specimens.active_pdf("link"), how))
        assert (facts.opens, facts.damaged, facts.active, facts.personal) == (True, True, (), ())


@pytest.mark.parametrize("seed", range(12))
def test_junk_that_looks_like_objects_does_not_stop_the_lenient_reader(look: Any, seed: int) -> None:
    data = specimens.without_way_in(specimens.active_pdf("javascript"), "stump")
    chance = random.Random(seed)
    at = data.index(b"1 0 obj")
    junk = b"".join(b"%d 0 obj %s" % (chance.randrange(99), chance.randbytes(30)) for _ in range(200))
    facts = look(data[:at] + junk + data[at:])
    assert (facts.damaged, facts.stopped) == (True, None)


def test_a_plain_link_is_not_active(look: Any) -> None:
    assert look(specimens.active_pdf("link")).active == ()


def test_a_photo_s_place_is_found_inside_a_pdf(look: Any) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    photo = document.make_stream(specimens.jpg(exif=specimens.exif(gps=True)))
    photo.Filter, photo.Subtype, photo.Width, photo.Height = pikepdf.Name.DCTDecode, pikepdf.Name.Image, 320, 240
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im1=photo))
    out = io.BytesIO()
    document.save(out)
    assert look(out.getvalue()).gps


def test_a_pdf_behind_rubbish_opens(look: Any) -> None:
    facts = look(b"From: someone\r\n\r\n" + specimens.pdf())
    assert facts.opens
    assert "header-offset" in facts.notes


def test_a_pdf_without_its_index_is_repaired_and_damaged(look: Any) -> None:
    data = specimens.pdf(2)
    facts = look(data[: data.rindex(b"xref")] + b"startxref\n1\n%%EOF\n")
    assert (facts.opens, facts.damaged, facts.repaired) == (True, True, True)


def test_a_stream_that_unpacks_to_something_else_is_noted(look: Any) -> None:
    assert "stream-checksum" in look(specimens.pdf_with_torn_stream(loud=False)).notes
    assert look(specimens.pdf(3, image=True)).notes == ()


def test_a_stream_that_ends_early_is_damage(look: Any) -> None:
    document = pikepdf.open(io.BytesIO(specimens.pdf()))
    packed = specimens.zlib.compress(b"0 0 m 100 100 l S\n" * 500 + bytes(range(256)) * 20)
    for data, damaged in ((packed, False), (packed[:-4], False), (packed[: len(packed) // 2], True)):
        stream = document.make_stream(data)
        stream.Filter = pikepdf.Name.FlateDecode
        document.pages[0].Contents = stream
        out = io.BytesIO()
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        facts = look(out.getvalue())
        assert (facts.opens, facts.damaged) == (True, damaged)


def test_pictures_of_all_sorts_open(look: Any) -> None:
    for data in (
        specimens.jpg(mode="L"),
        specimens.jpg(mode="CMYK"),
        specimens.jpg(progressive=True),
        specimens.png(mode="I;16"),
        specimens.png(mode="P"),
        specimens.png(mode="1"),
        specimens.png(mode="RGBA"),
        specimens.animated_png(),
        specimens.interlaced_png(),
        specimens.interlaced_png(3, 2),
    ):
        facts = look(data)
        assert (facts.opens, facts.damaged) == (True, False)


def test_a_photo_of_108_megapixels_passes(look: Any) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((12_000, 9_000)).convert("RGB").save(out, "JPEG", quality=60)
    facts = look(out.getvalue())
    assert (facts.opens, facts.damaged, facts.width) == (True, False, 12_000)


@pytest.mark.parametrize(
    ("marker", "at"), [(b"\xff\xda", 5), (b"\xff\xc4", 5)], ids=["scan of no component", "huffman table"]
)
def test_a_jpeg_that_no_decoder_starts_on_does_not_open(look: Any, marker: bytes, at: int) -> None:
    """What libjpeg says of these has neither JPEG nor DCT in its words, and its first row is never reached."""
    data = bytearray(specimens.jpg())
    data[data.index(marker) + at] = 0xEE
    facts = look(bytes(data), "a.jpg")
    assert (facts.kind, facts.opens, facts.damaged) == ("jpg", False, True)


def test_a_jpeg_header_that_claims_too_much_does_not_open(look: Any) -> None:
    data = bytearray(specimens.jpg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = b"\xff\xfa\xff\xfa"
    facts = look(bytes(data))
    assert not facts.opens
    assert "pixel-bomb" in facts.notes


def test_one_spoilt_row_filter_in_a_png_is_found(look: Any) -> None:
    pixels = Image.new("L", (10, 10), 200).tobytes()
    assert look(_grey_png(pixels, 10, 10)).opens
    assert not look(_grey_png(pixels, 10, 10, bad_filter=7)).opens
    assert not look(_grey_png(pixels[:-15], 10, 10)).opens


def _grey_png(pixels: bytes, width: int, height: int, bad_filter: int | None = None) -> bytes:
    rows = [bytes([7 * (line == bad_filter)]) + pixels[line * width : (line + 1) * width] for line in range(height)]
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    packed = specimens.zlib.compress(b"".join(rows))
    parts = (specimens.chunk(b"IHDR", header), specimens.chunk(b"IDAT", packed), specimens.chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_media_facts(look: Any) -> None:
    film = look(specimens.mp4(2.0, place="+25.0339+121.5645/"))
    assert film.duration == pytest.approx(2.0, abs=0.1)
    assert film.gps
    assert {(track.kind, track.codec) for track in film.tracks} == {("video", "h264"), ("audio", "aac")}
    sound = look(specimens.mp3(3.0, tags=True))
    assert sound.duration == pytest.approx(3.0, abs=0.1)
    assert "author" in sound.personal
    assert look(specimens.mp4(audio=False)).notes == ("no-audio",)


def test_a_name_that_is_no_text_and_a_long_one(readers: Readers, tmp_path: Path) -> None:
    names = [b"\xe5\xa0\xb1\n\xe5\x91\x8a", b"x" * 250]
    if sys.platform == "linux":
        names.append(b"\xff\xfe")
    for name in names:
        for form, make in specimens.GOOD.items():
            path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
            path.write_bytes(make())
            assert readers.inspect(path).result().opens, (name, form)
            if form != "mp3":
                assert readers.thumbnail(path).result(), (name, form)


def test_what_cannot_be_read_is_told_as_such(readers: Readers, tmp_path: Path) -> None:
    for call in (readers.inspect, readers.text, readers.thumbnail):
        with pytest.raises(Unreadable) as caught:
            call(tmp_path / "missing").result()
        assert caught.value.reason == "missing"


def test_a_bad_file_never_stops_the_batch(readers: Readers, tmp_path: Path) -> None:
    made = {**specimens.FAULTY, **specimens.GOOD}
    paths = [specimens.write(tmp_path, name, make()) for name, make in made.items()]
    found = [future.result() for future in [readers.inspect(path) for path in paths]]
    assert [facts.opens for facts in found[-len(specimens.GOOD) :]] == [True] * len(specimens.GOOD)


def test_the_same_fault_is_found_again_in_the_next_file(tmp_path: Path) -> None:
    with Readers(1) as one:
        for name in ("a.mp4", "b.mp4", "c.mp4"):
            path = specimens.write(tmp_path, name, specimens.FAULTY["mp4-torn"]())
            assert one.inspect(path).result().damaged


def test_notes_and_personal_names_are_those_documented(look: Any) -> None:
    made = {**specimens.GOOD, **specimens.FAULTY, **specimens.OTHER}
    photo = specimens.jpg(exif=specimens.exif(gps=True, author="x", serial="y"), progressive=True)
    for data in (*(make() for make in made.values()), photo + specimens.archive("a"), specimens.mp3(tags=True)):
        facts = look(data)
        assert set(facts.notes) <= set(NOTES)
        assert set(facts.personal) <= PERSONAL


def test_a_reader_out_of_time_becomes_a_fact(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((1000, 1000), 60).resize((9000, 9000)).save(
        path, quality=90
    )  # decoding takes some tenths of a second
    with Readers(1) as hasty:
        hasty.inspect(specimens.write(tmp_path, "b.jpg", specimens.jpg())).result()  # its libraries are loaded now
        hasty._pool.seconds = 0.05
        facts = hasty.inspect(path).result()
    assert (facts.kind, facts.stopped, facts.opens) == ("jpg", "time", False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
def test_a_reader_out_of_memory_becomes_a_fact(tmp_path: Path) -> None:
    with Readers(1, memory=150_000_000) as small:
        big = specimens.write(tmp_path, "a.bmp", b"")
        Image.new("RGB", (6000, 6000)).save(big)
        facts = small.inspect(big).result()
    assert (facts.kind, facts.stopped, facts.opens) == ("bmp", "memory", False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
def test_a_pdf_that_unpacks_to_too_much_is_stopped(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(specimens.pdf()))
    packer = specimens.zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _part in range(300)) + packer.flush()
    stream = document.make_stream(bomb)
    stream.Filter = pikepdf.Name.FlateDecode
    document.pages[0].Contents = stream
    path = tmp_path / "bomb.pdf"
    document.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    with Readers(1, seconds=60, memory=350_000_000) as small:
        assert small.inspect(path).result().stopped == "memory"
        assert small.text(path).result() == ""
        assert small.inspect(specimens.write(tmp_path, "a.pdf", specimens.pdf())).result().opens


def test_text_of_documents(readers: Readers, tmp_path: Path) -> None:
    assert "Water quality report 2" in readers.text(specimens.write(tmp_path, "a.pdf", specimens.pdf(2))).result()
    assert readers.text(specimens.write(tmp_path, "a.docx", specimens.docx())).result() == "水質調查"
    assert (
        readers.text(specimens.write(tmp_path, "b.txt", "水質\r\n\r\n\r\n調查".encode("cp950"))).result()
        == "水質\n調查"
    )
    page = "<html><script>x()</script><p>水質&amp;調查</p><p>二</p>"
    assert readers.text(specimens.write(tmp_path, "c.html", page.encode())).result() == "水質&調查\n二"
    assert readers.text(specimens.write(tmp_path, "d.jpg", specimens.jpg())).result() == ""
    assert readers.text(specimens.write(tmp_path, "e.pdf", specimens.locked_pdf())).result() == ""
    assert readers.text(specimens.write(tmp_path, "f.docx", specimens.docx()[:200])).result() == ""


def test_text_is_bounded(readers: Readers, tmp_path: Path) -> None:
    assert len(readers.text(specimens.write(tmp_path, "a.txt", "水".encode() * 2_100_000)).result()) == 2_000_000


@pytest.mark.parametrize("name", ["pdf", "jpg", "png", "mp4", "gif", "webp", "tiff", "avif", "mov"])
def test_thumbnails(readers: Readers, tmp_path: Path, name: str) -> None:
    data = {**specimens.GOOD, **specimens.OTHER}[name]()
    picture = readers.thumbnail(specimens.write(tmp_path, "a", data), 32).result()
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, max(image.size)) == ("PNG", 32)


def test_a_thumbnail_is_the_right_way_up(readers: Readers, tmp_path: Path) -> None:
    turned = specimens.jpg(320, 240, exif=specimens.exif(6))
    picture = readers.thumbnail(specimens.write(tmp_path, "a.jpg", turned), 64).result()
    assert picture is not None
    assert Image.open(io.BytesIO(picture)).size == (48, 64)


def test_no_thumbnail_where_there_is_nothing_to_see(readers: Readers, tmp_path: Path) -> None:
    for data in (specimens.mp3(), b"", specimens.locked_pdf(), specimens.jpg()[:100], specimens.png_bomb(), b"text\n"):
        assert readers.thumbnail(specimens.write(tmp_path, "a", data)).result() is None


def test_pages_at_reading_size(readers: Readers, tmp_path: Path) -> None:
    path = specimens.write(tmp_path, "a.pdf", specimens.pdf(2))
    page = readers.page(path, 1, 595).result()
    assert page is not None
    with Image.open(io.BytesIO(page)) as image:
        assert image.size == (595, 842)
        assert image.convert("L").getextrema()[0] < 100  # there is writing on it
    assert readers.page(path, 2, 595).result() is None
    assert readers.page(specimens.write(tmp_path, "a.png", specimens.png(mode="I;16")), 0, 100).result() is not None
