"""Synthetic people: where each of them is, and which way he faces, at every moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic.clothes import Look
from heatmap_gui.vision.synthetic.layout import Rect

STEP_S = 0.05
ELBOW_ROOM_M = 0.55
CLEARANCE_M = 0.28


@dataclass(frozen=True, slots=True)
class Stance:
    """A person at one moment: foot point (x, y) and distance walked in metres, heading in radians, speed in m/s."""

    x: float
    y: float
    heading: float
    walked_m: float
    speed: float
    reach: float


@dataclass(frozen=True, eq=False)
class Walker:
    """One person's whole stay: by definition he moves straight from each point of `path` to the next in STEP_S.

    path (n, 2) metres, the first at start_s; facing (n, 2) unit vectors; reach (n,) 0..1: an arm held out.
    """

    id: int
    height_m: float
    look: Look
    start_s: float
    path: F8
    facing: F8
    reach: F8
    walked_m: F8 = field(init=False)

    def __post_init__(self) -> None:
        steps = np.linalg.norm(np.diff(self.path, axis=0), axis=1)
        object.__setattr__(self, "walked_m", np.concatenate([[0.0], np.cumsum(steps)]))

    @property
    def end_s(self) -> float:
        return self.start_s + STEP_S * (len(self.path) - 1)

    @property
    def times_s(self) -> F8:
        return np.asarray(self.start_s + STEP_S * np.arange(len(self.path)), dtype=np.float64)

    def stance(self, at_s: float) -> Stance | None:
        """Where and how he stands at that time; None before he comes and after he has gone."""
        k = (at_s - self.start_s) / STEP_S
        if not 0.0 <= k <= len(self.path) - 1:
            return None
        i = min(int(k), len(self.path) - 2)
        w = k - i
        (x, y), (x1, y1) = self.path[i].tolist(), self.path[i + 1].tolist()
        walked = float(self.walked_m[i]), float(self.walked_m[i + 1])
        heading = float(np.arctan2(self.facing[i, 1], self.facing[i, 0]))
        along = walked[0] + w * (walked[1] - walked[0])
        speed = (walked[1] - walked[0]) / STEP_S
        return Stance(x + w * (x1 - x), y + w * (y1 - y), heading, along, speed, float(self.reach[i]))


class Itinerary:
    """Written while a person's way is planned: walk here, stand there; then `walker` makes it smooth."""

    def __init__(self, at_s: float, place: tuple[float, float], speed: float) -> None:
        self.at_s, self.place, self.speed = at_s, place, speed
        self._knots = [(at_s, *place)]
        self._stands: list[tuple[float, float, float, bool]] = []

    def walk(self, places: Sequence[tuple[float, float]], speed: float | None = None) -> None:
        for x, y in places:
            distance = float(np.hypot(x - self.place[0], y - self.place[1]))
            self.at_s += distance / (speed or self.speed)
            self.place = (x, y)
            self._knots.append((self.at_s, x, y))

    def stand(self, until_s: float, facing: float, reaching: bool = False) -> None:
        """Stay here until that time (not at all when it has passed), facing that way (radians)."""
        if until_s > self.at_s:
            self._stands.append((self.at_s, until_s, facing, reaching))
            self.at_s = until_s
            self._knots.append((until_s, *self.place))

    def walker(self, number: int, height_m: float, look: Look) -> Walker:
        t, x, y = np.array(self._knots).T
        first = np.ceil(t[0] / STEP_S)
        times = np.arange(first, t[-1] / STEP_S) * STEP_S
        path = np.stack([np.interp(times, t, x), np.interp(times, t, y)], axis=1)
        path = gaussian_filter1d(path, 0.3 / STEP_S, axis=0, mode="nearest")
        look_at, reach = np.zeros_like(path), np.zeros(len(path))
        for begin, end, angle, reaching in self._stands:
            rows = (times >= begin) & (times <= end)
            look_at[rows] = np.cos(angle), np.sin(angle)
            if reaching:
                reach[rows] = np.maximum(0.0, np.sin((times[rows] - begin) * 1.3 - 0.6)) ** 0.5
        reach = gaussian_filter1d(reach, 0.2 / STEP_S)
        return Walker(number, height_m, look, float(first * STEP_S), path, _facing(path, look_at), reach)


def _facing(path: F8, look_at: F8) -> F8:
    """Unit vectors: the way of walking, or while he stands the way he looks."""
    velocity = np.gradient(path, STEP_S, axis=0)
    speed = np.linalg.norm(velocity, axis=1, keepdims=True)
    walking = np.clip(speed / 0.4, 0.0, 1.0)
    direction = walking * velocity / np.maximum(speed, 1e-6) + (1.0 - walking) * look_at
    direction = gaussian_filter1d(direction, 0.25 / STEP_S, axis=0, mode="nearest")
    return np.asarray(direction / np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-6))


def keep_apart(walkers: Sequence[Walker], obstacles: Sequence[Rect], rounds: int = 3) -> tuple[Walker, ...]:
    """The same people, with ELBOW_ROOM_M between them where there is room, and out of the fixtures."""
    paths = [w.path.copy() for w in walkers]
    firsts = np.array([round(w.start_s / STEP_S) for w in walkers])
    lasts = firsts + [len(p) for p in paths]
    for _ in range(rounds):
        pushes = [np.zeros_like(p) for p in paths]
        for i, path in enumerate(paths):
            for j in np.flatnonzero((firsts[:i] < lasts[i]) & (lasts[:i] > firsts[i])).tolist():
                start, end = max(firsts[i], firsts[j]), min(lasts[i], lasts[j])
                mine = slice(start - firsts[i], end - firsts[i])
                theirs = slice(start - firsts[j], end - firsts[j])
                apart = path[mine] - paths[j][theirs]
                distance = np.maximum(np.sqrt(apart[:, :1] ** 2 + apart[:, 1:] ** 2), 0.05)
                push = apart / distance * np.clip(ELBOW_ROOM_M - distance, 0.0, None) * 0.5
                pushes[i][mine] += push
                pushes[j][theirs] -= push
        for path, push in zip(paths, pushes, strict=True):
            path += gaussian_filter1d(push, 0.4 / STEP_S, axis=0)
            _leave(path, obstacles)
    smooth = [gaussian_filter1d(p, 0.15 / STEP_S, axis=0, mode="nearest") for p in paths]
    return tuple(replace(w, path=p) for w, p in zip(walkers, smooth, strict=True))


def _leave(path: F8, obstacles: Sequence[Rect]) -> None:
    """Moves points that are closer than CLEARANCE_M to an obstacle to that distance, by the shortest way."""
    x, y = path.T  # the same numbers
    for x0, y0, x1, y1 in obstacles:
        low, high = np.array([x0, y0]) - CLEARANCE_M, np.array([x1, y1]) + CLEARANCE_M
        inside = np.flatnonzero((low[0] < x) & (x < high[0]) & (low[1] < y) & (y < high[1]))
        if len(inside):
            p = path[inside]
            ways = np.stack([p[:, 0] - low[0], high[0] - p[:, 0], p[:, 1] - low[1], high[1] - p[:, 1]])
            side = ways.argmin(axis=0)
            bounds = np.array([low[0], high[0], low[1], high[1]])
            path[inside, side // 2] = bounds[side]
