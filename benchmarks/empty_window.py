"""The least that a PySide6 program with a window is: the yardstick of goal 6."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("empty window")
window.resize(1200, 800)
window.show()
sys.exit(application.exec())
