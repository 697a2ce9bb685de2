"""A lens by its first coefficient: as somebody sets it, or as the pairs of a camera tell it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.pair_fit import fit_pairs, lens_of, read_pairs, write_pairs
from heatmap_gui.core.projection import focal_px

MOST_K1 = 0.5
_STEP = 0.02
_LEAST_PAIRS = 7  # six leave nothing to spare for a ninth unknown
_GAIN = 0.8  # of the error: less than that is chance


def start_lens(pairs: Pairs, size: tuple[int, int]) -> Lens:
    """A lens without distortion for pictures of this size; the focal length as the pairs tell it, else as usual."""
    found = fit_pairs(pairs, None).fit
    focal = focal_px(found.calibration.matrix, size) if found is not None else None
    focal = float(max(size)) if focal is None else round(focal, 1)
    return Lens(focal, focal, size[0] / 2, size[1] / 2)


def best_k1(pairs: Pairs, lens: Lens, size: tuple[int, int]) -> float:
    """The k1 with which each pair is nearest to the fit of the others; 0 where that is no better than chance.

    Takes half a second. Raises InputError with too few pairs.
    """
    if np.count_nonzero(pairs.used) < _LEAST_PAIRS:
        raise InputError(f"the lens cannot be told from fewer than {_LEAST_PAIRS} pairs: add more, also near the edges")
    tried = np.round(np.arange(-MOST_K1, MOST_K1 + _STEP / 2, _STEP), 2)
    errors = np.array([_error(pairs, replace(lens, k1=float(k1)), size) for k1 in tried])
    best = int(np.argmin(errors))
    straight = errors[int(np.argmin(np.abs(tried)))]
    return float(tried[best]) if errors[best] < _GAIN * straight else 0.0


def _error(pairs: Pairs, lens: Lens, size: tuple[int, int]) -> float:
    found = fit_pairs(pairs, None, lens, size).fit
    return np.inf if found is None or found.error is None else found.error


def write_k1(camera: dict[str, Any], k1: float, metres_per_pixel: float | None, size: tuple[int, int]) -> None:
    """Sets a camera of a site document to that k1 and fits its pairs anew; 0 without other coefficients is no lens."""
    pairs = read_pairs(camera)
    lens = replace(lens_of(camera) or start_lens(pairs, size), k1=k1)
    others = {"k2": lens.k2, "p1": lens.p1, "p2": lens.p2, "k3": lens.k3}
    if k1 == 0 and not any(others.values()):
        camera.pop("lens", None)
    else:
        written = {"fx": lens.fx, "fy": lens.fy, "cx": lens.cx, "cy": lens.cy, "k1": k1}
        camera["lens"] = written | {key: value for key, value in others.items() if value}
    if len(pairs):
        write_pairs(camera, fit_pairs(pairs, metres_per_pixel, lens_of(camera), size), size)
