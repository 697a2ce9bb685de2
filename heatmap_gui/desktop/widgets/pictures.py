"""Arrays as Qt's pictures."""

from __future__ import annotations

import numpy as np
from PyQt6.QtGui import QImage

from heatmap_gui.core.types import U1


def bgrx_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRX, without a copy: QImage keeps the array."""
    return _image(array, QImage.Format.Format_RGB32)


def bgra_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRA, colours not multiplied by alpha."""
    return _image(array, QImage.Format.Format_ARGB32)


def bgr_image(array: U1) -> QImage:
    """A picture (height, width, 3) BGR, as frames are."""
    return _image(array, QImage.Format.Format_BGR888)

def premultiplied_image(array: U1) -> QImage:
    """A picture (height, width, 4) BGRA, colours multiplied by alpha: the quickest to be laid over another one."""
    return _image(array, QImage.Format.Format_ARGB32_Premultiplied)



def _image(array: U1, form: QImage.Format) -> QImage:
    array = np.ascontiguousarray(array)
    height, width = array.shape[:2]
    made = QImage(array.data, width, height, array.strides[0], form)  # type: ignore[call-overload]
    made.array = array  # it is only borrowed
    return made  # type: ignore[no-any-return]
