"""The demo junction as a detector would see it from its masts: boxes with errors, some missed, some mistaken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site_file import read_site
from heatmap_gui.core.types import F8, Detections, Frame, Points
from heatmap_gui.vision.synthetic.junction_pictures import corners_of
from heatmap_gui.vision.synthetic.junction_site import VIEWS, junction_document
from heatmap_gui.vision.synthetic.junction_truth import LABELS, on_plan
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.vehicles import KINDS, Vehicle, vehicles

NOISE = 0.015  # of edges, in box heights
MISSED, MISTAKEN = 0.03, 0.03
_COVERED = 0.75  # who is hidden so far by one before him is not found
_LEAST_PX, _LEAST_SHARE = 4.0, 0.3


def tracked(duration_s: float, fps: float, seed: int = 1) -> Points:
    """What the tracker settles of two cameras' boxes."""
    site = read_site(junction_document("crossing", 1), Path("calibration_crossing.json"))
    sizes = {str(view.id): view.size for view in VIEWS}
    projections = {c.id: Projection.of(site.floor, c, sizes[c.id]) for c in site.cameras}
    pipeline = Pipeline(site, projections, LABELS, period_s=1 / fps)
    everybody, rng = vehicles(1, duration_s), np.random.default_rng(seed)
    parts = []
    for index in range(round(duration_s * fps)):
        at = index / fps
        about = [v for v in everybody if v.start_s <= at <= v.end_s]
        frames = [(Frame(str(v.id), index, at, None, v.size), _found(v, about, at, rng)) for v in VIEWS]
        pipeline.step(frames)
        parts += [bucket.points for bucket in pipeline.take()]
    return Points.join(parts + [bucket.points for bucket in pipeline.take(everything=True)])


def _found(view: View, about: Sequence[Vehicle], at: float, rng: np.random.Generator) -> Detections:
    seen = [(v, box) for v, box in _shown(view, about, at) if rng.random() >= MISSED]
    boxes = np.array([box for _, box in seen]).reshape(-1, 4)
    boxes = boxes + rng.normal(0, NOISE, boxes.shape) * (boxes[:, 3:] - boxes[:, 1:2])
    classes = [KINDS.index(v.kind) if rng.random() >= MISTAKEN else int(rng.integers(len(KINDS))) for v, _ in seen]
    scores = rng.uniform(0.7, 0.95, len(seen))
    return Detections(boxes.astype(np.float32), scores.astype(np.float32), np.array(classes, np.int16), LABELS)


def _shown(view: View, about: Sequence[Vehicle], at: float) -> Iterator[tuple[Vehicle, F8]]:
    """Whose box is enough in the picture, and not behind another's."""
    nearer: list[F8] = []
    for _, vehicle, box in sorted(_boxes(view, about, at), key=lambda one: one[0]):
        overlap = [(np.minimum(box[2:], o[2:]) - np.maximum(box[:2], o[:2])).clip(0).prod() for o in nearer]
        if max(overlap, default=0.0) < _COVERED * np.prod(box[2:] - box[:2]):
            yield vehicle, box
        nearer.append(box)


def _boxes(view: View, about: Sequence[Vehicle], at: float) -> Iterator[tuple[float, Vehicle, F8]]:
    for vehicle in about:
        place, ahead = vehicle.route.place(np.array([np.interp(at, vehicle.times_s, vehicle.s)]))
        half, wide = vehicle.kind.length_m / 2, vehicle.kind.width_m / 2
        points, depth = view.project(
            corners_of((-half, half, wide, 0.0, vehicle.kind.height_m, None), place[0], ahead[0])
        )
        if depth.min() < 1.5 or not on_plan(place)[0]:
            continue
        whole = points.max(axis=0) - points.min(axis=0)
        low, high = points.min(axis=0).clip(0), np.minimum(points.max(axis=0), view.size)
        inside = high - low
        if inside.min() > _LEAST_PX and inside.prod() > _LEAST_SHARE * whole.prod():
            yield float(depth.mean()), vehicle, np.concatenate([low, high])
