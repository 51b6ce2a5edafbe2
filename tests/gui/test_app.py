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


def test_a_start_that_fails_shows_why(tmp_path: Path) -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from portfolio_desktop.gui import app
from portfolio_desktop.gui.problems import BugDialog
from portfolio_desktop.errors import DamageError

def broken(*_arguments):
    raise DamageError("規則資料有誤，請重新安裝程式")

app.build = broken

def look():
    dialog = QApplication.activeModalWidget()
    print(isinstance(dialog, BugDialog), dialog.heading.text(), "DamageError" in dialog.details.toPlainText())
    dialog.reject()

QTimer.singleShot(200, app.application(), look)
try:
    app.main()
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
