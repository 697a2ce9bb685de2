"""Traffic from our own cameras: what the stored tracks of vehicles did at a site's lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

import numpy as np

from heatmap_gui.core.drawn_views import corners_of, projections, to_plan
from heatmap_gui.core.errors import ConflictError
from heatmap_gui.core.meters import emissions, passages_of_vehicles, stop_lines
from heatmap_gui.core.meters.crossings import LineRegion
from heatmap_gui.core.meters.passages_of_vehicles import Headways, Passage, Speeds, Turn
from heatmap_gui.core.meters.stop_lines import QueueFigures, Wait, WaitFigures
from heatmap_gui.core.meters.vehicle_tracks import vehicle_tracks
from heatmap_gui.core.site import PLAN, Line, Site
from heatmap_gui.store import history_reading
from heatmap_gui.store.database import Database

LONGEST_S = 25 * 3600.0  # a day has up to 25 hours
MOST_POINTS = 5_000
_AROUND_S = 600.0  # of tracks before and after: who is there when it begins came before


@dataclass(frozen=True, slots=True)
class Observed:
    """What vehicles did from start to end. lines: by id, those of the site that lie on the plan."""

    site: Site
    start: float
    end: float
    lines: Mapping[str, Line]
    vehicles: int
    passages: Sequence[Passage]
    turns: Sequence[Turn]
    waits: Sequence[Wait]


@dataclass(frozen=True, slots=True)
class Count:
    """Of one line and direction in one part of the time. per_hour: vehicles, at that rate."""

    line_id: str
    arm: str
    direction: str
    start: datetime
    vehicles: int
    per_hour: float
    by_class: dict[str, int]


@dataclass(frozen=True, slots=True)
class TurnCount:
    """From one arm into another."""

    origin: str
    destination: str
    vehicles: int
    by_class: dict[str, int]


@dataclass(frozen=True, slots=True)
class LineSpeeds:
    """over_limit: share of vehicles faster than the line's limit; None where it has none."""

    line_id: str
    direction: str
    speeds: Speeds
    speed_limit_kmh: float | None
    over_limit: float | None


@dataclass(frozen=True, slots=True)
class LineWaits:
    """At one stop line. waits: None where nobody crossed; queue: None where nobody waited."""

    line_id: str
    arm: str
    waits: WaitFigures | None
    queue: QueueFigures | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """idling: what engines took and gave off while they waited, if they all ran."""

    lines: list[LineWaits]
    waited_vehicle_hours: float
    idling: emissions.Idled


@dataclass(frozen=True, slots=True)
class LineHeadways:
    line_id: str
    direction: str
    headways: Headways


@dataclass(frozen=True, slots=True)
class SignalNow:
    """As a record of an intersection tells it; what no camera sees of a signal's controller is UNKNOWN and 0."""

    direction: str
    vehicle_counts: dict[str, int]
    vehicles_crossed: int
    avg_wait_time: float
    emergency_vehicle_present: bool = False
    signal_status: str = "UNKNOWN"
    signal_timer: float = 0.0
    green_time_allocated: float = 0.0


@dataclass(frozen=True, slots=True)
class MetricsNow:
    """Nothing is saved by being watched."""

    total_vehicles_passed: int
    avg_wait_time_all_sides: float
    throughput: float
    avg_speed: float
    fuel_saved: float = 0.0
    co2_saved: float = 0.0
    emergency_overrides: int = 0


@dataclass(frozen=True, slots=True)
class MeasuredRecord:
    """A junction at an instant, in the words in which simulations tell of theirs."""

    simulation_id: str
    timestamp: datetime
    intersection_id: str
    signals: list[SignalNow]
    metrics: MetricsNow


def observe(database: Database, site: Site, start: float, end: float) -> Observed:
    """All that vehicles did at the site's lines. Some seconds an hour of a busy junction.

    Raises ConflictError where the plan has no scale or no line, or the time is too long.
    """
    if site.floor.unit != "m":
        raise ConflictError(f"{site.name}: its plan has no scale: set it, so that there are metres and speeds")
    if end - start > LONGEST_S:
        raise ConflictError(f"from, to: {(end - start) / 3600:.0f} hours: tracks are measured for at most 25 at once")
    lines = {line.id: region for line in site.lines if (region := _region(site, line)) is not None}
    if not lines:
        raise ConflictError(f"{site.name}: there is no line on the plan: draw one where vehicles pass")
    kept = history_reading.points_by_run(database, site.name, PLAN, start - _AROUND_S, end + _AROUND_S)
    tracks = vehicle_tracks(kept)
    drawn = {line.id: line for line in site.lines if line.id in lines}
    stops = [lines[line.id] for line in drawn.values() if line.kind == "stop"]
    found = passages_of_vehicles.passages(tracks, list(lines.values()))
    turned = passages_of_vehicles.turns(found, {line.id: arm(line) for line in drawn.values()})
    return Observed(
        site,
        start,
        end,
        drawn,
        int(((tracks.begins < end) & (tracks.ends >= start)).sum()) if len(tracks) else 0,
        [passage for passage in found if start <= passage.at < end],
        [turn for turn in turned if start <= turn.left_at < end],
        [wait for wait in stop_lines.waits(tracks, stops) if wait.begin < end and wait.end > start],
    )


def arm(line: Line) -> str:
    """The arm of a junction that a line belongs to: its direction, else it is one of its own."""
    return line.direction or line.id


