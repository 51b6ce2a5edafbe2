"""What a file is, told from its bytes alone: names and extensions lie, first bytes rarely do.

stream -> head (64 KiB) -> signature at a fixed place          SIGNATURES
                        -> a family that needs a closer look    ZIP, RIFF, ftyp, OLE, Ogg, TIFF, ID3, EBML, ASF
                        -> MPEG frames that follow each other   mp3, aac
                        -> text, and which kind of text         html, svg, rtf, ps, script, text
                        -> `unknown`; nothing at all is `empty`

The five kinds that the platforms take are pdf, jpg, png, mp3 and mp4; every other word only has to be true, so that
the student is told what the file really is.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

HEAD = 1 << 16
PDF_HEADER_WINDOW = 1024  # viewers accept the header anywhere in here (ISO 32000-1, implementation note 13)

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"\x8aMNG\r\n\x1a\n", "mng"),
    (0, b"\x8bJNG\r\n\x1a\n", "jng"),
    (0, b"8BPS", "psd"),
    (0, b"gimp xcf", "xcf"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"FUJIFILMCCD-RAW", "raf"),
    (0, b"icns", "icns"),
    (0, b"qoif", "qoi"),
    (0, b"DDS ", "dds"),
    (0, b"\x01\xda\x00", "sgi"),
    (0, b"\x01\xda\x01", "sgi"),
    (0, b"\x59\xa6\x6a\x95", "ras"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (40, b" EMF\x00\x00\x01\x00", "emf"),
    (0, b"AT&TFORM", "djvu"),
    (0, b"SIMPLE  =", "fits"),
    (128, b"DICM", "dicom"),
    (0, b"fLaC", "flac"),
    (0, b"MThd", "midi"),
    (0, b"#!AMR", "amr"),
    (0, b"MAC ", "ape"),
    (0, b"wvpk", "wavpack"),
    (0, b"MPCK", "mpc"),
    (0, b"MP+", "mpc"),
    (0, b"TTA1", "tta"),
    (0, b"OFR ", "ofr"),
    (0, b"tBaK", "tak"),
    (0, b"DSD \x1c\x00", "dsf"),
    (0, b"FRM8", "dff"),
    (0, b".snd", "au"),
    (0, b"caff\x00\x01", "caf"),
    (0, b"\x0b\x77", "ac3"),
    (0, b"FLV\x01", "flv"),
    (0, b"FWS", "swf"),
    (0, b"CWS", "swf"),
    (0, b"ZWS", "swf"),
    (0, b".RMF\x00", "rm"),
    (0, b"\x00\x00\x01\xba", "mpg"),
    (0, b"\x00\x00\x01\xb3", "mpg"),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01", "mxf"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst"),
    (0, b"LZIP", "lz"),
    (0, b"MSCF\x00\x00\x00\x00", "cab"),
    (0, b"!<arch>\n", "ar"),
    (0, b"\xed\xab\xee\xdb", "rpm"),
    (257, b"ustar", "tar"),
    (32769, b"CD001", "iso"),
    (0, b"\x7fELF", "elf"),
    (0, b"\xcf\xfa\xed\xfe", "macho"),
    (0, b"\xce\xfa\xed\xfe", "macho"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "lnk"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"OTTO\x00", "font"),
    (0, b"ttcf\x00", "font"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"\x00\x01\x00\x00\x00", "font"),
    (0, b"\x89HDF\r\n\x1a\n", "hdf5"),
    (0, b"ITSF\x03\x00", "chm"),
    (0, b"bplist00", "plist"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\xc5\xd0\xd3\xc6", "eps"),
)

BRANDS = {
    b"qt  ": "mov",
    b"M4A ": "m4a",
    b"M4B ": "m4a",
    b"M4P ": "m4a",
    b"M4V ": "m4v",
    b"M4VH": "m4v",
    b"M4VP": "m4v",
    b"f4v ": "f4v",
    b"F4V ": "f4v",
    b"crx ": "cr3",
    b"heic": "heic",
    b"heix": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"hevc": "heic",
    b"hevx": "heic",
    b"avif": "avif",
    b"avis": "avif",
    b"jp2 ": "jp2",
}
QUICKTIME_ATOMS = frozenset({b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof", b"sidx"})
OFFICE_FOLDERS = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx", "visio/": "vsdx"}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/epub+zip": "epub",
}
OLE_STREAMS = (("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Workbook", "xls"), ("Book", "xls"))
RIFF_FORMS = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav", b"ACON": "ani", b"RMID": "midi"}
BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
PNG_LIKE = b"\x89PNG\r\n\x1a\n"


def kind_of(stream: BinaryIO) -> str:
    """Name the kind of the bytes in a seekable `stream`, read from its beginning; the position afterwards is undefined.

    Reads 64 KiB, and a little more at named places for archives, tagged sound and office files.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        return "empty"
    for find in (_pdf, _signature, _family, _text, _mpeg_audio_later):
        kind = find(head, stream)
        if kind is not None:
            return kind
    return "unknown"


