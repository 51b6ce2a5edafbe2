"""Small files read whole: no more than there can be, and nothing that is waited for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from portfolio_desktop.library import bounded


def test_all_of_it_and_not_a_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "catalog.json"
    path.write_bytes(b"12345")
    assert bounded.content(path, 5) == b"12345"
    with pytest.raises(OSError, match="large") as told:
        bounded.content(path, 4)
    assert (told.value.errno, told.value.filename) == (errno.EFBIG, str(path))


def test_a_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(OSError, match="large"):
        bounded.content(path, bounded.FACTS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "record.json")
    with pytest.raises(OSError, match="fifo") as told:
        bounded.content(tmp_path / "record.json", 100)
    assert told.value.errno == errno.EINVAL


def test_what_is_gone_and_what_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        bounded.content(tmp_path / "gone", 1)
    with pytest.raises(IsADirectoryError):
        bounded.content(tmp_path, 1)


def test_whether_a_file_holds_just_that(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert bounded.holds(tmp_path / "file", b"12345")
    for other in (b"1234", b"123456", b"12346", b""):
        assert not bounded.holds(tmp_path / "file", other)
    assert not bounded.holds(tmp_path / "gone", b"")
