"""The guarded side: a process that does one task after another for its parent, and can die without harm.

stdin   one JSON request a line    {"task": "module:function", "args": [...], "seconds": 10, "memory": 1073741824}
stdout  {"ready": true} and
        one JSON answer a line     {"value": ...}  |  {"bytes": n} and n bytes  |  {"memory": true}  |  {"error": text}

A foreign library that prints, hangs, crashes or eats memory does it here. The process ends itself when its parent is
gone (end of stdin), when a task outlives its time (a second watch beside the parent's), and at the memory limit.
Nothing heavy is imported before a task names it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

try:
    import resource

    limits: Any = resource
except ImportError:  # Windows has no such limits; there only the parent's clock guards
    limits = None

GRACE = 3  # seconds after which the process ends itself if the parent did not
STATUS = Path("/proc/self/statm")


def main() -> int:
    """Serve requests until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = private_pipes()
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    limited = 0
    answers.write(b'{"ready": true}\n')
    answers.flush()
    while True:
        request = json.loads(waiting.get())
        if request["memory"] != limited:
            limited = request["memory"]
            _limit_memory(limited)
        _watch(request["seconds"] + GRACE)
        answer, blob = _answer(request["task"], request["args"])
        _watch(0)
        answer["spent"] = _is_spent(limited)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.write(blob)
        answers.flush()


def private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for ourselves and give foreign code a deaf standard input, output and error."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return requests, answers


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on; when the parent is gone, end at once, in the middle of a task too."""
    for line in requests:
        waiting.put(line)
    os._exit(0)


def _answer(task: str, arguments: list[Any]) -> tuple[dict[str, Any], bytes]:
    try:
        value = _function(task)(*arguments)
    except MemoryError:
        return {"memory": True}, b""
    except Exception:  # noqa: BLE001 - here foreign parsers meet foreign bytes
        return {"error": traceback.format_exc()}, b""
    if isinstance(value, bytes | bytearray):
        return {"bytes": len(value)}, bytes(value)
    return {"value": value}, b""


def _function(task: str) -> Callable[..., Any]:
    module, _colon, name = task.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _limit_memory(limit: int) -> None:
    """Bound the address space where the system can: macOS has the call and refuses it, or bounds nothing by it."""
    if limits is None or not limit or sys.platform == "darwin":
        return
    hard = limits.getrlimit(limits.RLIMIT_AS)[1]
    wanted = limit if hard == limits.RLIM_INFINITY else min(limit, hard)
    with contextlib.suppress(ValueError, OSError):  # an unlimited worker is better than none; the clock still guards
        limits.setrlimit(limits.RLIMIT_AS, (wanted, hard))


def _watch(seconds: float) -> None:
    """Let the system end this process after `seconds`, whatever a library is stuck in; 0 calls that off."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds))


def _is_spent(limit: int) -> bool:
    """Whether a third of the memory stays taken after a task: then a fresh process should do the next."""
    if not limit or not STATUS.exists():
        return False
    pages = int(STATUS.read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") > limit // 3


if __name__ == "__main__":
    sys.exit(main())
