"""What lies behind the pairs and seldom changes: painted once, not at every step of a drag."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPixmap

from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.widgets.canvas import ImageCanvas, Layer


class Backdrop:
    """Layers that are kept as a picture until `renew`, or until the view is another."""

    def __init__(self, *layers: Layer) -> None:
        self._layers = layers
        self._kept: QPixmap | None = None
        self._of: tuple[object, ...] = ()

    def renew(self) -> None:
        """A layer shows something else."""
        self._kept = None

    def __call__(self, painter: QPainter, canvas: ImageCanvas) -> None:
        ratio = canvas.devicePixelRatioF()
        of = (canvas.transform(), canvas.size(), ratio, THEME.mode)
        if self._kept is None or of != self._of:
            self._kept, self._of = QPixmap(canvas.size() * ratio), of
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(Qt.GlobalColor.transparent)
            with QPainter(self._kept) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                for layer in self._layers:
                    inner.save()
                    layer(inner, canvas)
                    inner.restore()
        painter.drawPixmap(0, 0, self._kept)
