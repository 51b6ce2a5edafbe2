"""Every hash of a bundle, computed anew: what is missing, changed, too much or not to be trusted.

    verify(path) -> Verified(problems …)      no problem: the bytes are those that were exported

Several threads read and hash; the manifest says how many bytes a file may have, and no more are read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.bundle import layout
from portfolio_desktop.bundle.manifest import BundleFile, Manifest, shown
from portfolio_desktop.bundle.opened import OpenBundle, ReadErrors
from portfolio_desktop.bundle.reading import open_bundle
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.progress import Progress

THREADS = min(4, max(2, os.cpu_count() or 2))
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found: `files` and `bytes` that were hashed, and what is wrong, by code and path."""

    path: Path
    manifest: Manifest
    files: int
    bytes: int
    problems: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether every byte is what it was when it was exported."""
        return not self.problems


def verify(path: Path, progress: Progress | None = None) -> Verified:
    """Hash every file of a bundle (folder or ZIP); steps are files.

    Raises PortfolioError when it is no bundle or a newer one, DamageError when its manifest cannot be used.
    """
    with open_bundle(path) as bundle:
        return verify_open(path, bundle, progress or Progress())


def verify_open(path: Path, bundle: OpenBundle, progress: Progress) -> Verified:
    """Verify a bundle that is open already."""
    files = bundle.manifest.files
    problems = [*bundle.problems, *_extra(bundle)]
    hashed = size = 0
    with ThreadPoolExecutor(THREADS, thread_name_prefix="verify") as pool:
        checks = pool.map(lambda file: _check(bundle, file, progress), files)
        for done, (file, problem) in enumerate(zip(files, checks, strict=True), 1):
            progress.step(done, len(files), file.path)
            if problem is None:
                hashed, size = hashed + 1, size + file.size
            else:
                problems.append(problem)
    return Verified(path, bundle.manifest, hashed, size, tuple(problems))


def _extra(bundle: OpenBundle) -> Iterable[Finding]:
    listed = {file.path for file in bundle.manifest.files} | {layout.MANIFEST}
    return [Finding("bundle.extra", {"path": shown(path)}) for path in bundle.members if path not in listed]


def _check(bundle: OpenBundle, file: BundleFile, progress: Progress) -> Finding | None:
    """What is wrong with one listed file, or None."""
    progress.check()
    named = {"path": shown(file.path)}
    if file.path not in bundle.members:
        return Finding("bundle.missing", named)
    if bundle.members[file.path] != file.size:
        return Finding("bundle.size", named | {"size": bundle.members[file.path], "expected": file.size})
    try:
        return None if _digests(bundle, file, progress) == (file.sha256, file.md5) else Finding("bundle.changed", named)
    except ReadErrors:
        return Finding("bundle.unreadable", named)


def _digests(bundle: OpenBundle, file: BundleFile, progress: Progress) -> tuple[str, str]:
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    left = file.size + 1
    with bundle.open(file.path) as source:
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            sha256.update(chunk)
            md5.update(chunk)
            left -= len(chunk)
            progress.check()
    return sha256.hexdigest(), md5.hexdigest()
