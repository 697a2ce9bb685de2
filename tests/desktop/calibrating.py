"""Calibrate on the demo store, whose third camera is known exactly."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from heatmap_gui.core.types import F8
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.calibrate import CalibrateView
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.vision.synthetic import load_scene
from tests.desktop.gestures import click

WAIT_MS = 20_000
CAMERA = "3"
SIZE = (640, 360)
MPP = 0.02
# corners on the demo's floor that its third camera sees, in metres
PLACES_M = np.array(
    [[14.9, 9.3], [17.1, 9.3], [14.9, 10.5], [15.8, 7.0], [13.9, 7.0], [10.2, 7.0], [9.2, 9.8], [12.0, 11.6]]
)


def truth() -> F8:
    """Picture px -> metres on the floor, of the camera."""
    return np.asarray(load_scene("store").view(int(CAMERA)).floor_matrix)


def in_picture(places_m: F8, matrix: F8 | None = None) -> F8:
    """Where a camera with that floor matrix, or the camera, sees places (n, 2)."""
    inverse = np.linalg.inv(truth() if matrix is None else matrix)
    homogeneous = np.column_stack([places_m, np.ones(len(places_m))]) @ inverse.T
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:])


def floor_seen(matrix: F8 | None = None) -> tuple[F8, F8]:
    """Places (n, 2) all over the floor that it sees, in metres, and where in its picture."""
    x, y = np.meshgrid(np.arange(7.0, 18.6, 0.5), np.arange(7.5, 12.6, 0.5))
    floor = np.stack([x.ravel(), y.ravel()], axis=1)
    seen = in_picture(floor, matrix)
    rows = ((seen > 0) & (seen < SIZE)).all(axis=1)
    return floor[rows], seen[rows]


def open_view(qtbot: QtBot, window: MainWindow, session: Session) -> CalibrateView:
    """On a camera of the demo that has no calibration yet, as the others, its still taken."""

    def forget(document: dict[str, list[dict[str, object]]]) -> None:
        for camera in document["cameras"]:
            camera["calibration"] = None

    assert session.edit(forget, "forget")
    window.show_screen("calibrate")
    shown = window.view("calibrate")
    assert isinstance(shown, CalibrateView)
    shown.show_camera(CAMERA)
    qtbot.waitUntil(lambda: shown.desk.still.isVisible() and shown.desk.still.picture_size[0] > 1, timeout=WAIT_MS)
    return shown


def at(canvas: ImageCanvas, point: F8) -> QPoint:
    return canvas.to_window(float(point[0]), float(point[1])).toPoint()


def click_at(qtbot: QtBot, canvas: ImageCanvas, point: F8) -> None:
    click(qtbot, canvas, at(canvas, point))


def pair(qtbot: QtBot, view: CalibrateView, place_m: F8) -> None:
    """A click in the picture and one on the plan."""
    click_at(qtbot, view.desk.still, in_picture(place_m[None])[0])
    click_at(qtbot, view.desk.plan, place_m / MPP)


def pairs(view: CalibrateView) -> int:
    return len(view.desk.editor.pairs)
