"""calibre, as the program that people would take to keep many files: its library of a corpus, and how long that took.

calibre_library(corpus)   ->  its folder, made once: adding 2,000 files takes calibre many minutes
seconds_to_add(corpus)    ->  what it took when it was made, alone on the machine or not
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks.corpus import CACHE, MIX


def environment() -> dict[str, str]:
    """A configuration of its own, so that nobody's calibre is touched; no window."""
    return {
        **os.environ,
        "CALIBRE_CONFIG_DIRECTORY": str(CACHE / "calibre-config"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
    }


def calibre_library(corpus: Path) -> Path:
    """Calibre's library of a corpus, one book a file."""
    folder = CACHE / f"calibre-{corpus.name}"
    if not folder.is_dir():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        print(f"calibredb add -r {corpus.name}: once, some minutes ...", flush=True)
        every = [word for kind in dict.fromkeys(MIX) for word in ("--add", f"*.{kind}")]
        words = ["calibredb", "add", "-r", "--duplicates", *every, "--with-library", str(making), str(corpus)]
        began = time.perf_counter()
        subprocess.run(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        (making / "seconds").write_text(str(time.perf_counter() - began))
        making.rename(folder)
    return folder


def seconds_to_add(corpus: Path) -> float:
    """How long calibre took to bring the corpus in."""
    return float((calibre_library(corpus) / "seconds").read_text())


def window(corpus: Path) -> list[str]:
    """The words that open calibre's window on its library of the corpus."""
    been = "from calibre.utils.config import dynamic; dynamic.set('welcome_wizard_was_run', True)"
    subprocess.run(["calibre-debug", "-c", been], env=environment(), capture_output=True, check=False)
    return ["calibre", "--with-library", str(calibre_library(corpus))]
