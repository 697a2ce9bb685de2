"""`heatmap`: a picture from recorded detections, as they go out by webhook or stand in detections.json."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.grid import Grid, smooth
from heatmap_gui.core.heatmap import SIGMA_CELLS, SIGMA_M
from heatmap_gui.core.palette import ALPHA_MAX, COLORMAPS
from heatmap_gui.core.render import Layer, draw_heatmap, full_scale, number
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.pictures import read_picture
from heatmap_gui.store.site_files import read_document

HELP = (
    "Draw a heat map from recorded detections. DETECTIONS is JSON: detections [{timestamp, plan_point {x, y} in px of "
    "the plan, track_id}, ...], and metadata.metres_per_pixel where the plan has a scale. A person is "
    "counted once a second, however many cameras saw it; without track_id every detection counts one second."
)
_SUFFIXES = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True, eq=False)
class _Presence:
    """One second of one person a row: xy (n, 2) plan px. tracked: whether people could be told apart."""

    xy: F8
    tracked: bool
    detections: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The recorded detections, the plan, the picture and how it looks."""
    parser.add_argument("-i", "--input", type=Path, required=True, metavar="DETECTIONS", help="recorded detections")
    parser.add_argument("-p", "--plan", type=Path, required=True, help="picture of the floor plan")
    parser.add_argument("-o", "--output", type=Path, required=True, help="picture to write (.png or .jpg)")
    parser.add_argument("--colormap", choices=COLORMAPS, default="ember", help="colours (%(default)s)")
    parser.add_argument("--alpha", type=_share, default=ALPHA_MAX, help="opacity of the heat, 0 to 1 (%(default)s)")
    parser.add_argument(
        "--sigma-m", type=_positive, metavar="S", help=f"kernel in metres ({SIGMA_M}); plan px where there is no scale"
    )
    parser.add_argument("--metres-per-pixel", type=_positive, metavar="M", help="scale of the plan")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    if args.output.suffix.lower() not in _SUFFIXES:
        raise InputError(f"{args.output}: a picture is written as {' or '.join(_SUFFIXES)}: choose such a name")
    root = read_document(args.input)
    plan = read_picture(args.plan)
    metadata = root.get("metadata")
    scale = metadata.get("metres_per_pixel") if metadata else None
    metres_per_px = args.metres_per_pixel or (scale.positive("metres") if scale else None)
    floor = Floor(args.plan, plan.shape[1], plan.shape[0], metres_per_px)
    presence = _read_presence(root.need("detections", "a list of detections, as in detections.json").items())
    layer, outside = _layer(presence, floor, args.sigma_m)
    counted = len(presence.xy) - outside
    notes = _notes(presence, outside, floor)
    title = f"{_store(root, args.input)}: {number(counted)} person-seconds"
    picture = draw_heatmap(
        layer, floor, plan, title=title, note=" · ".join(notes), colormap=args.colormap, alpha=args.alpha
    )
    encoded = cv2.imencode(args.output.suffix, picture)[1]
    write_atomically(args.output, encoded.tobytes())
    summary = {
        "output": str(args.output), "detections": presence.detections, "person_seconds": counted, "outside": outside,
        "metres_per_pixel": metres_per_px, "unit": layer.unit, "full_scale": full_scale(layer.values),
    }  # fmt: skip
    print(json.dumps(summary) if args.json else "\n".join([title, *notes, f"written: {args.output}"]))
    return 0


def _read_presence(detections: Sequence[Node]) -> _Presence:
    """The detections, those of one track in one second as one row in their middle."""
    rows: dict[tuple[int | str, int], list[tuple[float, float]]] = {}
    for index, detection in enumerate(detections):
        point = detection.need("plan_point", "{x, y} in px of the plan")
        place = tuple(point.need(axis, "a number (px)").number() for axis in "xy")
        track = detection.get("track_id")
        who = f"detection {index}" if track is None else detection.identifier("track_id", reserved="")
        rows.setdefault((who, _second(detection)), []).append((place[0], place[1]))
    xy = np.array([np.mean(places, axis=0) for places in rows.values()], np.float64).reshape(-1, 2)
    return _Presence(xy, all(d.get("track_id") for d in detections), len(detections))


def _second(detection: Node) -> int:
    """Unix time in whole seconds; a time without a zone is read as UTC, which second it is matters alone."""
    node = detection.need("timestamp", "a time like 2025-12-21T14:00:06.5")
    try:
        at = datetime.fromisoformat(node.text())
    except ValueError:
        node.refuse("a time like 2025-12-21T14:00:06.5")
    return math.floor((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _layer(presence: _Presence, floor: Floor, sigma: float | None) -> tuple[Layer, int]:
    """Person-seconds per square unit, and how many rows lie outside the plan and are left out."""
    size = (floor.width_px, floor.height_px)
    within = np.all((presence.xy >= 0) & (presence.xy < size), axis=1)
    if len(within) and not within.any():
        raise InputError(
            f"all {len(within)} positions lie outside the plan of {size[0]}x{size[1]} px: "
            "give the plan that the detections were made for"
        )
    grid = Grid.of(floor)
    xy = floor.from_px(presence.xy[within])
    seconds = grid.accumulate(xy[:, 0], xy[:, 1], np.ones(len(xy)))[0].reshape(grid.shape)
    default = SIGMA_M / grid.cell if floor.unit == "m" else SIGMA_CELLS
    smoothed = smooth(seconds, np.ones(grid.shape, np.bool_), default if sigma is None else sigma / grid.cell)
    return Layer(grid, smoothed / grid.cell**2, f"person·s/{floor.unit}²"), int((~within).sum())


def _notes(presence: _Presence, outside: int, floor: Floor) -> list[str]:
    notes = [f"{presence.detections:,} detections"]
    if not presence.tracked:
        notes.append("no track ids: each detection counts 1 s, also when two cameras saw one person")
    if outside:
        notes.append(f"{outside:,} outside the plan left out")
    if floor.unit == "px":
        notes.append("plan without a scale: lengths in px (--metres-per-pixel gives one)")
    return notes


def _store(root: Node, path: Path) -> str:
    name = root.get("store_name")
    return name.text() if name else path.stem


def _positive(text: str) -> float:
    return _number(text, "a number above 0", 1e-9, 1e9)


def _share(text: str) -> float:
    return _number(text, "a number from 0 to 1", 0.0, 1.0)


def _number(text: str, allowed: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text} is not {allowed}")
    return value
