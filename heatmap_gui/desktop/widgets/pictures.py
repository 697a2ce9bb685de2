"""Arrays as Qt's pictures."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter

from heatmap_gui.core.types import U1

_MOST_PX = 4e6  # that are kept of a scaled image
_PAINTED = {True: QImage.Format.Format_ARGB32_Premultiplied, False: QImage.Format.Format_RGB32}


def bgrx_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRX, without a copy: QImage keeps the array."""
    return _image(array, QImage.Format.Format_RGB32)


def bgra_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRA, colours not multiplied by alpha."""
    return _image(array, QImage.Format.Format_ARGB32)


def premultiplied_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRA, colours multiplied by alpha: the quickest to be laid over another one."""
    return _image(array, QImage.Format.Format_ARGB32_Premultiplied)


def bgr_image(array: U1) -> QImage:
    """A picture (height, width, 3) BGR, as frames are."""
    return _image(array, QImage.Format.Format_BGR888)


def ink_image(ink: U1, colour: QColor) -> QImage:
    """So much of a colour (height, width), 0 to 255."""
    made = _image(ink, QImage.Format.Format_Indexed8)
    opaque = colour.rgb() & 0xFFFFFF
    made.setColorTable([share << 24 | opaque for share in range(256)])
    return made


class ScaledImage:
    """An image that is painted again and again at one size: scaled once, as that costs milliseconds each time."""

    def __init__(self, image: QImage) -> None:
        self._image = image
        self._made: QImage | None = None

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Smoothly, all of it in rect. Where the painter enlarges, or it would be huge, it is scaled as it is drawn."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        if painter.transform().isScaling() or size.width() * size.height() > _MOST_PX or size.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)
            return
        if self._made is None or self._made.size() != size:
            self._made = self._image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            ).convertToFormat(_PAINTED[self._image.hasAlphaChannel()])
            self._made.setDevicePixelRatio(ratio)
        painter.drawImage(rect.topLeft().toPoint(), self._made)


def _image(array: U1, form: QImage.Format) -> QImage:
    array = np.ascontiguousarray(array)
    height, width = array.shape[:2]
    made = QImage(array.data, width, height, array.strides[0], form)  # type: ignore[call-overload]
    made.array = array  # it is only borrowed
    return made  # type: ignore[no-any-return]
