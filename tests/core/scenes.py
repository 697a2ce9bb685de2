"""Made-up scenes of which everything is known: people on known ways, seen by pinhole cameras as boxes with errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Camera, Floor, Line, Site, Zone
from heatmap_gui.core.types import F8, Boxes, Bucket, Crossing, Detections, Frame, Points, Visit
from tests.core.pinhole import Pinhole

METRES_PER_PIXEL = 0.02
FLOOR = Floor(None, 1000.0, 600.0, METRES_PER_PIXEL)  # 20 m x 12 m
SOUTH = Pinhole(x=10.0, y=-5.0, height=5.0, pan=90.0, tilt=27.0, focal=560.0)
NORTH = Pinhole(x=10.0, y=17.0, height=5.0, pan=270.0, tilt=27.0, focal=560.0)
WEST = Pinhole(x=-4.0, y=6.0, height=5.0, pan=0.0, tilt=25.0, focal=560.0)
LABELS = ("person", "car")
_HEIGHT_M = {"person": 1.7, "car": 1.5}
_WIDE = {"person": 0.38, "car": 1.6}  # of a box's height

Way = Callable[[float], tuple[float, float]]
Instant = tuple[float, list[tuple[str, Detections]]]


@dataclass(frozen=True)
class Body:
    """Somebody on a floor: where at which second, from when to when, and when out of every camera's sight."""

    way: Way
    begin_s: float = 0.0
    end_s: float = np.inf
    hidden_s: tuple[tuple[float, float], ...] = ()
    label: str = "person"

    def there(self, t: float) -> bool:
        return self.begin_s - 1e-9 <= t < self.end_s - 1e-9

    def seen(self, t: float) -> bool:
        return self.there(t) and not any(a - 1e-9 <= t < b - 1e-9 for a, b in self.hidden_s)


@dataclass(frozen=True)
class Eyes:
    """How well cameras see. noise: of box edges, in box heights; miss: share of boxes; false: boxes a frame.

    sway_m: of the feet about the place where their owner is.
    """

    noise: float = 0.02
    miss: float = 0.0
    false: float = 0.0
    score: tuple[float, float] = (0.7, 0.95)
    sway_m: float = 0.0
    seed: int = 1


CLEAR = Eyes()


@dataclass
class Facts:
    """All that a pipeline gave out."""

    pipeline: Pipeline
    buckets: list[Bucket] = field(default_factory=list)

    def of(self, floor: str = PLAN) -> list[Bucket]:
        return [bucket for bucket in self.buckets if bucket.floor == floor]

    def points(self, floor: str = PLAN) -> Points:
        return Points.join([b.points for b in self.of(floor)] or [Points.empty()])

    def boxes(self, camera: str) -> Boxes:
        return Boxes.join([b for bucket in self.buckets for b in bucket.boxes if b.camera == camera])

    def heatmap(self, floor: str = PLAN) -> Heatmap:
        return self.pipeline.floors[floor].heatmap

    @property
    def visits(self) -> list[Visit]:
        return [visit for bucket in self.buckets for visit in bucket.visits]

    @property
    def crossings(self) -> list[Crossing]:
        return [crossing for bucket in self.buckets for crossing in bucket.crossings]

    def person_seconds(self, floor: str = PLAN) -> float:
        return float(self.points(floor).seconds.sum())

    def exposed_s(self, camera: str) -> float:
        return sum(bucket.exposed_s.get(camera, 0.0) for bucket in self.buckets)


def still(x: float, y: float) -> Way:
    return lambda _: (x, y)


def straight(start: tuple[float, float], end: tuple[float, float], begin_s: float, speed: float = 1.2) -> Way:
    """At walking speed from start to end, from begin_s on, and no farther."""
    a, b = np.array(start), np.array(end)
    length = float(np.linalg.norm(b - a))

    def way(t: float) -> tuple[float, float]:
        x, y = a + (b - a) * np.clip((t - begin_s) * speed / length, 0.0, 1.0)
        return float(x), float(y)

    return way


def stroll(seed: int, centre: tuple[float, float] = (10.0, 6.0), reach: tuple[float, float] = (3.5, 2.5)) -> Way:
    """Around at about walking speed, the same at every frame rate."""
    a, b, c, d = np.random.default_rng(seed).uniform(0, 6.283, 4)

    def way(t: float) -> tuple[float, float]:
        x = centre[0] + reach[0] * (0.8 * np.sin(0.23 * t + a) + 0.2 * np.sin(0.61 * t + b))
        y = centre[1] + reach[1] * (0.8 * np.sin(0.29 * t + c) + 0.2 * np.sin(0.53 * t + d))
        return float(x), float(y)

    return way


