"""Documents that are archives: told by the names inside a ZIP, or the directory of an old office file."""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from portfolio_desktop.kinds.signatures import OFFICE_FOLDERS, OLE_STREAMS, OPEN_DOCUMENT


def zip_kind(head: bytes, stream: BinaryIO) -> str:
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


def old_office_kind(head: bytes, stream: BinaryIO) -> str:
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
