"""How much memory a process holds, asked of the system: the guard's eye where no limit on the address space can be set.

    resident(process) -> bytes, or 0 where it cannot be told (the process has ended, a system of another kind)

Linux: /proc/PID/statm      Windows: GetProcessMemoryInfo (psapi.h)      macOS: proc_pid_rusage (libproc.h)
"""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

_RUSAGE = struct.Struct("=16s10Q")  # struct rusage_info_v0: uuid, six counters, resident size, footprint, two times
_RESIDENT = 7


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        *((name, ctypes.c_size_t) for name in ("peak", "working_set", "a", "b", "c", "d", "pagefile", "peak_pagefile")),
    )


def resident(process: subprocess.Popen[bytes]) -> int:
    """The bytes that a running child holds in memory."""
    try:
        if sys.platform == "win32":
            return _on_windows(process)
        if sys.platform == "darwin":
            return _on_mac(process.pid)
        statm = Path(f"/proc/{process.pid}/statm").read_text()
        return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError, AttributeError):
        return 0


def _on_windows(process: Any) -> int:
    counters = _Counters(size=ctypes.sizeof(_Counters))
    ask: Any = ctypes.windll.kernel32.K32GetProcessMemoryInfo  # type: ignore[attr-defined,unused-ignore]
    handle = ctypes.c_void_p(int(process._handle))
    if not ask(handle, ctypes.byref(counters), ctypes.c_uint32(counters.size)):
        return 0
    # What is swapped out counts too: a task that eats memory must not hide in the page file.
    return int(max(counters.working_set, counters.pagefile))


def _on_mac(process: int) -> int:
    told = ctypes.create_string_buffer(_RUSAGE.size)
    if ctypes.CDLL("/usr/lib/libproc.dylib").proc_pid_rusage(process, 0, told):
        return 0
    return int(_RUSAGE.unpack(told.raw)[_RESIDENT])
