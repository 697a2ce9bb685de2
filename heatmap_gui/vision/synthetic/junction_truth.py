"""What is exactly true of the demo junction: who crossed which line when and how fast, turned where, waited how long.

Everything comes from the ways themselves, not from what the program measures with: places at any instant by straight
lines between a way's own steps, and conditions found in steps of a hundredth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, Bool, Points
from heatmap_gui.vision.synthetic.junction import ARM_M, LINE_M, PLAN_SIZE_M, STOP_M
from heatmap_gui.vision.synthetic.vehicles import KINDS, STEP_S, Vehicle

FINE_S = 0.01
SLOW, FAST = 5 / 3.6, 10 / 3.6  # m/s
LABELS = tuple({"bike": "motorcycle"}.get(kind.name, kind.name) for kind in KINDS)
"""As a network calls them."""


@dataclass(frozen=True, slots=True)
class TruePassage:
    """line: `north` for an arm's line, `stop-north` for its stop line. speed: over the second around it, m/s."""

    line: str
    direction: str
    vehicle: int
    kind: str
    at_s: float
    speed: float


@dataclass(frozen=True, slots=True)
class TrueWait:
    """Before which arm's stop line."""

    line: str
    vehicle: int
    kind: str
    begin_s: float
    end_s: float


def passages(everybody: Sequence[Vehicle], duration_s: float) -> list[TruePassage]:
    """From 0 to duration_s, in the order of time."""
    found = []
    for vehicle in everybody:
        route, times_s, path = vehicle.route, vehicle.times_s, vehicle.path
        inside = np.flatnonzero(on_plan(path))
        first, last = max(times_s[inside[0]], 0.0), min(times_s[inside[-1]], duration_s)
        for line, direction, s in (
            (f"stop-{route.origin}", "in", ARM_M - STOP_M),
            (route.origin, "in", ARM_M - LINE_M),
            (route.destination, "out", route.length_m - ARM_M + LINE_M),
        ):
            at_s = float(np.interp(s, vehicle.s, times_s))
            if 0 < at_s < duration_s:
                span = np.clip([at_s - 0.5, at_s + 0.5], first, last)
                ends = np.stack([np.interp(span, times_s, path[:, axis]) for axis in (0, 1)])
                speed = float(np.linalg.norm(ends[:, 1] - ends[:, 0]) / (span[1] - span[0]))
                found.append(TruePassage(line, direction, vehicle.id, vehicle.kind.name, at_s, speed))
    return sorted(found, key=lambda passage: passage.at_s)


def waits(everybody: Sequence[Vehicle], duration_s: float) -> list[TrueWait]:
    """From 0 to duration_s, in the order of time: slower than 5 km/h, until faster than 10, before the stop line."""
    return sorted((wait for v in everybody for wait in _waits(v, duration_s)), key=lambda wait: wait.begin_s)


def _waits(vehicle: Vehicle, duration_s: float) -> Iterator[TrueWait]:
    """A way is straight before its line: metres along it are all that is asked."""
    seen = np.flatnonzero(on_plan(vehicle.path))
    first = max(vehicle.times_s[seen[0]], 0.0)
    line_s = float(np.interp(ARM_M - STOP_M, vehicle.s, vehicle.times_s))
    last = min(vehicle.times_s[seen[-1]], duration_s)
    times_s = np.arange(first, min(line_s, duration_s), FINE_S)
    begin, end = np.maximum(times_s - 0.5, first), np.minimum(times_s + 0.5, last)
    way = np.interp(end, vehicle.times_s, vehicle.s) - np.interp(begin, vehicle.times_s, vehicle.s)
    slow, fast = np.flatnonzero(way < SLOW * (end - begin)), np.flatnonzero(way > FAST * (end - begin))
    stop = 0
    while (n := int(np.searchsorted(slow, stop))) < len(slow):
        start = int(slow[n])
        faster = int(np.searchsorted(fast, start))
        stop = int(fast[faster]) if faster < len(fast) else len(times_s)
        end_s = float(times_s[stop]) if stop < len(times_s) else min(line_s, duration_s)
        yield TrueWait(f"stop-{vehicle.route.origin}", vehicle.id, vehicle.kind.name, float(times_s[start]), end_s)


def on_plan(path: F8) -> Bool:
    """Which of places (n, 2) are on it."""
    return np.asarray(((path >= 0) & (path < PLAN_SIZE_M)).all(axis=1))


def rows(
    everybody: Sequence[Vehicle], duration_s: float, fps: float, start: float = 0.0, sigma_m: float = 0.05
) -> Points:
    """What a perfect tracker would store: a row a vehicle on the plan and frame, by vehicle and time.

    start: Unix time of 0.
    """
    parts = []
    for vehicle in everybody:
        frames = np.arange(np.ceil(max(vehicle.start_s, 0.0) * fps), min(vehicle.end_s, duration_s - 1e-9) * fps)
        at_s = frames / fps
        x, y = (np.interp(at_s, vehicle.times_s, vehicle.path[:, axis]) for axis in (0, 1))
        inside = on_plan(np.stack([x, y], axis=1))
        way = np.gradient(vehicle.path, STEP_S, axis=0)
        vx, vy = (np.interp(at_s, vehicle.times_s, way[:, axis]) for axis in (0, 1))
        n = len(frames)
        parts.append(
            Points(
                start + at_s, np.full(n, vehicle.id), x, y, vx, vy, np.full(n, sigma_m), np.full(n, 1 / fps),
                np.full(n, KINDS.index(vehicle.kind), np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_), LABELS,
            ).take(inside)
        )  # fmt: skip
    return Points.join(parts)
