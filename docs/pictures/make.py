"""Pictures of the real window: every page, light and dark, at 100 % and 200 %, with sample, empty and long-named work.

    python docs/pictures/make.py OUT [NAME …] [@LOOK …]

All scenes, or those whose name begins so; all appearances, or those named: light1 dark1 light2 dark2 light1en. Needs the
development tools, Xvfb and openbox. The scenes are in scenes.py, what is done in them in scene_deeds.py.

Each appearance and scale is a process of its own on an X server of its own, since Qt reads the scale at its start. A scene
is a list of steps; after each one the script waits until no job is running and the window has been painted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from scene_libraries import make_libraries
from scenes import SCENES, Scene

from helpers.screen import x_server
from portfolio_desktop.bootstrap.desk import Desk, open_desk
from portfolio_desktop.bootstrap.ground import Ground, lay
from portfolio_desktop.gui.app import application, assemble, speak
from portfolio_desktop.gui.appearance.theme import Theme, prepare
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.problems import Dialogs

SCREEN = "2900x1900x24"
LOOKS = [("light", 1, "zh_TW"), ("dark", 1, "zh_TW"), ("light", 2, "zh_TW"), ("dark", 2, "zh_TW"), ("light", 1, "en")]


def main(words: list[str]) -> int:
    """Take the pictures; with `--look` do one appearance on the display that is there."""
    if not words or words[0] in ("-h", "--help"):
        sys.stdout.write(__doc__ or "")
        return 0 if words else 2
    if words[:1] == ["--look"]:
        return take(words[1], Path(words[4]), int(words[2]), words[3], words[5:])
    out = Path(words[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        libraries = Path(folder) / "libraries"
        make_libraries(libraries)
        for look, scale, language in LOOKS:
            wanted = [word for word in words[1:] if not word.startswith("@")]
            looks = [word[1:] for word in words[1:] if word.startswith("@")]
            if looks and f"{look}{scale}{'' if language == 'zh_TW' else language}" not in looks:
                continue
            with x_server(SCREEN) as display:
                environment = os.environ | {
                    "DISPLAY": display,
                    "QT_QPA_PLATFORM": "xcb",
                    "QT_SCALE_FACTOR": str(scale),
                    "PICTURE_LIBRARIES": str(libraries),
                }
                command = [sys.executable, __file__, "--look", look, str(scale), language, str(out), *wanted]
                if subprocess.run(command, env=environment, check=False).returncode:
                    return 1
    return 0


def take(look: str, out: Path, scale: int, language: str, wanted: list[str]) -> int:
    """Take every scene in one appearance."""
    app = application()
    libraries = Path(os.environ["PICTURE_LIBRARIES"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        ground = lay(Path(home), language)
        theme = prepare(app, ground.resources)
        theme.use(look)
        speak(app)
        tail = "" if language == "zh_TW" else f"-{language}"
        scenes = [scene for scene in SCENES if not wanted or any(scene.name.startswith(word) for word in wanted)]
        for scene in scenes:
            work = Path(home) / scene.name
            Shoot(app, ground, theme, scene, work, out / f"{scene.name}-{look}-{scale}00{tail}.png").run(libraries)
    return 0


def begin(control: Control, scene: Scene, libraries: Path, work: Path) -> Desk | None:
    """Open what a scene shows, on a copy in `work`; where it shows a locked library, whoever holds it, to be closed."""
    if scene.library == "none":
        control.begin(None)
    elif scene.library == "locked":
        held = open_desk(lay(work / "home"), libraries / "sample", remember=False)
        control.begin(libraries / "sample")
        return held
    elif scene.library == "read-only":
        control.opening.open(libraries / "sample", read_only=True)
    else:
        shutil.copytree(libraries / scene.library, work)
        control.begin(work)
    return None


class Shoot:
    """One scene from an empty screen to the picture."""

    def __init__(self, app: QApplication, ground: Ground, theme: Theme, scene: Scene, work: Path, out: Path) -> None:
        self._app, self._scene, self._work, self._out = app, scene, work, out
        self._control = assemble(ground, theme, Dialogs())
        self._steps = self._play()
        self._still = 0

    def run(self, libraries: Path) -> None:
        """Open what the scene shows, go through its deeds, take the picture, put everything away."""
        control, scene = self._control, self._scene
        window = control.parts.window
        window.resize(*scene.size)
        window.move(0, 0)
        window.show()
        held = begin(control, scene, libraries, self._work)
        timer = QTimer()
        timer.timeout.connect(self._tick)
        timer.start(80)
        self._app.exec()
        timer.stop()
        control.parts.theme.enlarge(100)
        control.session.close()
        if held is not None:
            held.close()
        for widget in self._app.topLevelWidgets():
            widget.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _tick(self) -> None:
        """Go on with the next step when nothing has been running for a while."""
        busy = bool(self._control.session.jobs.running())
        self._still = 0 if busy else self._still + 1
        if self._still >= 5:
            self._still = 0
            if next(self._steps, None) is None:
                self._app.quit()

    def _play(self) -> Iterator[bool]:
        for deed in self._scene.deeds:
            deed(self._control)
            yield True
        window = self._control.parts.window
        geometry = window.frameGeometry()
        screen = window.screen()
        screen.grabWindow(0, geometry.x(), geometry.y(), geometry.width(), geometry.height()).save(str(self._out))
        sys.stdout.write(f"{self._out.name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
