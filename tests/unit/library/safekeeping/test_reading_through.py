from __future__ import annotations

import threading

import pytest

from portfolio_desktop.library.safekeeping.reading_through import THREADS, Stop, each
from portfolio_desktop.progress import Cancelled, Progress, Step


def test_results_come_in_the_order_of_the_items_and_the_largest_is_begun_first() -> None:
    begun: list[int] = []

    def work(item: int, _stop: Progress) -> int:
        begun.append(item)
        return item * 10

    assert each([3, 9, 1, 7], work, Progress(), str, lambda item: item) == [30, 90, 10, 70]
    assert begun[0] == 9
    assert each([], work, Progress(), str, lambda item: item) == []


def test_progress_counts_items() -> None:
    steps: list[Step] = []
    each(list("abc"), lambda item, _stop: item, Progress(steps.append), str, lambda _item: 1)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert {step.what for step in steps} == set("abc")


def test_several_threads_work_at_once() -> None:
    meeting = threading.Barrier(THREADS, timeout=30)
    each(range(THREADS), lambda _item, _stop: meeting.wait(), Progress(), str, lambda _item: 1)


def test_a_failure_stops_the_others_and_is_the_one_that_is_raised() -> None:
    waiting = threading.Event()

    def work(item: int, stop: Progress) -> None:
        if item == 0:
            waiting.wait(30)
            raise OSError("the disk")
        waiting.set()
        while True:
            stop.check()

    with pytest.raises(OSError, match="the disk"):
        each(range(2), work, Progress(), str, lambda item: -item)


def test_the_wish_to_stop_reaches_the_middle_of_an_item() -> None:
    progress = Progress()

    def work(_item: int, stop: Progress) -> None:
        progress.cancel()
        stop.check()
        pytest.fail("it went on")

    with pytest.raises(Cancelled):
        each([1], work, progress, str, lambda _item: 1)


def test_a_wish_that_comes_with_the_last_item_counts() -> None:
    progress = Progress(lambda _step: progress.cancel())
    with pytest.raises(Cancelled):
        each([1], lambda item, _stop: item, progress, str, lambda _item: 1)


def test_one_items_steps_stay_inside() -> None:
    steps: list[Step] = []
    outer = Progress(steps.append)
    inner = Stop(outer)
    inner.step(1, 2, "bytes")
    assert steps == []
    outer.cancel()
    with pytest.raises(Cancelled):
        inner.step(2, 2)
