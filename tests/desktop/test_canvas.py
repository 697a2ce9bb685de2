"""The canvas: pixels to the window and back, zoom at the pointer, pan, fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6 import sip
from PyQt6.QtCore import QPoint, QPointF, QSize, Qt
from PyQt6.QtGui import QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.pictures import bgr_image
from tests.desktop.gestures import press_key

SIZE = (1920.0, 1080.0)
WINDOW = QSize(700, 500)


@pytest.fixture
def canvas(qtbot: QtBot) -> ImageCanvas:
    made = ImageCanvas()
    qtbot.addWidget(made)
    made.resize(WINDOW)
    made.show()
    made.show_size(SIZE)
    return made


def unseen() -> ImageCanvas:
    """To be deleted."""
    made = ImageCanvas()
    made.resize(WINDOW)
    made.show_size(SIZE)
    return made


def near(point: QPointF, x: float, y: float, by: float = 1e-6) -> bool:
    return abs(point.x() - x) <= by and abs(point.y() - y) <= by


def wheel(canvas: ImageCanvas, at: QPointF, notches: float) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, round(120 * notches)), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


places = st.tuples(st.floats(-500, 2500), st.floats(-500, 2500))
spots = st.tuples(st.floats(0, WINDOW.width()), st.floats(0, WINDOW.height()))


@settings(max_examples=40, deadline=None)
@given(places, st.lists(st.tuples(spots, st.floats(0.3, 3)), max_size=6), spots)
def test_there_and_back_at_any_zoom_and_pan(
    qapp: QApplication,
    place: tuple[float, float],
    zooms: list[tuple[tuple[float, float], float]],
    pan: tuple[float, float],
) -> None:
    canvas = unseen()
    for spot, factor in zooms:
        canvas.zoom(factor, QPointF(*spot))
    canvas.pan(QPointF(*pan))
    assert near(canvas.to_picture(canvas.to_window(*place)), *place)
    assert near(canvas.transform().map(QPointF(*place)), canvas.to_window(*place).x(), canvas.to_window(*place).y())
    assert near(canvas.polygon(np.array([place]))[0], canvas.to_window(*place).x(), canvas.to_window(*place).y())
    sip.delete(canvas)


@settings(max_examples=40, deadline=None)
@given(spots, st.floats(0.05, 20))
def test_what_is_under_the_pointer_stays_there(qapp: QApplication, spot: tuple[float, float], factor: float) -> None:
    canvas = unseen()
    at = QPointF(*spot)
    before = canvas.to_picture(at)
    canvas.zoom(factor, at)
    assert near(canvas.to_picture(at), before.x(), before.y())
    sip.delete(canvas)


def test_the_wheel_zooms_at_the_pointer_and_a_touch_pad_by_less(canvas: ImageCanvas) -> None:
    at = QPointF(123, 321)
    place, scale = canvas.to_picture(at), canvas.scale
    wheel(canvas, at, 1)
    assert canvas.scale == pytest.approx(scale * 1.25)
    wheel(canvas, at, 0.1)
    assert scale * 1.25 < canvas.scale < scale * 1.25**1.2
    assert near(canvas.to_picture(at), place.x(), place.y())
    wheel(canvas, at, -1.1)
    assert canvas.scale == pytest.approx(scale, rel=0.01)


def test_zoom_ends_somewhere(canvas: ImageCanvas) -> None:
    fits = canvas.scale
    canvas.zoom(1e9)
    assert canvas.scale == 64
    canvas.zoom(1e-9)
    assert fits / 8 < canvas.scale < fits


def test_it_fits_in_the_middle_and_goes_on_to_fit(canvas: ImageCanvas, qtbot: QtBot) -> None:
    for size in (WINDOW, QSize(900, 300)):
        canvas.resize(size)
        box = canvas.picture_rect()
        assert near(box.center(), size.width() / 2, size.height() / 2)
        assert min(box.left(), box.top()) == pytest.approx(12)
        assert box.width() / box.height() == pytest.approx(SIZE[0] / SIZE[1])
    canvas.zoom(2)
    scale = canvas.scale
    canvas.resize(WINDOW)
    assert canvas.scale == scale  # what somebody looks at stays as it is
    press_key(qtbot, canvas, Qt.Key.Key_0)
    assert canvas.picture_rect().left() == pytest.approx(12)


@pytest.mark.parametrize("by", ["middle button", "space"])
def test_it_is_panned_by_hand_and_nobody_else_hears_of_it(canvas: ImageCanvas, qtbot: QtBot, by: str) -> None:
    heard: list[QPointF] = []
    canvas.pressed.connect(lambda point, _: heard.append(point))
    canvas.released.connect(lambda point, _: heard.append(point))
    place = canvas.to_picture(QPointF(100, 100))
    button = Qt.MouseButton.MiddleButton if by == "middle button" else Qt.MouseButton.LeftButton
    if by == "space":
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
    qtbot.mousePress(canvas, button, pos=QPoint(100, 100))
    move(canvas, QPoint(160, 70), button)
    qtbot.mouseRelease(canvas, button, pos=QPoint(160, 70))
    assert near(canvas.to_picture(QPointF(160, 70)), place.x(), place.y())
    if by == "space":
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert not heard
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 70))
    assert near(heard[0], place.x(), place.y())
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 70))


def move(canvas: ImageCanvas, to: QPoint, button: Qt.MouseButton) -> None:
    place = canvas.mapToGlobal(QPointF(to))
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, QPointF(to), place, Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)


def test_a_floor_without_a_plan_has_no_size(canvas: ImageCanvas) -> None:
    canvas.show_size((0.0, 0.0))
    assert near(canvas.to_picture(canvas.to_window(3, 4)), 3, 4)
    assert not canvas.grab().isNull()


def test_a_place_out_of_sight_is_brought_into_view(canvas: ImageCanvas) -> None:
    canvas.zoom(20)
    canvas.show_place(0, 0)
    assert near(canvas.to_window(0, 0), WINDOW.width() / 2, WINDOW.height() / 2)
    offset = canvas.to_window(0, 0)
    canvas.show_place(1, 1)
    assert canvas.to_window(0, 0) == offset


def test_a_pixel_is_painted_where_it_is_said_to_be(canvas: ImageCanvas) -> None:
    picture = np.zeros((9, 16, 3), np.uint8)
    picture[6, 11] = 10, 20, 250
    canvas.show_image(bgr_image(picture))
    shown = canvas.grab().toImage()
    ratio = shown.devicePixelRatio()
    place = canvas.to_window(11.5, 6.5) * ratio
    assert shown.pixelColor(round(place.x()), round(place.y())).getRgb()[:3] == (250, 20, 10)
    place = canvas.to_window(12.5, 6.5) * ratio
    assert shown.pixelColor(round(place.x()), round(place.y())).getRgb()[:3] == (0, 0, 0)
