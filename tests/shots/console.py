"""The console's screens and states: both themes, two sizes, two languages."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QSettings, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from heatmap_gui.cli import has_display
from heatmap_gui.core.set_up import STEPS, new_document
from heatmap_gui.desktop.languages import LANGUAGES, speak
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.run import DEMO, application, install_demo
from heatmap_gui.desktop.session import SITES, Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.unexpected import Report
from heatmap_gui.desktop.views import SCREENS
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from heatmap_gui.desktop.views.first_start_scale import ScalePage
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.desktop.views.live_camera_dialog import CameraDialog
from heatmap_gui.desktop.views.zones import ZonesView
from heatmap_gui.resources import resource

SIZES = ((1280, 800), (1920, 1080))
MEASURED_S, LOST_S, SETTLED_S, FIRST_S, LONGEST_S = 40.0, 20.0, 0.3, 4.0, 30.0
NOWHERE = "rtsp://127.0.0.1:9/nothing"
CAMERA = "synthetic:store?seed=1&camera=1"
PLAN = resource("resources") / "demo" / "plan.png"
HAND: Any = QTest  # as PyQt says it, its functions take a self
NAMES = [name for name, screen in SCREENS.items() if screen.place]


class Shots:
    """Of one language. Names: console_STATE_THEME_WIDTH.png and, in French, console_STATE_fr_THEME_WIDTH.png."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder, self._mark = folder, "" if language == "en" else f"_{language}"

    def take(self, shown: QWidget, name: str) -> None:
        """In each theme and, where it is a window's, each size."""
        for width, height in SIZES if isinstance(shown, MainWindow) else ((shown.width(), shown.height()),):
            shown.resize(width, height)
            for mode in ("dark", "light"):
                THEME.choose(mode)
                wait(SETTLED_S)
                shown.grab().save(str(self._folder / f"console_{name}{self._mark}_{mode}_{width}.png"))

    def first_start(self) -> None:
        """Each page, before its answer and, where that looks otherwise, after."""
        with opened() as window:
            window.show_screen("first_start")
            view = window.view("first_start")
            assert isinstance(view, FirstStartView)
            self.take(window, "first_store")
            for name in NAMES:
                window.show_screen(name)
                self.take(window, f"no_store_{name}")
            window.session.create_store("Harbour Street", new_document("Harbour Street", "Europe/London"))
            wait_until(lambda: window.session.site is not None)
            for name in NAMES:
                window.show_screen(name)
                self.take(window, f"bare_{name}")
            window.show_screen("first_start")
            for step in STEPS[1:]:
                view.show_step(step)
                self.take(window, f"first_{step}")
                answer = {"plan": answer_plan, "scale": answer_scale, "cameras": answer_cameras}.get(step)
                if answer is not None:
                    answer(view)
                    self.take(window, f"first_{step}_done")

    def measured(self) -> None:
        """The demo store: not measured yet, then measured."""
        with opened(demo=True) as window:
            for name in ("live", "map", "heatmap"):
                window.show_screen(name)
                wait(1.0)
                self.take(window, f"off_{name}")
            measure(window, MEASURED_S)
            for name in NAMES:
                window.show_screen(name)
                wait(FIRST_S)
                self.take(window, name)
            self.live(window)
            zones = window.view("zones")
            assert isinstance(zones, ZonesView)
            window.show_screen("zones")
            zones.select(("zones", "queue"))
            wait(1.0)
            self.take(window, "zones_chosen")
            self.focus(window)
            window.palette_box.open()
            self.take(window.palette_box, "palette")
            window.palette_box.close()

    def live(self, window: MainWindow) -> None:
        """One camera alone with the floor's heat, and the form of it."""
        live = window.view("live")
        assert isinstance(live, LiveView)
        window.show_screen("live")
        live.switches["heat"].click()
        live.wall.arrange(alone="2")
        wait(FIRST_S)
        self.take(window, "live_heat")
        live.deeds.edit.trigger()
        dialog = window.findChild(CameraDialog)
        assert dialog is not None
        self.take(dialog, "live_camera")
        dialog.close()

    def focus(self, window: MainWindow) -> None:
        """By keyboard: the ring."""
        window.activateWindow()
        wait_until(window.isActiveWindow)
        window.setFocus(Qt.FocusReason.OtherFocusReason)
        for _ in range(3):
            HAND.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        self.take(window, "focus")

    def troubled(self) -> None:
        """A camera that is lost, what went wrong, what may be undone, a bug."""
        with opened(demo=True) as window:
            window.session.edit(lose_camera, "lose a camera")
            window.session.save_now()
            measure(window, LOST_S)
            for name in ("live", "map", "calibrate"):
                window.show_screen(name)
                wait(FIRST_S)
                self.take(window, f"lost_{name}")
            window.show_screen("zones")
            path = window.session.home / SITES / f"calibration_{DEMO}.json"
            path.write_text('{"cameras": ', encoding="utf-8")
            wait(FIRST_S)
            window.toasts.say("Groceries", action=window.tr("Undo"))
            self.take(window, "error")
            report = Report(window, "Traceback (most recent call last):\nZeroDivisionError: division by zero")
            report.show()
            self.take(report, "unexpected")
            report.accept()


