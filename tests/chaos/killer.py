"""Fork a writer, kill it at a moment that chance chooses, look at the wreck; again and again.

    writer      open -> step -> step -> … ✝     killed after a number of steps, and a part of the time that the next one takes
    wreck       looked at in a process of its own; one kill in four strikes again before anybody has looked

Moments follow what the writer tells, and times are measured on the way: so a slow machine is killed in the same places as
a fast one. This process never opens a library and has no threads: it can fork what is loaded already, in milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from chaos import sabotage, writer
from chaos.wreck import Wreck, look
from chaos.writer import Life
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile

MEMORY = Path("/dev/shm")
BETWEEN = "between two steps"
PATIENCE = 60.0
"""Seconds without a word from a writer, after which it hangs."""


@dataclass
class Count:
    """What some kills came to."""

    kills: int = 0
    lost: int = 0
    orphans: int = 0
    corrupt: int = 0
    where: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        for name in ("kills", "lost", "orphans", "corrupt"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.where += other.where
        self.seen += other.seen
        self.found += other.found


@dataclass
class Writer:
    """A writer that runs: its process, what it told last, and what its library may be like."""

    process: int
    pipe: int
    may_be: set[str]
    step: str = "opening"
    since: float = 0.0
    done: int = 0
    rest: bytes = b""
    told: deque[bytes] = field(default_factory=deque)
    targets: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    bug: str = ""


class Lane:
    """One row of kills, one after the other."""

    def __init__(self, seed: int, scratch: Path, keep: Path, life: int, way: str) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        self.scratch = scratch
        self.keep = keep
        self.kills_of_a_life = life
        self.way = way
        self.typical: defaultdict[str, float] = defaultdict(lambda: 0.01)
        self.lives = 0

    def kill(self, count: int) -> Iterator[Count]:
        """Kill `count` times; yields what each kill came to. What was broken on purpose is looked for only until it is found."""
        while count:
            for one in self._life(min(count, self.kills_of_a_life)):
                count -= one.kills
                yield one
                if self.way and getattr(one, sabotage.WAYS[self.way].shows):
                    return
                if one.found:
                    break

    def _life(self, kills: int) -> Iterator[Count]:
        self.lives += 1
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-", dir=self.scratch)))
            memory = str(MEMORY) if MEMORY.is_dir() else None
            twin = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-", dir=memory)))
            life = Life(folder / "library", twin / "library", folder / "work", folder / "outside")
            for one in (life.work, life.outside):
                one.mkdir()
            first = in_a_process(lambda: _make(life))
            may_be, targets, steps = frozenset([first]), frozenset[str](), 0
            for kill in range(1, kills + 1):
                killed = self._one(life, may_be, steps)
                steps += killed.done + 1
                may_be, targets = frozenset(killed.may_be), targets | killed.targets
                count = Count(kills=1, where=Counter([killed.step]))
                last = kill == kills
                if killed.bug:
                    count.corrupt += 1
                    count.found.append(killed.bug)
                elif last or self.chance.random() < 0.75:
                    wreck = Wreck(**in_a_process(partial(_looked, life, may_be, targets, first if last else "")))
                    may_be = frozenset([wreck.dump])
                    count.lost, count.orphans, count.corrupt = map(len, (wreck.lost, wreck.orphans, wreck.corrupt))
                    count.seen = Counter(wreck.seen)
                    count.found = [*wreck.lost, *wreck.orphans, *wreck.corrupt]
                else:
                    count.seen = Counter(["killed again before anybody looked"])
                if count.found:
                    self._keep(folder, kill, killed, count)
                yield count

    def _one(self, life: Life, may_be: frozenset[str], first: int) -> Writer:
        """Fork a writer, kill it, and hear what it had told until then."""
        one = self._fork(life, may_be, first)
        while_opening = self.chance.random() < 0.12
        steps = 0 if while_opening else self.chance.choice((0, 0, 1, 1, 2, 3, 5, 8))
        if not while_opening:
            self._hear(one, lambda: one.step == BETWEEN and one.done >= steps)
            if self.chance.random() < 0.85:  # in the step that follows; otherwise while the next one is thought out
                self._hear(one, lambda: one.step != BETWEEN)
        if not one.bug:
            time.sleep(self.chance.uniform(0, 1.1 * self.typical[one.step]))
            os.kill(one.process, signal.SIGKILL)
        self._hear(one, lambda: False)  # what it told before it died
        os.close(one.pipe)
        os.waitpid(one.process, 0)
        return one

    def _fork(self, life: Life, may_be: frozenset[str], first: int) -> Writer:
        seed = self.chance.getrandbits(32)
        ours, theirs = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                os.close(ours)
                only = frozenset[str]()
                if self.way:
                    sabotage.WAYS[self.way].do()
                    only = sabotage.WAYS[self.way].steps
                writer.work(life, seed, first, theirs, only)
            finally:
                os._exit(1)
        os.close(theirs)
        return Writer(process, ours, set(may_be), since=time.monotonic())

    def _hear(self, one: Writer, enough: Callable[[], bool]) -> None:
        """Listen until `enough`, or until the writer is dead."""
        while not enough():
            if one.told:
                self._understand(one, json.loads(one.told.popleft()))
                continue
            ready, _w, _x = select.select([one.pipe], [], [], PATIENCE)
            told = os.read(one.pipe, 1 << 16) if ready else b""
            if not ready:
                one.bug = f"the writer hangs in: {one.step}"
                os.kill(one.process, signal.SIGKILL)
            if not told:
                return
            *lines, one.rest = (one.rest + told).split(b"\n")
            one.told.extend(lines)

    def _understand(self, one: Writer, told: dict[str, Any]) -> None:
        now = time.monotonic()
        one.story.append(f"{now:.4f} {told}")
        match told["at"]:
            case "open":
                self._took(one.step, now - one.since)
                if told["dump"] not in one.may_be or told["twin"] != told["dump"]:
                    one.bug = f"the writer opened another state than it may be: {told}, not {sorted(one.may_be)}"
                one.may_be, one.step = {told["dump"]}, BETWEEN
            case "begin":
                one.may_be.add(told["expect"])
                one.step = told["step"]
            case "done":
                self._took(one.step, now - one.since)
                if told["dump"] not in one.may_be:
                    one.bug = f"{one.step} led somewhere else than in its twin"
                one.may_be, one.step = {told["dump"]}, BETWEEN
                one.targets |= {told["target"]} - {""}
                one.done += 1
            case "bug":
                one.bug = told["text"]
        one.since = now

    def _took(self, step: str, seconds: float) -> None:
        self.typical[step] += 0.3 * (seconds - self.typical[step])

    def _keep(self, folder: Path, kill: int, killed: Writer, count: Count) -> None:
        """Keep the broken library, and the story of how it came to be."""
        kept = self.keep / f"seed-{self.seed}-life-{self.lives}-kill-{kill}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept)
        (kept / "story.txt").write_text("\n".join([*count.found, "", *killed.story]) + "\n", encoding="utf-8")
        count.found.append(f"kept in {kept}")


def _make(life: Life) -> str:
    with Library.create(life.library, Profile("general", 113, "學生"), clock=writer.Clock()) as library:
        return writer.digest(library)


def _looked(life: Life, may_be: frozenset[str], targets: frozenset[str], first: str) -> dict[str, Any]:
    return asdict(look(life, may_be, targets, first))


def in_a_process(call: Callable[[], Any]) -> Any:
    """What a call gives back as JSON, made in a process of its own, so that this one stays free of libraries and threads."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(ours)
            with os.fdopen(theirs, "w", encoding="utf-8") as out:
                json.dump(call(), out)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - it crosses a process
            traceback.print_exc()
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as told:
        answer = told.read()
    _process, status = os.waitpid(process, 0)
    if status:
        raise RuntimeError("the look at a wreck failed; the lines above say why")
    return json.loads(answer)
