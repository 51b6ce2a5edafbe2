"""Foreign readers meet foreign bytes in processes that can be killed.

Pool.submit("package.module:function", path, ...) -> Future
    slot thread -> an idle Worker, or a new one -> request down the pipe, answer up
    too long    -> killed; the future holds Stopped("time")
    too much    -> Stopped("memory")      limit on the address space, where the system has one; else what it holds is watched
    died        -> once more in a fresh process, then Stopped("crash")
    raised      -> TaskFailed, with the traceback of the other side
    no process  -> Unavailable: the system is out of something, which says nothing about the file

Arguments and results are plain JSON values; a result may also be bytes. A worker that survived is used again; one that
did not, or that died while it was idle, is replaced when the next task comes. Nothing is started before it is needed, and
nothing heavy is imported here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, ParamSpec, Self, TypeVar

from portfolio_desktop.inspection.resident import resident

StopReason = Literal["time", "memory", "crash"]

SECONDS = 10.0
MEMORY = 1 << 30
GLANCE = 0.05
MUCH = (
    0.3  # of the memory: a library that dies holding so much died asking for more (PDFium does not come back to tell)
)

READY = b'{"ready": true}\n'
"""A worker's first line: until it came, whatever goes wrong is not the task's doing."""

P = ParamSpec("P")
T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - an outcome of guarding, told to the caller as a fact
    """A task had to be ended; `reason` is time, memory or crash."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(reason)
        self.reason: StopReason = reason


class Unavailable(Exception):  # noqa: N818 - an outcome: the task was not done, and may be asked for another time
    """No process could be started for a task, or the pool was closed over it: nothing is known of its file."""


class TaskFailed(Exception):  # noqa: N818 - the other side's exception, as text
    """A task raised something it should have handled: its traceback."""


