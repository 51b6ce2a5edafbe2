#!/usr/bin/env python3
"""Set up this checkout and work in it: every command prepares what it needs, then does its job.

    python3 dev.py demo     sample work in, checked, mended, ticked, bundle out; opens the window where there is a display
    python3 dev.py run      the program itself (what follows is passed on)
    python3 dev.py test     lint, types, import contract, translations, documents, tests (what follows goes to pytest)
    python3 dev.py lint     the same without the tests
    python3 dev.py bench    the benchmarks beside real tools
    python3 dev.py build    the one-folder program, and its smoke test
    python3 dev.py docs     write the generated tables in docs/ anew
    python3 dev.py lock     resolve the dependencies anew (needs uv)
    python3 dev.py setup    only prepare

Only the standard library is used here, since nothing else is there yet. Set-up makes `.venv/` in the checkout from the
hashed lock files. On Debian and Ubuntu, as root, missing system packages are installed, and it says so; otherwise the
one line that installs them is printed.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST, NEWEST = (3, 11), (3, 14)

# What a bare Debian or Ubuntu lacks: the library that is asked for, and the package that brings it.
WINDOW_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",
}
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "chromium": "chromium",
}
# The tests go on without these and say so (a skip with its reason), except in CI.
OPTIONAL = {"chromium", "openbox", "xdotool"}


def main(arguments: Sequence[str]) -> int:
    """Prepare what the command needs and run it; the exit code is the command's."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    command = COMMANDS.get(name)
    if command is None:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    return command(rest)


def demo(rest: list[str]) -> int:
    """Build the sample library and its bundle, and open the window on it where there is a display."""
    window = has_display() and "--no-window" not in rest
    prepare(libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES if window else {})
    return program(["demo", *rest])


def run(rest: list[str]) -> int:
    """Run the program: without arguments its window."""
    prepare(libraries={} if rest and rest[0] != "demo" else WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return program(rest)


def test(rest: list[str]) -> int:
    """Run all checks and tests; fail if any of them fails."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES, programs=TEST_PROGRAMS)
    failed = [] if rest else static_checks()
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    coverage = [] if rest else ["--cov", "--cov-report=term:skip-covered", "-n", str(min(4, os.cpu_count() or 1))]
    if call([str(PYTHON), "-m", "pytest", *coverage, *rest], env=environment):
        failed.append("pytest")
    return verdict(failed)


def lint(_rest: list[str]) -> int:
    """Run the checks that read the code without running it."""
    prepare(dev=True)
    return verdict(static_checks())


def bench(rest: list[str]) -> int:
    """Run the benchmarks; they install the Debian packages they compare with, or skip with a word."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return call([str(PYTHON), "-m", "benchmarks", *rest])


def build(rest: list[str]) -> int:
    """Build the one-folder program and run its smoke test."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return call([str(PYTHON), str(ROOT / "packaging" / "build.py"), *rest])


def docs(_rest: list[str]) -> int:
    """Write the generated parts of docs/ anew."""
    prepare(dev=True)
    return call([str(PYTHON), str(ROOT / "docs" / "generate.py")])


def lock(_rest: list[str]) -> int:
    """Resolve both lock files anew with uv; no registry is named in them."""
    uv = shutil.which("uv")
    if uv is None:
        return say("dev.py lock needs uv on the PATH.", 2)
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}
    common = [uv, "pip", "compile", "-q", "--universal", "--generate-hashes", "--python-version", "3.11"]
    for name, groups in (("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])):
        options = [option for group in groups for option in ("--group", group)]
        if call([*common, "-o", name, "pyproject.toml", *options], env=environment):
            return 1
    return 0


def setup(_rest: list[str]) -> int:
    """Prepare everything, development tools included."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "build": build,
    "docs": docs,
    "lock": lock,
    "setup": setup,
}


def static_checks() -> list[str]:
    """Run every check that reads the code only; returns the names of those that failed."""
    checks = {
        "ruff check": [str(BIN / "ruff"), "check", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
        "mypy": [str(PYTHON), "-m", "mypy"],
        "import contract": [str(BIN / "lint-imports")],
        "translations": [str(PYTHON), str(ROOT / "resources" / "locale" / "check.py")],
        "generated documents": [str(PYTHON), str(ROOT / "docs" / "generate.py"), "--check"],
    }
    return [name for name, command in checks.items() if call(command)]


def verdict(failed: list[str]) -> int:
    """Say which checks failed; the exit code that follows."""
    return say(f"failed: {', '.join(failed)}", 1) if failed else 0


def program(rest: list[str]) -> int:
    """Run the installed program."""
    return call([str(PYTHON), "-m", "portfolio_desktop", *rest], cwd=None)


def prepare(
    *, dev: bool = False, libraries: dict[str, str] | None = None, programs: dict[str, str] | None = None
) -> None:
    """Make the virtual environment and install what is missing; returns at once when nothing is."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SystemExit(
            f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed; this is {sys.version.split()[0]}."
        )
    prepare_system(libraries or {}, programs or {})
    lock_file = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    wanted = fingerprint(lock_file)
    stamp = VENV / "set-up"
    done = stamp.read_text().split() if stamp.is_file() else []
    # The development lock holds all of the runtime lock: either serves a runtime command.
    if wanted in done or (not dev and fingerprint(ROOT / "requirements-dev.lock") in done):
        return
    say(f"Setting up {VENV} from {lock_file.name} ...")
    if not PYTHON.exists():
        venv.create(VENV, with_pip=shutil.which("uv") is None, clear=True)
    install(["--require-hashes", "-r", str(lock_file)])
    install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp.write_text(wanted)


def fingerprint(lock_file: Path) -> str:
    """What the environment depends on: the lock, the project's metadata and the interpreter."""
    parts = [
        lock_file.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        str(VENV).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install(options: list[str]) -> None:
    """Install into the environment with uv where it is on the PATH, else with pip."""
    uv = shutil.which("uv")
    command = (
        [uv, "pip", "install", "-q", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install", "-q"]
    )
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    if call([*command, *options], env=environment):
        raise SystemExit("The dependencies could not be installed; the lines above say why.")


def prepare_system(libraries: dict[str, str], programs: dict[str, str]) -> None:
    """Install the system packages that are missing (root on Debian or Ubuntu), or print the line that does."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in libraries.items() if not loads(library)]
    missing += [package for name, package in programs.items() if shutil.which(name) is None]
    if not PYTHON.exists() and shutil.which("uv") is None and not has_ensurepip():
        missing.insert(0, "python3-venv")
    if not missing:
        return
    packages = " ".join(sorted(set(missing)))
    line = f"apt-get update && apt-get install -y --no-install-recommends {packages}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing system packages: {packages}")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        call(["apt-get", "update", "-qq"], env=quiet)
        if call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages.split()], env=quiet):
            raise SystemExit(f"The system packages could not be installed. By hand: {line}")
    elif set(missing) <= OPTIONAL:
        say(f"Some tests will be skipped; to run them too: sudo sh -c '{line}'")
    else:
        raise SystemExit(f"System packages are missing. Install them, then run this again: sudo sh -c '{line}'")


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:
    """Tell whether this Python can make environments with pip (Debian splits that off)."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def has_display() -> bool:
    """Tell whether a window could be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(command: list[str], env: dict[str, str] | None = None, cwd: Path | None = ROOT) -> int:
    """Run a command, in the checkout unless told otherwise, and wait for it; returns its exit code."""
    try:
        return subprocess.run(command, cwd=cwd, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 130


def say(text: str, code: int = 0) -> int:
    """Print a sentence at once (before any child's output) and hand the code on."""
    print(text, flush=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
