"""Our verdicts on real files beside those of public tools: the referee table.

    python -m benchmarks.referees FOLDER... [--list] [--limit N]

file     its kind, by `file --mime-type`, where it knows one
opens    pdf: qpdf --check (0 or 3), pdfinfo (0)     jpg: djpeg (0 or 2), ImageMagick     png: pngcheck, ImageMagick
         mp3, mp4: ffprobe -count_packets, ffmpeg -f null (0, with frames)
damaged  the same tools: any warning or error they write

A file counts for `opens` or `damaged` only where all its referees agree among themselves; tools that are missing are
left out and named. Nothing but the table (and with --list the disagreements) is printed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.facts import ALLOWED_KINDS, Inspection
from portfolio_desktop.inspection.readers import Readers

PATIENCE = 60

MIME = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/vnd.mozilla.apng": "png",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "audio/mp4": "mp4",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/tiff": "tiff",
    "image/bmp": "bmp",
    "image/heic": "heic",
    "image/heif": "heic",
    "image/avif": "avif",
    "video/quicktime": "mov",
    "audio/x-m4a": "m4a",
    "video/x-m4v": "m4v",
    "video/3gpp": "3gp",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "inode/x-empty": "empty",
    "image/vnd.adobe.photoshop": "psd",
    "application/zip": "zip",
}


@dataclass(frozen=True)
class Opinion:
    """What one referee says; None where it cannot tell."""

    opens: bool | None
    damaged: bool | None


@dataclass(frozen=True)
class Case:
    """One file: our facts, and the referees' opinions by tool."""

    path: Path
    ours: Inspection
    kind: str | None
    opinions: dict[str, Opinion]

    def agreed(self, what: str) -> bool | None:
        """What all referees say about `what`, None where they differ or none can tell."""
        said = {getattr(opinion, what) for opinion in self.opinions.values()} - {None}
        return said.pop() if len(said) == 1 else None


def main(arguments: list[str]) -> int:
    """Print the table; 0 unless an inspection failed altogether."""
    parser = argparse.ArgumentParser(description="our verdicts beside those of public tools")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="print every disagreement")
    parser.add_argument("--limit", type=int, default=0, help="at most so many files")
    chosen = parser.parse_args(arguments)
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"left out, not installed: {', '.join(missing)}")
    paths = sorted(path for folder in chosen.folders for path in _files(folder))
    paths = paths[: chosen.limit or None]
    began = time.perf_counter()
    cases = judge(paths)
    print_table(cases, chosen.list)
    print(f"{len(cases)} files, {time.perf_counter() - began:.0f} s, referees included")
    return 0


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def judge(paths: Iterable[Path]) -> list[Case]:
    """Ask ourselves first, then the referees of the kind that was found or is claimed by the name."""
    paths = list(paths)
    ours: dict[Path, Inspection] = {}
    with Readers() as readers:
        waiting = {path: readers.inspect(path) for path in paths}
        for path, future in waiting.items():
            try:
                ours[path] = future.result()
            except Unreadable as reason:
                print(f"unreadable: {reason}", file=sys.stderr)
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda path: _case(path, ours[path]), ours))


def _case(path: Path, ours: Inspection) -> Case:
    kind = _kind(path)
    opinions = {}
    for tool, ask in REFEREES.get(ours.kind, {}).items():
        if shutil.which(tool):
            opinions[tool] = ask(path)
    return Case(path, ours, kind, opinions)


def _kind(path: Path) -> str | None:
    if shutil.which("file") is None:
        return None
    mime = _run("file", "--brief", "--mime-type", str(path)).stdout.decode("utf-8", "replace").strip()
    return None if mime == "application/octet-stream" else MIME.get(mime, mime)


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, b"", b"timeout")


def _qpdf(path: Path) -> Opinion:
    done = _run("qpdf", "--check", str(path))
    if b"invalid password" in done.stderr:
        return Opinion(opens=False, damaged=None)
    return Opinion(opens=done.returncode in (0, 3), damaged=done.returncode != 0)


def _pdfinfo(path: Path) -> Opinion:
    done = _run("pdfinfo", str(path))
    if b"Incorrect password" in done.stderr:
        return Opinion(opens=False, damaged=None)
    return Opinion(opens=done.returncode == 0, damaged=done.returncode != 0 or bool(done.stderr.strip()))


