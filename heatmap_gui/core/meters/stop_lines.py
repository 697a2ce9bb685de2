"""Waiting before stop lines: who stood, from when to when, how far back, and how many at once.

A vehicle waits once it is slower than 5 km/h, and until it is faster than 10 km/h (the queue condition that PTV Vissim
has by default), while it is before the line, as wide as the line is and up to 150 m back. Speeds are those over the
second around an instant, so that neither the frame rate nor a foot that jitters matters. Places are where a vehicle is
said to stand: its front may be half its length nearer to the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.meters.crossings import LineRegion
from heatmap_gui.core.meters.passages_of_vehicles import Passage, speeds_at
from heatmap_gui.core.meters.vehicle_tracks import CLASSES, VehicleTracks
from heatmap_gui.core.types import F8, I8, Bool

SLOW_KMH, FAST_KMH = 5.0, 10.0
REACH_M = 150.0


@dataclass(frozen=True, slots=True)
class Wait:
    """One vehicle before one line. distance_m: of its place from the line when it began to wait."""

    line_id: str
    vehicle: int
    label: str
    begin: float
    end: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Of those who crossed a stop line: how long they had waited before it, s; stopped: how many had to."""

    vehicles: int
    stopped: int
    mean_s: float
    median_s: float
    longest_s: float


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Vehicles that waited at once: on average over the time, and at most; how far back the last of them stood, m."""

    mean_vehicles: float
    most_vehicles: int
    longest_m: float


def waits(tracks: VehicleTracks, lines: Sequence[LineRegion]) -> list[Wait]:
    """All of them in the order of time; the lines' in-side is behind the stop line, where the junction is."""
    points = tracks.points
    if len(points) == 0:
        return []
    speed, _ = speeds_at(tracks, points.track_id, points.at)
    speed = np.nan_to_num(speed, nan=2 * FAST_KMH)
    queued = _queued(speed, points.track_id)
    begins = np.zeros(len(points), np.bool_)
    begins[tracks.first[:-1]] = True
    found: list[Wait] = []
    for line in lines:
        found += _at_line(tracks, line, speed, queued, begins)
    return sorted(found, key=lambda wait: (wait.begin, wait.vehicle, wait.line_id))


def wait_figures(found: Iterable[Wait], crossed: Iterable[Passage]) -> dict[str, WaitFigures]:
    """By line: of those passages that lead in over it."""
    waited: dict[tuple[str, int], list[Wait]] = defaultdict(list)
    for wait in found:
        waited[wait.line_id, wait.vehicle].append(wait)
    seconds: dict[str, list[float]] = defaultdict(list)
    for passage in crossed:
        if passage.direction == "in":
            own = waited[passage.line_id, passage.vehicle]
            seconds[passage.line_id].append(sum(w.end - w.begin for w in own if w.begin < passage.at))
    return {
        line: WaitFigures(
            len(values),
            sum(value > 0 for value in values),
            float(np.mean(values)),
            float(np.median(values)),
            float(np.max(values)),
        )
        for line, values in sorted(seconds.items())
    }


def queue_figures(found: Iterable[Wait], start: float, end: float) -> dict[str, QueueFigures]:
    """By line, from start to end. Who goes when another comes was not there with him."""
    by_line: dict[str, list[Wait]] = defaultdict(list)
    for wait in found:
        if wait.begin < end and wait.end > start:
            by_line[wait.line_id].append(wait)
    return {line: _queue(own, start, end) for line, own in sorted(by_line.items())}


def _queue(own: Sequence[Wait], start: float, end: float) -> QueueFigures:
    spans = [(max(wait.begin, start), min(wait.end, end)) for wait in own]
    events = sorted([(begin, 1) for begin, _ in spans] + [(stop, -1) for _, stop in spans])
    most = int(np.cumsum([change for _, change in events]).max())
    seconds = sum(stop - begin for begin, stop in spans)
    return QueueFigures(seconds / (end - start), most, max(wait.distance_m for wait in own))


def _queued(speed: F8, vehicle: I8) -> Bool:
    """(n,) whether a row is of a queue: as the last row said that was slow or fast; before any, it is not."""
    decides = (speed < SLOW_KMH) | (speed > FAST_KMH)
    last = np.maximum.accumulate(np.where(decides, np.arange(len(speed)), -1))
    known = (last >= 0) & (vehicle[last] == vehicle)
    return np.asarray(known & (speed[last] < SLOW_KMH))


def _at_line(tracks: VehicleTracks, line: LineRegion, speed: F8, queued: Bool, begins: Bool) -> list[Wait]:
    points = tracks.points
    place = np.stack([points.x, points.y], axis=1)
    way = line.b - line.a
    along = (place - line.a) @ (way / (way @ way))
    inward = 1.0 if line.in_side == "right" else -1.0
    back_m = -inward * geometry.side(line.a, line.b, place)
    before = (along >= 0) & (along < 1) & (back_m >= 0) & (back_m <= REACH_M)
    waiting = queued & before
    starts = np.flatnonzero(waiting & (begins | ~np.roll(waiting, 1)))
    over = np.append(begins[1:], True)
    stops = np.flatnonzero(waiting & (over | ~np.roll(waiting, -1)))
    found = []
    for first, last in zip(starts.tolist(), stops.tolist(), strict=True):
        begin, end = points.at[first], points.at[last]
        if not begins[first] and not queued[first - 1]:
            begin = _when(points.at, speed, first - 1, SLOW_KMH)
        if not over[last]:
            if not queued[last + 1]:
                end = _when(points.at, speed, last, FAST_KMH)
            if back_m[last + 1] < 0:
                end = min(end if not queued[last + 1] else np.inf, _when(points.at, back_m, last, 0.0))
        vehicle = int(points.track_id[first])
        label = CLASSES[tracks.class_id[vehicle]]
        found.append(Wait(line.id, vehicle, label, float(begin), float(end), float(back_m[first])))
    return found


def _when(at: F8, values: F8, row: int, level: float) -> float:
    """When, between a row and the next, values come to the level."""
    share = (level - values[row]) / (values[row + 1] - values[row])
    return float(at[row] + np.clip(share, 0.0, 1.0) * (at[row + 1] - at[row]))
