"""Marks on both pictures: a point, where the next one is expected, how far one is off."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.canvas import ImageCanvas
from heatmap_gui.desktop.widgets.plan import paint_chip

_LONGEST_PX, _HEAD_PX = 90.0, 8.0  # of an arrow
_RING_PX, _TARGET_PX = 6.0, 12.0
_HALF_PX = 16  # of a stamp


def paint_ring(painter: QPainter, at: QPointF, colour: QColor, *, dotted: bool = False, thick: bool = False) -> None:
    """A point: a ring with a dark casing, open in the middle so that the place is seen."""
    _put(painter, at, _ring(colour.rgba(), dotted, thick, _ratio(painter)))


def paint_target(painter: QPainter, at: QPointF, words: str, canvas: ImageCanvas) -> None:
    """Where the next click is expected, with words beside it that stay in view."""
    _put(painter, at, _target(THEME.colour("accent").rgba(), _ratio(painter)))
    above = at.y() > 44
    x = min(max(at.x(), 80.0), max(80.0, canvas.width() - 80.0))
    paint_chip(painter, QPointF(x, at.y() + (-26 if above else 26)), words, background="accent.fill")


def paint_way(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """From where a point is to where it would go."""
    for pen in (QPen(QColor(0, 0, 0, 180), 4), QPen(THEME.colour("warn"), 1.8)):
        painter.setPen(pen)
        painter.drawLine(start, end)
    paint_ring(painter, end, THEME.colour("warn"), dotted=True)


def paint_error(painter: QPainter, at: QPointF, by: QPointF) -> None:
    """An arrow to where the fit says that the point is, enlarged; cut where it would cross the picture."""
    length = float(np.hypot(by.x(), by.y()))
    if length < 3:
        return
    tip = at + by * min(1.0, _LONGEST_PX / length)
    along = (tip - at) / max(1e-6, float(np.hypot((tip - at).x(), (tip - at).y())))
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, more in ((QColor(0, 0, 0, 180), 1.2), (THEME.colour("error"), 0.0)):
        painter.setBrush(colour)
        painter.drawPolygon(_arrow(at, tip, along, more))


def _arrow(at: QPointF, tip: QPointF, along: QPointF, more: float) -> QPolygonF:
    """Filled: to stroke three lines takes five times as long. more: px on all sides."""
    across = QPointF(-along.y(), along.x())
    neck, tip = tip - along * (_HEAD_PX + more), tip + along * (1.5 * more)
    shaft, head = across * (0.9 + more), across * (4.0 + 1.5 * more)
    return QPolygonF([at + shaft, neck + shaft, neck + head, tip, neck - head, neck - shaft, at - shaft])


def _put(painter: QPainter, at: QPointF, stamp: QImage) -> None:
    painter.drawImage(at - QPointF(_HALF_PX, _HALF_PX), stamp)


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return 1.0 if device is None else device.devicePixelRatioF()


@lru_cache(64)  # to stroke a circle takes longer than to lay a picture of it
def _ring(rgba: int, dotted: bool, thick: bool, ratio: float) -> QImage:
    stamp, middle = _blank(ratio), QPointF(_HALF_PX, _HALF_PX)
    colour = QColor.fromRgba(rgba)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 200), 4.5 if thick else 3.5))
        painter.drawEllipse(middle, _RING_PX, _RING_PX)
        dash = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 2.5 if thick else 1.8, dash))
        painter.drawEllipse(middle, _RING_PX, _RING_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(middle, 1.2, 1.2)
    return stamp


@lru_cache(8)
def _target(rgba: int, ratio: float) -> QImage:
    stamp = _blank(ratio)
    colour = QColor.fromRgba(rgba)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        colour.setAlphaF(0.18)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(_HALF_PX, _HALF_PX), _TARGET_PX, _TARGET_PX)
    return stamp


def _blank(ratio: float) -> QImage:
    side = round(2 * _HALF_PX * ratio)
    stamp = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    return stamp
