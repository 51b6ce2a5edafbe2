import os
import subprocess
import sys
from pathlib import Path

CODE = """
import importlib, linecache, sys
unread = importlib.import_module("portfolio_desktop.gui.starting.unread")
done = unread.leave_sources_unread() if {asked} else None
importlib.import_module("portfolio_desktop.gui.app")
ours = [name for name in linecache.cache if "portfolio_desktop" in name and not name.endswith(("unread.py", "__init__.py"))]
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
label.setText("window")
print(done, len(ours) > 0, label.text())
"""


def ran(asked: bool, home: Path) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    code = CODE.format(asked=asked)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=110
    ).stdout.strip()


def test_no_source_is_read_for_pyside(tmp_path: Path) -> None:
    assert ran(True, tmp_path) == "True False window"


def test_pyside_still_asks_where_it_is_not_spared(tmp_path: Path) -> None:
    """When this fails, PySide does not read sources any more, and gui/starting/unread.py can go."""
    assert ran(False, tmp_path) == "None True window"
