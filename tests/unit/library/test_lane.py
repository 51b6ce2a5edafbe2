from __future__ import annotations

import threading

import pytest

from portfolio_desktop.library.lane import Lane


def test_calls_run_one_after_the_other_on_one_thread() -> None:
    seen: list[tuple[int, str]] = []
    with Lane() as lane:
        futures = [lane.submit(lambda n: seen.append((n, threading.current_thread().name)), n) for n in range(50)]
        for future in futures:
            future.result()
    assert [number for number, _name in seen] == list(range(50))
    assert len({name for _number, name in seen}) == 1
    assert seen[0][1] != threading.current_thread().name


def test_an_exception_goes_into_its_future_and_the_lane_goes_on() -> None:
    with Lane() as lane:
        failed = lane.submit(int, "one")
        assert lane.submit(int, "2").result() == 2
        with pytest.raises(ValueError, match="one"):
            failed.result()


def test_a_closed_lane_takes_nothing() -> None:
    lane = Lane()
    last = lane.submit(int, "1")
    lane.close()
    assert last.done()
    with pytest.raises(RuntimeError):
        lane.submit(int, "2")
