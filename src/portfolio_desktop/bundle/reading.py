"""A bundle from anywhere, opened with suspicion: a folder or a ZIP, seen alike.

    open_bundle(path) -> OpenBundle
        .manifest  .members {path: size}  .problems (links, unsafe or colliding names …)  .open(path) -> bytes

Nothing is written, no link is followed, nothing but regular files is opened, and nothing is read that the manifest does
not announce. (opened_folder.py and opened_zip.py look; opened.py is what they share.)
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolio_desktop.bundle.opened import OpenBundle, no_bundle
from portfolio_desktop.bundle.opened_folder import Folder
from portfolio_desktop.bundle.opened_zip import Zip, open_archive
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.messages import _


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
            folder = Folder(path)
        except PermissionError as error:
            raise PortfolioError(
                _("沒有權限讀 {path}；請換個位置，或調整權限後再試一次。").format(path=error.filename)
            ) from error
        yield folder
    elif stat.S_ISREG(mode):
        with open_archive(path) as archive:
            yield Zip(path, archive)
    else:
        raise no_bundle(path)
