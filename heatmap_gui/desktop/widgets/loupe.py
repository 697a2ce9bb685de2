"""What is under the pointer, magnified in a circle beside it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QPainter, QPainterPath

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME

LOUPE = 4.0  # times
RADIUS = tokens.LOUPE / 2


def paint_loupe(painter: QPainter, at: QPointF, middle: QPointF, paint: Callable[[], None]) -> None:
    """Around `middle` what `paint` paints around `at`, both in px of the widget. The frame is the caller's."""
    circle = QPainterPath()
    circle.addEllipse(middle, RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(circle)
    painter.fillPath(circle, THEME.colour("bg.canvas"))
    painter.translate(middle)
    painter.scale(LOUPE, LOUPE)
    painter.translate(-at)
    paint()
    painter.restore()