def _djpeg(path: Path) -> Opinion:
    done = _run("djpeg", "-outfile", "/dev/null", str(path))
    return Opinion(opens=done.returncode in (0, 2), damaged=done.returncode != 0)


def _pngcheck(path: Path) -> Opinion:
    done = _run("pngcheck", "-q", str(path))
    return Opinion(opens=True if done.returncode == 0 else None, damaged=done.returncode != 0)


def _convert(path: Path) -> Opinion:
    done = _run("convert", str(path), "null:")
    return Opinion(opens=done.returncode == 0, damaged=done.returncode != 0 or bool(done.stderr.strip()))


def _ffprobe(path: Path) -> Opinion:
    done = _run("ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", str(path))
    return Opinion(opens=done.returncode == 0, damaged=done.returncode != 0 or bool(done.stderr.strip()))


def _ffmpeg(path: Path) -> Opinion:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "progress"
        done = _run("ffmpeg", "-v", "error", "-nostdin", "-progress", str(report), "-i", str(path), "-f", "null", "-")
        text = report.read_text() if report.exists() else ""
    heard = any(
        line.startswith("out_time_us=") and line[12:].strip("-").isdigit() and int(line[12:]) > 0
        for line in text.splitlines()
    )
    return Opinion(opens=done.returncode == 0 and heard, damaged=done.returncode != 0 or bool(done.stderr.strip()))


MEDIA: dict[str, Callable[[Path], Opinion]] = {"ffprobe": _ffprobe, "ffmpeg": _ffmpeg}
REFEREES: dict[str, dict[str, Callable[[Path], Opinion]]] = {
    "pdf": {"qpdf": _qpdf, "pdfinfo": _pdfinfo},
    "jpg": {"djpeg": _djpeg, "convert": _convert},
    "png": {"pngcheck": _pngcheck, "convert": _convert},
    "mp3": MEDIA,
    "mp4": MEDIA,
    "mov": MEDIA,
    "m4a": MEDIA,
}
TOOLS = ("file", "qpdf", "pdfinfo", "djpeg", "pngcheck", "convert", "ffprobe", "ffmpeg")


def print_table(cases: list[Case], listing: bool) -> None:
    """One row a kind: how many files, and how often we agree with what the referees agree on."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.ours.kind if case.ours.kind in REFEREES else "others"].append(case)
    print(f"{'kind':8}{'files':>7}{'kind right':>14}{'opens agrees':>16}{'damaged agrees':>18}{'stopped':>9}")
    for name, group in sorted(groups.items()):
        row = [_share(_kind_matches(case) for case in group if case.kind is not None)]
        for what in ("opens", "damaged"):
            told = [(case, case.agreed(what)) for case in group]
            row.append(_share(getattr(case.ours, what) == said for case, said in told if said is not None))
        stopped = Counter(case.ours.stopped for case in group if case.ours.stopped)
        print(f"{name:8}{len(group):>7}{row[0]:>14}{row[1]:>16}{row[2]:>18}{sum(stopped.values()):>9}")
    if listing:
        for case in cases:
            _print_disagreements(case)


def _kind_matches(case: Case) -> bool:
    """Right when `file` says the same, or neither thinks it one of the five."""
    if case.kind == "mp3" and case.ours.kind in ("mp2", "mp1"):
        return True  # `file` has one word for all layers of MPEG sound
    return case.kind == case.ours.kind or not {case.kind, case.ours.kind} & ALLOWED_KINDS


def _share(answers: Iterable[bool]) -> str:
    answers = list(answers)
    return f"{sum(answers)}/{len(answers)} {100 * sum(answers) / len(answers):.1f}%" if answers else "-"


def _print_disagreements(case: Case) -> None:
    if case.kind is not None and not _kind_matches(case):
        print(f"kind     ours={case.ours.kind} file={case.kind}  {case.path}")
    for what in ("opens", "damaged"):
        said = case.agreed(what)
        if said is not None and said != getattr(case.ours, what):
            print(f"{what:8} {case.ours.kind} ours={getattr(case.ours, what)} referees={said}  {case.path}")
    if case.ours.stopped:
        print(f"stopped  {case.ours.stopped}  {case.path}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
