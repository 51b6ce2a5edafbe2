"""Every call by which Python, and SQLite below it, reads or changes files under a folder: watched, and made to fail.

    with watching(folder, hook): …      hook("fsync", path) before a call, and it may raise; hook("synced", path) after it

Called before: open create write read truncate fsync rename unlink mkdir rmdir chmod list copy; of SQLite as sqlite_files says, with
"sqlite " before. Called after, when it was done: created written truncated synced renamed deleted made "folder synced".
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import sqlite_files

Hook = Callable[[str, str, str], None]
"""what, path, and the other path of a rename."""

_AFTER = {
    "create": "created",
    "write": "written",
    "truncate": "truncated",
    "rename": "renamed",
    "unlink": "deleted",
    "rmdir": "deleted",
    "mkdir": "made",
    "copy": "written",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Watch:
    def __init__(self, folder: Path, hook: Hook) -> None:
        self.folder = str(folder)
        self.hook = hook
        self.open: dict[int, str] = {}  # paths by descriptor
        self.quiet = threading.local()  # a call that is made of others counts once

    def path(self, given: Any, folder: int | None = None) -> str | None:
        """The path that a call is about, when it is ours."""
        if isinstance(given, int):
            return self.open.get(given)
        try:
            path = os.fsdecode(given)
        except TypeError:
            return None
        if folder is not None:
            path = os.path.join(self.open.get(folder, "/"), path)  # noqa: PTH118 - the caller's string
        return path if path == self.folder or path.startswith(self.folder + os.sep) else None

    @contextlib.contextmanager
    def call(self, what: str, path: str | None, other: str = "") -> Iterator[None]:
        """One call: asked before, told after it was done."""
        if path is None or getattr(self.quiet, "on", False):
            yield
            return
        self.hook(what, path, other)
        self.quiet.on = True
        try:
            yield
        finally:
            self.quiet.on = False
        if what in _AFTER:
            self.hook(_AFTER[what], path, other)
        elif what == "fsync":
            self.hook("folder synced" if os.path.isdir(path) else "synced", path, "")  # noqa: PTH112


def _raw(watch: _Watch) -> type[io.FileIO]:
    class Raw(io.FileIO):
        """A file whose every read and write is asked for."""

        def __init__(self, file: Any, mode: str, path: str) -> None:
            self.path = path
            made = not isinstance(file, int) and "r" not in mode and not os.path.exists(path)  # noqa: PTH110
            what = "open" if isinstance(file, int) or mode == "rb" else "create"
            with contextlib.nullcontext() if isinstance(file, int) else watch.call("open", path):
                super().__init__(file, mode)
            watch.open[self.fileno()] = path
            if made:
                watch.hook("created", path, "")
            elif what == "create" and "w" in mode:
                watch.hook("truncated", path, "")

        def write(self, data: Any) -> Any:
            with watch.call("write", self.path):
                return super().write(data)

        def readinto(self, buffer: Any) -> Any:
            with watch.call("read", self.path):
                return super().readinto(buffer)

        def read(self, size: int | None = -1) -> Any:
            with watch.call("read", self.path):
                return super().read(-1 if size is None else size)

        def truncate(self, size: int | None = None) -> int:
            with watch.call("truncate", self.path):
                return super().truncate(size)

        def close(self) -> None:
            if not self.closed:
                watch.open.pop(self.fileno(), None)
            super().close()

    return Raw


def _opener(watch: _Watch, real: Callable[..., Any]) -> Callable[..., Any]:
    raw_type = _raw(watch)

    def open_(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = watch.path(file)
        if path is None or opener is not None or not closefd:
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        binary = mode.replace("t", "").replace("b", "")
        raw = raw_type(file, binary, path)  # type: ignore[call-arg]
        if buffering == 0:
            return raw
        wrap: Any = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
        stream = wrap(raw)
        return stream if "b" in mode else io.TextIOWrapper(stream, encoding, errors, newline)

    return open_


@contextlib.contextmanager
def watching(folder: Path, hook: Hook) -> Iterator[None]:
    """Ask and tell `hook` of every call on paths below `folder` while the context lasts; SQLite's too, where it can be."""
    watch = _Watch(folder, hook)
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        real = {
            name: getattr(os, name)
            for name in ("open", "close", "fsync", "scandir", "mkdir", "copy_file_range")
            if hasattr(os, name)
        }

        def simple(name: str, what: str) -> None:
            call = getattr(os, name, None)
            if call is None:
                return

            def wrapped(given: Any, *rest: Any, **more: Any) -> Any:
                with watch.call(what, watch.path(given, more.get("dir_fd"))):
                    return call(given, *rest, **more)

            patch.setattr(os, name, wrapped)

        def open_(given: Any, flags: int, *rest: Any, **more: Any) -> int:
            path = watch.path(given, more.get("dir_fd"))
            new = path is not None and bool(flags & os.O_CREAT) and not os.path.exists(path)  # noqa: PTH110
            with watch.call("open", path):
                descriptor: int = real["open"](given, flags, *rest, **more)
            if path is not None:
                watch.open[descriptor] = path
                if new:
                    watch.hook("created", path, "")
            return descriptor

        def close(descriptor: int) -> None:
            watch.open.pop(descriptor, None)
            real["close"](descriptor)

        def renaming(name: str) -> None:
            call = getattr(os, name)

            def wrapped(source: Any, target: Any, **more: Any) -> None:
                with watch.call("rename", watch.path(source), watch.path(target) or ""):
                    call(source, target, **more)

            patch.setattr(os, name, wrapped)

        for name, what in (
            ("fsync", "fsync"),
            ("mkdir", "mkdir"),
            ("rmdir", "rmdir"),
            ("unlink", "unlink"),
            ("remove", "unlink"),
            ("chmod", "chmod"),
            ("fchmod", "chmod"),
            ("scandir", "list"),
            ("listdir", "list"),
            ("ftruncate", "truncate"),
            ("write", "write"),
        ):
            simple(name, what)
        for name in ("replace", "rename"):
            renaming(name)
        patch.setattr(os, "open", open_)
        patch.setattr(os, "close", close)
        if "copy_file_range" in real:

            def copied(source: int, target: int, *rest: Any, **more: Any) -> int:
                with watch.call("copy", watch.path(target)):
                    return int(real["copy_file_range"](source, target, *rest, **more))

            patch.setattr(os, "copy_file_range", copied)
        for module in (io, builtins):
            patch.setattr(module, "open", _opener(watch, io.open))
        if sqlite_files.AVAILABLE:
            stack.enter_context(sqlite_files.watched(lambda what, path: _of_sqlite(watch, what, path)))
        yield