def shoot(folder: Path, wanted: str = "") -> None:
    """wanted: of first_start, measured, troubled; else all."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    for language in LANGUAGES:
        speak(language)
        shots = Shots(folder, language)
        for name, take in {
            "first_start": shots.first_start, "measured": shots.measured, "troubled": shots.troubled
        }.items():  # fmt: skip
            if wanted in ("", name):
                take()
    app.closeAllWindows()


def answer_plan(view: FirstStartView) -> None:
    page = view.page("plan")
    assert isinstance(page, PlanPage)
    page.take(PLAN)
    wait_until(lambda: view.session.site is not None and view.session.site.floor.plan_path is not None)
    wait(1.0)


def answer_scale(view: FirstStartView) -> None:
    page = view.page("scale")
    assert isinstance(page, ScalePage)
    width, height = page.canvas.picture_size
    for share in (0.05, 0.95):
        spot = page.canvas.to_window(share * width, 0.1 * height).toPoint()
        HAND.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=spot)
    page.length.setValue(18.0)
    HAND.mouseMove(page.canvas, QPoint(page.canvas.width() // 2, page.canvas.height() // 2))


def answer_cameras(view: FirstStartView) -> None:
    """One that does not answer, then one that does."""
    page = view.page("cameras")
    assert isinstance(page, CamerasPage)
    page.form.url.setText(NOWHERE)
    page.test.click()
    wait_until(page.test.isEnabled)
    page.form.url.setText(CAMERA)
    page.test.click()
    wait_until(page.test.isEnabled)
    page.add.click()
    wait_until(lambda: page.list.count() == 1)


def lose_camera(document: dict[str, Any]) -> None:
    document["cameras"][1]["rtsp_url"] = NOWHERE


def measure(window: MainWindow, for_s: float) -> None:
    window.session.measure([DEMO])
    window.show_screen("live")
    wait(for_s)


@contextmanager
def opened(*, demo: bool = False) -> Iterator[MainWindow]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["HEATMAP_HOME"] = name  # its database too
        (home / SITES).mkdir()
        (home / "production_config.json").write_text(json.dumps({"schedules": {}}), encoding="utf-8")
        session = Session(home)
        window = MainWindow(session, QSettings(str(home / "console.ini"), QSettings.Format.IniFormat))
        window.show()
        if demo:
            install_demo(home / SITES)
            session.open_store(DEMO)
            wait_until(lambda: session.site is not None)
        yield window
        window.close()
        session.close()
        window.deleteLater()
        session.deleteLater()
        wait(0.1)


def wait_until(there: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(round(LONGEST_S * 1000))
    while not there() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def wait(for_s: float) -> None:
    deadline = QDeadlineTimer(round(for_s * 1000))
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
