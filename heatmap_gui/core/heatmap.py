"""The heat map: person-seconds per cell of the floor, its sister layers, and how long each cell was seen.

A person who stands still for 60 s deposits 60 person-seconds at any frame rate: every settled position brings the
seconds that it stands for. Everything is a sum, so parts of a day, a site or a run add up. What nobody saw is not cold:
density divides by the time observed, and is NaN where there was none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grid import Grid, nearest_cell, smooth
from heatmap_gui.core.passages import Passages
from heatmap_gui.core.types import F8, Bool, Points, Sparse, Tile

TILE_S = 300
SIGMA_M = 0.35
SIGMA_CELLS = 1.4  # the same on a floor without a scale
LAYERS = ("presence_s", "visits", "stops", "vx", "vy")
_OPEN_TILES = 2


@dataclass(slots=True, eq=False)
class _Sums:
    """Dense sums: by class (layers, cells), and exposure (1, cells)."""

    exposure: F8
    layers: dict[str, F8] = field(default_factory=dict)

    def of(self, label: str) -> F8:
        return self.layers.setdefault(label, np.zeros((len(LAYERS), self.exposure.shape[1])))


class Heatmap:
    """Accumulates settled positions. Mutable, owned by one thread.

    walkable: mask (rows, columns) of the grid; what falls outside counts in the nearest walkable cell.
    footprints: mask of what each camera sees; a camera without one sees the whole floor.
    """

    def __init__(self, grid: Grid, walkable: Bool | None = None, footprints: Mapping[str, Bool] | None = None) -> None:
        self.grid = grid
        self.walkable = np.ones(grid.shape, np.bool_) if walkable is None else walkable
        if not self.walkable.any():
            raise InputError("the walkable area holds no cell of the heat map: draw it larger, or choose smaller cells")
        self._nearest = nearest_cell(self.walkable)
        self._footprints = {name: mask.ravel() for name, mask in (footprints or {}).items()}
        self._passages = Passages(grid, self._nearest)
        self._whole = self._zeros()
        self._open: dict[int, _Sums] = {}
        self._closed: list[Tile] = []
        self._watched: defaultdict[tuple[int, frozenset[str]], float] = defaultdict(float)

    def add(self, points: Points, start: float = -np.inf) -> None:
        """Deposits rows of tracks (those of one track in time order); classes by name.

        Rows before `start` leave nothing: they tell which cells a track already knows, and how long it has stood.
        """
        if len(points) == 0:
            return
        entries, stops = self._passages.add(points)
        if points.at.min() < start:
            points, entries, stops = (rows.take(rows.at >= start) for rows in (points, entries, stops))
        for tile, label, rows in _parts(points):
            sums = self._tile(tile).of(label)
            sums[[0, 3, 4]] += self.grid.accumulate(
                rows.x, rows.y, rows.seconds, rows.vx * rows.seconds, rows.vy * rows.seconds
            )
        for layer, events in ((1, entries), (2, stops)):
            for tile, label, rows in _parts(events):
                np.add.at(self._tile(tile).of(label)[layer], self.grid.cell_of(rows.x, rows.y), 1.0)
        if len(self._open) > _OPEN_TILES:
            self._settle_exposure()
            for tile in sorted(self._open)[:-_OPEN_TILES]:
                self._close(tile)

    def end(self, track_ids: Sequence[int]) -> None:
        """These tracks are over: their ids do not come again."""
        self._passages.end(track_ids)

    def expose(self, at: float, seconds: Mapping[str, float]) -> None:
        """From `at` on, each camera was healthy for so many seconds: a cell was seen as long as by its best camera."""
        before = 0.0
        for duration in sorted({d for d in seconds.values() if d > 0}):
            watching = frozenset(camera for camera, d in seconds.items() if d >= duration)
            self._watched[int(at // TILE_S), watching] += duration - before
            before = duration

    def take_tiles(self) -> list[Tile]:
        """Everything since the last call in tiles of five minutes, which add up to it."""
        self._settle_exposure()
        for tile in sorted(self._open):
            self._close(tile)
        tiles, self._closed = self._closed, []
        return tiles

    def add_tile(self, tile: Tile) -> None:
        """Adds a tile of a heat map of the same grid."""
        sums = self._tile(tile.start_s // TILE_S)
        sums.exposure[:, tile.exposure.cells] += tile.exposure.values
        for label, part in tile.layers.items():
            cells = part.cells.astype(np.intp)  # what numpy would make of them for every layer
            for layer, values in zip(sums.of(label), part.values, strict=True):
                layer[cells] += values

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes that left something."""
        return tuple(dict.fromkeys(label for sums in self._all() for label in sums.layers))

    @property
    def exposure_s(self) -> F8:
        """Seconds (rows, columns) that a healthy camera saw each cell."""
        self._settle_exposure()
        return np.asarray(sum(sums.exposure[0] for sums in self._all())).reshape(self.grid.shape)

    def layer(self, name: str, label: str | None = None) -> F8:
        """One of LAYERS (rows, columns), of one class or of all; vx, vy: mean velocity, NaN where nobody was.

        presence_s: person-seconds. visits: tracks that came through the cell. stops: tracks that stopped there.
        """
        total = self._layer(name, label)
        if name in ("vx", "vy"):
            presence = self._layer("presence_s", label)
            return np.where(presence > 0, total / np.where(presence > 0, presence, 1.0), np.nan)
        return total

    def presence(self, sigma: float | None = None, label: str | None = None) -> F8:
        """Smoothed person-seconds per square floor unit (rows, columns); times the cells' area they sum up to all.

        sigma: of the kernel in floor units; default 0.35 m, or 1.4 cells without a scale.
        """
        return self._smooth(self._layer("presence_s", label), sigma) / self.grid.cell**2

    def density(self, sigma: float | None = None, label: str | None = None) -> F8:
        """People per square floor unit while observed (rows, columns); NaN where nobody looked or nobody can walk.

        Presence and exposure are smoothed alike, so an outage of a camera changes neither value nor shape.
        """
        exposure = self.exposure_s
        seen = self.walkable & (exposure > 0)
        smooth_exposure = self._smooth(exposure, sigma)
        return np.where(seen, self.presence(sigma, label) / np.where(seen, smooth_exposure, 1.0), np.nan)

    def arrays(self, label: str | None = None) -> dict[str, NDArray[Any]]:
        """The raw layers by their names in heatmap.npz, with the cell's size and the origin in floor units."""
        layers = {name: self.layer(name, label).astype(np.float32) for name in LAYERS}
        unit = self.grid.unit
        return {
            **layers,
            "exposure_s": self.exposure_s.astype(np.float32),
            f"cell_{unit}": np.array(self.grid.cell),
            f"origin_{unit}": np.array(self.grid.origin),
        }

    def _layer(self, name: str, label: str | None) -> F8:
        index = LAYERS.index(name)
        total = np.zeros(self.grid.size)
        for sums in self._all():
            for key, layers in sums.layers.items():
                if label in (None, key):
                    total += layers[index]
        return np.asarray(np.bincount(self._nearest, total, self.grid.size), np.float64).reshape(self.grid.shape)

    def _smooth(self, layer: F8, sigma: float | None) -> F8:
        default = SIGMA_M / self.grid.cell if self.grid.unit == "m" else SIGMA_CELLS
        return smooth(layer, self.walkable, default if sigma is None else sigma / self.grid.cell)

    def _settle_exposure(self) -> None:
        """Sums are kept by who watched, which is cheap at every instant, and laid onto the cells when asked for."""
        for (tile, watching), seconds in self._watched.items():
            masks = [self._footprints.get(camera, np.ones(self.grid.size, np.bool_)) for camera in watching]
            self._tile(tile).exposure[0] += seconds * np.logical_or.reduce(masks)
        self._watched.clear()

    def _all(self) -> list[_Sums]:
        return [self._whole, *self._open.values()]

    def _tile(self, number: int) -> _Sums:
        if number not in self._open:
            self._open[number] = self._zeros()
        return self._open[number]

    def _close(self, number: int) -> None:
        """Takes an open tile into the whole; what is left of it is sparse and waits for take_tiles."""
        sums = self._open.pop(number)
        self._whole.exposure += sums.exposure
        for label, layers in sums.layers.items():
            whole = self._whole.of(label)
            whole += layers
        layers_of = {label: Sparse.of(layers) for label, layers in sums.layers.items()}
        self._closed.append(Tile(number * TILE_S, layers_of, Sparse.of(sums.exposure)))

    def _zeros(self) -> _Sums:
        return _Sums(np.zeros((1, self.grid.size)))


def _parts(points: Points) -> list[tuple[int, str, Points]]:
    """The rows by tile and class."""
    count = len(points.labels)
    key = (points.at // TILE_S).astype(np.int64) * count + points.class_id
    if len(key) and key.min() == key.max():
        return [(int(key[0]) // count, points.labels[int(key[0]) % count], points)]
    keys = np.unique(key).tolist()
    rows = [points] if len(keys) == 1 else [points.take(key == k) for k in keys]
    return [(k // count, points.labels[k % count], part) for k, part in zip(keys, rows, strict=True)]
