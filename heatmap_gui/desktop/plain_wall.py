"""A wall as most people would write it, to be measured against: all work on each picture is the GUI thread's."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

from heatmap_gui.core.types import U1


class PlainWall(QWidget):
    """Pictures in these rectangles."""

    def __init__(self, cells: Sequence[QRect]) -> None:
        super().__init__()
        self._cells = cells
        self._pixmaps: list[QPixmap] = []

    def show_frames(self, frames: Sequence[U1]) -> None:
        """frames: (height, width, 3) BGR, one a cell."""
        self._pixmaps = [self._scaled(frame, cell) for frame, cell in zip(frames, self._cells, strict=True)]
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        with QPainter(self) as painter:
            for pixmap, cell in zip(self._pixmaps, self._cells, strict=False):
                painter.drawPixmap(cell.topLeft(), pixmap)

    def _scaled(self, frame: U1, cell: QRect) -> QPixmap:
        rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        height, width = rgb.shape[:2]
        borrowed = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)  # type: ignore[call-overload]
        image: QImage = borrowed.copy()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(image).scaled(cell.size(), keep, smooth)
