"""What records of intersections add up to. Everything is a sum with its weight: means are made of sums, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    cast,
    func,
    literal,
    select,
    true,
)

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import performance_metrics, signal_states, simulations, traffic_data

_SIGNALS = signal_states.join(traffic_data, traffic_data.c.signal_id == signal_states.c.id)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which records: of these simulations, intersections and this direction, all where there are none; a time."""

    simulation_ids: tuple[str, ...] = ()
    intersection_ids: tuple[str, ...] = ()
    direction: str | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Records are added up by parts of `length_s` from `origin` on."""

    origin: float
    length_s: float


class MetricSums(NamedTuple):
    """Of one group of records. wait, speed: times vehicles; throughput: added up over records."""

    group: tuple[Any, ...]
    records: int
    vehicles: int
    wait: float
    speed: float
    throughput: float
    fuel_saved: float
    co2_saved: float
    emergency_overrides: int
    first_at: float
    last_at: float


class SignalSums(NamedTuple):
    """Of one group of signals. wait: times vehicles that crossed; least and most: of signals that somebody crossed."""

    group: tuple[Any, ...]
    records: int
    vehicles: int
    wait: float
    least_wait: float | None
    most_wait: float | None


class Emergency(NamedTuple):
    """A signal while an emergency vehicle was there."""

    simulation_id: str
    intersection_id: str
    direction: str
    timestamp: float
    signal_status: str
    avg_wait_time: float


class Span(NamedTuple):
    """When a simulation's records begin and end."""

    simulation_id: str
    records: int
    intersections: int
    start: float
    end: float


def spans(database: Database, simulation_ids: Sequence[str] | None = None, most: int | None = None) -> list[Span]:
    """Of these simulations, or of all: those that were added to last come first. Raises NotFoundError."""
    table = performance_metrics.c
    counts = func.count(), func.count(table.intersection_id.distinct())
    wanted = (
        select(simulations.c.simulation_id, *counts, func.min(table.timestamp), func.max(table.timestamp))
        .join_from(simulations, performance_metrics)
        .group_by(simulations.c.simulation_id, simulations.c.updated_at)
        .order_by(simulations.c.updated_at.desc(), simulations.c.simulation_id)
    )
    if simulation_ids is not None:
        wanted = wanted.where(simulations.c.simulation_id.in_(simulation_ids))
    with database.read() as connection:
        found = [Span(*row) for row in connection.execute(wanted.limit(most))]
    if missing := set(simulation_ids or ()).difference(span.simulation_id for span in found):
        raise NotFoundError(f"simulation {min(missing)!r}: nothing was sent of it")
    return found


def metric_sums(
    database: Database, chosen: Chosen, by: Sequence[str] = (), parts: Parts | None = None
) -> list[MetricSums]:
    """Grouped by columns, and by the number of the part where there are any, in this order."""
    c = performance_metrics.c
    group = [c[name] for name in by] + _part(database, c.timestamp, parts)
    vehicles = c.total_vehicles_passed
    values = (
        func.count(), func.sum(vehicles), func.sum(c.avg_wait_time_all_sides * vehicles),
        func.sum(c.avg_speed * vehicles), func.sum(c.throughput), func.sum(c.fuel_saved), func.sum(c.co2_saved),
        func.sum(c.emergency_overrides), func.min(c.timestamp), func.max(c.timestamp),
    )  # fmt: skip
    found = _read(database, select(*group, *values).where(*_of(performance_metrics, chosen)), group)
    return [MetricSums(tuple(row[: len(group)]), *row[len(group) :]) for row in found if row[len(group)]]


