"""One lane for the library: its calls run one after the other on one worker thread, and the window never waits.

lane.submit(Library.open, folder) -> Future[Library]
lane.submit(library.edit, "p1", edit) -> Future[Piece]
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """A worker thread with a queue. What is submitted runs in order; an exception goes into its Future."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="library-lane")

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue one call; raises RuntimeError after `close`."""
        return self._pool.submit(work, *args, **kwargs)

    def close(self) -> None:
        """Let the queue run out and end the thread."""
        self._pool.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