def camera(name: str, pinhole: Pinhole | None, shift_m: tuple[float, float] = (0.0, 0.0)) -> Camera:
    """Exactly calibrated, or wrong by so much; not calibrated without a pinhole."""
    if pinhole is None:
        return Camera(name, name, "", name)
    move = np.array([[1.0, 0, shift_m[0] / METRES_PER_PIXEL], [0, 1, shift_m[1] / METRES_PER_PIXEL], [0, 0, 1]])
    none = np.zeros((0, 2))
    calibration = Calibration(move @ pinhole.homography(METRES_PER_PIXEL), none, none)
    return Camera(name, name, "", name, calibration=calibration, frame_size=pinhole.size)


def site(
    cameras: Iterable[Camera], floor: Floor = FLOOR, zones: tuple[Zone, ...] = (), lines: tuple[Line, ...] = ()
) -> Site:
    return Site("scene", floor, tuple(cameras), zones, lines)


def pipeline(of: Site, *, lag_s: float = 2.0, period_s: float = 0.1, size: tuple[int, int] = (800, 600)) -> Pipeline:
    projections = {c.id: Projection.of(of.floor, c, c.frame_size or size) for c in of.cameras}
    return Pipeline(of, projections, LABELS, lag_s=lag_s, period_s=period_s)


def detect(pinhole: Pinhole, bodies: Sequence[Body], t: float, eyes: Eyes, number: int) -> Detections:
    """What a camera finds at t seconds. number: of the camera, so that each errs by itself and always alike."""
    rng = np.random.default_rng([eyes.seed, number, round(t * 1000)])
    there = [b for b in bodies if b.seen(t)]
    boxes = _boxes(pinhole, there, rng.normal(0, eyes.sway_m, (len(there), 2)), t)
    noise, drawn = rng.normal(0, eyes.noise, boxes.shape), rng.uniform(*eyes.score, len(boxes))
    found = rng.random(len(boxes)) >= eyes.miss
    boxes = boxes + noise * (boxes[:, 3:] - boxes[:, 1:2])
    classes = np.array([LABELS.index(b.label) for b in there], np.int16)
    foot = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]], axis=1)
    found &= ((foot >= 0) & (foot < pinhole.size)).all(axis=1)
    boxes, drawn, classes = boxes[found], drawn[found], classes[found]
    false = rng.poisson(eyes.false)
    if false:
        corner = rng.uniform((0, 0), np.array(pinhole.size) * 0.8, (false, 2))
        boxes = np.concatenate([boxes, np.hstack([corner, corner + rng.uniform((20, 50), (60, 120), (false, 2))])])
        drawn = np.r_[drawn, rng.uniform(0.2, 0.65, false)]
        classes = np.r_[classes, np.zeros(false, np.int16)]
    return Detections(boxes.astype(np.float32), drawn.astype(np.float32), classes.astype(np.int16), LABELS)


def watch(
    cameras: Mapping[str, Pinhole],
    bodies: Sequence[Body],
    seconds: float,
    fps: float,
    eyes: Eyes = CLEAR,
    *,
    offset_s: Mapping[str, float] | None = None,
    out_s: Mapping[str, tuple[float, float]] | None = None,
) -> list[Instant]:
    """All instants of a scene in the order of time. offset_s: by camera; out_s: from when to when it delivers none."""
    frames: dict[float, list[tuple[str, Detections]]] = {}
    for number, (name, pinhole) in enumerate(sorted(cameras.items())):
        begin, end = (out_s or {}).get(name, (np.inf, np.inf))
        for frame in range(round(seconds * fps)):
            at = round(frame / fps + (offset_s or {}).get(name, 0.0), 6)
            if not begin <= at < end:
                frames.setdefault(at, []).append((name, detect(pinhole, bodies, at, eyes, number)))
    return sorted(frames.items(), key=lambda item: item[0])


def measure(into: Pipeline, instants: Iterable[Instant], *, start: float = 0.0) -> Facts:
    """Everything that the pipeline makes of them."""
    facts = Facts(into)
    for index, (at, views) in enumerate(instants):
        frames = [(Frame(name, index, start + at, None, (800, 600)), found) for name, found in views]
        into.step(frames)
        facts.buckets += into.take()
    facts.buckets += into.take(everything=True)
    return facts


def truth(bodies: Sequence[Body], at: F8) -> F8:
    """Where the only body is (n, 2) at these times."""
    (body,) = bodies
    return np.array([body.way(t) for t in at.tolist()]).reshape(-1, 2)


def without_scale(floor: Floor = FLOOR) -> Floor:
    return replace(floor, metres_per_pixel=None)


def _boxes(pinhole: Pinhole, bodies: Sequence[Body], sway_m: F8, t: float) -> F8:
    place = np.array([body.way(t) for body in bodies]).reshape(-1, 2) + sway_m
    foot = pinhole.project(place)
    tall = np.array([_HEIGHT_M[body.label] for body in bodies])
    wide = np.array([_WIDE[body.label] for body in bodies])
    head = pinhole.project(place, tall)[:, 1]
    half = wide * (foot[:, 1] - head) / 2
    return np.stack([foot[:, 0] - half, head, foot[:, 0] + half, foot[:, 1]], axis=1)
