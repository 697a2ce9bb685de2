"""The lens in Calibrate by gesture: the slider, and edges that are straight in the world."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heatmap_gui.core.site import Camera
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import calibrate_loading
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.services.stills import Still
from tests.core.bent import BARREL, EDGES, line, picture
from tests.desktop.calibrating import CAMERA, WAIT_MS, at, open_view
from tests.desktop.gestures import drag, press_key


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, session: Session) -> Iterator[CalibrateView]:
    yield open_view(qtbot, window, session)
    assert session.background.finish()


def test_the_lens_is_one_slider_and_one_step_to_undo(view: CalibrateView, session: Session) -> None:
    session.undo()
    assert session.site is not None
    before = session.site.camera(CAMERA).calibration
    for value in (-5, -10):
        view.lens.slider.setValue(value)
    calibration = session.site.camera(CAMERA).calibration
    assert calibration is not None and calibration.lens is not None and calibration.lens.k1 == -0.1
    assert view.fitted is not None and view.fitted.fit is not None and before is not None
    assert view.fitted.fit.error is not None and view.fitted.fit.error > 0.05, "the demo's cameras have no such lens"
    session.undo()
    assert view.lens.slider.value() == 0
    assert view.fitted.fit is not None and view.fitted.fit.error is not None and view.fitted.fit.error < 0.05
    assert session.site.camera(CAMERA).calibration is not None


def test_edges_are_drawn_along_their_bend_is_told_and_the_lens_found(
    qtbot: QtBot, view: CalibrateView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = np.asarray(cv2.cvtColor(picture(), cv2.COLOR_GRAY2BGR), np.uint8)
    monkeypatch.setattr(calibrate_loading, "take_still", lambda camera: Still(camera.id, shown, 1))
    assert session.site is not None
    camera: Camera = session.site.camera(CAMERA)
    view.stills.retake(camera)
    qtbot.waitUntil(lambda: (still := view.stills.of(camera)) is not None and still.image is shown, timeout=WAIT_MS)
    still, tool = view.desk.still, view.lens.edges
    tool.click()
    assert "Draw in the picture" in view.lens.said
    for edge in EDGES:
        points = line(*edge)
        drag(qtbot, still, *(at(still, point) for point in points[[0, 20, 40, -1]]))
    assert len(view.desk.edges.editor.edges) == len(EDGES)
    assert view.desk.editor.begun is None, "no pair is begun meanwhile"
    assert "Bent by" in view.lens.said
    view.lens.find_lens.click()
    qtbot.waitUntil(lambda: view.lens.slider.value() != 0, timeout=WAIT_MS)
    focal = 640 / BARREL.fx  # without pairs it is taken to be as long as the picture is wide
    assert view.lens.slider.value() / 100 == pytest.approx(BARREL.k1 * focal**2, abs=0.06)
    press_key(qtbot, still, Qt.Key.Key_Delete)
    assert len(view.desk.edges.editor.edges) == len(EDGES) - 1
    press_key(qtbot, still, Qt.Key.Key_Escape)
    assert not tool.isChecked() and not view.desk.edges.on


def test_where_no_edge_is_it_is_said_in_place(qtbot: QtBot, view: CalibrateView) -> None:
    view.lens.edges.click()
    still = view.desk.still
    drag(qtbot, still, *(at(still, np.array(point)) for point in ((300.0, 100.0), (303.0, 102.0), (306.0, 104.0))))
    assert view.banner.isVisible() and "longer" in view.banner.accessibleName()
    assert not view.desk.edges.editor.edges
