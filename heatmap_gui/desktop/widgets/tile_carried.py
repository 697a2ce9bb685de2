"""A tile in a hand that takes it to another place of the wall."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.plan import paint_chip
from heatmap_gui.desktop.widgets.tile import Tile

_SHARE, _MOST_PX = 0.6, 240.0  # of the tile's width


def paint_carried(painter: QPainter, tile: Tile, hand: QPointF) -> None:
    """Its place is dim, its picture is under the hand with the camera's name; without a picture the name alone."""
    painter.fillRect(QRect(*tile.cell), THEME.colour("bg.app", 0.6))
    width = min(_MOST_PX, _SHARE * tile.box.width())
    box = QRectF(0, 0, width, width * tile.box.height() / tile.box.width())
    box.moveCenter(hand)
    if tile.image is not None:
        painter.drawImage(box, tile.image)
        painter.setPen(QPen(THEME.colour("focus"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
    paint_chip(painter, QPointF(hand.x(), box.bottom() - 14), tile.camera.name)
