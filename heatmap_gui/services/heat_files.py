"""Heat maps as files: the same numbers, by the same names, as a measurement's own folder has."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.core.difference import Difference
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import LAYERS, Heatmap
from heatmap_gui.core.palette import DIVERGING, THEMED
from heatmap_gui.core.render import draw_heatmap
from heatmap_gui.core.site import Site
from heatmap_gui.services.heat_picture import HeatPicture
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.pictures import read_picture


def save_arrays(path: Path, heat: Heatmap, label: str | None = None) -> None:
    """heatmap.npz: the raw layers of a class, or of all. Raises InputError and UnavailableError as files do."""
    write_atomically(path, arrays_npz(heat, label))


def arrays_npz(heat: Heatmap, label: str | None = None) -> bytes:
    """The content of heatmap.npz."""
    return _npz(heat.arrays(label))


def save_table(path: Path, heat: Heatmap, label: str | None = None) -> None:
    """A row for each cell where somebody may walk: its centre, the raw layers, and how long it was seen."""
    unit = heat.grid.unit
    columns = {name: heat.layer(name, label) for name in LAYERS} | {"exposure_s": heat.exposure_s}
    _save_csv(path, heat.grid, heat.walkable, unit, columns)


def save_picture(path: Path, picture: HeatPicture, site: Site, *, title: str, note: str) -> None:
    """heatmap.png. Presence on a linear scale to a round value is as a measurement's own, but for its contour."""
    write_atomically(path, picture_png(picture, site, title=title, note=note))


def picture_png(picture: HeatPicture, site: Site, *, title: str, note: str) -> bytes:
    """The content of heatmap.png."""
    floor, on_plan = picture.floor, picture.floor is site.floor
    plan = None
    if on_plan and floor.plan_path is not None:
        try:
            plan = read_picture(floor.plan_path)
        except InputError:
            plan = None  # the heat is worth having without it
    drawn = draw_heatmap(
        picture.layer,
        floor,
        plan,
        title=title,
        note=note,
        zones=site.zones if on_plan else (),
        lines=site.lines if on_plan else (),
        colormap=(THEMED if picture.difference is None else DIVERGING)[picture.light],
    )
    return cv2.imencode(".png", drawn)[1].tobytes()


def save_difference(path: Path, grid: Grid, found: Difference) -> None:
    """A and B, a unit of area each, as arrays (.npz) or as a table (.csv)."""
    columns = {"a": found.a, "b": found.b, "half_width_95": found.half, "significant": found.significant.astype(float)}
    if path.suffix == ".csv":
        _save_csv(path, grid, found.seen, grid.unit, columns)
    else:
        layers = {name: layer.astype(np.float32) for name, layer in columns.items()}
        write_atomically(path, _npz({**layers, "seen": found.seen}))


def _npz(arrays: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]) -> bytes:
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def _save_csv(
    path: Path, grid: Grid, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], unit: str,
    columns: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]],
) -> None:  # fmt: skip
    x, y = np.meshgrid(*grid.centres())
    rows = np.stack([layer[where] for layer in (x, y, *columns.values())], axis=1).astype(np.float32)
    text = io.StringIO()
    text.write(",".join([f"x_{unit}", f"y_{unit}", *columns]) + "\n")
    np.savetxt(text, rows, fmt="%.9g", delimiter=",")
    write_atomically(path, text.getvalue().replace("nan", "").encode())
