"""What a heat map can show: a value with a unit for each cell, its place on a scale, where the floor is hottest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from heatmap_gui.core.grid import smooth
from heatmap_gui.core.heatmap import SIGMA_CELLS, SIGMA_M, Heatmap
from heatmap_gui.core.render import ticks
from heatmap_gui.core.types import F8, Bool

Kind = Literal["presence", "visits", "dwell", "stops", "speed", "flow"]
KINDS: tuple[Kind, ...] = ("presence", "visits", "dwell", "stops", "speed", "flow")
ADDITIVE: tuple[Kind, ...] = ("presence", "visits", "stops")  # two ranges of them have a difference
Scale = Literal["linear", "log", "percentile"]
SCALES: tuple[Scale, ...] = ("linear", "log", "percentile")
HOTTEST = 0.1
_DECADES = 3  # of a log scale
_LEAST_VISITS = 0.05  # smoothed, in a cell: fewer say nothing about how long people stay, or where they go
_FAINT = 0.01  # of the hottest: what is colder is no part of the hottest tenth, on however cold a floor
_FINE = 4  # px a cell, for outlines
_OFF = 0.25  # px that an outline may be beside


def unit_of(kind: Kind, unit: str) -> str:
    """Of a kind's values on a floor in m or px."""
    return {
        "presence": f"person·s/{unit}²",
        "visits": "people",
        "dwell": "s",
        "stops": f"stops/{unit}²",
        "speed": f"{unit}/s",
        "flow": f"{unit}/s",
    }[kind]


def values_of(heat: Heatmap, kind: Kind, label: str | None = None) -> F8:
    """(rows, columns) in `unit_of`, NaN where nobody looked or, for means, where too few came; of a class or of all.

    presence: as in a measurement's heatmap.png. visits: tracks that came through a cell. dwell: seconds of a visit to
    a cell. speed, flow: of the mean movement, which is slow where people go both ways.
    """
    unseen = unseen_of(heat)
    if kind == "presence":
        return np.where(unseen, np.nan, heat.presence(label=label))
    visits = smoothed(heat, heat.layer("visits", label))
    if kind == "visits":
        return np.where(unseen, np.nan, visits)
    if kind == "stops":
        return np.where(unseen, np.nan, smoothed(heat, heat.layer("stops", label)) / heat.grid.cell**2)
    few = unseen | (visits < _LEAST_VISITS)
    if kind == "dwell":
        presence = heat.presence(label=label) * heat.grid.cell**2
        return np.where(few, np.nan, presence / np.where(few, 1.0, visits))
    vx, vy = velocity(heat, label)
    return np.where(few, np.nan, np.hypot(vx, vy))


def unseen_of(heat: Heatmap) -> Bool:
    """Where somebody could be and nobody looked."""
    return np.asarray(heat.walkable & (heat.exposure_s <= 0))


def velocity(heat: Heatmap, label: str | None = None) -> tuple[F8, F8]:
    """Mean velocity (rows, columns) each, floor units a second, of who is within the kernel; 0 where nobody was."""
    seconds = heat.presence(label=label) * heat.grid.cell**2
    presence = heat.layer("presence_s", label)
    some = np.where(seconds > 0, seconds, 1.0)
    sums = (smoothed(heat, np.nan_to_num(heat.layer(name, label)) * presence) for name in ("vx", "vy"))
    vx, vy = (np.where(seconds > 0, total / some, 0.0) for total in sums)
    return vx, vy


def smoothed(heat: Heatmap, layer: F8) -> F8:
    """A layer (rows, columns) by the heat map's own kernel, which keeps its sum."""
    grid = heat.grid
    return smooth(layer, heat.walkable, SIGMA_M / grid.cell if grid.unit == "m" else SIGMA_CELLS)


@dataclass(frozen=True, slots=True, eq=False)
class Ramp:
    """Where values stand on a scale that ends at `full`. warm: the sorted warm values, for percentiles."""

    scale: Scale
    full: float
    warm: F8

    @classmethod
    def of(cls, values: F8, scale: Scale, full: float) -> Ramp:
        warm = np.sort(values[np.nan_to_num(values) > 0]) if scale == "percentile" else np.zeros(0)
        return cls(scale, full, warm)

    def share(self, values: F8) -> F8:
        """Of the whole ramp, 0 to 1; NaN stays."""
        if self.scale == "linear":
            return np.clip(values / self.full, 0, 1)
        if self.scale == "log":
            least = self.full / 10**_DECADES
            return np.asarray(np.clip(np.log1p(np.maximum(values, 0) / least) / np.log1p(10**_DECADES), 0, 1))
        rank = np.searchsorted(self.warm, values, side="right") / max(1, len(self.warm))
        return np.where(np.isnan(values), np.nan, np.where(values > 0, rank, 0.0))

    def ticks(self) -> list[tuple[float, float]]:
        """Value and share of what a legend names, from the least."""
        if self.scale == "linear":
            return [(value, value / self.full) for value in ticks(self.full)]
        if self.scale == "log":
            values = np.array([0.0, *(self.full / 10**power for power in range(_DECADES - 1, -1, -1))])
            return list(zip(values.tolist(), self.share(values).tolist(), strict=True))
        if not len(self.warm):
            return []
        parts = np.array([0.25, 0.5, 0.75, 0.9, 1.0])
        return list(zip(np.quantile(self.warm, parts).tolist(), parts.tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Of a range. total: person-seconds on the floor. observed, floor: areas, floor units squared.

    threshold: the value that the hottest tenth of the observed floor begins at, None where all is cold; holds: the part
    of the total that is in there.
    """

    total: float
    observed: float
    floor: float
    threshold: float | None
    holds: float | None


def summary_of(heat: Heatmap, values: F8, label: str | None = None) -> Summary:
    """values: of `values_of`."""
    area = heat.grid.cell**2
    seen = heat.walkable & (heat.exposure_s > 0)
    known = values[seen & np.isfinite(values)]
    total = float(heat.layer("presence_s", label).sum())
    threshold = holds = None
    if len(known) and known.max() > 0:
        threshold = max(float(np.quantile(known, 1 - HOTTEST)), _FAINT * float(known.max()))
        holds = float(known[known >= threshold].sum() / known.sum())
    return Summary(total, float(seen.sum()) * area, float(heat.walkable.sum()) * area, threshold, holds)


def outlines(heat: Heatmap, values: F8, threshold: float) -> list[F8]:
    """Closed lines (n, 2), floor units, around what is at least `threshold`."""
    fine = upsampled(np.nan_to_num(values), _FINE)
    found, _ = cv2.findContours((fine >= threshold).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    step = heat.grid.cell / _FINE
    origin = np.array(heat.grid.origin)
    return [_rounded(line[:, 0].astype(np.float64) + 0.5) * step + origin for line in found if len(line) > 2 * _FINE]


def _rounded(line: F8) -> F8:
    """A closed line (n, 2) without the corners of its pixels: the mean of neighbours, by as few points as show it."""
    smooth_line = np.mean([np.roll(line, shift, axis=0) for shift in range(-_FINE, _FINE + 1)], axis=0)
    return np.asarray(cv2.approxPolyDP(smooth_line.astype(np.float32), _OFF, closed=True)[:, 0], np.float64)


def upsampled(cells: F8, times: int) -> F8:
    """cells (rows, columns) drawn finer, smoothly and never below 0."""
    size = cells.shape[1] * times, cells.shape[0] * times
    return np.asarray(cv2.resize(cells, size, interpolation=cv2.INTER_CUBIC), np.float64).clip(0)
