from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.troubles import plain_words


def of_code(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("words that nobody looks at")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "空間不足"),
        (errno.EDQUOT, "空間不足"),
        (errno.EACCES, "權限"),
        (errno.EROFS, "權限"),
        (errno.EIO, "磁碟讀寫"),
        (errno.ENAMETOOLONG, "太長"),
        (errno.EMFILE, "無法讀寫"),
    ],
)
def test_the_system_s_errors_are_told_in_a_sentence(number: int, word: str) -> None:
    with pytest.raises(PortfolioError, match=word) as caught, plain_words():
        raise OSError(number, "some words", "/library/報告.pdf")
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (sqlite3.SQLITE_FULL, "空間不足"),
        (sqlite3.SQLITE_BUSY, "使用"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "使用"),
        (sqlite3.SQLITE_READONLY, "只能讀取"),
        (sqlite3.SQLITE_READONLY_ROLLBACK, "不能只是讀取"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "移動"),
        (sqlite3.SQLITE_CANTOPEN, "無法開啟"),
        (sqlite3.SQLITE_IOERR_FSYNC, "磁碟"),
    ],
)
def test_the_database_s_errors_are_told_by_code(code: int, word: str) -> None:
    for error in (of_code(code), DBAPIError("SELECT 1", None, of_code(code))):
        with pytest.raises(PortfolioError, match=word) as caught, plain_words():
            raise error
        assert caught.value.exit_code == 4


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_INDEX, sqlite3.SQLITE_NOTADB])
def test_a_malformed_database_is_damage(code: int) -> None:
    with pytest.raises(DamageError) as caught, plain_words():
        raise of_code(code)
    assert caught.value.exit_code == 3


def test_our_own_mistakes_stay_what_they_are(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a")
    with pytest.raises(sqlite3.OperationalError), plain_words():
        connection.execute("SELEKT 1")
    connection.close()
    with pytest.raises(KeyError), plain_words():
        raise KeyError("x")
    with pytest.raises(PortfolioError, match="as it was"), plain_words():
        raise PortfolioError("as it was")
