"""The console: one window on one data folder; a second start raises the first."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtNetwork import QLocalServer, QLocalSocket
from PyQt6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

from heatmap_gui import __version__
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views import SCREENS
from heatmap_gui.desktop.widgets.basics import button, label, row
from heatmap_gui.logs import mask
from heatmap_gui.resources import resource
from heatmap_gui.services.demo import demo_order
from heatmap_gui.services.measurement import Measurement

_REACH_MS = 500  # for the first instance to answer
DEMO = "demo"


def main(args: argparse.Namespace) -> int:
    """The whole program with a window; the exit status."""
    home: Path = args.settings.home
    _check_display()
    order = demo_order(args.settings, args.duration, args.out, every_frame=args.every_frame) if args.once else None
    _make_home(home)
    app = application()
    server = _only_one(home, lambda: _raise(window))
    if server is None:
        return 0
    choices = QSettings(str(home / "console.ini"), QSettings.Format.IniFormat)
    translators = translate(app, str(choices.value("language", QLocale().name()[:2])))
    THEME.choose(str(choices.value("theme", "dark")))
    session = Session(home, args.config)
    window = MainWindow(session, choices)
    sys.excepthook = Unexpected(window)
    _first_screen(window, choices, demo=args.demo, order=order)
    window.show()
    status = app.exec()
    session.close()
    server.close()
    del translators
    return status


def application() -> QApplication:
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


def _only_one(home: Path, raised: Callable[[], None]) -> QLocalServer | None:
    """Listens for later starts on the same data folder; None: there is an earlier one, which comes to the front."""
    name = "traffic-heatmap-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(_REACH_MS):
        socket.disconnectFromServer()
        return None
    QLocalServer.removeServer(name)  # of one that was killed
    server = QLocalServer()
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    if not server.listen(name):
        raise InputError(f"{home}: the console cannot tell whether it runs already: {server.errorString()}")
    server.newConnection.connect(raised)
    return server


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


def translate(app: QApplication, language: str) -> list[QTranslator]:
    """Installs the program's and Qt's own texts in a language; what has none stays English."""
    QLocale.setDefault(QLocale(language))
    found = []
    folders = (
        str(resource("resources") / "translations"),
        QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    )
    for stem, folder in zip(("heatmap", "qtbase"), folders, strict=True):
        translator = QTranslator(app)
        if translator.load(f"{stem}_{language}", folder):
            app.installTranslator(translator)
            found.append(translator)
    return found


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


class Unexpected:
    """What `sys.excepthook` becomes: says what happened and what to report, and the program goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._open = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report = mask("".join(traceback.format_exception(kind, error, trace)))
        sys.stderr.write(report)
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if self._open:
            return
        self._open = True
        self.dialog(report).exec()
        self._open = False

    def dialog(self, report: str) -> QDialog:
        """What is shown."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("Unexpected", text)

        made = QDialog(self._window)
        made.setWindowTitle(tr("Something unexpected happened"))
        made.resize(640, 380)
        text = QPlainTextEdit(f"Traffic Heatmap {__version__}\n{report}")
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        copy = button(tr("Copy report"), symbol="copy", clicked=lambda: clipboard.setText(text.toPlainText()))
        go_on = button(tr("Go on"), "primary", clicked=made.accept)
        layout = QVBoxLayout(made)
        layout.setSpacing(tokens.PAD)
        words = tr("The program goes on, and nothing that was saved is lost. Please report this with the text below.")
        for widget in (label(words, wrap=True), text, row(None, copy, go_on)):
            layout.addWidget(widget)
        return made