def counts(seen: Observed, bucket_s: float | None = None) -> list[Count]:
    """By line, direction and part of the time; parts without a vehicle are there, too."""
    length_s = seen.end - seen.start if bucket_s is None else bucket_s
    parts = int(np.ceil((seen.end - seen.start) / length_s))
    if parts * 2 * len(seen.lines) > MOST_POINTS:
        raise ConflictError(f"bucket_s {length_s:g}: that would be more than {MOST_POINTS} rows: choose a longer one")
    labels: dict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    for passage in seen.passages:
        labels[passage.line_id, passage.direction, int((passage.at - seen.start) // length_s)][passage.label] += 1
    found = []
    for line in seen.lines.values():
        for direction in ("in", "out"):
            for part in range(parts):
                own = labels[line.id, direction, part]
                begin = seen.start + part * length_s
                hours = (min(begin + length_s, seen.end) - begin) / 3600
                per_hour = round(own.total() / hours, 3)
                at = datetime.fromtimestamp(begin, UTC)
                found.append(Count(line.id, arm(line), direction, at, own.total(), per_hour, dict(own)))
    return found


def turn_counts(seen: Observed) -> list[TurnCount]:
    """From which arm into which."""
    labels: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for turn in seen.turns:
        labels[turn.origin, turn.destination][turn.label] += 1
    return [TurnCount(*ways, own.total(), dict(own)) for ways, own in sorted(labels.items())]


def line_speeds(seen: Observed, label: str | None = None) -> list[LineSpeeds]:
    """At each line and direction, of all vehicles or of one class."""
    found = []
    for line in seen.lines.values():
        for direction in ("in", "out"):
            own = [p for p in seen.passages if (p.line_id, p.direction) == (line.id, direction)]
            own = own if label is None else [p for p in own if p.label == label]
            figures = passages_of_vehicles.speeds(own)
            if figures is not None:
                found.append(LineSpeeds(line.id, direction, figures, line.speed_limit_kmh, _over(own, line)))
    return found


def waiting(seen: Observed) -> Waiting:
    """At each stop line: how long, how many at once, and what that took."""
    waited = stop_lines.wait_figures(seen.waits, seen.passages)
    queues = stop_lines.queue_figures(seen.waits, seen.start, seen.end)
    lines = [
        LineWaits(line.id, arm(line), waited.get(line.id), queues.get(line.id))
        for line in seen.lines.values()
        if line.kind == "stop"
    ]
    seconds: dict[str, float] = defaultdict(float)
    for wait in seen.waits:
        seconds[wait.label] += min(wait.end, seen.end) - max(wait.begin, seen.start)
    return Waiting(lines, sum(seconds.values()) / 3600, emissions.idled(seconds))


def line_headways(seen: Observed) -> list[LineHeadways]:
    """At each line and direction that two or more went over."""
    return [LineHeadways(*key, own) for key, own in passages_of_vehicles.headways(seen.passages).items()]


def measured_records(seen: Observed, interval_s: float) -> list[MeasuredRecord]:
    """One at the end of each interval: a junction of ours can be laid beside simulated ones."""
    number = int((seen.end - seen.start) // interval_s)
    if number > MOST_POINTS:
        raise ConflictError(f"interval_s {interval_s:g}: that would be more than {MOST_POINTS} records")
    stops = [line for line in seen.lines.values() if line.kind == "stop"]
    if not stops:
        raise ConflictError(f"{seen.site.name}: there is no stop line on the plan: draw one before each signal")
    return [_record(seen, stops, seen.start + k * interval_s, interval_s) for k in range(number)]


def _record(seen: Observed, stops: Sequence[Line], start: float, interval_s: float) -> MeasuredRecord:
    end = start + interval_s
    over = [p for p in seen.passages if start <= p.at < end and p.direction == "in"]
    figures = stop_lines.wait_figures(seen.waits, over)
    signals = []
    for line in stops:
        there = Counter(w.label for w in seen.waits if w.line_id == line.id and w.begin <= end < w.end)
        own = figures.get(line.id)
        crossed, mean_s = (own.vehicles, own.mean_s) if own else (0, 0.0)
        signals.append(SignalNow(_word(arm(line)), dict(there), crossed, round(mean_s, 3)))
    total = sum(signal.vehicles_crossed for signal in signals)
    waited = sum(signal.vehicles_crossed * signal.avg_wait_time for signal in signals)
    speeds = [p.speed_kmh for p in over if p.speed_kmh is not None]
    metrics = MetricsNow(
        total,
        round(waited / total, 3) if total else 0.0,
        total / interval_s,
        round(fmean(speeds), 3) if speeds else 0.0,
    )
    name = _word(seen.site.name)
    return MeasuredRecord(f"video-{name}", datetime.fromtimestamp(end, UTC), name, signals, metrics)


def _over(own: Iterable[Passage], line: Line) -> float | None:
    known = [p.speed_kmh for p in own if p.speed_kmh is not None]
    limit = line.speed_limit_kmh
    return None if limit is None else sum(speed > limit for speed in known) / len(known)


def _region(site: Site, line: Line) -> LineRegion | None:
    """The line on the floor; None where the plan does not know of it."""
    ends = to_plan(site.floor, projections(site), line.on, corners_of(line))
    if ends is None:
        return None
    a, b = site.floor.from_px(ends)
    return LineRegion(line.id, a, b, line.in_side)


def _word(name: str) -> str:
    """As ids of records may be."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-")[:32] or "junction"
