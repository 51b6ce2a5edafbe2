"""What every open bundle can tell, and how its manifest is read: shared by folders and ZIPs."""

from __future__ import annotations

import struct
import zipfile
import zlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.manifest import LARGEST, Manifest
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.messages import _

MOST_MEMBERS = 200_000
"""Members of a folder or an archive that are looked at; more is no bundle."""

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


def no_bundle(path: Path) -> PortfolioError:
    """What to say of a place where no bundle is."""
    return PortfolioError(_("{path} 不是成果包；請選匯出的資料夾或 ZIP 檔。").format(path=path))


def too_many() -> PortfolioError:
    """What to say of a place with more files than any bundle has."""
    return PortfolioError(_("這裡的檔案太多，不像成果包；請選匯出的資料夾或 ZIP 檔。"))


class Members(Protocol):
    """The part of an open bundle that stands before its manifest is known."""

    members: dict[str, int]

    def open(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open one of `members`."""


def read_manifest(bundle: Members) -> Manifest:
    """The manifest, strictly; never more of it than is sensible. Raises as `Manifest.from_bytes` does."""
    size = bundle.members.get(layout.MANIFEST)
    if size is None:
        raise DamageError(_("成果包少了 manifest.json；請重新匯出一次。"))
    if size > LARGEST:
        raise DamageError(_("成果包的 manifest.json 大得不合理，所以不讀它；請重新匯出一次。"))
    try:
        with bundle.open(layout.MANIFEST) as file:
            content = file.read(size + 1)
    except ReadErrors as error:
        raise DamageError(_("成果包的 manifest.json 讀不出來；請重新匯出一次。")) from error
    if len(content) != size:
        raise DamageError(_("成果包的 manifest.json 讀不出來；請重新匯出一次。"))
    return Manifest.from_bytes(content)
