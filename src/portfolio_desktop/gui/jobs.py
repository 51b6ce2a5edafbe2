"""Work away from the window's thread, and its way back.

    jobs.run("收進檔案", start, done)     start(progress) -> Future        (the lane, or a thread of `aside`)
    Job    stepped(Step)  …  then exactly one of   done(result) | failed(error) | cancelled()   and   ended()

Signals arrive on the window's thread. A job is held here until it has ended: a signal's owner that is only known to the
worker would be collected before its signal arrives. Cancelling is an outcome: `cancelled` is not `failed`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from portfolio_desktop.progress import Cancelled, Progress, Step

EVERY_SECONDS = 0.05  # steps are shown at most twenty times a second
ASIDE = 4  # export, looks, sample: none waits for another

Start = Callable[[Progress], "Future[Any]"]


class Job(QObject):
    """One piece of work under way."""

    stepped = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _arrived = Signal(object)

    def __init__(self, label: str, cancellable: bool, resumes: bool = False, of_library: bool = False) -> None:
        super().__init__()
        self.label = label
        self.cancellable = cancellable
        self.resumes = resumes
        self.of_library = of_library
        self.progress = Progress(self._report)
        self._shown = 0.0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def follow(self, future: Future[Any]) -> None:
        """Bring the outcome back as a signal: emitted on the worker's thread, delivered on this object's."""
        future.add_done_callback(self._arrived.emit)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.progress.cancel()

    def _report(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._shown >= EVERY_SECONDS or step.done == step.total:
            self._shown = now
            self.stepped.emit(step)

    def _deliver(self, future: Future[Any]) -> None:
        try:
            result = future.result()
        except (Cancelled, CancelledError):
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - where a job crosses a thread, every error becomes a signal
            self.failed.emit(error)
        else:
            self.done.emit(result)
        self.ended.emit()


class Jobs(QObject):
    """Holds every job until it has ended, and tells the status line which ones there are."""

    started = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Job] = set()
        self._hushed: set[Job] = set()
        self._aside = ThreadPoolExecutor(ASIDE, thread_name_prefix="aside")

    def run(
        self,
        label: str,
        start: Start,
        done: Callable[[Any], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        cancellable: bool = False,
        resumes: bool = False,
        of_library: bool = False,
    ) -> Job:
        """Start work. Without `failed` an error goes to everyone's `failed` signal; an empty label is not shown.

        `resumes`: stopping it loses nothing, the rest is done another time. `of_library`: it needs the library to its end.
        """
        job = Job(label, cancellable, resumes, of_library)
        future = start(job.progress)
        self._running.add(job)
        if done is not None:
            job.done.connect(done)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        job.failed.connect(failed or self.failed.emit)
        job.ended.connect(lambda: self._end(job))
        self.started.emit(job)
        job.follow(future)
        return job

    def aside(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        """Run something long that touches neither the library nor the window, beside both."""
        return self._aside.submit(work, *args)

    def running(self) -> tuple[Job, ...]:
        """What is under way."""
        return tuple(self._running)

    def losing(self) -> tuple[Job, ...]:
        """What would be lost by stopping now: work that can be stopped and does not go on where it was."""
        return tuple(job for job in self._running if job.cancellable and not job.resumes)

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for job in self._running:
            job.cancel()

    def hush(self) -> None:
        """Stop everything, and let nothing more be delivered."""
        self.cancel_all()
        for job in self._running:
            job.blockSignals(True)
        # Nobody waits for them any more, but their threads still know them.
        self._hushed, self._running = self._running, set()

    def wait(self) -> None:
        """Wait for the threads beside; any thread may do that."""
        self._aside.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Hush and wait."""
        self.hush()
        self.wait()

    def _end(self, job: Job) -> None:
        self._running.discard(job)
        self.ended.emit(job)
        job.deleteLater()
