"""The world in the way, in one sentence that says what to do.

    with plain_words(): …      OSError, sqlite3 and SQLAlchemy errors  ->  PortfolioError or DatabaseDamageError
    with plain_rows(): …       rows that cannot be what was written    ->  DatabaseDamageError

Errors are told apart by their codes, never by their words.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.messages import _

_PRIMARY = 0xFF  # an extended SQLite result code carries the primary one in its low byte


@contextlib.contextmanager
def plain_words() -> Iterator[None]:
    """Turn the system's and the database's errors into the program's own; anything else passes through."""
    try:
        yield
    except OSError as error:
        raise _of_system(error) from error
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        raise _of_database(error.orig) from error
    except sqlite3.Error as error:
        raise _of_database(error) from error
    except UnicodeDecodeError as error:  # a torn page: even SQLite's own words about it quote bytes that are no text
        raise DatabaseDamageError(damaged_words()) from error


@contextlib.contextmanager
def plain_rows() -> Iterator[None]:
    """While rows become records: texts that are no JSON, no term, no school type were changed behind the database's back."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageError) as error:
        raise DatabaseDamageError(damaged_words()) from error


def damaged_words() -> str:
    """What is said of a damaged database, and what to do."""
    return _(
        "資料庫檔案已損壞，但作品的檔案還在 files 裡，請勿刪除。請用 rebuild 重建資料庫，內容會從備份和 catalog.json 找回。"
    )


def _of_system(error: OSError) -> PortfolioError:
    name = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PortfolioError(_("磁碟空間不足，這次的變更沒有存入。請清出空間後再試一次。"))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PortfolioError(
            _("沒有寫入或讀取「{name}」的權限。請檢查資料夾的權限，或把學習歷程庫移到可以寫入的地方。").format(
                name=name
            )
        )
    if error.errno == errno.EIO:
        return PortfolioError(
            _("磁碟讀寫時發生錯誤（{name}）。請檢查磁碟與連接線，並把整個資料夾複製到別的磁碟。").format(name=name)
        )
    if error.errno == errno.ENAMETOOLONG:
        return PortfolioError(_("路徑太長，無法寫入「{name}」。請把學習歷程庫放在較短的路徑下。").format(name=name))
    return PortfolioError(_("無法讀寫檔案「{name}」：{reason}。").format(name=name, reason=reason_words(error)))


def _of_database(error: sqlite3.Error) -> PortfolioError:
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & _PRIMARY
    if not extended and isinstance(error, sqlite3.OperationalError):  # Python's own: a text in the file is no UTF-8
        return DatabaseDamageError(damaged_words())
    if extended == sqlite3.SQLITE_READONLY_DBMOVED:
        return PortfolioError(_("學習歷程庫的資料夾在開啟時被移動或刪除了。請放回原處，再重新開啟。"))
    if extended in (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY):
        return PortfolioError(
            _("上次修改到一半就中斷了，不能只是讀取：請以正常方式開啟一次，程式會先收拾好。現在什麼都沒有動。")
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DatabaseDamageError(damaged_words())
    if code == sqlite3.SQLITE_FULL:
        return PortfolioError(_("磁碟空間不足，這次的變更沒有存入。請清出空間後再試一次。"))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return PortfolioError(_("學習歷程庫正被另一個程式使用。請關閉它，稍後再試。"))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return PortfolioError(_("學習歷程庫只能讀取，無法寫入。請檢查資料夾的權限，或以正常方式重新開啟一次。"))
    if code == sqlite3.SQLITE_CANTOPEN:
        return PortfolioError(_("無法開啟資料庫檔案。請檢查資料夾是否存在，以及是否有權限。"))
    if code == sqlite3.SQLITE_IOERR:
        return PortfolioError(_("讀寫資料庫時磁碟發生錯誤。請檢查磁碟與連接線，並把整個資料夾複製到別的磁碟。"))
    raise error  # a wrong statement is our bug, not the world's