def _pdf(head: bytes, _stream: BinaryIO) -> str | None:
    """A header at the very beginning, or after some rubbish: then only if objects follow and the rubbish is not a file."""
    at = head.find(b"%PDF-", 0, PDF_HEADER_WINDOW)
    if at < 0:
        return None
    if not head[:at].strip(b"\xef\xbb\xbf\x00 \t\r\n\f"):
        return "pdf"
    if _signature(head, _stream) or _family(head, _stream):
        return None
    version = re.match(rb"%PDF-\d\.\d[ \t]*[\r\n%]", head[at:])
    return "pdf" if version and re.search(rb"\d+\s+\d+\s+obj\b", head[at:]) else None


def _signature(head: bytes, _stream: BinaryIO) -> str | None:
    for offset, magic, kind in SIGNATURES:
        if head.startswith(magic, offset):
            return kind
    return None


def _family(head: bytes, stream: BinaryIO) -> str | None:
    """Formats that share a container, told apart by what is inside."""
    start, word = head[:4], head[4:8]
    if start in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip(head, stream)
    if start in (b"RIFF", b"RIFX", b"RF64"):
        return RIFF_FORMS.get(head[8:12], "riff")
    if start == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if start == b"OggS":
        return _ogg(head)
    if start in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "cr2" if head[8:10] == b"CR" else "tiff"
    if start == b"\xd0\xcf\x11\xe0":
        return _ole(head, stream)
    if start == b"\x1a\x45\xdf\xa3":
        return "webm" if b"webm" in head[:64] else "mkv"
    if head.startswith(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"):
        return "wmv" if b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11" in head else "wma"
    if word == b"ftyp" or (word in QUICKTIME_ATOMS and (start[:1] == b"\x00" or start == b"\x00\x00\x00\x01")):
        return _boxes(head)
    if start == b"\xca\xfe\xba\xbe":
        return "class" if len(head) > 7 and head[7] > 30 else "macho"
    return _image_without_magic(head) or _programs_and_streams(head) or _mpeg_audio(head, stream)


def _image_without_magic(head: bytes) -> str | None:
    if head[:2] == b"BM" and len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in BITMAP_HEADERS:
        return "bmp"
    if head[:4] in (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00") and len(head) > 21 and 0 < head[4] < 64 and not head[5]:
        return "ico" if head[2] == 1 else "cur"
    if len(head) > 16 and sum(a == b for a, b in zip(head, PNG_LIKE, strict=False)) >= 5 and b"IHDR" in head[8:24]:
        return "png"  # its signature was spoilt, mostly by a transfer as text
    if re.match(rb"P[1-7][ \t\r\n]+(#[^\n]*\n\s*)*(\d+\s|WIDTH)", head):
        return "pnm"
    if (
        head[:1] == b"\x0a"
        and len(head) > 128
        and head[1] in (0, 2, 3, 4, 5)
        and head[2] == 1
        and head[3] in (1, 2, 4, 8)
    ):
        return "pcx"
    return None


def _programs_and_streams(head: bytes) -> str | None:
    if head[:2] == b"MZ" and len(head) >= 64:
        return "exe"
    if head[:2] == b"#!":
        return "script"
    if len(head) > 564 and all(head[at] == 0x47 for at in range(0, 565, 188)):
        return "ts"
    if len(head) > 580 and all(head[at] == 0x47 for at in range(4, 581, 192)):
        return "ts"
    return None


def _zip(head: bytes, stream: BinaryIO) -> str:
    """An archive, or a document made of one: told by its `mimetype` entry or the folders inside."""
    declared = re.match(
        rb"PK\x03\x04.{22}\x08\x00(?:\x00\x00|..)mimetype(?:.{0,64}?)(application/[\w.+-]+)", head, re.DOTALL
    )
    if declared:
        for name, kind in OPEN_DOCUMENT.items():
            if declared[1].startswith(name):
                return kind
    names = zip_names(stream) or [
        match[1].decode("utf-8", "replace")
        for match in re.finditer(rb"PK\x03\x04.{26}([\w\[\]/.\-]{1,80}?)(?=PK|[^\w\[\]/.\-])", head, re.DOTALL)
    ]
    found = next((kind for name in names for start, kind in OFFICE_FOLDERS.items() if name.startswith(start)), None)
    if found and ("[Content_Types].xml" in names or "_rels/.rels" in names):
        return found
    if "AndroidManifest.xml" in names:
        return "apk"
    if "META-INF/MANIFEST.MF" in names:
        return "jar"
    if "Index/Document.iwa" in names or "Index.zip" in names:
        return "iwork"
    return "zip"


def zip_names(stream: BinaryIO) -> list[str]:
    """The names in an archive's central directory (its first 256 KiB); empty when there is none, as in a cut archive."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read(65_557)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        return []
    length, offset = struct.unpack_from("<II", tail, end + 12)
    stream.seek(min(offset, size))
    directory, at, names = stream.read(min(length, 1 << 18)), 0, []
    while directory.startswith(b"PK\x01\x02", at) and at + 46 <= len(directory):
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        names.append(directory[at + 46 : at + 46 + name].decode("utf-8", "replace"))
        at += 46 + name + extra + comment
    return names


def _ogg(head: bytes) -> str:
    first = head[28:64]
    if b"OpusHead" in first:
        return "opus"
    return "ogv" if b"theora" in head[:512] else "ogg"


def _ole(head: bytes, stream: BinaryIO) -> str:
    """An old office file, told by the stream names in its directory."""
    if len(head) < 512:
        return "ole"
    shift = struct.unpack_from("<H", head, 30)[0]
    start = struct.unpack_from("<I", head, 48)[0]
    if shift not in (9, 12):
        return "ole"
    stream.seek((start + 1) << shift)
    directory = stream.read(8192) + head
    for name, kind in OLE_STREAMS:
        if f"{name}\0".encode("utf-16-le") in directory:
            return kind
    return "msg" if "__substg1.0_".encode("utf-16-le") in directory else "ole"


def _boxes(head: bytes) -> str:
    """ISO base media and QuickTime, told by the major brand, then by the compatible ones."""
    at = 0
    for _number in range(8):
        size, word = struct.unpack_from(">I4s", head, at) if at + 8 <= len(head) else (0, b"")
        if word == b"ftyp":
            return _brand(head[at + 8 : at + max(size, 16)])
        if word in (b"styp", b"moof", b"sidx"):
            return "mp4"
        if size < 8 or word not in QUICKTIME_ATOMS:
            break
        at += size
    return "mov"


def _brand(brands: bytes) -> str:
    major, compatible = brands[:4], {brands[at : at + 4] for at in range(8, len(brands), 4)}
    if major in BRANDS:
        return BRANDS[major]
    if major[:2] in (b"3g", b"3G"):
        return "3gp"
    if major in (b"mif1", b"msf1", b"miaf"):
        return "avif" if {b"avif", b"avis"} & compatible else "heic"
    return "mp4"


def _mpeg_audio(head: bytes, stream: BinaryIO) -> str | None:
    """Sound frames right at the beginning, or behind ID3 tags and their padding."""
    at, tagged = 0, False
    data = head
    while data[:3] == b"ID3" and len(data) >= 10 and max(data[6:10]) < 0x80:
        length = (data[6] << 21) | (data[7] << 14) | (data[8] << 7) | data[9]
        at += 10 + length + (10 if data[5] & 0x10 else 0)
        tagged = True
        stream.seek(at)
        data = stream.read(HEAD)
    if tagged:
        data = data.lstrip(b"\0")
        found = _signature(data, stream) if data[:4] in (b"fLaC", b"TTA1", b"MAC ", b"wvpk", b"MPCK") else None
        return found or mpeg_frames(data, 0, 2) or _mpeg_audio_later(data, stream) or "mp3"
    return mpeg_frames(data, 0, 2)


def _mpeg_audio_later(head: bytes, _stream: BinaryIO) -> str | None:
    """Sound frames behind rubbish: several must follow each other exactly."""
    at = head.find(b"\xff")
    while 0 <= at < len(head) - 4:
        kind = mpeg_frames(head, at, 4)
        if kind:
            return kind
        at = head.find(b"\xff", at + 1)
    return None


def mpeg_frames(data: bytes, at: int, wanted: int) -> str | None:
    """`mp3`, `mp2`, `mp1` or `aac` when `wanted` frames (or all there are) follow each other from `at` on, else None."""
    kind, found = None, 0
    while found < wanted:
        if found and at >= len(data):
            break
        frame = frame_at(data, at)
        if frame is None or (kind is not None and frame[0] != kind):
            return None
        kind, length = frame
        found += 1
        at += length
    return kind


BITRATES = {  # kbit/s by (MPEG version 1 or 2, layer), ISO 11172-3 table 2.4.2.3 and ISO 13818-3
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def frame_at(data: bytes, at: int) -> tuple[str, int] | None:
    """The sound frame whose header stands at `at`: its kind and its length in bytes; None when there is none."""
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = (data[at + 1] >> 3) & 3, (data[at + 1] >> 1) & 3
    if layer == 0 and data[at + 1] & 0xF0 == 0xF0:  # ADTS
        length = ((data[at + 3] & 3) << 11) | (data[at + 4] << 3) | (data[at + 5] >> 5)
        return ("aac", length) if length > 7 and (data[at + 2] >> 2) & 15 < 13 else None
    rate, bits = (data[at + 2] >> 2) & 3, data[at + 2] >> 4
    if version == 1 or layer == 0 or rate == 3 or bits in (0, 15):
        return None
    layer = 4 - layer
    bitrate = BITRATES[(1 if version == 3 else 2, layer)][bits] * 1000
    padding = (data[at + 2] >> 1) & 1
    if layer == 1:
        return "mp1", (12 * bitrate // RATES[version][rate] + padding) * 4
    samples = 72 if layer == 3 and version != 3 else 144
    return f"mp{layer}", samples * bitrate // RATES[version][rate] + padding


def _text(head: bytes, _stream: BinaryIO) -> str | None:
    """Text in UTF-8, UTF-16 or Big5, and which kind of text."""
    text = as_text(head)
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("%!ps", "\x04%!ps")):
        return "eps" if "epsf" in start[:40] else "ps"
    if re.match(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg|<svg[\s>:])", start, re.DOTALL):
        return "svg"
    if re.match(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body|<title)", start, re.DOTALL):
        return "html"
    if start.startswith("<?xml"):
        return "xml"
    return "text"


def as_text(head: bytes) -> str | None:
    """The beginning of a file as text, or None when it is none: control characters, or no encoding fits."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    if re.search(rb"[\x00-\x03\x05-\x08\x0e-\x1a\x1c-\x1f\x7f]", head):
        return None
    for encoding in ("utf-8", "cp950"):
        for cut in range(4 if len(head) == HEAD else 1):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
