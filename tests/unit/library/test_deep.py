from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import Unavailable
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.library.deep import AHEAD, TOGETHER, look_at, thumbnail_path
from portfolio_desktop.library.records import Look
from portfolio_desktop.progress import Cancelled, Progress, Step

T = TypeVar("T")


class PlainReaders:
    """Readers without guarded processes: enough for how the looking is driven. A path named bad… makes them fail."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool = pool
        self.asked = 0

    def inspect(self, path: Path) -> Future[Inspection]:
        self.asked += 1
        return self.pool.submit(self._unless_bad, path, lambda: inspect_structure(path))

    def text(self, path: Path) -> Future[str]:
        return self.pool.submit(self._unless_bad, path, path.read_text)

    def thumbnail(self, path: Path, pixels: int = 256) -> Future[bytes | None]:
        return self.pool.submit(self._unless_bad, path, lambda: b"PNG" if path.stem != "none" else None)

    @staticmethod
    def _unless_bad(path: Path, work: Callable[[], T]) -> T:
        if path.name.startswith("bad"):
            raise ChildProcessError(path.name)
        return work()


@pytest.fixture
def readers() -> Iterator[PlainReaders]:
    with ThreadPoolExecutor(2) as pool:
        yield PlainReaders(pool)


def files(folder: Path, *names: str) -> list[tuple[str, Path]]:
    pending = []
    for number, name in enumerate(names):
        (folder / name).write_text(f"text of {name}")
        pending.append((f"{number:064x}", folder / name))
    return pending


def test_every_file_is_looked_at_in_order(tmp_path: Path, readers: PlainReaders) -> None:
    pending = files(tmp_path, *(f"{number}.txt" for number in range(TOGETHER * 2 + 5)))
    recorded: list[Sequence[Look]] = []
    steps: list[Step] = []
    assert look_at(pending, readers, recorded.append, Progress(steps.append)) == len(pending)
    assert [len(looks) for looks in recorded] == [TOGETHER, TOGETHER, 5]
    assert [look.sha256 for looks in recorded for look in looks] == [sha256 for sha256, _path in pending]
    assert recorded[0][3].text == "text of 3.txt"
    assert [step.done for step in steps] == list(range(1, len(pending) + 1))


def test_a_bad_file_never_stops_the_others(tmp_path: Path, readers: PlainReaders) -> None:
    recorded: list[Look] = []
    look_at(files(tmp_path, "a.txt", "bad.txt", "c.txt"), readers, recorded.extend, Progress())
    assert [(look.inspection.stopped, look.text) for look in recorded] == [
        (None, "text of a.txt"),
        ("crash", ""),
        (None, "text of c.txt"),
    ]


def test_stopping_keeps_what_was_found(tmp_path: Path, readers: PlainReaders) -> None:
    recorded: list[Look] = []
    progress = Progress(lambda step: progress.cancel() if step.done == 3 else None)
    with pytest.raises(Cancelled):
        look_at(files(tmp_path, *(f"{n}.txt" for n in range(40))), readers, recorded.extend, progress)
    assert len(recorded) == 3
    assert readers.asked <= 4 + AHEAD


def test_small_pictures_are_kept_outside_the_library(tmp_path: Path, readers: PlainReaders) -> None:
    cache = tmp_path / "cache" / "thumbnails"
    pending = files(tmp_path, "a.txt", "none.txt", "bad.txt")
    look_at(pending, readers, lambda _looks: None, Progress(), cache)
    assert [path.name for path in cache.iterdir()] == [thumbnail_path(cache, pending[0][0]).name]
    assert thumbnail_path(cache, pending[0][0]).read_bytes() == b"PNG"


def test_readers_that_are_ended_with_the_work_are_no_fact_about_a_file(tmp_path: Path, readers: PlainReaders) -> None:
    recorded: list[Look] = []
    progress = Progress()
    pending = files(tmp_path, "a.txt", "bad.txt", "c.txt")

    class Ended(PlainReaders):
        def inspect(self, path: Path) -> Future[Inspection]:
            if path.name.startswith("bad"):
                progress.cancel()
            return super().inspect(path)

    with pytest.raises(Cancelled):
        look_at(pending, Ended(readers.pool), recorded.extend, progress)
    assert recorded == []
    forgotten: Future[Inspection] = Future()
    forgotten.cancel()
    readers.inspect = lambda path: forgotten  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        look_at(pending, readers, recorded.extend, Progress())
    assert recorded == []


def test_a_file_that_is_not_there_stays_pending(tmp_path: Path, readers: PlainReaders) -> None:
    recorded: list[Look] = []
    pending = files(tmp_path, "a.txt", "gone.txt")
    pending[1][1].unlink()
    assert look_at(pending, readers, recorded.extend, Progress()) == 2
    assert [look.text for look in recorded] == ["text of a.txt"]


def test_what_nobody_could_look_at_stays_pending(tmp_path: Path, readers: PlainReaders) -> None:
    class Short(PlainReaders):
        @staticmethod
        def _unless_bad(path: Path, work: Callable[[], T]) -> T:
            if path.name.startswith("bad"):
                raise Unavailable
            return work()

    recorded: list[Look] = []
    look_at(files(tmp_path, "a.txt", "bad.txt", "c.txt"), Short(readers.pool), recorded.extend, Progress())
    assert [look.text for look in recorded] == ["text of a.txt", "text of c.txt"]


def test_a_reader_that_takes_long_does_not_keep_the_work_from_stopping(tmp_path: Path, readers: PlainReaders) -> None:
    progress = Progress()

    class Waited(Future[Inspection]):
        def exception(self, timeout: float | None = None) -> BaseException | None:
            assert timeout is not None
            progress.cancel()  # the wish to stop comes while it is waited for
            return super().exception(0.001)

    readers.inspect = lambda _path: Waited()  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        look_at(files(tmp_path, "a.txt"), readers, lambda _looks: None, progress)
