#!/usr/bin/env python3
"""Set up this checkout and work in it: every command prepares what it needs, then does its job.

    python3 dev.py demo     sample work in, checked, mended, ticked, bundle out; opens the window where there is a display
    python3 dev.py run      the program itself (what follows is passed on)
    python3 dev.py test     lint, types, import contract, translations, documents, tests (what follows goes to pytest)
    python3 dev.py lint     the same without the tests
    python3 dev.py fuzz     spoilt files, bundles and dumps into every door, for --seconds N from --seed S
    python3 dev.py chaos    kill a writer a thousand times and look at what it left (--kills 1000 --seed 7)
    python3 dev.py bench    the benchmarks beside real tools
    python3 dev.py build    the one-folder program, and its smoke test
    python3 dev.py docs     write the generated tables in docs/ anew
    python3 dev.py pictures take pictures of the real window on a virtual screen, into a folder that follows
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
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up"
BIN, EXE = (VENV / "Scripts", ".exe") if os.name == "nt" else (VENV / "bin", "")
PYTHON = BIN / f"python{EXE}"
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
    "strace": "strace",
}
# The tests go on without these and say so (a skip with its reason), except in CI. Ubuntu has no chromium package.
OPTIONAL = {"chromium", "openbox", "strace", "xdotool"}


def main(arguments: Sequence[str]) -> int:
    """Prepare what the command needs and run it; the exit code is the command's."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    command = COMMANDS.get(name)
    if command is None:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return with_another_python(arguments)
    return command(rest)


def with_another_python(arguments: Sequence[str]) -> int:
    """Hand over to a Python that is new enough, where one lies beside this one."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        needed = f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed"
        return say(f"{needed}; this is {sys.version.split()[0]}.", 1)
    return call([found, str(ROOT / "dev.py"), *arguments], cwd=None)


def demo(rest: list[str]) -> int:
    """Build the sample library and its bundle, and open the window on it where there is a display."""
    prepare(libraries=window_libraries() if "--no-window" not in rest else {})
    return program(["demo", *rest])


def run(rest: list[str]) -> int:
    """Run the program: without arguments its window."""
    prepare(libraries=window_libraries())
    return program(rest)


def test(rest: list[str]) -> int:
    """Run all checks and tests; fail if any of them fails."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES, programs=TEST_PROGRAMS)
    failed = [] if rest else static_checks()
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # Each process begins with a stretch of its own, so that what a module prepares is mostly prepared once.
    # One more of them than there are cores: each waits now and then for a disk, a clock or a process that it started.
    workers = min(4, (os.cpu_count() or 1) + 1)
    whole = ["--cov", "--cov-report=term:skip-covered", "--dist=worksteal", "-n", str(workers)]
    if call([str(PYTHON), "-m", "pytest", *(rest or whole)], env=environment):
        failed.append("pytest")
    return verdict(failed)


def lint(_rest: list[str]) -> int:
    """Run the checks that read the code without running it."""
    prepare(dev=True)
    return verdict(static_checks())


def fuzz(rest: list[str]) -> int:
    """Feed spoilt files, bundles and dumps to the program; fail if it crashes, hangs or writes where it must not."""
    prepare(dev=True)
    paths = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return call([str(PYTHON), "-m", "fuzz", *rest], env=os.environ | {"PYTHONPATH": paths})


def bench(rest: list[str]) -> int:
    """Run the benchmarks; they install the Debian packages they compare with, or skip with a word."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return call([str(PYTHON), "-m", "benchmarks", *rest])


def chaos(rest: list[str]) -> int:
    """Kill a process that works on a library, again and again, and say what was lost: nothing, or the exit code is 1."""
    prepare(dev=True)
    return call([str(PYTHON), "-m", "chaos", *rest], env=os.environ | {"PYTHONPATH": str(ROOT / "tests")})


def build(rest: list[str]) -> int:
    """Build the one-folder program and run its smoke test."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES)
    return call([str(PYTHON), str(ROOT / "packaging" / "build.py"), *rest])


def docs(_rest: list[str]) -> int:
    """Write the generated parts of docs/ anew."""
    prepare(dev=True)
    return call([str(PYTHON), str(ROOT / "docs" / "generate.py")])


def pictures(rest: list[str]) -> int:
    """Take pictures of the window on a virtual screen."""
    prepare(dev=True, libraries=WINDOW_LIBRARIES | SCREEN_LIBRARIES, programs=TEST_PROGRAMS)
    return call([str(PYTHON), str(ROOT / "docs" / "pictures" / "make.py"), *rest])


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
    "fuzz": fuzz,
    "chaos": chaos,
    "bench": bench,
    "build": build,
    "docs": docs,
    "pictures": pictures,
    "lock": lock,
    "setup": setup,
}


