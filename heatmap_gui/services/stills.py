"""A camera's still: the median of some seconds, in which whoever walked through the picture is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.site import Camera
from heatmap_gui.core.types import U1
from heatmap_gui.services.secrets import resolve
from heatmap_gui.vision.sources import open_source

LIVE_S = 5.0
RECORDED_S = 60.0  # nobody waits for these: more people are gone
PICTURES = 11
_ROWS = 64  # of a picture at a time: eleven whole ones would not fit the cache


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """image (height, width, 3) uint8 BGR. pictures: how many it is the median of."""

    camera: str
    image: U1
    pictures: int

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[1], self.image.shape[0]


def take_still(camera: Camera) -> Still:
    """Opens the camera's source for as long as it needs: 5 s of a live camera, spread over a minute of a recording.

    Slow. Raises InputError and UnavailableError when the source cannot be opened, or shows nothing.
    """
    source = open_source(camera.id, resolve(camera.url))
    span_s = LIVE_S if source.live else RECORDED_S
    images: list[U1] = []
    try:
        begin: float | None = None
        while len(images) < PICTURES and (grabbed := source.grab()) is not None:
            begin = grabbed[1] if begin is None else begin
            if grabbed[1] - begin >= len(images) * span_s / PICTURES:
                image = source.retrieve().image
                if image is not None:
                    images.append(image)
                elif not images:
                    break  # a replay of detections has no pictures
    except UnavailableError:
        if not images:
            raise
    finally:
        source.close()
    if not images:
        raise UnavailableError(f"camera {camera.id}: it shows no picture: check its address")
    return Still(camera.id, median(images), len(images))


def median(images: Sequence[U1]) -> U1:
    """The middle value at each pixel of pictures of one shape; of another shape than the first: left out."""
    fitting = [image for image in images if image.shape == images[0].shape]
    middle = len(fitting) // 2
    result = np.empty_like(fitting[0])
    for top in range(0, len(result), _ROWS):
        rows = np.stack([image[top : top + _ROWS] for image in fitting])
        rows.sort(axis=0)
        result[top : top + _ROWS] = rows[middle]
    return result
