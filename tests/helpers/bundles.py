"""Bundles to test with: real bytes on a shelf, plans made by hand, and what is done to a finished bundle.

shelf = Shelf(tmp_path);  plan = small_plan(shelf);  archive.write(plan, shelf.path, out)
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.checkout import ROOT
from portfolio_desktop.bundle.entries import BundlePlan, Copy, Entry, Row, Target
from portfolio_desktop.findings.rules import RuleBook, Rules
from portfolio_desktop.inspection.facts import DOCUMENT_KINDS, Inspection
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.piece import PieceFile, Role

FORMS = FormBook.load(ROOT / "resources" / "forms")


def rules(year: int = 113) -> Rules:
    """The rules in force in a school year."""
    return RuleBook.load(ROOT / "resources" / "rules").for_year(year)


def noise(size: int, seed: int = 0) -> bytes:
    """Bytes that no compressor shortens, the same for the same seed."""
    return random.Random(seed).randbytes(size)


@dataclass
class Shelf:
    """A folder of files by their SHA-256, as a library keeps them."""

    folder: Path
    known: dict[str, Path] = field(default_factory=dict)

    def put(self, content: bytes) -> tuple[str, str, int]:
        """Keep some bytes; their SHA-256, MD5 and size."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.known[sha256] = self.folder / sha256
        self.known[sha256].write_bytes(content)
        return sha256, hashlib.md5(content).hexdigest(), len(content)

    def path(self, sha256: str) -> Path:
        """Where the bytes lie."""
        return self.known.get(sha256, self.folder / sha256)

    def target(self, path: str, content: bytes, role: Role = "document", kind: str = "pdf") -> Target:
        """A target whose bytes are on the shelf."""
        sha256, md5, size = self.put(content)
        return Target(path, sha256, md5, size, role, kind, f"原來的.{kind}")

    def file(self, content: bytes, name: str, kind: str, number: int = 1, **more: Any) -> PieceFile:
        """A piece's file whose bytes are on the shelf."""
        sha256, md5, size = self.put(content)
        role: Role = "document" if kind in DOCUMENT_KINDS else "media"
        given: dict[str, Any] = {"role": role, "inspection": Inspection(kind, opens=True)} | more
        return PieceFile(id=f"f{number}", name=name, sha256=sha256, md5=md5, size=size, **given)


def entry(number: int, targets: Iterable[Target], title: str = "水質調查報告", summary: str = "我們量了水") -> Entry:
    """A piece of 課程學習成果 with some files."""
    files = tuple(targets)
    rows = (
        Row("course", "課程", "course", True, (Copy("生物"), Copy("113-1", "修課學期")), "生物"),
        *(Row(file.role, "文件", file.role, False, (Copy(file.name, "檔名"),), "", file) for file in files),
        Row("summary", "簡述", "summary", True, (Copy(summary),), summary),
    )
    folder = "01_課程學習成果"
    return Entry(number, f"p{number}", title, "course", "課程學習成果", folder, "113-1", "certified", rows, files)


PROFILE = {"school_type": "general", "entry_year": 113, "name": "", "school": ""}


def plan_of(entries: Iterable[Entry], **more: Any) -> BundlePlan:
    """A plan of the school year 113."""
    return replace(BundlePlan(113, PROFILE, tuple(entries)), **more)


def small_plan(shelf: Shelf, files: int = 3, size: int = 3000) -> BundlePlan:
    """A plan with some pieces of one file each."""
    return plan_of(
        entry(n, [shelf.target(f"01_課程學習成果/{n:02d}_水質調查報告.pdf", noise(size, n))])
        for n in range(1, files + 1)
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def change_manifest(bundle: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the manifest of a bundle in a folder."""
    path = bundle / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
