"""What a camera's pairs are worth, each of them, and how they stand in a site file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from heatmap_gui.core import homography
from heatmap_gui.core.calibration import Fit, fit
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.pair_editing import Pairs
from heatmap_gui.core.types import F8

LEAST = 4


@dataclass(frozen=True, slots=True, eq=False)
class PairFit:
    """Pairs, the fit to those that are used, and every pair's errors in the fit's unit.

    fit: None where there is none, `problem` says why. in_fit (n,): NaN for what is held out. left_out (n,): how far a
    pair is from the fit to the others; NaN where that is unknown. suspects: pairs, from 0, that contradict the others.
    """

    pairs: Pairs
    fit: Fit | None
    problem: str
    in_fit: F8
    left_out: F8
    suspects: tuple[int, ...]

    def worst_first(self) -> list[int]:
        """Pair numbers from 0: suspects, then by left-out error; unknown ones last, in their order."""
        order = np.argsort(-np.nan_to_num(self.left_out, nan=-1.0), kind="stable").tolist()
        return [*self.suspects, *(number for number in order if number not in self.suspects)]


def fit_pairs(
    pairs: Pairs, metres_per_pixel: float | None, lens: Lens | None = None, size: tuple[int, int] | None = None
) -> PairFit:
    """The fit to the used pairs; never raises. metres_per_pixel: of the plan, None: unknown. size: of the picture."""
    unknown = np.full(len(pairs), np.nan)
    rows = np.flatnonzero(pairs.used)
    if len(rows) < LEAST:
        return PairFit(pairs, None, "", unknown, unknown, ())
    image, plan = pairs.image[rows], pairs.plan[rows]
    try:
        found = fit(image, plan, metres_per_pixel=metres_per_pixel, lens=lens, size=size)
    except InputError as error:
        return PairFit(pairs, None, error.message, unknown, unknown, ())
    in_fit, left_out = unknown.copy(), unknown.copy()
    in_fit[rows] = found.residuals
    if found.leave_one_out is not None:
        left_out[rows] = found.leave_one_out
    held = ~pairs.used
    clicks = pairs.image[held] if lens is None else lens.undistort(pairs.image[held])
    miss = homography.apply(found.calibration.matrix, clicks) - pairs.plan[held]
    left_out[held] = np.hypot(*miss.T) * (metres_per_pixel or 1.0)
    return PairFit(pairs, found, "", in_fit, left_out, tuple(int(rows[i]) for i in found.suspects))


def read_pairs(camera: dict[str, Any]) -> Pairs:
    """The pairs of a camera of a site document that was read as a site already."""
    written = camera.get("calibration") or {}
    image = np.array(written.get("camera_points") or [], np.float64).reshape(-1, 2)
    plan = np.array(written.get("plan_points") or [], np.float64).reshape(-1, 2)
    used = np.ones(len(image), np.bool_)
    used[written.get("held_out") or []] = False
    return Pairs(image, plan, used, tuple(written.get("names") or [""] * len(image)))


def put_pairs(written: dict[str, Any], pairs: Pairs) -> None:
    """Into the `calibration` of a camera of a site document."""
    written["camera_points"], written["plan_points"] = pairs.image.tolist(), pairs.plan.tolist()
    written.pop("held_out", None)
    if not pairs.used.all():
        written["held_out"] = np.flatnonzero(~pairs.used).tolist()
    written.pop("names", None)
    if any(pairs.names):
        written["names"] = list(pairs.names)


def write_pairs(camera: dict[str, Any], fitted: PairFit, size: tuple[int, int] | None) -> None:
    """Puts pairs and fit into a camera of a site document. size: of the picture that was clicked, if known.

    A matrix that no pairs made, such as an imported one, stays until pairs make another.
    """
    before = read_pairs(camera)
    written: dict[str, Any] = dict(camera.get("calibration") or {})
    put_pairs(written, fitted.pairs)
    if fitted.fit is not None or np.count_nonzero(before.used) >= LEAST:
        for key in ("homography_matrix", "error_m"):
            written.pop(key, None)
        written["is_calibrated"] = fitted.fit is not None
    if fitted.fit is not None:
        written["homography_matrix"] = fitted.fit.calibration.matrix.tolist()
        if fitted.fit.calibration.error_m is not None:
            written["error_m"] = fitted.fit.calibration.error_m
    if "homography_matrix" not in written:
        written["is_calibrated"] = False
    camera["calibration"] = written
    if size is not None and not camera.get("frame_size"):
        camera["frame_size"] = list(size)


def camera_of(document: dict[str, Any], camera_id: str) -> dict[str, Any]:
    """The camera of that id in a site document."""
    cameras: list[dict[str, Any]] = document["cameras"]
    return next(camera for camera in cameras if str(camera["camera_id"]) == camera_id)


def lens_of(camera: dict[str, Any]) -> Lens | None:
    """The lens of a camera of a site document that was read as a site already."""
    written = camera.get("lens")
    return Lens(**{key: float(value) for key, value in written.items()}) if written else None
