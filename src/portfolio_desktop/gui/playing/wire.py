"""What window and player say to each other, one JSON object a line; a picture's bytes follow its line.

to the player     {"do": "load", "path", "kind", "wide", "high"}  {"do": "play" | "pause" | "more"}
                  {"do": "seek", "at": ms}  {"do": "room", "wide", "high"}  {"do": "mute", "on": true}
to the window     {"is": "ready", "sound": bool}  {"is": "loaded", "length": ms, "picture": bool}  {"is": "alive"}
                  {"is": "at", "at": ms}  {"is": "playing" | "paused" | "ended"}  {"is": "trouble", "what": "format" | "file" | "missing"}
                  {"is": "frame", "wide", "high", "line": bytes a line, "at": ms, "bytes": n}  and n bytes, 32 bits a pixel (RGB32)

The player sends the next picture only after "more": a window that is slow gets fewer, never later ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

LARGEST = 64_000_000
"""Bytes of a picture: more is never asked for, so whoever sends more is out of his mind."""


def packed(message: Mapping[str, Any], blob: bytes | memoryview = b"") -> bytes:
    """A message as it goes down a pipe."""
    return json.dumps(message if not blob else {**message, "bytes": len(blob)}).encode() + b"\n" + bytes(blob)


def read(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message and its bytes; None when the other side is gone, or says what cannot be understood."""
    try:
        line = pipe.readline()
        message = json.loads(line) if line.endswith(b"\n") else None
        size = message.get("bytes", 0) if isinstance(message, dict) else -1
        if not isinstance(size, int) or not 0 <= size <= LARGEST:
            return None
        blob = pipe.read(size)
    except (OSError, ValueError):
        return None
    return (message, blob) if isinstance(message, dict) and len(blob) == size else None
