"""What is in a picture of a request and, where it is a camera's, who stands where nobody may be."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.roi_answers import InZone, in_forbidden_zones
from heatmap_gui.core.site import Site
from heatmap_gui.services.inference import Found, Inference


@dataclass(frozen=True, slots=True)
class Looked:
    """found: what reaches the confidence, the surest first. in_zones: of the camera; empty without one."""

    found: Found
    in_zones: tuple[InZone, ...]

    @property
    def alert(self) -> bool:
        return any(one.spared is None for one in self.in_zones)


def look(
    inference: Inference, picture: bytes, confidence: float, at: float, *, site: Site | None = None, camera: str = ""
) -> Looked:
    """picture: its bytes. camera: of `site`, whose picture it is. at: Unix time.

    Raises NotFoundError where the site has no such camera, and as Inference.look does.
    """
    if site is not None and camera not in {one.id for one in site.cameras}:
        raise NotFoundError(f"camera_id {camera!r}: the store {site.name} has no such camera")
    found = inference.look(picture)
    order = np.argsort(-found.detections.scores, kind="stable")
    sure = found.detections.take(order[found.detections.scores[order] >= confidence])
    in_zones = () if site is None else tuple(in_forbidden_zones(site, camera, sure, found.size, at))
    return Looked(replace(found, detections=sure), in_zones)
