"""A frozen program, tried as a student's computer would: no Python, an empty home, no display.

smoke.py PROGRAM

--version, --help            it starts
check                        word for word what the checkout says of the same files: every reader came along
demo, bundle verify          the whole road, the database and the worker processes
--selftest                   the window opens on a library of its own, shows a piece, is drawn, and closes
--player                     sound and film can be played
its folder                   nothing lies there that opens connections but what Qt's media player links,
                             and the window loads none of that (as the system's loader tells, on Linux)
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
ONLINE = re.compile(r"^_?ssl\b|libssl|WebEngine|WebSockets|qopensslbackend|qschannelbackend")
PLAYERS = re.compile(r"libQt6(Network|Multimedia|Qml|Quick)|QtNetwork|QtMultimedia")
CHECKOUT = [sys.executable, "-m", "portfolio_desktop"]


def main() -> int:
    """Walk through all of it; the first thing that is wrong ends it with a sentence."""
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        library, bundle = folder / "學習歷程", folder / "成果包"
        asked = [program, "--home", str(folder / "settings")]
        expect("學習歷程工作臺" in output([program, "--help"], folder), "--help is not the program's")
        output([program, "--version"], folder)
        ours, theirs = (looked_at(command, folder) for command in ([program], CHECKOUT))
        for name in sorted(ours | theirs):
            expect(ours.get(name) == theirs.get(name), f"check differs for {name}: {ours.get(name)} {theirs.get(name)}")
        output([*asked, "demo", "--library", str(library), "--bundle", str(bundle), "--no-window"], folder)
        output([*asked, "bundle", "verify", str(bundle)], folder)
        loaded = folder / "loaded"
        loaded.mkdir()
        output([program, "--selftest"], folder, LD_DEBUG="files", LD_DEBUG_OUTPUT=str(loaded / "by"))
        told = "".join(path.read_text(errors="replace") for path in loaded.iterdir())
        expect(sys.platform != "linux" or "libQt6Widgets" in told, "the loader told nothing")
        expect(not PLAYERS.search(told), "the window loads what only the player may")
        play(program, folder)
        online = [path.name for path in Path(program).parent.rglob("*") if ONLINE.search(path.name)]
        expect(not online, f"this opens connections: {online}")
    print(f"{program}: everything works")
    return 0


def looked_at(command: Sequence[str], home: Path) -> dict[str, Any]:
    """What `check` says of the sample work, by name, without the time it took."""
    text = output([*command, "check", "--json", str(SAMPLE)], home, codes=(0, 1))
    lines = [json.loads(line) for line in text.splitlines()]
    expect(len(lines) > 5, "the sample work is missing")
    return {line["path"]: {key: value for key, value in line.items() if key != "seconds"} for line in lines}


def play(program: str, home: Path) -> None:
    """Have the player load a film and show a picture of it."""
    film = next(path for path in SAMPLE.rglob("*.mp4"))
    load = json.dumps({"do": "load", "path": str(film), "wide": 64, "high": 64}).encode() + b"\n"
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    began = time.monotonic()
    with subprocess.Popen([program, "--player"], env=clean(home), **pipes) as player:
        player.stdin.write(load)  # type: ignore[union-attr]
        player.stdin.flush()  # type: ignore[union-attr]
        heard = []
        for line in player.stdout or ():
            heard.append(line)
            if b'"frame"' in line or b'"trouble"' in line or time.monotonic() - began > 60:
                break
        player.kill()
    print(f"{time.monotonic() - began:6.2f} s  {program} --player", flush=True)
    expect(bool(heard) and b'"frame"' in heard[-1], f"the player shows nothing: {heard}")


def clean(home: Path, **more: str) -> dict[str, str]:
    """The environment of a computer without Python, Qt or a screen, and with an empty home."""
    python = ("PYTHON", "VIRTUAL_ENV", "QT_", "DISPLAY", "WAYLAND_DISPLAY", "LD_", "COV_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(python)}
    return environment | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"} | more


def output(command: Sequence[str], home: Path, codes: Sequence[int] = (0,), **more: str) -> str:
    """Run a command with an empty home; what it printed. Ends the test at a wrong exit code."""
    environment = clean(home, **more)
    began = time.monotonic()
    ran = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)
    said = " ".join(command)
    print(f"{time.monotonic() - began:6.2f} s  {said}", flush=True)
    expect(ran.returncode in codes, f"{said} ended with {ran.returncode}:\n{ran.stdout}\n{ran.stderr}")
    expect("Traceback" not in ran.stderr, f"{said} said:\n{ran.stderr}")
    return ran.stdout


def expect(fact: bool, otherwise: str) -> None:
    """End the test where something is not as it must be."""
    if not fact:
        raise SystemExit(f"smoke test: {otherwise}")


if __name__ == "__main__":
    raise SystemExit(main())
