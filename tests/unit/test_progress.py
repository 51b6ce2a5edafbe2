import threading

import pytest

from portfolio_desktop.progress import Cancelled, Progress, Step


def test_steps_reach_whoever_asked_for_them():
    steps = []
    progress = Progress(steps.append)
    progress.step(1, 3, "報告.pdf")
    progress.step(2, 3)
    assert steps == [Step(1, 3, "報告.pdf"), Step(2, 3, "")]


def test_without_a_listener_steps_are_free():
    Progress().step(1, 2)


def test_a_cancelled_work_stops_at_its_next_step_and_reports_no_more():
    steps = []
    progress = Progress(steps.append)
    progress.check()
    assert not progress.cancelled
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(Cancelled):
        progress.step(1, 2)
    with pytest.raises(Cancelled):
        progress.check()
    assert steps == []


def test_the_wish_to_stop_crosses_threads():
    progress = Progress()
    stopped = threading.Event()

    def work():
        try:
            while True:
                progress.step(0, 0)
        except Cancelled:
            stopped.set()

    worker = threading.Thread(target=work)
    worker.start()
    progress.cancel()
    worker.join(5)
    assert stopped.is_set()