class Pool:
    """Several guarded processes; a context manager. Tasks beyond `workers` wait their turn."""

    def __init__(self, workers: int | None = None, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """`seconds` a task may take; `memory` in bytes of address space each worker may have."""
        self.workers = workers or min(8, os.cpu_count() or 1)
        self.seconds = seconds
        self.memory = memory
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="guard")
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self.close(abandon=error is not None)

    def submit(self, task: str, *arguments: Any) -> Future[Any]:
        """Have `task` ("module:function") done by a guarded process with plain JSON `arguments`."""
        return self._threads.submit(self.run, task, *arguments)

    def call(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """Call `function` on a slot's thread, from where it may `run` tasks."""
        return self._threads.submit(function, *arguments, **named)

    def run(self, task: str, *arguments: Any) -> Any:
        """Do one task now and wait for it; raises Stopped, TaskFailed or Unavailable.

        A process may be killed for what others did (the system's memory ran out), and one that was used before may hold
        much already: a death, or too little memory in a used one, counts as the task's own only when it happens again in a
        fresh process, within the same time.
        """
        end = time.monotonic() + self.seconds
        try:
            worker = self._take()
            used = worker.used
            answer = self._ask(worker, task, arguments, self.seconds)
            if used and "memory" in answer:
                raise Stopped("memory")
        except Stopped as stopped:
            left = end - time.monotonic()
            if stopped.reason == "time" or left <= 0:
                raise
            try:
                answer = self._ask(self._take(fresh=True), task, arguments, left)
            except Stopped as again:
                raise (stopped if again.reason == "time" else again) from None
        if "error" in answer:
            raise TaskFailed(answer["error"])
        if "memory" in answer:
            raise Stopped("memory")
        return answer.get("value")

    def close(self, *, abandon: bool = False) -> None:
        """End all workers; waits for tasks under way, or with `abandon` kills them and forgets those that wait."""
        if abandon:
            with self._lock:
                self._closed = True
                for worker in self._busy:
                    worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=abandon)
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def _ask(self, worker: Worker, task: str, arguments: tuple[Any, ...], seconds: float) -> dict[str, Any]:
        try:
            answer = worker.ask(task, arguments, seconds, self.memory)
        except (Stopped, Unavailable):
            with self._lock:
                self._busy.discard(worker)
                if self._closed:  # killed by `close`, not by the file
                    raise Unavailable from None
            raise
        self._give_back(worker, reusable=not answer.get("spent") and "memory" not in answer)
        return answer

    def _take(self, *, fresh: bool = False) -> Worker:
        """An idle worker that still lives, or a new one."""
        gone = list[Worker]()
        try:
            with self._lock:
                if self._closed:
                    raise Unavailable
                worker = None
                while self._idle and worker is None and not fresh:
                    worker = self._idle.pop()
                    if not worker.is_usable():
                        gone.append(worker)
                        worker = None
                worker = worker or Worker()
                self._busy.add(worker)
                return worker
        finally:
            for dead in gone:
                dead.end()

    def _give_back(self, worker: Worker, *, reusable: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if reusable and worker.is_usable() and not self._closed:
                self._idle.append(worker)
                return
        worker.end()


class Worker:
    """One guarded process and the pipes to it."""

    def __init__(self) -> None:
        self._process = spawn(worker_command(), {"OMP_NUM_THREADS": "1"})
        self._ready = False
        self._late = False
        self._peak = 0
        self.used = False
        """Whether it was given a task before."""

    def is_usable(self) -> bool:
        """Whether it may be given a task: it lives, and was not ended for being late."""
        return not self._late and self._process.poll() is None

    def ask(self, task: str, arguments: tuple[Any, ...], seconds: float, memory: int) -> dict[str, Any]:
        """Send one request and wait for its answer; raises Stopped or Unavailable after ending the process."""
        request = {"task": task, "args": arguments, "seconds": seconds, "memory": memory}
        self._peak, answered, self.used = 0, threading.Event(), True
        watch = threading.Thread(target=self._watch, args=(seconds, memory, answered), name="guard-watch", daemon=True)
        try:
            watch.start()
        except RuntimeError as error:  # the system gives no more threads
            self._process.kill()
            self.end()
            raise Unavailable from error
        try:
            return self._exchange(json.dumps(request).encode() + b"\n", memory)
        finally:
            answered.set()
            watch.join()

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer gets Stopped."""
        self._process.kill()

    def end(self) -> None:
        """Let an idle process go and wait until it is gone."""
        for pipe in (self._process.stdin, self._process.stdout):
            shut(pipe)
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _exchange(self, request: bytes, memory: int) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise Stopped("crash")
        try:
            stdin.write(request)
            stdin.flush()
            self._ready = self._ready or stdout.readline() == READY
            line = stdout.readline()
            answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
            if "bytes" in answer:
                answer["value"] = stdout.read(answer["bytes"])
                answer = answer if len(answer["value"]) == answer["bytes"] else {}
        except (OSError, ValueError):
            answer = {}
        if answer and not self._late:
            return answer
        self._process.kill()
        self.end()
        if not self._ready:  # it never came to the task
            raise Unavailable
        raise Stopped("time" if self._late else "memory" if memory and self._peak > memory * MUCH else "crash")

    def _watch(self, seconds: float, memory: int, answered: threading.Event) -> None:
        """Look at the process from time to time, and end it when its time is over or it holds too much."""
        end = time.monotonic() + seconds
        while not answered.wait(max(0.0, min(GLANCE, end - time.monotonic()))):
            if time.monotonic() >= end:
                self._late = True
                self._process.kill()
                return
            self._peak = max(self._peak, resident(self._process))
            if memory and self._peak > memory:  # the system set no limit: Windows and macOS have none that holds
                self._process.kill()
                return


def worker_command() -> list[str]:
    """How a worker is started."""
    return own_command("--worker", "portfolio_desktop.inspection.worker")


def own_command(option: str, module: str) -> list[str]:
    """How a process of ours is started: the frozen program with `option`, else this Python with `module`.

    The current folder is never on its path.
    """
    return [sys.executable, option] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", module]


def spawn(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process that can die without harm, deaf but for the pipes to it; raises Unavailable."""
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2", **environment},
            # A terminal's Ctrl-C is for the parent, which decides what becomes of the work.
            process_group=None if os.name == "nt" else 0,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise Unavailable from error


def spelt(path: Path) -> str:
    """A path in the spelling of such a process, which runs in UTF-8 whatever this one's encoding is."""
    return os.fspath(path) if os.name == "nt" else os.fsencode(path).decode("utf-8", "surrogateescape")


def shut(pipe: IO[bytes] | None) -> None:
    """Close a pipe, also one that is broken."""
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        return
