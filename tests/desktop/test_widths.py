"""Texts fit into the smallest window, also in French, which is longer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.languages import LANGUAGES, speak
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.views import SCREENS
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.desktop.views.heat import HeatView
from heatmap_gui.desktop.views.live import LiveView
from heatmap_gui.desktop.views.zones import ZonesView
from tests.desktop.live_scene import Measured

NAMES = [name for name, screen in SCREENS.items() if screen.place]
SLACK_PX = 1  # of rounding
SETTLED_MS = 300  # until what is read in the background is shown


def cut_off(window: QWidget) -> list[str]:
    """Texts of labels and buttons that have less room than they need, or lie beyond their parent's edge."""
    found = []
    for one in window.findChildren(QWidget):
        text = shown_text(one)
        seen = one.visibleRegion().boundingRect()
        if not text or seen.isEmpty():  # not on screen, or scrolled away
            continue
        needs = one.fontMetrics().horizontalAdvance(text) if isinstance(one, QLabel) else one.sizeHint().width()
        if min(one.width(), seen.width()) < needs - SLACK_PX:
            found.append(f"{text!r}: {min(one.width(), seen.width())} of {needs} px")
    return found


def settled(qtbot: QtBot, window: QWidget) -> list[str]:
    """The same, once texts that changed have got their room."""
    qtbot.wait(SETTLED_MS)
    for _ in range(10):
        if not cut_off(window):
            break
        qtbot.wait(SETTLED_MS // 3)
    return cut_off(window)


def shown_text(one: QWidget) -> str:
    if isinstance(one, QLabel):
        return "" if one.wordWrap() else one.text()
    if isinstance(one, QToolButton) and one.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(one, QAbstractButton):
        return one.text()
    return one.currentText() if isinstance(one, QComboBox) else ""


@pytest.fixture(params=LANGUAGES)
def spoken(window: MainWindow, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    window.speak(request.param)
    yield window
    speak("en")


@pytest.mark.parametrize("name", [*NAMES, "first_start"])
def test_no_text_is_cut_off(spoken: MainWindow, qtbot: QtBot, name: str) -> None:
    spoken.show_screen(name)
    assert (spoken.width(), spoken.height()) == (1280, 800)
    assert not settled(qtbot, spoken)


def test_no_text_of_a_zone_is_cut_off(spoken: MainWindow, qtbot: QtBot) -> None:
    spoken.show_screen("zones")
    view = spoken.view("zones")
    assert isinstance(view, ZonesView)
    for key in (("zones", "queue"), ("lines", "entrance")):
        view.select(key)
        assert not settled(qtbot, spoken)


def test_no_text_of_a_comparison_is_cut_off(spoken: MainWindow, qtbot: QtBot) -> None:
    spoken.show_screen("heatmap")
    view = spoken.view("heatmap")
    assert isinstance(view, HeatView)
    view.modes.choose("two")
    view.modes.chosen.emit("two")
    for number in range(view.times.against.count()):
        view.times.against.setCurrentIndex(number)
        assert not settled(qtbot, spoken)


@pytest.mark.parametrize("mode", ["mosaic", "walk"])
def test_no_text_of_all_cameras_is_cut_off(spoken: MainWindow, qtbot: QtBot, mode: str) -> None:
    spoken.show_screen("calibrate")
    view = spoken.view("calibrate")
    assert isinstance(view, CalibrateView)
    view.modes.choose(mode)
    view.modes.chosen.emit(mode)
    assert not settled(qtbot, spoken)


def test_no_text_of_the_heat_on_the_wall_is_cut_off(spoken: MainWindow, qtbot: QtBot, measured: Measured) -> None:
    spoken.show_screen("live")
    view = spoken.view("live")
    assert isinstance(view, LiveView)
    view.switches["heat"].click()
    view.wall.arrange(grid=1)
    assert not settled(qtbot, spoken)


def test_a_text_that_is_cut_off_is_found(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(60, 40)
    beyond, narrow, fits = (QLabel(text, around) for text in ("beyond the edge", "too narrow for it", "fits"))
    beyond.setGeometry(20, 0, 200, 20)
    narrow.setGeometry(0, 20, 30, 20)
    fits.setGeometry(30, 20, 30, 20)
    around.show()
    assert [line.split(":")[0] for line in cut_off(around)] == ["'beyond the edge'", "'too narrow for it'"]
