"""What dashboards and charts show of intersections' records, ready to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from heatmap_gui.services.traffic_analytics import Performance, instant, parts_of, performance
from heatmap_gui.services.traffic_comparison import BASELINE, Comparison, compare
from heatmap_gui.store import traffic_reading
from heatmap_gui.store.database import Database
from heatmap_gui.store.traffic_reading import Chosen

Figure = Literal[
    "avg_wait_time_all_sides", "avg_speed", "throughput", "total_vehicles_passed", "fuel_saved", "co2_saved"
]
UNITS: dict[Figure, str] = {
    "avg_wait_time_all_sides": "s", "avg_speed": "km/h", "throughput": "vehicles/s",
    "total_vehicles_passed": "vehicles", "fuel_saved": "l", "co2_saved": "kg",
}  # fmt: skip
MOST_SIMULATIONS = 20


@dataclass(frozen=True, slots=True)
class SignalNow:
    direction: str
    signal_status: str
    signal_timer: float
    vehicle_counts: dict[str, int]
    vehicles_waiting: int
    avg_wait_time: float
    emergency_vehicle_present: bool


@dataclass(frozen=True, slots=True)
class IntersectionNow:
    """Its newest record."""

    intersection_id: str
    timestamp: datetime
    performance: Performance
    signals: list[SignalNow]


@dataclass(frozen=True, slots=True)
class LiveMetrics:
    """Of the simulation that was added to last. age_s: of its newest record; live: it is no older than the window.

    window: what its last `window_s` add up to.
    """

    status: Literal["live", "stale", "no data"]
    simulation_id: str | None
    timestamp: datetime | None
    age_s: float | None
    window_s: float
    window: Performance
    intersections: list[IntersectionNow]


@dataclass(frozen=True, slots=True)
class Contender:
    """One simulation among others."""

    simulation_id: str
    kind: Literal["baseline", "ai"]
    start_time: datetime
    end_time: datetime
    performance: Performance


@dataclass(frozen=True, slots=True)
class PerformanceComparison:
    """best: by figure the simulation that does best."""

    simulations: list[Contender]
    best: dict[str, str]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Dataset:
    """A line of a chart: a value for each label, None where nobody crossed."""

    label: str
    data: list[float | None]


@dataclass(frozen=True, slots=True)
class Trend:
    """labels: where each part of the time begins."""

    simulation_id: str | None
    bucket_s: float | None
    unit: str
    labels: list[datetime]
    datasets: list[Dataset]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    vehicles: int
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Dots:
    label: str
    data: list[Dot]


@dataclass(frozen=True, slots=True)
class Scatter:
    """A dot a part of the time, a group of them a simulation."""

    x: Figure
    y: Figure
    x_unit: str
    y_unit: str
    datasets: list[Dots]


def live_metrics(database: Database, simulation_id: str | None, window_s: float, now: float) -> LiveMetrics:
    """What is going on. Raises NotFoundError for a simulation that there is not."""
    name = _or_newest(database, simulation_id)
    if name is None:
        return LiveMetrics("no data", None, None, None, window_s, performance([]), [])
    newest = traffic_reading.newest(database, name)
    last = max(newest.values())
    window = traffic_reading.metric_sums(database, Chosen((name,), start=last - window_s))
    there = [_now(database, name, intersection, at) for intersection, at in sorted(newest.items())]
    age_s = now - last
    status: Literal["live", "stale"] = "live" if age_s <= window_s else "stale"
    return LiveMetrics(status, name, instant(last), round(age_s, 3), window_s, performance(window), there)


def performance_comparison(
    database: Database, simulation_ids: Sequence[str], confidence: float
) -> PerformanceComparison:
    """Simulations side by side: these, or the last twenty. Raises NotFoundError."""
    spans = traffic_reading.spans(database, simulation_ids or None, MOST_SIMULATIONS)
    names = [span.simulation_id for span in spans]
    sums = traffic_reading.metric_sums(database, Chosen(tuple(names)), ["simulation_id"]) if names else []
    of = {group.group[0]: performance([group]) for group in sums}
    found = [
        Contender(s.simulation_id, _kind(s.simulation_id), instant(s.start), instant(s.end), of[s.simulation_id])
        for s in spans
    ]
    best = {
        figure: sorted((sign * value, one.simulation_id) for one, value in known)[0][1]
        for figure, sign in (("avg_wait_time_all_sides", 1), ("avg_speed", -1), ("throughput", -1))
        if (known := [(one, v) for one in found if (v := getattr(one.performance, figure)) is not None])
    }
    without, with_ai = ([name for name in names if _kind(name) == kind] for kind in ("baseline", "ai"))
    return PerformanceComparison(found, best, compare(database, without, with_ai, Chosen(), confidence))


def wait_time_trend(database: Database, simulation_id: str | None, chosen: Chosen, bucket_s: float | None) -> Trend:
    """Mean waits by direction over time, of one simulation or of the last. Raises NotFoundError, InputError."""
    name = _or_newest(database, simulation_id)
    if name is None:
        return Trend(None, None, "s", [], [])
    parts, of = parts_of(database, name, chosen, bucket_s)
    found = traffic_reading.signal_sums(database, of, ["direction"], parts)
    numbers = sorted({group.group[1] for group in found})
    values = {group.group: group.wait / group.vehicles for group in found if group.vehicles}
    lines = [
        Dataset(direction, [_rounded(values.get((direction, number))) for number in numbers])
        for direction in sorted({group.group[0] for group in found})
    ]
    labels = [instant(parts.origin + number * parts.length_s) for number in numbers]
    return Trend(name, parts.length_s, "s", labels, lines)


def performance_scatter(database: Database, chosen: Chosen, x: Figure, y: Figure, bucket_s: float | None) -> Scatter:
    """Two figures of each part of the time, of these simulations or of the last twenty. Raises NotFoundError."""
    spans = traffic_reading.spans(database, chosen.simulation_ids or None, MOST_SIMULATIONS)
    datasets = []
    for span in spans:
        parts, of = parts_of(database, span.simulation_id, replace(chosen, simulation_ids=()), bucket_s)
        dots = []
        for group in traffic_reading.metric_sums(database, of, parts=parts):
            figures = performance([group])
            across, up = getattr(figures, x), getattr(figures, y)
            if across is not None and up is not None:
                at = instant(parts.origin + group.group[-1] * parts.length_s)
                dots.append(Dot(across, up, figures.total_vehicles_passed, at))
        datasets.append(Dots(span.simulation_id, dots))
    return Scatter(x, y, UNITS[x], UNITS[y], datasets)


def _now(database: Database, simulation_id: str, intersection_id: str, at: float) -> IntersectionNow:
    of = Chosen((simulation_id,), (intersection_id,), None, at, None)
    figures = performance(traffic_reading.metric_sums(database, of))
    return IntersectionNow(
        intersection_id,
        instant(at),
        figures,
        [
            SignalNow(
                row.direction,
                row.signal_status,
                row.signal_timer,
                row.vehicle_counts,
                sum(row.vehicle_counts.values()),
                row.avg_wait_time,
                row.emergency_vehicle_present,
            )
            for row in traffic_reading.signals(database, of)
        ],
    )


def _or_newest(database: Database, simulation_id: str | None) -> str | None:
    spans = traffic_reading.spans(database, None if simulation_id is None else [simulation_id], 1)
    return spans[0].simulation_id if spans else None


def _kind(simulation_id: str) -> Literal["baseline", "ai"]:
    return "baseline" if BASELINE in simulation_id.lower() else "ai"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
