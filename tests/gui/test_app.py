import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=110
    )


def test_the_self_test_opens_a_window_and_ends(tmp_path: Path) -> None:
    ran = python("from portfolio_desktop.gui.app import selftest; raise SystemExit(selftest())", tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr


HEAVY = ("sqlalchemy", "sqlite3", "jinja2", "xlsxwriter", "pypdf", "PIL", "pikepdf", "pypdfium2", "av", "mutagen")


def test_the_window_paints_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from portfolio_desktop.gui.app import application, build
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.bootstrap.ground import lay
app = application()
control = build(app, lay(Path({str(tmp_path / "home")!r})), Dialogs())
control.parts.window.show()
assert not control.parts.window.grab().isNull()
print([name for name in {HEAVY!r} if name in sys.modules])
control.session.close()
"""
    ran = python(code, tmp_path)
    assert ran.stdout.strip() == "[]", ran.stderr


BROKEN = {
    "before the first look": "app.first_look = broken",
    "behind the first look": "app.unfold = broken_later",
}


@pytest.mark.parametrize("where", BROKEN)
def test_a_start_that_fails_shows_why(tmp_path: Path, where: str) -> None:
    code = f"""
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from portfolio_desktop.gui import app
from portfolio_desktop.gui.problems import BugDialog
from portfolio_desktop.errors import DamageError

def broken(*_arguments):
    raise DamageError("規則資料有誤，請重新安裝程式")

def broken_later(*_arguments):
    yield
    broken()

{BROKEN[where]}

def look():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return
    timer.stop()
    print(isinstance(dialog, BugDialog), dialog.heading.text(), "DamageError" in dialog.details.toPlainText())
    dialog.reject()

timer = QTimer(app.application())
timer.timeout.connect(look)
timer.start(50)
try:
    app.main(Path({str(tmp_path / "home")!r}), Path({str(tmp_path)!r}))
except DamageError:
    print("raised on")
"""
    ran = python(code, tmp_path)
    assert ran.stdout.splitlines() == ["True 規則資料有誤，請重新安裝程式 True", "raised on"], ran.stderr


@pytest.mark.parametrize("word", ["en", "zh_TW"])
def test_the_window_speaks_the_language_in_use(tmp_path: Path, word: str) -> None:
    code = f"""
from pathlib import Path
from portfolio_desktop.gui.app import application, build
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.bootstrap.ground import lay
app = application()
control = build(app, lay(Path({str(tmp_path / "home")!r}), {word!r}), Dialogs())
control.parts.window.show()
control.session.close()
"""
    ran = python(code, tmp_path)
    assert ran.returncode == 0, ran.stderr
