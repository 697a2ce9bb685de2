"""What records of intersections say: how long people waited, how fast they went, what was saved, and what is better.

Means are weighted by vehicles and None where nobody was counted. Units: waits in s, speeds in km/h, fuel in litres, CO2
in kg, throughput in vehicles a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.meters import emissions
from heatmap_gui.store import traffic_reading
from heatmap_gui.store.database import Database
from heatmap_gui.store.traffic_reading import Chosen, Emergency, MetricSums, Parts, SignalSums

By = Literal["direction", "intersection_id", "simulation_id"]
Status = Literal["ok", "not enough data"]
MOST_POINTS = 5_000
_USUAL_POINTS = 200
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 604_800)
_MOST_EMERGENCIES = 50_000
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Performance:
    """Of some records. throughput: its mean. Savings: added up."""

    records: int
    total_vehicles_passed: int
    avg_wait_time_all_sides: float | None
    avg_speed: float | None
    throughput: float | None
    fuel_saved: float
    co2_saved: float
    emergency_overrides: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Of some signals: waits are means of those who crossed; the shortest and the longest that a record tells."""

    records: int
    vehicles: int
    avg_wait_time: float | None
    min_wait_time: float | None
    max_wait_time: float | None


@dataclass(frozen=True, slots=True)
class GroupedWaits(Waits):
    """of: the direction, intersection or simulation."""

    of: str


@dataclass(frozen=True, slots=True)
class WaitTimes:
    status: Status
    overall: Waits
    group_by: By
    groups: list[GroupedWaits]


@dataclass(frozen=True, slots=True)
class GroupedSpeed:
    """of: the intersection or simulation."""

    of: str
    vehicles: int
    avg_speed: float | None


@dataclass(frozen=True, slots=True)
class Speeds:
    status: Status
    vehicles: int
    avg_speed: float | None
    group_by: By
    groups: list[GroupedSpeed]


@dataclass(frozen=True, slots=True)
class Summary:
    """mean_vehicles_waiting: at a record, by class."""

    simulation_id: str
    start_time: datetime
    end_time: datetime
    duration_s: float
    intersections: list[str]
    performance: Performance
    waits_by_direction: list[GroupedWaits]
    mean_vehicles_waiting: dict[str, float]


@dataclass(frozen=True, slots=True)
class Impact:
    """What was saved as it was reported, and what engines took while they waited, by the factors of `source`.

    co2_of_fuel_saved: in kg, if the litres that were reported are petrol, and if they are diesel.
    """

    status: Status
    vehicles: int
    fuel_saved: float
    co2_saved: float
    co2_of_fuel_saved: dict[str, float]
    waited_vehicle_hours: float
    idling: emissions.Idled


@dataclass(frozen=True, slots=True)
class Point:
    """One part of the time. timestamp: where it begins."""

    timestamp: datetime
    performance: Performance


@dataclass(frozen=True, slots=True)
class Series:
    """Parts without a record are left out."""

    simulation_id: str
    bucket_s: float
    points: list[Point]


@dataclass(frozen=True, slots=True)
class EmergencyEpisode:
    """An emergency vehicle at a signal, from the first record that tells of it to the last; green: share of them."""

    simulation_id: str
    intersection_id: str
    direction: str
    start_time: datetime
    end_time: datetime
    records: int
    green_share: float
    avg_wait_time: float


@dataclass(frozen=True, slots=True)
class EmergencyReport:
    """truncated: there are more than are listed; wait times are of records with and without an emergency vehicle."""

    status: Status
    emergency_overrides: int
    records_with_emergency: int
    green_share: float | None
    avg_wait_time_emergency: float | None
    avg_wait_time: float | None
    episodes: list[EmergencyEpisode]
    truncated: bool


