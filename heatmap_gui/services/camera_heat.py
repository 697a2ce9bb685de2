"""The floor's heat of the last minutes, made ready to be laid over the cameras' pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from heatmap_gui.core.drawn_views import projections
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heat_on_picture import heat_on_picture
from heatmap_gui.core.heat_values import unit_of, unseen_of, values_of
from heatmap_gui.core.render import full_scale
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import F8, U1, Bool
from heatmap_gui.services.heat_query import HeatQuery, Range


@dataclass(frozen=True, slots=True, eq=False)
class FloorHeat:
    """Presence on a grid. share (rows, columns): of `full`, which is in `unit`. unseen: where nobody looked."""

    grid: Grid
    share: F8
    unseen: Bool
    full: float
    unit: str


def recent_heat(query: HeatQuery, minutes: int, now: float) -> FloorHeat:
    """Of the last minutes before now (Unix time), in whole pieces of five. Slow. Raises UnavailableError."""
    heat = query.heat(Range.around(now - 60 * minutes, now), now)
    values = values_of(heat, "presence")
    full = full_scale(values)
    return FloorHeat(heat.grid, values / full, unseen_of(heat), full, unit_of("presence", heat.grid.unit))


def heat_on_pictures(heat: FloorHeat, site: Site, sizes: Mapping[str, tuple[int, int]]) -> dict[str, U1]:
    """As each calibrated camera sees it, BGRA with colours multiplied by alpha, in the sizes that are wanted. Slow."""
    known = projections(site)
    return {
        camera: heat_on_picture(heat.share, heat.unseen, heat.grid, known[camera], size)
        for camera, size in sizes.items()
        if camera in known
    }
