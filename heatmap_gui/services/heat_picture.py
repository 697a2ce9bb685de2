"""A heat map made ready to be looked at: pixels, outlines and arrows, so that whoever shows it only paints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.difference import Difference
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heat_values import (
    Kind,
    Ramp,
    Scale,
    Summary,
    outlines,
    summary_of,
    unit_of,
    unseen_of,
    upsampled,
    values_of,
    velocity,
)
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.palette import DIVERGING, THEMED, colourise, colourise_difference
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.render import Layer, full_scale, round_up
from heatmap_gui.core.site import PLAN, Floor, Site, Zone
from heatmap_gui.core.types import F8, U1, Bool

_FINE = 4  # px a cell
HAVE_HOTTEST: tuple[Kind, ...] = ("presence", "visits", "dwell", "stops")  # fast is not hot
_ARROW_M, _ARROW_CELLS = 0.75, 3  # between two arrows
_LEAST_PRESENCE = 0.004  # of the full scale: below it nobody's way is drawn


@dataclass(frozen=True, slots=True, eq=False)
class HeatPicture:
    """values (rows, columns) of the grid, NaN where there are none; bgra (height, width, 4): the grid in colours.

    light: which theme's colours. place: where values stand among them, 0 to 1; shares: where `values` do. ticks: of the
    legend, value and place. lines: around the hottest tenth, each (n, 2) floor units. arrows (n, 4): x, y and velocity.
    difference: where two ranges are compared; shown: of its change, what is coloured.
    """

    grid: Grid
    floor: Floor
    kind: Kind
    unit: str
    values: F8
    full: float
    ticks: Sequence[tuple[float, float]]
    place: Callable[[F8], F8]
    shares: F8
    bgra: U1
    unseen: Bool
    light: bool
    summary: Summary
    lines: Sequence[F8] = ()
    arrows: F8 | None = None
    difference: Difference | None = None
    shown: F8 | None = None

    @property
    def layer(self) -> Layer:
        """To be drawn as a picture of its own."""
        values = self.values if self.shown is None else self.shown
        return Layer(
            self.grid, values, self.unit, self.unseen, self.full, self.place, self.ticks, self.lines, self.arrows
        )

    def cell_at(self, x_px: float, y_px: float) -> tuple[int, int] | None:
        """Row and column of a place on the plan; None off it."""
        if not (0 <= x_px < self.floor.width_px and 0 <= y_px < self.floor.height_px):
            return None
        x, y = self.floor.from_px(np.array([x_px, y_px]))
        row, column = divmod(int(self.grid.cell_of(np.array([x]), np.array([y]))[0]), self.grid.shape[1])
        return row, column

    def hotter_than(self, value: float) -> float:
        """The part of the known floor that has less than a value."""
        known = self.values[np.isfinite(self.values)]
        return float((known < value).mean()) if len(known) else 0.0


def picture_of(
    heat: Heatmap, floor: Floor, kind: Kind, label: str | None, scale: Scale, full: float | None, *, light: bool
) -> HeatPicture:
    """full: the value of the last colour; None: a round one from the values."""
    values = values_of(heat, kind, label)
    full = full or full_scale(values)
    ramp = Ramp.of(values, scale, full)
    summary = summary_of(heat, values, label)
    hottest = summary.threshold if kind in HAVE_HOTTEST else None
    return HeatPicture(
        heat.grid,
        floor,
        kind,
        unit_of(kind, floor.unit),
        values,
        full,
        ramp.ticks(),
        ramp.share,
        ramp.share(values),
        _coloured(values, ramp, THEMED[light]),
        unseen_of(heat),
        light,
        summary,
        () if hottest is None else outlines(heat, values, hottest),
        _arrows(heat, label) if kind == "flow" else None,
    )


def picture_of_difference(
    found: Difference, heat: Heatmap, floor: Floor, kind: Kind, full: float | None, *, light: bool, sure: bool
) -> HeatPicture:
    """B minus A. heat: of B, for what it observed. sure: only what is significant is coloured."""
    change = found.change
    shown = np.where(found.significant, change, 0.0) if sure else np.nan_to_num(change)
    largest = float(np.nanquantile(np.abs(change), 0.995)) if found.seen.any() else 0.0
    full = full or (round_up(largest) if largest > 0 else 1.0)
    bgra = colourise_difference(_fine(shown) / full, DIVERGING[light])
    scale = full

    def place(values: F8) -> F8:
        return np.clip(values / scale, -1, 1) / 2 + 0.5

    parts = [(full * part, (part + 1) / 2) for part in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    return HeatPicture(
        heat.grid,
        floor,
        kind,
        unit_of(kind, floor.unit),
        change,
        full,
        parts,
        place,
        place(change),
        bgra,
        heat.walkable & ~found.seen,
        light,
        summary_of(heat, change),
        difference=found,
        shown=np.where(found.seen, shown, np.nan),
    )


def zone_masks(zones: Sequence[Zone], grid: Grid, floor: Floor) -> dict[str, Bool]:
    """Cells (rows, columns) of each zone that was drawn on the plan, by id."""
    return {
        zone.id: geometry.rasterise((floor.from_px(zone.polygon),), grid.shape, grid.cell, grid.origin)
        for zone in zones
        if zone.on == PLAN
    }


def footprints_of(site: Site) -> dict[str, F8]:
    """What each calibrated camera sees, plan px (n, 2), by its id."""
    found = {}
    for camera in site.cameras:
        if camera.enabled and camera.calibration is not None and camera.frame_size is not None:
            with suppress(InputError):
                seen = Projection.of(site.floor, camera, camera.frame_size).footprint()
                found[camera.id] = site.floor.to_px(seen)
    return found


def _coloured(values: F8, ramp: Ramp, colormap: str) -> U1:
    """Finer than the cells, smooth among those that are known."""
    known = np.isfinite(values)
    share = _enlarged(known.astype(np.float64), cv2.INTER_CUBIC)
    fine = _fine(np.nan_to_num(values)) / np.where(share > 0.1, share, 1.0)
    nearest = _enlarged(known.astype(np.float64), cv2.INTER_NEAREST) > 0
    return colourise(np.where(nearest, ramp.share(fine), np.nan), colormap)


def _fine(values: F8) -> F8:
    if values.min(initial=0.0) >= 0:
        return upsampled(values, _FINE)
    return _enlarged(values, cv2.INTER_CUBIC)


def _enlarged(values: F8, how: int) -> F8:
    rows, columns = values.shape
    return np.asarray(cv2.resize(values, (columns * _FINE, rows * _FINE), interpolation=how), np.float64)


def _arrows(heat: Heatmap, label: str | None) -> F8:
    """(n, 4) x, y, vx, vy: at regular places where enough people were."""
    grid = heat.grid
    step = max(1, round(_ARROW_M / grid.cell)) if grid.unit == "m" else _ARROW_CELLS
    vx, vy = velocity(heat, label)
    presence = heat.presence(label=label)
    enough = presence > _LEAST_PRESENCE * full_scale(presence)
    x, y = np.meshgrid(*grid.centres())
    every = (slice(step // 2, None, step),) * 2
    picked = enough[every].ravel()
    return np.stack([layer[every].ravel()[picked] for layer in (x, y, vx, vy)], axis=1)
