"""A bundle from anywhere, opened with suspicion: a folder or a ZIP, seen alike.

    open_bundle(path) -> OpenBundle
        .manifest  .members {path: size}  .problems (links, unsafe or colliding names …)  .open(path) -> bytes

Nothing is written, no link is followed, nothing but regular files is opened, and nothing is read that the manifest does
not announce. A ZIP that a person packed again (with one folder around everything, or compressed) is a bundle too.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.manifest import LARGEST, Manifest, shown
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import _

MOST_MEMBERS = 200_000
"""Members of a folder or an archive that are looked at; more is no bundle."""
DEEPEST = 8
"""Folders inside each other that are looked into; a bundle itself has three."""
_LARGEST_DIRECTORY = 32 << 20  # bytes of a ZIP's central directory
_REPARSE_POINT = 0x400

ReadErrors = (OSError, EOFError, zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, ValueError, OverflowError)
"""What reading a broken bundle may raise: the standard library's own for names and numbers that cannot be, too."""


class OpenBundle(Protocol):
    """A bundle that is open for reading."""

    manifest: Manifest
    members: dict[str, int]
    problems: list[Finding]

    def open(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open one of `members`; reading may raise any of ReadErrors."""

    def real(self, path: str) -> Path | None:
        """The file that one of `members` is, None inside an archive."""


@contextmanager
def open_bundle(path: Path) -> Iterator[OpenBundle]:
    """Open a folder or ZIP as a bundle.

    Raises PortfolioError when it is none (or a newer one), DamageError when its manifest or its directory is broken.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise PortfolioError(_("找不到 {path}；請確認位置後再試一次。").format(path=path)) from error
    if stat.S_ISDIR(mode):
        try:
            folder = _Folder(path)
        except PermissionError as error:
            raise PortfolioError(
                _("沒有權限讀 {path}；請換個位置，或調整權限後再試一次。").format(path=error.filename)
            ) from error
        yield folder
    elif stat.S_ISREG(mode):
        with _archive(path) as archive:
            yield _Zip(path, archive)
    else:
        raise _no_bundle(path)


def _is_link(status: os.stat_result) -> bool:
    """Whether it is a symbolic link, or Windows' junction or any other reparse point."""
    return stat.S_ISLNK(status.st_mode) or bool(getattr(status, "st_file_attributes", 0) & _REPARSE_POINT)


def _no_bundle(path: Path) -> PortfolioError:
    return PortfolioError(_("{path} 不是成果包；請選匯出的資料夾或 ZIP 檔。").format(path=path))


class _Folder:
    """A bundle in a folder."""

    def __init__(self, root: Path) -> None:
        self._real: dict[str, Path] = {}
        self.members: dict[str, int] = {}
        self.problems: list[Finding] = []
        if not (root / layout.MANIFEST).is_file() or (root / layout.MANIFEST).is_symlink():
            raise _no_bundle(root)
        self._walk(root, "")
        self.manifest = Manifest.from_bytes(_read_manifest(self))

    def _walk(self, folder: Path, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                # macOS may give names back in another Unicode form than they were written in.
                path = prefix + unicodedata.normalize("NFC", entry.name)
                if layout.is_junk(path):
                    continue
                status = entry.stat(follow_symlinks=False)
                if _is_link(status):
                    self.problems.append(Finding("bundle.link", {"path": shown(path)}))
                elif path in self.members:
                    self.problems.append(Finding("bundle.same-name", {"path": shown(path)}))
                elif stat.S_ISDIR(status.st_mode):
                    if path.count("/") < DEEPEST:
                        self._walk(Path(entry.path), f"{path}/")
                    else:
                        self.problems.append(Finding("bundle.extra", {"path": shown(path)}))
                elif stat.S_ISREG(status.st_mode):
                    self.members[path] = status.st_size
                    self._real[path] = Path(entry.path)
                else:
                    self.problems.append(Finding("bundle.not-a-file", {"path": shown(path)}))
                if len(self.members) > MOST_MEMBERS:
                    raise PortfolioError(_("這個資料夾裡的檔案太多，不像成果包；請選匯出的資料夾或 ZIP 檔。"))

    def real(self, path: str) -> Path | None:
        """The file itself."""
        return self._real[path]

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one member; a file swapped for a link or a pipe meanwhile is not followed."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(self._real[path], flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(f"not a regular file: {path}")
            yield file


class _Zip:
    """A bundle in a ZIP."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.members: dict[str, int] = {}
        self.problems: list[Finding] = []
        names = {id(info): _name(info) for info in archive.infolist()}
        base = _base(names.values())
        if base is None:
            raise _no_bundle(path)
        keys: set[str] = set()
        for info in archive.infolist():
            name = names[id(info)].removeprefix(base)
            if info.is_dir() or layout.is_junk(name):
                continue
            problem = _member_problem(info, name, keys)
            if problem is not None:
                self.problems.append(Finding(problem, {"path": shown(name)}))
                continue
            keys.add(layout.key(name))
            self.members[name] = info.file_size
            self._infos[name] = info
        self.manifest = Manifest.from_bytes(_read_manifest(self))

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
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise PortfolioError(_("打不開 {path}；請確認權限，或換個位置再試一次。").format(path=path)) from error
    with file:
        try:
            _check_directory(file, path)
            archive = zipfile.ZipFile(file)
        except ReadErrors as error:
            raise DamageError(_("{path} 已經損壞，打不開；請重新匯出一次，或用另一份。").format(path=path)) from error
        with archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise PortfolioError(_("這個 ZIP 裡的檔案太多，不像成果包；請選匯出的資料夾或 ZIP 檔。"))
            yield archive


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
        raise _no_bundle(path)
    # zipfile trusts the end's own figures; what lies before the end bounds them.
    (length,) = struct.unpack_from("<I", tail, at + 12) if len(tail) >= at + 16 else (0,)
    if length == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\6\6", 0, at)
        length = struct.unpack_from("<Q", tail, wide + 40)[0] if wide >= 0 and len(tail) >= wide + 48 else length
    if length > _LARGEST_DIRECTORY:
        raise PortfolioError(_("這個 ZIP 的目錄大得不像成果包；請選匯出的資料夾或 ZIP 檔。"))
    file.seek(0)


def _read_manifest(bundle: _Folder | _Zip) -> bytes:
    size = bundle.members.get(layout.MANIFEST)
    if size is None:
        raise DamageError(_("成果包少了 manifest.json；請重新匯出一次。"))
    if size > LARGEST:
        raise DamageError(_("成果包的 manifest.json 大得不合理，所以不讀它；請重新匯出一次。"))
    try:
        with bundle.open(layout.MANIFEST) as file:
            content = file.read(LARGEST + 1)
    except ReadErrors as error:
        raise DamageError(_("成果包的 manifest.json 讀不出來；請重新匯出一次。")) from error
    if len(content) != size:
        raise DamageError(_("成果包的 manifest.json 讀不出來；請重新匯出一次。"))
    return content
