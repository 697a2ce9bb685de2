"""The program's mark: a warm place on a floor of four by four cells, in the colours of its heat maps."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.palette import lookup

_CELLS = 4
_HEAT = (
    0.12,
    0.26,
    0.22,
    0.12,
    0.28,
    0.66,
    0.56,
    0.20,
    0.34,
    0.94,
    0.74,
    0.26,
    0.16,
    0.40,
    0.30,
    0.14,
)  # of full scale
_GAP = 0.06  # of a cell
_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def paint_mark(painter: QPainter, box: QRectF) -> None:
    """In a square."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours, cell = lookup("ember"), box.width() / _CELLS
    for number, heat in enumerate(_HEAT):
        blue, green, red = (int(part) for part in colours[round(heat * 255)])
        painter.setBrush(QColor(red, green, blue))
        corner = box.topLeft() + QPointF(number % _CELLS, number // _CELLS) * cell
        painter.drawRoundedRect(QRectF(corner, QSizeF(cell, cell) * (1 - _GAP)), cell / 8, cell / 8)


def mark_icon() -> QIcon:
    """For the window and the task bar."""
    made = QIcon()
    for size in _SIZES_PX:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_mark(painter, QRectF(0, 0, size, size))
        made.addPixmap(pixmap)
    return made


class Mark(QWidget):
    def __init__(self, size_px: int) -> None:
        super().__init__()
        self.setFixedSize(size_px, size_px)

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            paint_mark(painter, QRectF(self.rect()))
