"""Pictures on disk."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1

_MOST_BYTES = 256 << 20


def read_picture(path: Path) -> U1:
    """A picture file as (height, width, 3) BGR. Raises InputError where there is none, or none that can be read."""
    try:
        if path.exists() and not path.is_file():  # a device has no end, a pipe perhaps no beginning
            raise InputError(f"{path}: not a file: it is to be a PNG or a JPEG")
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path}: more than {_MOST_BYTES >> 20} MiB: export the picture smaller")
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise InputError(f"{path}: the picture cannot be read: {error.strerror}: check the path") from None
    picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if len(content) else None
    if picture is None:
        raise InputError(f"{path}: not a picture that can be read: it is to be a PNG or a JPEG")
    return np.asarray(picture, np.uint8)
