"""Where the owner that a lock's note names can be found: on this computer, on another one, or nowhere any more.

    whereabouts(host, process) -> "here" | "elsewhere" | "gone"

The lock itself says whether somebody holds the library; this only chooses the words, and whether a window can be called.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from typing import Any, Literal

Whereabouts = Literal["here", "elsewhere", "gone"]

_QUERY_LIMITED_INFORMATION, _STILL_ACTIVE = 0x1000, 259


def whereabouts(host: str, process: int) -> Whereabouts:
    """Where the process that left a note is; names of computers are compared as networks do, without case."""
    if host.casefold() != platform.node().casefold():
        return "elsewhere"
    return "here" if is_alive(process) else "gone"


def is_alive(process: int) -> bool:
    """Whether a process of this number runs on this computer; another program may have got the number meanwhile."""
    if not 0 < process < 1 << 31:
        return False
    if sys.platform == "win32":
        return _is_alive_on_windows(process)
    try:
        os.kill(process, 0)  # asks only, sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def _is_alive_on_windows(process: int) -> bool:
    # os.kill would end it there: 0 is the number of Ctrl-C.
    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process)
    if not handle:
        return bool(kernel.GetLastError() == 5)  # denied: it is there, and not ours
    code = ctypes.c_ulong()
    try:
        return bool(kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value == _STILL_ACTIVE)
    finally:
        kernel.CloseHandle(handle)
