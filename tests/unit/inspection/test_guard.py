"""Guarded processes: what hangs, dies or eats memory there does no harm here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portfolio_desktop.inspection import guard
from portfolio_desktop.inspection.guard import Pool, Stopped, TaskFailed, Unavailable, worker_command

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and /proc are Linux's")


def test_a_task_is_done_elsewhere_and_the_process_is_used_again() -> None:
    with Pool(1) as pool:
        first, second = (pool.submit("os:getpid").result() for _turn in range(2))
    assert first == second != os.getpid()


def test_values_and_bytes_come_back() -> None:
    with Pool(1) as pool:
        assert pool.submit("builtins:sorted", [3, 1, 2]).result() == [1, 2, 3]
        assert pool.submit("builtins:bytes", 3_000_000).result() == bytes(3_000_000)
        assert pool.submit("builtins:str", "學習\udcff\n").result() == "學習\udcff\n"


def test_several_work_at_once() -> None:
    began = time.monotonic()
    with Pool(3) as pool:
        for future in [pool.submit("time:sleep", 0.7) for _turn in range(3)]:
            future.result()
    assert time.monotonic() - began < 1.9


def test_what_hangs_is_killed_and_replaced() -> None:
    with Pool(1, seconds=0.5) as pool:
        before = pool.submit("os:getpid").result()
        with pytest.raises(Stopped) as caught:
            pool.submit("time:sleep", 60).result()
        assert caught.value.reason == "time"
        assert pool.submit("os:getpid").result() != before


def test_what_dies_is_replaced() -> None:
    with Pool(1) as pool:
        for task in ("os:abort", "sys:exit"):
            with pytest.raises(Stopped) as caught:
                pool.submit(task).result()
            assert caught.value.reason == "crash"
        assert pool.submit("math:sqrt", 4).result() == 2


@linux
def test_a_worker_that_was_killed_while_idle_is_no_crash_of_the_next_task() -> None:
    with Pool(1) as pool:
        pid = pool.submit("os:getpid").result()
        os.kill(pid, signal.SIGKILL)
        assert pool.submit("math:sqrt", 4).result() == 2
        assert pool.submit("os:getpid").result() != pid


@linux
def test_a_worker_that_is_killed_at_work_gets_a_second_chance() -> None:
    with Pool(1) as pool:
        pid = pool.submit("os:getpid").result()
        slow = pool.submit("time:sleep", 0.8)
        threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
        assert slow.result() is None


def test_the_second_chance_does_not_double_the_time() -> None:
    died = "import os, time; time.sleep(0.6); os.abort()"
    with Pool(1, seconds=1.0) as pool:
        pool.submit("os:getpid").result()
        began = time.monotonic()
        with pytest.raises(Stopped) as caught:
            pool.submit("builtins:exec", died).result()
        assert caught.value.reason == "crash"
        assert time.monotonic() - began < 1.9


def test_where_no_process_starts_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "worker_command", lambda: ["/nowhere/python"])
    with Pool(1) as pool, pytest.raises(Unavailable):
        pool.submit("math:sqrt", 4).result()


def test_a_process_that_ends_before_it_is_ready_says_nothing_about_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "worker_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with Pool(1) as pool, pytest.raises(Unavailable):
        pool.submit("math:sqrt", 4).result()


@linux
def test_an_answer_that_came_with_the_last_second_does_not_keep_a_dying_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = guard.Worker._exchange

    def late(worker: guard.Worker, request: bytes, memory: int) -> dict[str, object]:
        answer = exchange(worker, request, memory)
        end = time.monotonic() + 5
        while not worker._late and time.monotonic() < end:
            time.sleep(0.01)
        return answer

    with Pool(1) as pool:
        first = pool.submit("os:getpid").result()
        pool.seconds = 0.3
        with monkeypatch.context() as patched:
            patched.setattr(guard.Worker, "_exchange", late)
            assert pool.submit("os:getpid").result() == first
        pool.seconds = 10.0
        assert pool.submit("os:getpid").result() != first


@linux
def test_what_eats_memory_is_stopped() -> None:
    with Pool(1, memory=300_000_000) as pool:
        with pytest.raises(Stopped) as caught:
            pool.submit("builtins:bytearray", 1_000_000_000).result()
        assert caught.value.reason == "memory"
        assert len(pool.submit("builtins:bytes", 1_000_000).result()) == 1_000_000


def test_an_exception_comes_back_with_its_traceback() -> None:
    with Pool(1) as pool:
        with pytest.raises(TaskFailed, match="math domain error"):
            pool.submit("math:sqrt", -1).result()
        with pytest.raises(TaskFailed, match="no attribute"):
            pool.submit("math:nothing").result()


def test_printing_there_does_not_disturb() -> None:
    with Pool(1) as pool:
        assert pool.submit("builtins:print", '{"value": "forged"}').result() is None
        assert pool.submit("os:write", 1, "x").exception() is not None
        assert pool.submit("math:sqrt", 9).result() == 3


def test_an_error_in_the_block_abandons_the_work() -> None:
    began, futures = time.monotonic(), []

    def interrupted() -> None:
        with Pool(1, seconds=30) as pool:
            futures.extend(pool.submit("time:sleep", 20) for _turn in range(3))
            pool.call(time.sleep, 0)  # a queue behind the sleeper
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - began < 10
    assert isinstance(futures[0].exception() if not futures[0].cancelled() else Unavailable(), Unavailable)
    assert futures[2].cancelled()


def test_nothing_is_started_before_a_task_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with Pool(4):
        pass


@linux
def test_ctrl_c_does_not_reach_the_workers() -> None:
    with Pool(1) as pool:
        pid = pool.submit("os:getpid").result()
        os.kill(pid, signal.SIGINT)
        assert pool.submit("os:getpid").result() == pid


PARENT = """
import os, sys
from portfolio_desktop.inspection.guard import Pool
pool = Pool(1, seconds=60)
print(pool.submit("os:getpid").result(), flush=True)
pool.submit("{task}", {argument})
sys.stdin.readline()
os._exit(9)
"""


@linux
@pytest.mark.parametrize(("task", "argument"), [("time:sleep", "60"), ("time:sleep", "0")])
def test_workers_die_with_their_parent(task: str, argument: str) -> None:
    program = PARENT.format(task=task, argument=argument)
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = Path("/proc") / parent.stdout.readline().decode().strip()
        assert worker.exists()
        parent.kill()
    assert _gone(worker)


def _gone(process: Path) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            if "Z" in (process / "stat").read_text().rpartition(")")[2].split()[0]:
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@linux
def test_too_little_memory_in_a_used_process_is_tried_in_a_fresh_one() -> None:
    with Pool(1, memory=1_000_000_000) as pool:
        first = pool.submit("os:getpid").result()
        pool.submit("builtins:exec", "import mmap, sys; sys.kept = mmap.mmap(-1, 700_000_000)").result()
        assert pool.submit("os:getpid").result() == first, "what is only reserved is not seen as held"
        assert pool.submit("builtins:exec", "bytearray(400_000_000)").result() is None
        assert pool.submit("os:getpid").result() != first


@linux
def test_a_worker_that_keeps_much_memory_is_replaced() -> None:
    with Pool(1, memory=200_000_000) as pool:
        first = pool.submit("os:getpid").result()
        assert pool.submit("builtins:exec", "import sys; sys.kept = b'x' * 1000").result() is None
        assert pool.submit("os:getpid").result() == first
        assert pool.submit("builtins:exec", "import sys; sys.kept = b'x' * 90_000_000").result() is None
        assert pool.submit("os:getpid").result() != first


def test_the_frozen_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command()[1:] == ["-P", "-m", "portfolio_desktop.inspection.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_a_folder_full_of_traps_is_not_on_a_worker_s_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    with Pool(1) as pool:
        assert pool.submit("math:sqrt", 4).result() == 2
