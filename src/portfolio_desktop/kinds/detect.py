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

from portfolio_desktop.kinds.archives import old_office_kind, zip_kind
from portfolio_desktop.kinds.frames import mpeg_frames
from portfolio_desktop.kinds.signatures import (
    BITMAP_HEADERS,
    BRANDS,
    DEVICE_BITMAP,
    PNG_LIKE,
    QUICKTIME_ATOMS,
    RIFF_FORMS,
    SIGNATURES,
)
from portfolio_desktop.kinds.words import text_kind

HEAD = 1 << 16
AFTER_TAGS = (b"fLa", b"TTA", b"MAC", b"wvp", b"MPC", b"MP+")  # sound formats that some programs put ID3 tags before
PDF_HEADER_WINDOW = 1024  # viewers accept the header anywhere in here (ISO 32000-1, implementation note 13)


def kind_of(stream: BinaryIO) -> str:
    """Name the kind of the bytes in a seekable `stream`, read from its beginning; the position afterwards is undefined.

    Reads 64 KiB, and a little more at named places for archives, tagged sound and office files.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        return "empty"
    for find in (_pdf, _signature, _family, _words, _image_by_plausibility, _mpeg_audio_later):
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
        return zip_kind(head, stream)
    if start in (b"RIFF", b"RIFX", b"RF64"):
        return RIFF_FORMS.get(head[8:12], "riff")
    if start == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if start == b"OggS":
        return _ogg(head)
    if start in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "cr2" if head[8:10] == b"CR" else "tiff"
    if start == b"\xd0\xcf\x11\xe0":
        return old_office_kind(head, stream)
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
    if head.startswith(DEVICE_BITMAP):
        return "bmp"
    if head[:2] == b"BM" and len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in BITMAP_HEADERS:
        return "bmp"
    if (
        head[:4] in (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00")
        and len(head) > 21
        and 0 < head[4] < 64
        and not (head[5] or head[9])
    ):
        return "ico" if head[2] == 1 else "cur"
    alike = sum(a == b for a, b in zip(head, PNG_LIKE, strict=False))
    if b"IHDR" in head[8:24] and (alike >= 5 or head[1:4] == b"PNG"):
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
    if head[4:6] in (b"\x11\xaf", b"\x12\xaf") and len(head) > 128:
        return "fli"
    if _is_old_tar(head):
        return "tar"
    if head[:2] == b"#!":
        return "script"
    if len(head) > 564 and all(head[at] == 0x47 for at in range(0, 565, 188)):
        return "ts"
    if len(head) > 580 and all(head[at] == 0x47 for at in range(4, 581, 192)):
        return "ts"
    return None


def _ogg(head: bytes) -> str:
    first = head[28:64]
    if b"OpusHead" in first:
        return "opus"
    return "ogv" if b"theora" in head[:512] else "ogg"


def _is_old_tar(head: bytes) -> bool:
    """A tar archive without a magic word: the sum of its header's bytes stands in the header itself."""
    stated = re.match(rb" *([0-7]{4,7})[ \0]", head[148:156]) if len(head) >= 512 and head[0] else None
    return stated is not None and int(stated[1], 8) == sum(head[:148]) + sum(head[156:512]) + 8 * 32


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
    if major[:2] in (b"3g", b"3G") or (major == b"kddi"):
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
        found = _signature(data, stream) if data[:3] in AFTER_TAGS else None
        return found or mpeg_frames(data, 0, 2) or "mp3"
    return mpeg_frames(data, 0, 2)


def _mpeg_audio_later(head: bytes, _stream: BinaryIO) -> str | None:
    """Sound frames behind rubbish: six must follow each other exactly, since short chains turn up by chance."""
    at = head.find(b"\xff")
    while 0 <= at < len(head) - 4:
        if mpeg_frames(head, at, 6, whole=True) == "mp3":
            return "mp3"
        at = head.find(b"\xff", at + 1)
    return None


def _words(head: bytes, _stream: BinaryIO) -> str | None:
    return text_kind(head, whole=len(head) < HEAD)


def _image_by_plausibility(head: bytes, stream: BinaryIO) -> str | None:
    """Pictures whose format has no magic word: a Targa by its footer or its header's fields."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 18))
    if stream.read(18) == b"TRUEVISION-XFILE.\0":
        return "tga"
    if len(head) < 19 or head[1] > 1 or head[2] not in (1, 2, 3, 9, 10, 11):
        return None
    width, height, depth = struct.unpack_from("<HHB", head, 12)
    mapped = head[1] == 1 and head[2] in (1, 9) and head[7] in (15, 16, 24, 32)
    plain = head[1] == 0 and head[2] in (2, 3, 10, 11) and head[3:8] == bytes(5)
    return "tga" if width and height and depth in (8, 16, 24, 32) and (mapped or plain) else None
