"""Places on the plan that one camera's pairs name, for the next camera: they are clicked in its picture only."""

from __future__ import annotations

from typing import Any

import numpy as np

from heatmap_gui.core.pair_editing import Landmarks
from heatmap_gui.core.pair_fit import read_pairs

_SAME_M, _SAME_PX = 0.15, 4.0  # two clicks at one place of the plan are no farther apart


def landmarks(document: dict[str, Any], camera_id: str) -> Landmarks:
    """All that other cameras of a site document are tied to and this one is not, those with a name first, in the order
    of the plan's rows.
    """
    scale = document["store"].get("metres_per_pixel")
    reach = _SAME_M / scale if scale else _SAME_PX
    own = np.zeros((0, 2))
    found: list[tuple[tuple[float, float], str]] = []
    for camera in document["cameras"]:
        pairs = read_pairs(camera)
        if str(camera["camera_id"]) == camera_id:
            own = pairs.plan
        else:
            places = [(x, y) for x, y in pairs.plan.tolist()]
            found += [one for one, used in zip(zip(places, pairs.names, strict=True), pairs.used, strict=True) if used]
    found.sort(key=lambda one: (not one[1], one[0][1], one[0][0]))
    kept: list[tuple[tuple[float, float], str]] = []
    for place, name in found:
        others = np.array([*own.tolist(), *(other for other, _ in kept)]).reshape(-1, 2)
        if not len(others) or np.hypot(*(others - place).T).min() > reach:
            kept.append((place, name))
    return Landmarks(np.array([place for place, _ in kept]).reshape(-1, 2), tuple(name for _, name in kept), reach)
