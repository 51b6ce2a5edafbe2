"""Many files checked at once, told in the order they were given, each as soon as it and those before it are done.

    paths -> walk -> a few threads: read_source (hashes), Readers.inspect (guarded process), file_findings -> Checked …

A bad file never stops the others: what cannot be read or had to be stopped is a finding on that file.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.files import SourceFile, Unreadable, read_source, walk
from portfolio_desktop.findings.checks import file_findings, unreadable_finding
from portfolio_desktop.findings.finding import Finding, Verdict, verdict
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.inspection.guard import Unavailable
from portfolio_desktop.inspection.readers import Readers
from portfolio_desktop.progress import Progress

AHEAD = 32
"""How many files may be under way or waiting for their turn to be told: memory does not grow with the batch."""
THREADS = min(8, os.cpu_count() or 1) + 2
"""As many as the readers have processes, and some that hash meanwhile."""
PATIENCE = 0.1
"""Seconds after which the wish to stop is looked at again."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's verdict; `seconds` were spent on it.

    `source` and `inspection` are None where it could not be read, `inspection` alone where nobody could look into it.
    """

    path: Path
    source: SourceFile | None
    inspection: Inspection | None
    findings: tuple[Finding, ...]
    reason: str | None
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """pass, warn or fail, after the worst finding."""
        return verdict(self.findings)


def check_files(
    paths: Iterable[Path], readers: Readers, rules: Rules, progress: Progress | None = None, threads: int = THREADS
) -> Iterator[Checked]:
    """Check files, and those below folders, against the rules, fully; yields them in order. Raises Cancelled."""
    watch = progress or Progress()
    with ThreadPoolExecutor(threads, thread_name_prefix="check") as pool:
        under_way: deque[Future[Checked]] = deque()
        try:
            for found in walk(paths):
                under_way.append(pool.submit(_check, found, readers, rules, watch))
                while under_way and (under_way[0].done() or len(under_way) >= AHEAD):
                    yield _told(under_way.popleft(), watch)
            while under_way:
                yield _told(under_way.popleft(), watch)
        finally:
            for future in under_way:
                future.cancel()


def _told(future: Future[Checked], progress: Progress) -> Checked:
    while not wait([future], PATIENCE).done:
        progress.check()
    progress.check()
    return future.result()


def _check(path: Path | Unreadable, readers: Readers, rules: Rules, progress: Progress) -> Checked:
    start = time.monotonic()
    if isinstance(path, Unreadable):
        return _unreadable(path, path.path, start)
    looked_at = readers.inspect(path)
    try:
        source = read_source(path)
        while not wait([looked_at], PATIENCE).done:
            progress.check()
        inspection = _result(looked_at)
    except Unreadable as trouble:  # from either: a file may vanish between the two
        looked_at.cancel()
        return _unreadable(trouble, path, start)
    if inspection is None:
        return Checked(path, source, None, (Finding("inspection.unavailable"),), None, time.monotonic() - start)
    findings = file_findings(path.name, source.size, inspection, rules)
    return Checked(path, source, inspection, findings, None, time.monotonic() - start)


def _unreadable(trouble: Unreadable, path: Path, start: float) -> Checked:
    name = path.name or path.resolve().name
    finding = unreadable_finding(trouble.reason, name)
    return Checked(path, None, None, (finding,), trouble.reason, time.monotonic() - start)


def _result(looked_at: Future[Inspection]) -> Inspection | None:
    """What the readers found, None where no process could be started."""
    try:
        return looked_at.result()
    except Unavailable:
        return None
