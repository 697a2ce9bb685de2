"""An image that is scaled once looks as one that is scaled at each repaint."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QApplication

from heatmap_gui.core.types import F8, U1
from heatmap_gui.desktop.widgets.pictures import ScaledImage, bgr_image, bgra_image


def _painted(paint: Callable[[QPainter], object]) -> F8:
    """(150, 200, 3) BGR."""
    sheet = QImage(200, 150, QImage.Format.Format_RGB32)
    sheet.fill(0)
    with QPainter(sheet) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint(painter)
    bits = sheet.constBits()
    assert bits is not None
    content = np.frombuffer(bytes(bits.asarray(sheet.sizeInBytes())), np.uint8)
    return np.asarray(content.reshape(150, 200, 4)[..., :3], np.float64)


def _gradient(channels: int) -> U1:
    y, x = np.mgrid[0:60, 0:80]
    picture = np.stack([x * 3, y * 4, np.full_like(x, 90), np.full_like(x, 128)], axis=2)[..., :channels]
    return np.ascontiguousarray(picture, np.uint8)


@pytest.mark.parametrize("channels", [3, 4])
def test_it_looks_the_same_and_again(qapp: QApplication, channels: int) -> None:
    picture = _gradient(channels)
    image = bgr_image(picture) if channels == 3 else bgra_image(picture)
    rect = QRectF(10, 10, 160, 120)
    scaled = ScaledImage(image)
    plain = _painted(lambda painter: painter.drawImage(rect, image))
    first, second = (_painted(lambda painter: scaled.paint(painter, rect)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.abs(first - plain)[15:125, 15:165].max() <= 6
    smaller = _painted(lambda painter: scaled.paint(painter, QRectF(10, 10, 80, 60)))
    assert smaller[100, 150].tolist() == [0, 0, 0], "another size is made anew"


def test_where_the_painter_enlarges_no_px_are_lost(qapp: QApplication) -> None:
    scaled = ScaledImage(bgr_image(_gradient(3)))

    def paint(painter: QPainter) -> None:
        painter.scale(4, 4)
        scaled.paint(painter, QRectF(0, 0, 40, 30))

    columns = np.unique(_painted(paint)[60, :160, 0])
    assert len(columns) > 70, "all columns of the picture, not those of a smaller one"
