"""Goal 3: `check` to the full verdict beside a plain decode of everything, and the chain of real tools.

ours    portfolio-desktop check FOLDER --json: guarded readers, every page, pixel and packet, verdict and findings
plain   plain_decode.py: the same libraries on two processes, no verdict
chain   one after another, as a shell script would: qpdf --check and pdfinfo · djpeg · pngcheck · ffprobe -count_packets
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.corpus import files_of
from benchmarks.measure import Contestant, command, peak, race
from benchmarks.options import Options, program, scratch
from benchmarks.peers import have
from benchmarks.table import Row

FILES = 200
CHAIN: dict[str, tuple[tuple[str, ...], ...]] = {
    ".pdf": (("qpdf", "--check"), ("pdfinfo",)),
    ".jpg": (("djpeg", "-outfile", "/dev/null"),),
    ".png": (("pngcheck", "-q"),),
    ".mp3": (("ffprobe", "-v", "error", "-count_packets", "-show_streams"),),
    ".mp4": (("ffprobe", "-v", "error", "-count_packets", "-show_streams"),),
}


def rows(options: Options) -> list[Row]:
    """Run the race."""
    corpus, home = options.corpus(FILES), scratch("check")
    ours = program(home, "check", corpus, "--json")
    plain = [sys.executable, "-m", "benchmarks.plain_decode", str(corpus)]
    contestants = {
        "ours": Contestant(command(ours, codes=(0, 1))),
        "plain": Contestant(command(plain)),
    }
    if all(have(tools[0]) for chain in CHAIN.values() for tools in chain):
        contestants["chain"] = Contestant(lambda: look_with_tools(files_of(corpus)))
    taken = race(contestants, options.rounds)
    work = f"check {FILES} files to the full verdict"
    found = [Row("3", work, taken["ours"], "plain decode, 2 processes", taken["plain"], at_most=1.2)]
    if "chain" in taken:
        found.append(Row("3", work, taken["ours"], "qpdf pdfinfo djpeg pngcheck ffprobe", taken["chain"], at_least=6))
    found.append(Row("3", "memory while checking, readers included", peak(ours), unit="B"))
    return found


def look_with_tools(paths: list[Path]) -> None:
    """Run the chain over all files; what the tools say is thrown away."""
    for path in paths:
        for tool in CHAIN[path.suffix]:
            subprocess.run([*tool, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
