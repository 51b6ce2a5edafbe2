"""The programs compared with: Debian packages, installed as root, or left out with a word.

have("qpdf")   ->  whether it can be run; says once why not
c_pass()       ->  c_pass.c, compiled here with the system's compiler
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from benchmarks.corpus import CACHE

SOURCE = Path(__file__).with_name("c_pass.c")
PACKAGES = {
    "calibredb": "calibre",
    "cc": "gcc libc6-dev",
    "djpeg": "libjpeg-turbo-progs",
    "ffprobe": "ffmpeg",
    "openssl": "openssl",
    "pdfinfo": "poppler-utils",
    "pngcheck": "pngcheck",
    "qpdf": "qpdf",
    "zip": "zip",
    "Xvfb": "xvfb",
    "xprop": "x11-utils",
    "openbox": "openbox",
}


@cache
def have(program: str) -> bool:
    """Tell whether a program can be run here, after trying to install it."""
    if shutil.which(program):
        return True
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {PACKAGES[program]} ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES[program].split()]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if shutil.which(program):
        return True
    print(f"Left out: {program} (Debian package {PACKAGES[program]} is not installed)", flush=True)
    return False


@cache
def c_pass() -> Path | None:
    """The C program; None where there is no compiler or no libcrypto."""
    program = CACHE / "c_pass"
    if not have("cc"):
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    built = subprocess.run(
        ["cc", "-O2", "-o", str(program), str(SOURCE), "-l:libcrypto.so.3"], capture_output=True, text=True, check=False
    )
    if built.returncode:
        print(f"Left out: the C pass ({built.stderr.strip().splitlines()[-1]})", flush=True)
        return None
    return program
