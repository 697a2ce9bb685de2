"""What retail figures are made of, read back as columns; and what people say of it: events, counts by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.types import I8, VEHICLES, Crossings, Visits
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import crossings, events, exposures, hand_counts, runs, visits

QUARTER_S = 900
LONGEST_STAY_S = 86_400.0  # nobody shops for longer: what seems to is a thing, and counts where it began


def read_visits(database: Database, store_name: str, start: float, end: float) -> Visits:
    """Visits of people that have any part in the range, and those of them that began within a day before it."""
    wanted = (
        select(visits.c.zone_id, visits.c.run_id, visits.c.track_id, visits.c.enter_at, visits.c.leave_at,
               visits.c.dwell_s)
        .join(runs, _by_time(visits))
        .where(runs.c.store_name == store_name, visits.c.label.not_in(VEHICLES), visits.c.leave_at > start)
        .where(visits.c.enter_at >= start - LONGEST_STAY_S, visits.c.enter_at < end)
    )  # fmt: skip
    with database.read() as connection:
        zone, run, track, enter_at, leave_at, dwell_s = _columns(connection.execute(wanted).all(), 6)
    enter, leave, dwell = (np.array(column, np.float64) for column in (enter_at, leave_at, dwell_s))
    number, zones = _numbered(zone)
    return Visits(number, _people(run, track), enter, leave, dwell, zones)


def read_crossings(database: Database, store_name: str, start: float, end: float) -> Crossings:
    """Crossings of people in the range."""
    wanted = (
        select(crossings.c.line_id, crossings.c.run_id, crossings.c.track_id, crossings.c.at, crossings.c.direction)
        .join(runs, _by_time(crossings))
        .where(runs.c.store_name == store_name, crossings.c.label.not_in(VEHICLES))
        .where(crossings.c.at >= start, crossings.c.at < end)
    )
    with database.read() as connection:
        line, run, track, at, direction = _columns(connection.execute(wanted).all(), 5)
    inwards = np.array([one == "in" for one in direction], np.bool_)
    number, lines = _numbered(line)
    return Crossings(number, _people(run, track), np.array(at, np.float64), inwards, lines)


def read_exposures(database: Database, store_name: str, start: float, end: float) -> dict[tuple[str, int], float]:
    """Seconds that a healthy camera delivered, by camera and quarter of an hour (its start) that touches the range.

    Clock hours begin with a quarter everywhere; five minutes would be three times as many.
    """
    quarter = exposures.c.start_s - exposures.c.start_s % QUARTER_S
    wanted = (
        select(exposures.c.camera, quarter, func.sum(exposures.c.exposed_s))
        .join(runs, _by_time(exposures))
        .where(runs.c.store_name == store_name)
        .where(exposures.c.start_s > start - TILE_S, exposures.c.start_s < end)
        .group_by(exposures.c.camera, quarter)
    )
    with database.read() as connection:
        return {(camera, start_s): seconds for camera, start_s, seconds in connection.execute(wanted)}


def _by_time(table: Table) -> ColumnElement[bool]:
    """Of a row and its run, so written that rows are looked for by their time: a run may be a month, all of it read."""
    return runs.c.id == table.c.run_id + 0


def _columns(rows: Iterable[Any], count: int) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * count


def _numbered(ids: Sequence[str]) -> tuple[I8, tuple[str, ...]]:
    """A number into the names for each, and the names."""
    names = tuple(dict.fromkeys(ids))
    number = {name: n for n, name in enumerate(names)}
    return np.array([number[one] for one in ids], np.int64), names


def _people(run: Sequence[int], track: Sequence[int]) -> I8:
    """A number from 0 for each person: track ids are a run's own."""
    runs_of, tracks_of = np.array(run, np.int64), np.array(track, np.int64)
    order = np.lexsort((tracks_of, runs_of))
    another = (np.diff(runs_of[order]) != 0) | (np.diff(tracks_of[order]) != 0)
    person = np.zeros(len(order), np.int64)
    person[order[1:]] = np.cumsum(another)
    return person


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a store did from its start_date to its end_date, ISO 8601, both of them days of it."""

    id: int
    name: str
    event_type: str
    start_date: str
    end_date: str
    description: str


def add_event(connection: Connection, store_name: str, fields: Mapping[str, str], now: float) -> Event:
    """fields: all of an Event's but its id."""
    values = {**fields, "store_name": store_name, "created_at": now}
    made = connection.scalars(insert(events).values(values).returning(events.c.id)).one()
    return Event(int(made), **fields)


def list_events(connection: Connection, store_name: str, after: tuple[str, int] | None, limit: int) -> list[Event]:
    """The newest first. after: start_date and id of the last one of the page before."""
    wanted = _EVENT.where(events.c.store_name == store_name)
    if after is not None:
        earlier = events.c.start_date < after[0]
        wanted = wanted.where(earlier | ((events.c.start_date == after[0]) & (events.c.id < after[1])))
    rows = connection.execute(wanted.order_by(events.c.start_date.desc(), events.c.id.desc()).limit(limit))
    return [Event(*row) for row in rows]


def find_event(connection: Connection, store_name: str, event_id: int) -> Event | None:
    row = connection.execute(_EVENT.where(*_one(store_name, event_id))).one_or_none()
    return None if row is None else Event(*row)


def change_event(connection: Connection, store_name: str, event: Event) -> bool:
    """-> whether it was there."""
    values = {name: getattr(event, name) for name in Event.__slots__ if name != "id"}
    return connection.execute(update(events).where(*_one(store_name, event.id)).values(values)).rowcount > 0


def remove_event(connection: Connection, store_name: str, event_id: int) -> bool:
    """-> whether it was there."""
    return connection.execute(delete(events).where(*_one(store_name, event_id))).rowcount > 0


_EVENT = select(*(events.c[name] for name in Event.__slots__))


def _one(store_name: str, event_id: int) -> tuple[Any, Any]:
    return events.c.store_name == store_name, events.c.id == event_id


@dataclass(frozen=True, slots=True)
class HandCount:
    """A minute of a line that a person is to count, or has counted. start_s: Unix time."""

    id: int
    line_id: str
    start_s: float
    inwards: int | None
    outwards: int | None
    counted_by: str | None


def add_hand_counts(connection: Connection, store_name: str, line_id: str, starts: Sequence[float]) -> None:
    """Minutes to be counted; those that are there already stay as they are."""
    known = select(hand_counts.c.start_s).where(
        hand_counts.c.store_name == store_name, hand_counts.c.line_id == line_id, hand_counts.c.start_s.in_(starts)
    )
    there = set(connection.scalars(known))
    rows = [{"store_name": store_name, "line_id": line_id, "start_s": at} for at in starts if at not in there]
    if rows:
        connection.execute(insert(hand_counts), rows)


def list_hand_counts(connection: Connection, store_name: str) -> list[HandCount]:
    """By line, the oldest minute first."""
    columns = (hand_counts.c[name] for name in HandCount.__slots__)
    wanted = select(*columns).where(hand_counts.c.store_name == store_name)
    return [HandCount(*row) for row in connection.execute(wanted.order_by("line_id", "start_s"))]


def note_hand_count(
    connection: Connection, store_name: str, count_id: int, inwards: int, outwards: int, who: str
) -> bool:
    """What a person counted -> whether that minute was to be counted."""
    of = hand_counts.c.store_name == store_name, hand_counts.c.id == count_id
    values = {"inwards": inwards, "outwards": outwards, "counted_by": who}
    return connection.execute(update(hand_counts).where(*of).values(values)).rowcount > 0