def _of_sqlite(watch: _Watch, what: str, path: str) -> None:
    if watch.path(path) is not None:
        before = what in ("open", "write", "truncate", "sync", "delete")
        watch.hook(f"sqlite {what}" if before else what, path, "")


class Fault:
    """A hook that makes the n-th call fail; with `on`, every writing call from the n-th on, as on a disk that is full.

    It does nothing until it is `armed`, and nothing to paths that begin with `sparing`. `seen` are the calls that it counted.
    """

    BEFORE = frozenset(
        {"open", "create", "write", "read", "truncate", "fsync", "rename", "unlink", "mkdir", "rmdir", "list", "copy"}
    )

    def __init__(
        self, number: int, code: int, *, on: bool = False, armed: bool = True, sparing: Path | None = None
    ) -> None:
        self.sparing = None if sparing is None else str(sparing)
        self.armed = armed
        self.left = number
        self.code = code
        self.on = on
        self.failed: list[str] = []
        self.seen: list[str] = []
        self._guard = threading.Lock()

    def __call__(self, what: str, path: str, _other: str) -> None:
        if not self.armed or (what not in self.BEFORE and not what.startswith("sqlite ")):
            return
        if self.sparing is not None and path.startswith(self.sparing):
            return
        if self.on and what.removeprefix("sqlite ") not in ("write", "create", "mkdir", "copy", "fsync", "sync"):
            return
        with self._guard:
            self.left -= 1
            self.seen.append(f"{what} {os.path.basename(path)}")  # noqa: PTH119 - a word for the message
            hit = self.left == 0 or (self.on and self.left < 0)
            if hit:
                self.failed.append(f"{what} {os.path.basename(path)}")  # noqa: PTH119 - a word for the message
        if hit:
            raise OSError(self.code, os.strerror(self.code), path)
