"""Whether a folder is what is left of a library, when its database is not there or not to be known: one answer for everybody.

files/ with a folder named by a hash in it            a damaged library: `rebuild` makes its database anew
two of files/, catalog.json, backups/, lock           the same
a folder that is not there at all                     perhaps a disk that is not plugged in: nothing to be made anew
the mark of a restoring or import, and no database    one that was killed: it is done again, into the same folder
anything else                                         no library
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.files import DATABASE
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.safekeeping import layout
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.messages import _

_OF_A_FILE = re.compile(r"[0-9a-f]{16}")


def is_damaged(folder: Path) -> bool:
    """Whether there is work of a library in a folder, or what only a library leaves."""
    if _holds_work(folder / FILES):
        return True
    traces = (
        (folder / FILES).is_dir(),
        (folder / CATALOG).is_file(),
        (folder / BACKUPS).is_dir(),
        (folder / LOCK).is_file(),
    )
    return sum(traces) >= 2


def is_unfinished(folder: Path) -> bool:
    """Whether a library was being restored or imported there when the program was killed: nobody ever opened it."""
    never = (folder / name for name in (DATABASE, LOCK, BACKUPS))
    return (folder / layout.RESTORING).is_file() and not any(os.path.lexists(path) for path in never)


def refusal(folder: Path) -> PortfolioError:
    """What is said of a folder whose database is not there: as much as can be told, and what to do."""
    if is_unfinished(folder):
        return PortfolioError(
            _(
                "「{path}」的還原或匯入中途停了，還不是完整的學習歷程庫。"
                "請再還原或匯入一次，放進同一個資料夾；原來的備份或成果包都沒有動。"
            ).format(path=folder)
        )
    if is_damaged(folder):
        return DatabaseDamageError(
            _(
                "「{path}」的資料庫檔案不見了或已損壞，但作品的檔案還在 files 裡，請勿刪除。"
                "請用 rebuild 重建資料庫，內容會從備份和 catalog.json 找回。"
            ).format(path=folder)
        )
    if not folder.exists():
        return PortfolioError(
            _(
                "找不到資料夾「{path}」：磁碟可能沒有接上，或資料夾改了名稱、搬了地方。"
                "請接上磁碟再試，或指出它現在的位置。"
            ).format(path=folder)
        )
    return PortfolioError(_("「{path}」不是學習歷程庫。請選另一個資料夾，或先建立新的。").format(path=folder))


def _holds_work(files: Path) -> bool:
    with contextlib.suppress(OSError), os.scandir(files) as entries:
        return any(_OF_A_FILE.fullmatch(entry.name) is not None and entry.is_dir() for entry in entries)
    return False
