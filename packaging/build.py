"""The one-folder program, built and tried.

    resources/icons/*.svg ──> build/icons/*.ico *.icns *.png
    src/, resources/      ──> build/pyinstaller/ ──> dist/portfolio-desktop/ ──> smoke.py

    python packaging/build.py [--no-smoke]

Files of the desktop (menu entry, file types, metadata) are put beside the program on Linux; the installers of the other
systems take the folder as it is (packaging/README.md).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
NAME = "portfolio-desktop"


def main() -> int:
    """Build, add what the desktop wants, and try the result."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--no-smoke", action="store_true", help="only build")
    wanted = parser.parse_args()
    began = time.monotonic()
    run(HERE / "icons.py", BUILD / "icons")
    places: list[str | Path] = ["--distpath", DIST, "--workpath", BUILD / "pyinstaller"]
    run("-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, HERE / f"{NAME}.spec")
    folder = DIST / NAME
    if sys.platform.startswith("linux"):
        share(folder)
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    print(f"{folder}: {len(files)} files, {megabytes:.0f} MB, {time.monotonic() - began:.0f} s", flush=True)
    if not wanted.no_smoke:
        run(HERE / "smoke.py", folder / (f"{NAME}.exe" if os.name == "nt" else NAME))
    return 0


def share(folder: Path) -> None:
    """Lay out share/ as a Linux desktop expects it: menu entry, metadata, file types, icons."""
    for place, names in {
        "applications": [HERE / "linux" / "tw.portfolio_desktop.PortfolioDesktop.desktop"],
        "metainfo": [HERE / "linux" / "tw.portfolio_desktop.PortfolioDesktop.metainfo.xml"],
        "mime/packages": [HERE / "linux" / "tw.portfolio_desktop.PortfolioDesktop.mime.xml"],
        "icons/hicolor/scalable/apps": [ROOT / "resources" / "icons" / f"{NAME}.svg"],
        "icons/hicolor/256x256/apps": [BUILD / "icons" / f"{NAME}.png"],
    }.items():
        target = folder / "share" / place
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(name, target)


def run(*words: str | Path) -> None:
    """Run Python on something in this environment; the build ends where it fails."""
    code = subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, check=False).returncode
    if code:
        raise SystemExit(f"{' '.join(map(str, words[:3]))} failed with {code}")


if __name__ == "__main__":
    raise SystemExit(main())
