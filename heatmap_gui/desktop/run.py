"""The console: one window on one data folder; a second start raises the first."""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from PyQt6.QtCore import QSettings, QTimer
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication

from heatmap_gui import __version__
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.desktop.languages import speak
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.only_one import only_one
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.theme import SYSTEM, THEME
from heatmap_gui.desktop.unexpected import Unexpected
from heatmap_gui.desktop.views import SCREENS
from heatmap_gui.memory import share_arenas
from heatmap_gui.resources import resource
from heatmap_gui.services.measurement import Measurement

DEMO = "demo"
_SWITCH_S = 0.0005  # how soon a thread gets Python's lock back, which a repaint lets go of dozens of times


def main(args: argparse.Namespace) -> int:
    """The whole program with a window; the exit status."""
    home: Path = args.settings.home
    share_arenas()
    _check_display()
    order = _once(args) if args.once else None
    _make_home(home)
    app = application()
    server = only_one(home, lambda: _raise(window))
    if server is None:
        return 0
    choices = QSettings(str(home / "console.ini"), QSettings.Format.IniFormat)
    speak(str(choices.value("language", SYSTEM)))
    THEME.choose(str(choices.value("theme", SYSTEM)))
    session = Session(home, args.config)
    window = MainWindow(session, choices)
    unexpected = Unexpected(window)
    sys.excepthook, threading.excepthook = unexpected, unexpected.of_thread
    _first_screen(window, choices, demo=args.demo, order=order)
    window.show()
    status = app.exec()
    session.close()
    server.close()
    return status


def _once(args: argparse.Namespace) -> Measurement:
    from heatmap_gui.services.demo import demo_order  # with an engine, which is to be imported behind a window

    return demo_order(args.settings, args.duration, args.out, every_frame=args.every_frame)


def application() -> QApplication:
    sys.setswitchinterval(_SWITCH_S)
    # importing cv2 points Qt at cv2's own plugins, which are of another Qt
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    os.environ.pop("QT_QPA_FONTDIR", None)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Traffic Heatmap")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("traffic-heatmap")
    app.setStyle("Fusion")
    return app


def _check_display() -> None:
    """Qt ends the process where it cannot reach an X server, so that is asked before. Raises UnavailableError."""
    display = os.environ.get("DISPLAY")
    if sys.platform != "linux" or not display or os.environ.get("WAYLAND_DISPLAY") or "QT_QPA_PLATFORM" in os.environ:
        return
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as missing:
        raise UnavailableError(f"no window: {missing}: packaging/system-libraries installs what Qt needs") from None
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if broken:
        raise UnavailableError(f"no display: {display} does not answer: use heatmap --demo --headless, or a command")


def _raise(window: MainWindow) -> None:
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def _make_home(home: Path) -> None:
    try:
        (home / SITES).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise InputError(
            f"{home}: cannot be written into: {error.strerror}: set HEATMAP_HOME to a folder of yours"
        ) from None


def install_demo(folder: Path) -> str:
    """Puts the demo store's site file and plan into a folder of site files, where it may be edited -> its name."""
    target = folder / f"calibration_{DEMO}.json"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        text = (resource("calibration_data") / f"calibration_{DEMO}.json").read_text(encoding="utf-8")
        shutil.copyfile(resource("resources") / "demo" / "plan.png", folder / "plan_demo.png")
        target.write_text(text.replace("../resources/demo/plan.png", "plan_demo.png"), encoding="utf-8")
    return DEMO


def _first_screen(window: MainWindow, choices: QSettings, *, demo: bool, order: Measurement | None) -> None:
    """The store and the screen of last time; without a store the set-up. order: of the demo store, measured once."""
    session = window.session
    screen = str(choices.value("screen", "live"))
    geometry = choices.value("geometry")
    if geometry is None or not window.restoreGeometry(geometry):
        window.resize(1440, 900)
    if demo:
        store = install_demo(session.folder)
        session.measure([store]) if order is None else session.measure_once(order)
    else:
        stores = session.stores()
        last = str(choices.value("store", ""))
        store = last if last in stores else next(iter(stores), "")
    if not store:
        window.show_screen("first_start")
        return
    session.open_store(store)
    window.show_screen(screen if screen in SCREENS and SCREENS[screen].place and not demo else "live")
    if not demo and session.config.is_file():
        QTimer.singleShot(0, session.start_engine)