def static_checks() -> list[str]:
    """Run every check that reads the code only; returns the names of those that failed."""
    checks = {
        "ruff check": [tool("ruff"), "check", "."],
        "ruff format": [tool("ruff"), "format", "--check", "."],
        "mypy": [str(PYTHON), "-m", "mypy"],
        "import contract": [tool("lint-imports")],
        "translations": [str(PYTHON), str(ROOT / "resources" / "locale" / "check.py")],
        "generated documents": [str(PYTHON), str(ROOT / "docs" / "generate.py"), "--check"],
    }
    return [name for name, command in checks.items() if call(command)]


def verdict(failed: list[str]) -> int:
    """Say which checks failed; the exit code that follows."""
    return say(f"failed: {', '.join(failed)}", 1) if failed else 0


def program(rest: list[str]) -> int:
    """Run the installed program."""
    return call([tool("portfolio-desktop"), *rest], cwd=None)


def tool(name: str) -> str:
    """The path of a program in the environment."""
    return str(BIN / f"{name}{EXE}")


def prepare(
    *, dev: bool = False, libraries: dict[str, str] | None = None, programs: dict[str, str] | None = None
) -> None:
    """Make the virtual environment and install what is missing; returns at once when nothing is.

    The stamp's first line is the interpreter the environment was made for, the second what was installed into it:
    another interpreter, or a set-up that was broken off before its first line, means a new environment.
    """
    prepare_system(libraries or {}, programs or {})
    made_for, *installed = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else [""]
    interpreter = f"{sys.version} {VENV}".replace("\n", " ")
    lock_file = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    wanted = fingerprint(lock_file)
    if made_for != interpreter:
        installed = []
    # The development lock holds all of the runtime lock: either serves a runtime command.
    if wanted in installed or (not dev and fingerprint(ROOT / "requirements-dev.lock") in installed):
        return
    say(f"Setting up {VENV} from {lock_file.name} (the first time this takes some minutes and 0.9 GB) ...")
    if made_for != interpreter:
        make_environment()
        STAMP.write_text(f"{interpreter}\n", encoding="utf-8")
    install(["--require-hashes", "-r", str(lock_file)])
    install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    STAMP.write_text(f"{interpreter}\n{wanted}\n", encoding="utf-8")


def fingerprint(lock_file: Path) -> str:
    """What the environment's content depends on: the lock and the project's metadata, not the settings of tools."""
    metadata = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    return hashlib.sha256(lock_file.read_bytes() + b"\0" + metadata.encode()).hexdigest()


def make_environment() -> None:
    """Make an empty environment, with pip unless uv does its work; a child process, since venv may be just installed."""
    options = ["--clear", *(["--without-pip"] if shutil.which("uv") else [])]
    base = getattr(sys, "_base_executable", sys.executable)
    if call([base, "-m", "venv", *options, str(VENV)]):
        raise SystemExit("The virtual environment could not be made; the lines above say why.")


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
    missing = {package for library, package in libraries.items() if not loads(library)}
    missing |= {package for name, package in programs.items() if shutil.which(name) is None}
    if not STAMP.is_file() and shutil.which("uv") is None and not has_ensurepip():
        missing.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    needed, wished = sorted(missing - OPTIONAL), sorted(missing & OPTIONAL)
    if os.environ.get("CI"):
        needed, wished = sorted(missing), []
    if not missing:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing system packages: {' '.join(sorted(missing))}")
        apt("update")
        if needed and apt("install", *needed):
            raise SystemExit(f"The system packages could not be installed. By hand: {apt_line(needed)}")
        for package in wished:
            if apt("install", package):
                say(f"Without {package}; the tests that need it will be skipped.")
    elif needed:
        raise SystemExit(f"System packages are missing. Install them, then run this again: {apt_line(needed)}")
    else:
        say(f"Some tests will be skipped; to run them too: {apt_line(wished)}")


def apt(action: str, *packages: str) -> int:
    """Run apt-get quietly and without questions; returns its exit code."""
    options = ["-y", "--no-install-recommends"] if packages else []
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", action, *options, *packages]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def apt_line(packages: list[str]) -> str:
    """The one line that a user who may become root types."""
    names = " ".join(packages)
    return f"sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {names}'"


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


def window_libraries() -> dict[str, str]:
    """What a window needs of the system: nothing where no window could be shown."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return WINDOW_LIBRARIES | SCREEN_LIBRARIES if shown else {}


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
