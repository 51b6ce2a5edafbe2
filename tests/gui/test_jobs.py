import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.jobs import Job, Jobs
from portfolio_desktop.progress import Progress


@pytest.fixture
def jobs(qtbot: Any) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def run(jobs: Jobs, work: Callable[[Progress], Any], **more: Any) -> Job:
    return jobs.run("工作", lambda way: jobs.aside(work, way), **more)


def test_a_result_arrives_on_the_window_s_thread(qtbot: Any, jobs: Jobs) -> None:
    arrived: list[tuple[Any, threading.Thread]] = []

    def work(_way: Progress) -> threading.Thread:
        return threading.current_thread()

    run(jobs, work, done=lambda result: arrived.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(arrived))
    [(worker, here)] = arrived
    assert here is threading.current_thread()
    assert worker is not here


def test_an_error_goes_to_whoever_asked_or_else_to_everyone(qtbot: Any, jobs: Jobs) -> None:
    own: list[Exception] = []
    everyone: list[Exception] = []
    jobs.failed.connect(everyone.append)

    def work(_way: Progress) -> None:
        raise PortfolioError("磁碟滿了")

    run(jobs, work, failed=own.append)
    run(jobs, work)
    qtbot.waitUntil(lambda: bool(own) and bool(everyone))
    assert [str(error) for error in (*own, *everyone)] == ["磁碟滿了"] * 2


def test_cancelling_is_an_outcome_and_not_an_error(qtbot: Any, jobs: Jobs) -> None:
    begun, outcome = threading.Event(), []
    jobs.failed.connect(outcome.append)

    def work(way: Progress) -> None:
        begun.set()
        while True:
            way.step(1, 2)

    job = run(jobs, work, done=outcome.append, cancelled=lambda: outcome.append("cancelled"), cancellable=True)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    qtbot.waitUntil(lambda: bool(outcome))
    assert outcome == ["cancelled"]
    qtbot.waitUntil(lambda: not jobs.running())


def test_steps_are_thinned_but_the_last_one_arrives(qtbot: Any, jobs: Jobs) -> None:
    go, steps, done = threading.Event(), [], []

    def work(way: Progress) -> None:
        go.wait(5)
        for number in range(1, 1001):
            way.step(number, 1000, "檔案")

    job = run(jobs, work, done=done.append)
    job.stepped.connect(steps.append)
    go.set()
    qtbot.waitUntil(lambda: bool(done))
    assert steps[-1].done == 1000
    assert len(steps) < 200


def test_a_job_is_held_until_it_has_ended(qtbot: Any, jobs: Jobs) -> None:
    ended, future = [], Future[str]()
    jobs.ended.connect(lambda job: ended.append(job.label))
    jobs.run("等著", lambda _way: future)
    assert [job.label for job in jobs.running()] == ["等著"]
    future.set_result("")
    qtbot.waitUntil(lambda: bool(ended))
    assert not jobs.running()


def test_nothing_arrives_after_closing(qtbot: Any) -> None:
    jobs, outcome, future = Jobs(), [], Future[str]()
    jobs.run("", lambda _way: future, outcome.append)
    jobs.close()
    assert jobs.running() == ()
    future.set_result("太遲了")
    qtbot.wait(20)
    assert outcome == []


def test_a_start_that_fails_leaves_no_job(jobs: Jobs) -> None:
    def start(_way: Progress) -> Future[Any]:
        raise RuntimeError("closed")

    with pytest.raises(RuntimeError):
        jobs.run("", start)
    assert not jobs.running()
