"""Vehicles over lines: how many of which class, how fast, how long after each other, and from which arm into which.

The speed at a line is that over the second around the crossing, half before and half after: exact while it changes
evenly, and the same at any frame rate but for what straight lines between rows leave out, a dt² / 4 a second where a
vehicle brakes by a. Its standard deviation comes from those of the two places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.meters.crossings import CrossingMeter, LineRegion
from heatmap_gui.core.meters.vehicle_tracks import CLASSES, VehicleTracks, places
from heatmap_gui.core.types import F8, I8

WINDOW_S = 1.0
KMH = 3.6  # of a metre a second
_ROWS = 1 << 19


@dataclass(frozen=True, slots=True)
class Passage:
    """One vehicle over one line. direction: in or out; speeds in km/h, None where it was seen for an instant alone."""

    line_id: str
    direction: str
    vehicle: int
    label: str
    at: float
    speed_kmh: float | None
    sigma_kmh: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One vehicle through the junction: into it over one arm's line, out of it over another's (or its own)."""

    origin: str
    destination: str
    vehicle: int
    label: str
    entered_at: float
    left_at: float


@dataclass(frozen=True, slots=True)
class Speeds:
    """Of some passages, km/h. mean: over vehicles, and sigma its standard deviation as far as places are uncertain;
    space_mean: harmonic, of a stretch of road (Wardrop 1952); p85: what 85 of 100 do not exceed.
    """

    vehicles: int
    mean_kmh: float
    sigma_kmh: float
    space_mean_kmh: float
    p85_kmh: float
    fastest_kmh: float


@dataclass(frozen=True, slots=True)
class Headways:
    """Seconds from one vehicle to the next over one line in one direction."""

    vehicles: int
    mean_s: float
    median_s: float
    shortest_s: float


def passages(tracks: VehicleTracks, lines: Sequence[LineRegion]) -> list[Passage]:
    """All crossings in the order of time."""
    meter = CrossingMeter(lines)
    for rows in tracks.split(_ROWS):
        meter.add(rows)
        meter.end(np.unique(rows.track_id).tolist())
    found = sorted(meter.take(), key=lambda c: (c.at, c.track_id, c.line_id))
    vehicle = np.array([c.track_id for c in found], np.int64)
    speed, sigma = speeds_at(tracks, vehicle, np.array([c.at for c in found], np.float64))
    return [
        Passage(c.line_id, c.direction, c.track_id, CLASSES[tracks.class_id[c.track_id]], c.at, v, s)
        for c, v, s in zip(found, _known(speed), _known(sigma), strict=True)
    ]


def speeds_at(tracks: VehicleTracks, vehicle: I8, at: F8) -> tuple[F8, F8]:
    """Speeds (n,) over the second around these times and their standard deviations, km/h; nan where nothing tells."""
    if len(vehicle) == 0:
        return np.zeros(0), np.zeros(0)
    begin = np.maximum(at - WINDOW_S / 2, tracks.begins[vehicle])
    end = np.minimum(at + WINDOW_S / 2, tracks.ends[vehicle])
    (start, start_sigma), (stop, stop_sigma) = (places(tracks, vehicle, when) for when in (begin, end))
    elapsed_s = np.where(end > begin, end - begin, np.nan)
    way = np.linalg.norm(stop - start, axis=1)
    return KMH * way / elapsed_s, KMH * np.hypot(start_sigma, stop_sigma) / elapsed_s


def turns(found: Iterable[Passage], arms: Mapping[str, str]) -> list[Turn]:
    """arms: by line its arm. Who came in over a line and then went out over one; going in anew begins anew."""
    entered: dict[int, Passage] = {}
    complete = []
    for passage in found:
        if passage.direction == "in":
            entered.setdefault(passage.vehicle, passage)
        elif passage.vehicle in entered:
            came = entered.pop(passage.vehicle)
            ways = arms[came.line_id], arms[passage.line_id]
            complete.append(Turn(*ways, passage.vehicle, passage.label, came.at, passage.at))
    return complete


def speeds(found: Iterable[Passage]) -> Speeds | None:
    """None where nobody's speed is known."""
    known = [(p.speed_kmh, p.sigma_kmh or 0.0) for p in found if p.speed_kmh is not None]
    if not known:
        return None
    values, sigma = np.array(known).T
    return Speeds(
        len(values),
        float(values.mean()),
        float(np.sqrt((sigma**2).sum()) / len(values)),
        float(len(values) / (1 / np.maximum(values, 1e-3)).sum()),
        float(np.percentile(values, 85)),
        float(values.max()),
    )


def headways(found: Iterable[Passage]) -> dict[tuple[str, str], Headways]:
    """By line and direction, where at least two went."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for passage in found:
        times[passage.line_id, passage.direction].append(passage.at)
    return {key: _headways(np.diff(sorted(at))) for key, at in sorted(times.items()) if len(at) > 1}


def _headways(gaps: F8) -> Headways:
    return Headways(len(gaps) + 1, float(gaps.mean()), float(np.median(gaps)), float(gaps.min()))


def _known(values: F8) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]
