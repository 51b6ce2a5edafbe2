"""Backups for tests: a small library with a history, and what a backup of it must give back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from helpers.libraries import new_library, write_work
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit

LONG = "很" * 30 + "長的檔名" + "é" * 8
"""A name that is close to what a file system takes."""


def worked_library(folder: Path) -> Library:
    """An open library: four pieces, a replaced file, one in the trash, an earlier text, something undone."""
    library = new_library(folder)
    work = folder.with_name(f"{folder.name}-work")
    library.add(
        write_work(
            work,
            {
                "水質調查.txt": "1" * 3000,
                f"{LONG}.txt": "2" * 70_000,
                "🐟 ＡＩ.txt": "3",
                "空.txt": "",
            },
        )
    )
    library.edit("p1", Edit(summary="第一版的簡述"))
    library.edit("p1", Edit(summary="第二版的簡述"))
    (work / "新.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"4" * 500)
    library.attach("p1", work / "新.png")
    (work / "更新.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"5" * 500)
    library.attach("p1", work / "更新.png")
    library.remove(["p3"])
    library.edit("p2", Edit(title="後來不要的標題"))
    library.undo()
    return library


def hashes(folder: Path) -> set[str]:
    """The SHA-256 of every file below a folder."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def facts(snapshot: Path) -> dict[str, Any]:
    """What a snapshot says of itself."""
    found: dict[str, Any] = json.loads((snapshot / "snapshot.json").read_text(encoding="utf-8"))
    return found


def check_snapshot(snapshot: Path) -> None:
    """Prove a snapshot by the published format alone, without the program: every file, the database, the dump."""
    said = facts(snapshot)
    assert said["format"] == "portfolio-desktop-backup"
    assert hashlib.sha256((snapshot / "catalog.json").read_bytes()).hexdigest() == said["dump_sha256"]
    database = (snapshot / "library.sqlite3").read_bytes()
    assert said["database"] == {"sha256": hashlib.sha256(database).hexdigest(), "size": len(database)}
    raw = sqlite3.connect(f"file:{snapshot / 'library.sqlite3'}?mode=ro&immutable=1", uri=True)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        stored = raw.execute("SELECT sha256, md5, size, path FROM stored ORDER BY sha256").fetchall()
    finally:
        raw.close()
    assert [(one["sha256"], one["md5"], one["size"], one["path"]) for one in said["files"]] == stored
    for one in said["files"]:
        if one["sha256"] in said["missing"]:
            continue
        content = (snapshot.parents[1] / "objects" / one["sha256"][:2] / one["sha256"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert hashlib.md5(content, usedforsecurity=False).hexdigest() == one["md5"]
        assert len(content) == one["size"]


def snapshots(place: Path) -> list[Path]:
    """The finished snapshots of a place."""
    return sorted(path for path in (place / "snapshots").glob("2*") if path.is_dir())
