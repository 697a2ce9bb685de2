"""What takes tens of milliseconds to know of a calibrated camera: made off the GUI thread after each edit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grading import LOOSE_M
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8, U1
from heatmap_gui.core.uncertainty import helps_most, uncertainty
from heatmap_gui.core.warp import grid_on_picture, ink_on_picture, picture_on_plan
from heatmap_gui.desktop.views.calibrate_pictures import LEVELS

_GAIN = 0.85
_GRID_M, _GRID_PARTS = 1.0, 20  # a line a metre; without a scale so many across the plan


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Of one camera; empty for one that is not calibrated.

    contours: lines (n, 2) in plan px by level (m). advice: the place in plan px where a further pair helps most, and
    the uncertainty in floor units now and then. loose: the share of what is seen that is not known to 0.4 m. lines:
    the plan's grid in picture px. laid (h, w, 4): the camera on the plan; ink (h, w): the plan in the picture.
    """

    projection: Projection | None = None
    contours: dict[float, list[F8]] = field(default_factory=dict)
    advice: tuple[F8, float, float] | None = None
    loose: float | None = None
    lines: list[F8] = field(default_factory=list)
    laid: U1 | None = None
    ink: U1 | None = None


def study(floor: Floor, camera: Camera, size: tuple[int, int], image: U1 | None, ink: U1 | None) -> Study:
    """size: of the px that the pairs are in. image: the still; ink: of the plan; None: there is none yet."""
    try:
        projection = Projection.of(floor, camera, size)
    except (InputError, np.linalg.LinAlgError):
        return Study()
    field = uncertainty(projection, floor)
    metres = floor.unit == "m"
    step = _GRID_M if metres else max(floor.width_px, floor.height_px) / _GRID_PARTS
    return Study(
        projection,
        {level: field.contours(level) for level, _ in LEVELS} if metres else {},
        _worth_while(helps_most(projection, floor, field)) if metres else None,
        field.loose(LOOSE_M) if metres else None,
        grid_on_picture(projection, floor, step),
        None if image is None else picture_on_plan(image, projection, floor),
        None if ink is None else ink_on_picture(ink, projection, floor),
    )


def _worth_while(advice: tuple[F8, float, float] | None) -> tuple[F8, float, float] | None:
    """A pair that changes hardly anything is not asked for."""
    return advice if advice is not None and advice[2] < _GAIN * advice[1] else None
