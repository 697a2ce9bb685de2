"""The console, which minimizes its window once it is there, and says on standard output when it is raised again."""

from __future__ import annotations

import sys

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from heatmap_gui.cli import main
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.run import application

_LOOK_MS = 20


def look() -> None:
    window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
    if window is None or not window.isVisible():
        return
    if not minimized:
        window.showMinimized()
        minimized.append(True)
        print("minimized", flush=True)
    elif not window.isMinimized():
        print("raised", flush=True)
        timer.stop()


minimized: list[bool] = []
app = application()
timer = QTimer()
timer.timeout.connect(look)
timer.start(_LOOK_MS)
sys.exit(main([]))