def summary(database: Database, simulation_id: str) -> Summary:
    """Of one simulation. Raises NotFoundError."""
    span = traffic_reading.spans(database, [simulation_id])[0]
    chosen = Chosen((simulation_id,))
    waits = traffic_reading.signal_sums(database, chosen, ["direction"])
    return Summary(
        simulation_id,
        instant(span.start),
        instant(span.end),
        span.end - span.start,
        sorted(traffic_reading.newest(database, simulation_id)),
        performance(traffic_reading.metric_sums(database, chosen)),
        [grouped_waits(group) for group in waits],
        {label: _round(n) for label, n in traffic_reading.vehicles_waiting(database, chosen).items()},
    )


def wait_times(database: Database, chosen: Chosen, by: By) -> WaitTimes:
    """How long those waited who crossed."""
    overall = [_waits(group) for group in traffic_reading.signal_sums(database, chosen)]
    groups = [grouped_waits(group) for group in traffic_reading.signal_sums(database, chosen, [by])]
    known = bool(overall) and overall[0].avg_wait_time is not None
    return WaitTimes(_status(known), overall[0] if overall else Waits(0, 0, None, None, None), by, groups)


def speeds(database: Database, chosen: Chosen, by: By) -> Speeds:
    """How fast those went who passed. Raises InputError: of directions nothing is told."""
    if by == "direction" or chosen.direction is not None:
        raise InputError("direction: records tell speeds of whole intersections: group by another, or leave it out")
    groups = traffic_reading.metric_sums(database, chosen, [by])
    vehicles = sum(group.vehicles for group in groups)
    mean = _mean(sum(group.speed for group in groups), vehicles)
    found = [GroupedSpeed(g.group[0], g.vehicles, _mean(g.speed, g.vehicles)) for g in groups]
    return Speeds(_status(mean is not None), vehicles, mean, by, found)


def environmental_impact(database: Database, chosen: Chosen) -> Impact:
    """Savings as they were reported, and what waiting cost, shared among classes as they waited."""
    if chosen.direction is not None:
        raise InputError("direction: savings are told of whole intersections: leave it out")
    reported = performance(traffic_reading.metric_sums(database, chosen))
    waited = sum(group.wait for group in traffic_reading.signal_sums(database, chosen))
    waiting = traffic_reading.vehicles_waiting(database, chosen)
    total = sum(waiting.values())
    shares = {label: waited * number / total for label, number in waiting.items()} if total else {"unknown": waited}
    idling = emissions.idled(shares)
    idling = replace(
        idling, fuel_l=_round(idling.fuel_l), co2_kg=_round(idling.co2_kg), unknown_s=_round(idling.unknown_s)
    )
    return Impact(
        _status(reported.records > 0),
        reported.total_vehicles_passed,
        reported.fuel_saved,
        reported.co2_saved,
        {fuel: _round(reported.fuel_saved * kg) for fuel, kg in emissions.CO2_KG_PER_LITRE.items()},
        _round(waited / 3600),
        idling,
    )


def time_series(database: Database, simulation_id: str, chosen: Chosen, bucket_s: float | None) -> Series:
    """One simulation by parts of the time. Raises NotFoundError, InputError where there would be too many parts."""
    parts, of = parts_of(database, simulation_id, chosen, bucket_s)
    found = traffic_reading.metric_sums(database, of, parts=parts)
    points = [Point(instant(parts.origin + g.group[-1] * parts.length_s), performance([g])) for g in found]
    return Series(simulation_id, parts.length_s, points)


def emergency_report(database: Database, chosen: Chosen) -> EmergencyReport:
    """How emergency vehicles fared."""
    found = traffic_reading.emergencies(database, chosen, _MOST_EMERGENCIES + 1)
    truncated, found = len(found) > _MOST_EMERGENCIES, found[:_MOST_EMERGENCIES]
    overrides = performance(traffic_reading.metric_sums(database, replace(chosen, direction=None)))
    waits = [_waits(group) for group in traffic_reading.signal_sums(database, chosen)]
    green = sum(one.signal_status == "GREEN" for one in found)
    return EmergencyReport(
        _status(bool(waits)),
        overrides.emergency_overrides,
        len(found),
        _mean(green, len(found)),
        _mean(sum(one.avg_wait_time for one in found), len(found)),
        waits[0].avg_wait_time if waits else None,
        episodes(found, _periods(database, found)),
        truncated,
    )


