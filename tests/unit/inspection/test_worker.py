"""The guarded side on systems that refuse a limit."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from portfolio_desktop.inspection import worker


class Limits:
    """A `resource` module that keeps what it was asked for, or refuses it."""

    RLIMIT_AS, RLIM_INFINITY = 9, -1

    def __init__(self, refusal: Exception | None = None, hard: int = -1) -> None:
        self.refusal, self.hard = refusal, hard
        self.asked = list[Any]()

    def getrlimit(self, _which: int) -> tuple[int, int]:
        return (self.hard, self.hard)

    def setrlimit(self, _which: int, pair: tuple[int, int]) -> None:
        self.asked.append(pair)
        if self.refusal is not None:
            raise self.refusal


@pytest.mark.parametrize("refusal", [ValueError("current limit exceeds maximum limit"), OSError(22, "invalid")])
def test_a_system_that_refuses_the_limit_keeps_its_worker(monkeypatch: pytest.MonkeyPatch, refusal: Exception) -> None:
    limits = Limits(refusal)
    monkeypatch.setattr(worker, "limits", limits)
    monkeypatch.setattr(worker, "sys", SimpleNamespace(platform="linux"))
    worker._limit_memory(1 << 30)
    assert limits.asked == [(1 << 30, -1)]


def test_macos_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits()
    monkeypatch.setattr(worker, "limits", limits)
    monkeypatch.setattr(worker, "sys", SimpleNamespace(platform="darwin", argv=sys.argv))
    worker._limit_memory(1 << 30)
    assert limits.asked == []


def test_a_harder_limit_of_the_system_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(hard=1 << 20)
    monkeypatch.setattr(worker, "limits", limits)
    worker._limit_memory(1 << 30)
    assert limits.asked == [(1 << 20, 1 << 20)]
