"""The console's screens and states: both themes, two sizes, French."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PyQt6.QtCore import QDeadlineTimer, QEventLoop, QSettings
from PyQt6.QtWidgets import QApplication, QWidget

from heatmap_gui.cli import has_display
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.run import DEMO, application, install_demo, translate
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views import SCREENS

SIZES = ((1280, 800), (1920, 1080))
MEASURED_S, LOST_S, SETTLED_S, FIRST_S = 40.0, 20.0, 0.6, 4.0
NOWHERE = "rtsp://127.0.0.1:9/nothing"


def shoot(folder: Path) -> None:
    """console_<screen or state>_<theme>_<width>.png and, in French, ..._fr_<theme>_<width>.png."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    for language in ("en", "fr"):
        mark = "" if language == "en" else f"_{language}"
        translators = translate(app, language)
        with _window(demo=False) as window:
            window.show_screen("first_start")
            _shoot_all(window, folder, f"first_start{mark}")
        with _window(demo=True) as window:
            _measure(window, MEASURED_S)
            for name, screen in SCREENS.items():
                if screen.place:
                    window.show_screen(name)
                    _wait(FIRST_S)
                    _shoot_all(window, folder, f"{name}{mark}")
            window.palette_box.open()
            _shoot_all(window.palette_box, folder, f"palette{mark}")
            window.palette_box.close()
        with _window(demo=True) as window:
            window.session.edit(_lose_camera, "lose a camera")
            window.session.save_now()
            _measure(window, LOST_S)
            window.show_screen("live")
            _wait(FIRST_S)
            _shoot_all(window, folder, f"lost{mark}")
            window.session.trouble.emit(window.tr("The site file was edited and cannot be used"))
            window.toasts.say(window.tr("Undo"), action=window.tr("Undo"))
            _shoot_all(window, folder, f"error{mark}")
        for translator in translators:
            app.removeTranslator(translator)


def _lose_camera(document: dict[str, list[dict[str, object]]]) -> None:
    document["cameras"][1]["rtsp_url"] = NOWHERE


def _measure(window: MainWindow, for_s: float) -> None:
    window.session.measure([DEMO])
    window.show_screen("live")
    _wait(for_s)


@contextmanager
def _window(*, demo: bool) -> Iterator[MainWindow]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / SITES).mkdir()
        (home / "production_config.json").write_text(json.dumps({"schedules": {}}), encoding="utf-8")
        session = Session(home)
        window = MainWindow(session, QSettings(str(home / "console.ini"), QSettings.Format.IniFormat))
        window.show()
        if demo:
            install_demo(home / SITES)
            session.open_store(DEMO)
            _wait(1.0)
        yield window
        window.close()
        session.close()
        window.deleteLater()
        session.deleteLater()
        _wait(0.1)


def _shoot_all(shown: QWidget, folder: Path, name: str) -> None:
    """In each theme and, unless it has its own, each size."""
    for width, height in SIZES if isinstance(shown, MainWindow) else SIZES[:1]:
        shown.resize(width, height)
        for mode in ("dark", "light"):
            THEME.choose(mode)
            _wait(SETTLED_S)
            shown.grab().save(str(folder / f"console_{name}_{mode}_{width}.png"))


def _wait(for_s: float) -> None:
    deadline = QDeadlineTimer(round(for_s * 1000))
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
