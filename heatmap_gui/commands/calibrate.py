"""`calibrate`: clicked pairs of points to a homography, with what it is worth in metres."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.core.calibration import Fit, fit
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site_cameras import read_frame_size, read_lens
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.site_files import read_document

HELP = (
    "Fit a camera to the floor plan. PAIRS is JSON: camera_points and plan_points [[x, y], ...] in px, and optionally "
    "metres_per_pixel, frame_size [width, height] and lens {fx, fy, cx, cy, k1, k2, p1, p2, k3}."
)
_KNOWN = ("camera_points", "plan_points", "metres_per_pixel", "frame_size", "lens")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pairs, and where the calibration goes."""
    parser.add_argument("--pairs", type=Path, required=True, metavar="PAIRS", help="file with the clicked points")
    parser.add_argument("--out", type=Path, metavar="F", help="write the matrix and its errors to this JSON file")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    found, warnings = _fit_file(args.pairs)
    result = _result(found)
    if args.out:
        write_atomically(args.out, (json.dumps(result, indent=1) + "\n").encode())
    print(json.dumps(result) if args.json else "\n".join([*_lines(found), *warnings]))
    if args.out and not args.json:
        print(f"written: {args.out}")
    return 0


def _fit_file(path: Path) -> tuple[Fit, list[str]]:
    root = read_document(path)
    root.warn_unknown(_KNOWN)
    points = [root.need(key, "a list of [x, y]").points() for key in ("camera_points", "plan_points")]
    scale = root.get("metres_per_pixel")
    try:
        found = fit(
            points[0],
            points[1],
            metres_per_pixel=scale.positive("metres") if scale else None,
            lens=read_lens(root),
            size=read_frame_size(root),
        )
    except InputError as error:
        raise InputError(f"{path.name}: {error.message}") from None
    return found, root.warnings


def _result(found: Fit) -> dict[str, Any]:
    """What is written and printed as JSON; `calibration` is the object of that name in a site file."""
    calibration = found.calibration
    values: dict[str, Any] = {
        "camera_points": calibration.camera_points.tolist(),
        "plan_points": calibration.plan_points.tolist(),
        "homography_matrix": calibration.matrix.tolist(),
        "is_calibrated": True,
    }
    if calibration.error_m is not None:
        values["error_m"] = calibration.error_m
    return {
        "calibration": values,
        "unit": found.unit,
        "error": found.error,
        "pairs": [
            {
                "pair": i + 1,
                "residual": float(found.residuals[i]),
                "leave_one_out": _left_out(found, i),
                "suspect": i in found.suspects,
            }
            for i in found.worst_first()
        ],
        "horizon": found.horizon.tolist(),
        "mirrored": found.mirrored,
    }


def _left_out(found: Fit, pair: int) -> float | None:
    if found.leave_one_out is None or np.isnan(found.leave_one_out[pair]):
        return None
    return float(found.leave_one_out[pair])


def _lines(found: Fit) -> list[str]:
    points = np.hstack([found.calibration.camera_points, found.calibration.plan_points])
    unit = found.unit
    lines = [f"pair  {'picture px':>15}  {'plan px':>15}  {f'residual {unit}':>11}  {f'left out {unit}':>11}"]
    for i in found.worst_first():
        residual, left_out = _said(float(found.residuals[i]), unit), _said(_left_out(found, i), unit)
        x, y, plan_x, plan_y = points[i]
        row = f"{i + 1:4}  {x:7.1f} {y:7.1f}  {plan_x:7.1f} {plan_y:7.1f}  {residual:>11}  {left_out:>11}"
        lines.append(f"{row}  check this one: the others contradict it" if i in found.suspects else row)
    if found.error is None:
        lines.append("error: unknown: 4 pairs fit whatever they are; add 2 or more to learn how good they are")
    else:
        lines.append(f"error: {_said(found.error, unit)} {unit} (root mean square, each pair left out of the fit)")
    lines.append(_horizon(found))
    if found.mirrored:
        lines.append("mirrored: the plan shows the floor as if seen from below; right only if it is drawn like that")
    return lines


def _said(error: float | None, unit: str) -> str:
    if error is None:
        return "unknown"
    digits = 3 if unit == "m" else 1
    return f"{error:.{digits}f}" if error >= 10.0**-digits else f"< {10.0**-digits:g}"


def _horizon(found: Fit) -> str:
    a, b, c = found.horizon
    x = found.calibration.camera_points[:, 0]
    left, right = float(x.min()), float(x.max())
    if b * float(np.ptp(found.calibration.camera_points[:, 1])) < 1e-3:  # of the denominator, which is 1 at the pairs
        return "horizon: none in sight: the camera looks straight down"
    ends = [f"y = {-(a * at + c) / b:.0f} at x = {at:.0f}" for at in (left, right)]
    return f"horizon: {' to '.join(ends)} px; nothing above it is on the floor"
