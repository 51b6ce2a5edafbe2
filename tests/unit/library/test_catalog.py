from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import catalog
from portfolio_desktop.library.catalog import Catalog


class Contents:
    """What is to be written, and how often it was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        return b"contents %d" % self.asked


def forget(_content: bytes) -> None:
    """Remembers nothing."""


@pytest.fixture
def contents() -> Contents:
    return Contents()


def test_it_is_written_when_stale_and_only_then(tmp_path: Path, contents: Contents) -> None:
    file = Catalog(tmp_path, contents, forget, stale=True)
    file.refresh()
    file.refresh()
    assert (tmp_path / "catalog.json").read_bytes() == b"contents 1"
    assert not file.stale
    assert [path.name for path in tmp_path.iterdir()] == ["catalog.json"]


def test_changes_do_not_wait_for_it_until_it_is_overdue(
    tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    file = Catalog(tmp_path, contents, forget, stale=False)
    for _change in range(100):
        file.changed()
    assert contents.asked == 0
    now += catalog.OVERDUE
    file.changed()
    file.changed()
    assert contents.asked == 1
    assert file.stale


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError(28, "No space left on device")

    (tmp_path / "catalog.json").write_bytes(b"old")
    file = Catalog(tmp_path, fail, forget, stale=True)
    with pytest.raises(OSError, match="space"):
        file.refresh()
    assert file.stale
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"catalog.json": b"old"}


def test_a_change_never_fails_for_the_catalog_s_sake(
    tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_source: Path, _target: Path) -> None:
        raise PermissionError(13, "held by another program")

    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    file = Catalog(tmp_path, contents, forget, stale=True)
    now += catalog.OVERDUE
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        for _change in range(10):
            file.changed()
    assert contents.asked == 1, "not tried again with each change"
    assert file.stale
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    now += catalog.OVERDUE
    file.changed()
    assert not file.stale
    assert (tmp_path / "catalog.json").read_bytes() == b"contents 2"


def test_it_is_remembered_before_it_is_written(tmp_path: Path, contents: Contents) -> None:
    seen: list[tuple[bytes, bool]] = []
    file = Catalog(
        tmp_path, contents, lambda content: seen.append((content, (tmp_path / "catalog.json").exists())), stale=True
    )
    file.refresh()
    assert seen == [(b"contents 1", False)]


def test_what_cannot_be_remembered_is_not_written(tmp_path: Path, contents: Contents) -> None:
    def fail(_content: bytes) -> None:
        raise PortfolioError("full")

    file = Catalog(tmp_path, contents, fail, stale=True)
    with pytest.raises(PortfolioError, match="full"):
        file.refresh()
    assert file.stale
    assert list(tmp_path.iterdir()) == []