def signal_sums(
    database: Database, chosen: Chosen, by: Sequence[str] = (), parts: Parts | None = None
) -> list[SignalSums]:
    """Grouped by columns of signal_states, and by the number of the part where there are any, in this order."""
    group = [signal_states.c[name] for name in by] + _part(database, signal_states.c.timestamp, parts)
    crossed, wait = traffic_data.c.vehicles_crossed, traffic_data.c.avg_wait_time
    waited = crossed > 0
    values = (
        func.count(), func.sum(crossed), func.sum(wait * crossed),
        func.min(wait).filter(waited), func.max(wait).filter(waited),
    )  # fmt: skip
    found = _read(database, _signals(chosen, *group, *values), group)
    return [SignalSums(tuple(row[: len(group)]), *row[len(group) :]) for row in found if row[len(group)]]


def vehicles_waiting(database: Database, chosen: Chosen) -> dict[str, float]:
    """By class: how many waited at an intersection, on average over its records."""
    each = func.json_each if database.sqlite else func.jsonb_each_text
    counts = each(traffic_data.c.vehicle_counts).table_valued("key", "value", name="counts")
    number = func.sum(cast(counts.c.value, Integer))
    wanted = _signals(chosen, counts.c.key, number, source=_SIGNALS.join(counts, true())).group_by(counts.c.key)
    total = sum(group.records for group in metric_sums(database, chosen))
    with database.read() as connection:
        return {label: waiting / max(total, 1) for label, waiting in connection.execute(wanted.order_by(counts.c.key))}


def emergencies(database: Database, chosen: Chosen, most: int) -> list[Emergency]:
    """Signals with an emergency vehicle, by signal and time; at most so many."""
    c = signal_states.c
    columns = c.simulation_id, c.intersection_id, c.direction, c.timestamp
    wanted = _signals(chosen, *columns, c.signal_status, traffic_data.c.avg_wait_time)
    wanted = wanted.where(c.emergency_vehicle_present).order_by(*columns).limit(most)
    with database.read() as connection:
        return [Emergency(*row) for row in connection.execute(wanted)]


def signals(database: Database, chosen: Chosen) -> list[Any]:
    """Every signal of few records, with what waited at it: rows with their columns by name."""
    data = (traffic_data.c[name] for name in ("vehicle_counts", "vehicles_crossed", "avg_wait_time"))
    with database.read() as connection:
        return list(connection.execute(_signals(chosen, *signal_states.c, *data).order_by(signal_states.c.id)))


def newest(database: Database, simulation_id: str) -> dict[str, float]:
    """When the newest record of each intersection is of."""
    c = performance_metrics.c
    wanted = select(c.intersection_id, func.max(c.timestamp)).where(c.simulation_id == simulation_id)
    with database.read() as connection:
        return {row[0]: row[1] for row in connection.execute(wanted.group_by(c.intersection_id))}


def _signals(chosen: Chosen, *columns: ColumnElement[Any], source: FromClause = _SIGNALS) -> Select[Any]:
    wanted = select(*columns).select_from(source).where(*_of(signal_states, chosen))
    return wanted if chosen.direction is None else wanted.where(signal_states.c.direction == chosen.direction)


def _of(table: Table, chosen: Chosen) -> list[ColumnElement[bool]]:
    c = table.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.simulation_ids:
        conditions.append(c.simulation_id.in_(chosen.simulation_ids))
    if chosen.intersection_ids:
        conditions.append(c.intersection_id.in_(chosen.intersection_ids))
    if chosen.start is not None:
        conditions.append(c.timestamp >= chosen.start)
    if chosen.end is not None:
        conditions.append(c.timestamp < chosen.end)
    return conditions


def _part(database: Database, timestamp: ColumnElement[float], parts: Parts | None) -> list[ColumnElement[Any]]:
    if parts is None:
        return []
    number = (timestamp - literal(parts.origin)) / literal(parts.length_s)
    # SQLite's cast cuts off, which for what is not before the origin is the floor; not each SQLite has a floor()
    return [cast(number if database.sqlite else func.floor(number), BigInteger).label("part")]


def _read(database: Database, wanted: Select[Any], group: Sequence[ColumnElement[Any]]) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(wanted.group_by(*group).order_by(*group) if group else wanted))
