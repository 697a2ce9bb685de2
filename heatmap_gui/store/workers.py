"""Processes that are at work, by their own heartbeats, and what waits for them. Part of the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.store.tables import deliveries, jobs, workers

ALIVE_S = 10.0  # a process that was silent for so long is not at work
_FORGOTTEN_S = 86_400.0
_ASKING_S = 0.2  # a slower answer says too little about the time


class Worker(NamedTuple):
    """state: what it says about itself (JSON)."""

    id: str
    role: str
    host: str
    started_at: float
    seen_at: float
    state: Mapping[str, Any]


class Backlog(NamedTuple):
    """How much is due and not done; oldest_s: how long the oldest of it has waited, 0 when there is nothing."""

    waiting: int
    oldest_s: float


def beat(connection: Connection, worker_id: str, role: str, host: str, now: float, state: Mapping[str, Any]) -> None:
    """Says that a process is at work, and forgets those that have not said so for a day."""
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    said = {"role": role, "host": host, "seen_at": now, "state": json.dumps(dict(state))}
    row = insert(workers).values(id=worker_id, started_at=now, **said)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=said))
    connection.execute(delete(workers).where(workers.c.seen_at < now - _FORGOTTEN_S))


def retire(connection: Connection, worker_id: str) -> None:
    """Says that it has stopped."""
    connection.execute(delete(workers).where(workers.c.id == worker_id))


def alive(connection: Connection, now: float) -> list[Worker]:
    """Processes at work, by their ids."""
    rows = connection.execute(select(workers).where(workers.c.seen_at >= now - ALIVE_S).order_by(workers.c.id))
    return [Worker(r.id, r.role, r.host, r.started_at, r.seen_at, json.loads(r.state)) for r in rows]


def ahead_of_database_s(connection: Connection, clock: Callable[[], float]) -> float | None:
    """Our clock minus the one of the database's host; None for SQLite, which is on ours, and after a slow answer."""
    if connection.dialect.name == "sqlite":
        return None
    before = clock()
    there = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
    after = clock()
    return (before + after) / 2 - there if after - before <= _ASKING_S else None


def jobs_backlog(connection: Connection, now: float) -> Backlog:
    """Jobs that could be claimed now."""
    due = (jobs.c.status == Status.QUEUED, jobs.c.run_after <= now, jobs.c.due <= now)
    oldest = func.min(func.greatest(jobs.c.run_after, jobs.c.due))
    if connection.dialect.name == "sqlite":
        oldest = func.min(func.max(jobs.c.run_after, jobs.c.due))
    return _backlog(connection.execute(select(func.count(), oldest).where(*due)).one(), now)


def deliveries_backlog(connection: Connection, now: float) -> Backlog:
    """Deliveries that are not delivered though they are due, by their age."""
    due = (deliveries.c.status == DeliveryStatus.PENDING, deliveries.c.next_at <= now)
    return _backlog(connection.execute(select(func.count(), func.min(deliveries.c.created_at)).where(*due)).one(), now)


def _backlog(found: Any, now: float) -> Backlog:
    count, oldest = found
    return Backlog(int(count), max(0.0, now - oldest) if count else 0.0)