def episodes(found: Sequence[Emergency], periods: dict[str, float]) -> list[EmergencyEpisode]:
    """Records in the order of signal and time; one signal's belong together while none of its records lies between.

    periods: seconds from one record to the next, by simulation.
    """
    groups: list[list[Emergency]] = []
    for one in found:
        last = groups[-1][-1] if groups else None
        if last is None or last[:3] != one[:3] or one.timestamp - last.timestamp > 1.5 * periods[one.simulation_id]:
            groups.append([])
        groups[-1].append(one)
    return [
        EmergencyEpisode(
            *group[0][:3],
            instant(group[0].timestamp),
            instant(group[-1].timestamp),
            len(group),
            _round(sum(one.signal_status == "GREEN" for one in group) / len(group)),
            _round(sum(one.avg_wait_time for one in group) / len(group)),
        )
        for group in groups
    ]


def parts_of(database: Database, simulation_id: str, chosen: Chosen, bucket_s: float | None) -> tuple[Parts, Chosen]:
    """Where the parts of a simulation's time begin and how long they are: about 200, unless it is said."""
    span = traffic_reading.spans(database, [simulation_id])[0]
    start = span.start if chosen.start is None else max(chosen.start, span.start)
    end = span.end if chosen.end is None else min(chosen.end, span.end)
    if bucket_s is None:
        bucket_s = next((float(s) for s in _STEPS_S if (end - start) / s <= _USUAL_POINTS), float(_STEPS_S[-1]))
    origin = start // bucket_s * bucket_s
    if (end - origin) / bucket_s > MOST_POINTS:
        raise InputError(f"bucket_s {bucket_s:g}: that would be more than {MOST_POINTS} points: choose a longer one")
    return Parts(origin, bucket_s), replace(chosen, simulation_ids=(simulation_id,), start=start)


def performance(groups: Sequence[MetricSums]) -> Performance:
    """Of groups of records, together."""
    records, vehicles = sum(g.records for g in groups), sum(g.vehicles for g in groups)
    return Performance(
        records,
        vehicles,
        _mean(sum(g.wait for g in groups), vehicles),
        _mean(sum(g.speed for g in groups), vehicles),
        _mean(sum(g.throughput for g in groups), records),
        _round(sum(g.fuel_saved for g in groups)),
        _round(sum(g.co2_saved for g in groups)),
        sum(g.emergency_overrides for g in groups),
    )


def grouped_waits(group: SignalSums) -> GroupedWaits:
    """Of a group of signals by one column."""
    found = _waits(group)
    return GroupedWaits(
        found.records, found.vehicles, found.avg_wait_time, found.min_wait_time, found.max_wait_time, group.group[0]
    )


def instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _waits(group: SignalSums) -> Waits:
    wait = _mean(group.wait, group.vehicles)
    return Waits(group.records, group.vehicles, wait, group.least_wait, group.most_wait)


def _periods(database: Database, found: Sequence[Emergency]) -> dict[str, float]:
    names = sorted({one.simulation_id for one in found})
    spans = traffic_reading.spans(database, names) if names else []
    return {s.simulation_id: (s.end - s.start) * s.intersections / max(s.records - s.intersections, 1) for s in spans}


def _mean(total: float, weight: float) -> float | None:
    return _round(total / weight) if weight else None


def _round(value: float) -> float:
    """Sums of many numbers differ in their last digits by the order in which they are added."""
    return round(value, _DIGITS)


def _status(known: bool) -> Status:
    return "ok" if known else "not enough data"
