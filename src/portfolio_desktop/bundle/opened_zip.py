"""A bundle in a ZIP: names, kinds and sizes judged from its directory before a single member is read.

Also one that a person packed again: compressed, with one folder around everything, names in Taiwan's old code page.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from portfolio_desktop.bundle import layout, opened
from portfolio_desktop.bundle.manifest import shown
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import _

_LARGEST_DIRECTORY = 32 << 20  # bytes of a ZIP's central directory
_LOCAL_HEADER = 30
MOST_UNPACKED, SMALL = 100, 64 << 20
"""How many times its own size a ZIP may unpack to, beyond a size that does no harm: uploads are compressed already."""


class Zip:
    """A bundle in a ZIP."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.members: dict[str, int] = {}
        self.problems: list[Finding] = []
        names = {id(info): _name(info) for info in archive.infolist()}
        base = _base(names.values())
        if base is None:
            raise opened.no_bundle(path)
        keys: set[str] = set()
        for info in archive.infolist():
            name = names[id(info)].removeprefix(base)
            if names[id(info)].endswith("/") or layout.is_junk(name):  # a folder; zipfile trips over an empty name
                continue
            problem = _member_problem(info, name, keys)
            if problem is not None:
                self.problems.append(Finding(problem, {"path": shown(name)}))
                continue
            keys.add(layout.key(name))
            self.members[name] = info.file_size
            self._infos[name] = info
        self.manifest = opened.read_manifest(self)
        listed = (layout.MANIFEST, *(file.path for file in self.manifest.files))
        _refuse_bomb((self._infos[name] for name in listed if name in self._infos), path)

    def real(self, path: str) -> Path | None:
        """None: a member of an archive is no file."""
        return None

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one member for reading."""
        with self._archive.open(self._infos[path]) as file:
            yield file  # type: ignore[misc]


def _member_problem(info: zipfile.ZipInfo, name: str, keys: set[str]) -> str | None:
    """The code of what is wrong with an archive's member before it is read, or None."""
    mode = info.external_attr >> 16
    if not layout.is_safe(name):
        return "bundle.unsafe-name"
    if layout.key(name) in keys:
        return "bundle.same-name"
    if stat.S_ISLNK(mode):
        return "bundle.link"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "bundle.not-a-file"
    if info.flag_bits & 0x1:
        return "bundle.encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "bundle.compression"
    return None


def _base(names: Iterable[str]) -> str | None:
    """The folder around everything: '' where manifest.json lies at the top, 'x/' where it lies in one folder."""
    found = sorted((n for n in names if n.rpartition("/")[2] == layout.MANIFEST), key=lambda n: n.count("/"))
    if not found or found[0].count("/") > 1:
        return None
    return found[0].removesuffix(layout.MANIFEST)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: packers that know no Unicode flag wrote it in Taiwan's old code page, or in plain UTF-8."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp950"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a file as a ZIP; raises PortfolioError when it is none, DamageError when its directory is broken."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise PortfolioError(_("打不開 {path}；請確認權限，或換個位置再試一次。").format(path=path)) from error
    with file:
        try:
            _check_directory(file, path)
            archive = zipfile.ZipFile(file)
        except opened.ReadErrors as error:
            raise DamageError(_("{path} 已經損壞，打不開；請重新匯出一次，或用另一份。").format(path=path)) from error
        with archive:
            if len(archive.infolist()) > opened.MOST_MEMBERS:
                raise opened.too_many()
            yield archive


def _refuse_bomb(wanted: Iterable[zipfile.ZipInfo], path: Path) -> None:
    """Refuse a ZIP whose listed members unpack to absurdly much or share their bytes, before any of them is read."""
    infos = sorted(wanted, key=lambda info: info.header_offset)
    unpacked, size = sum(info.file_size for info in infos), path.stat().st_size
    if unpacked > max(SMALL, MOST_UNPACKED * size):
        raise DamageError(
            _("{path} 展開後有 {unpacked:.0f} MB，大得不合理，所以不打開它；請向給你的人再要一份。").format(
                path=path, unpacked=unpacked / 1e6
            )
        )
    if any(one.header_offset + _LOCAL_HEADER + one.compress_size > two.header_offset for one, two in pairwise(infos)):
        raise DamageError(
            _("{path} 裡的檔案互相重疊，不是正常的 ZIP，所以不打開它；請向給你的人再要一份。").format(path=path)
        )


def _check_directory(file: BinaryIO, path: Path) -> None:
    """Refuse what is no ZIP, and a directory that would fill the memory before a single name is seen."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - (1 << 16) - 22)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        file.seek(0)
        if file.read(4) == b"PK\3\4":
            raise DamageError(_("{path} 只有一部分（後面缺了）；請重新匯出一次，或用另一份。").format(path=path))
        raise opened.no_bundle(path)
    # zipfile trusts the end's own figures; what lies before the end bounds them.
    (length,) = struct.unpack_from("<I", tail, at + 12) if len(tail) >= at + 16 else (0,)
    if length == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\6\6", 0, at)
        length = struct.unpack_from("<Q", tail, wide + 40)[0] if wide >= 0 and len(tail) >= wide + 48 else length
    if length > _LARGEST_DIRECTORY:
        raise PortfolioError(_("這個 ZIP 的目錄大得不像成果包；請選匯出的資料夾或 ZIP 檔。"))
    file.seek(0)
