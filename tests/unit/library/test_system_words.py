from __future__ import annotations

import errno
import os

import pytest

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.library.troubles import plain_words


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_words_of_the_system_are_told(number: int) -> None:
    words = os.strerror(number)
    assert words not in reason_words(OSError(number, words))
    with pytest.raises(PortfolioError) as caught, plain_words():
        raise OSError(number, words, "/proc/foo")
    assert words not in str(caught.value)


def test_one_without_words_has_its_number() -> None:
    assert reason_words(OSError(errno.ENOENT, "")) == "找不到這個檔案或資料夾"
    assert reason_words(OSError(errno.ENOTCONN, "")) == f"代碼 {errno.ENOTCONN}"
