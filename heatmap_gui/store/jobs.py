"""The ledger of jobs. Every function is part of the caller's transaction, so that facts and work change together.

A job is claimed by one statement, held by a lease that its worker renews while the job makes progress, and fenced: each
claim has a higher number, and what comes with an older one changes nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from heatmap_gui.core.errors import ConflictError, NotFoundError
from heatmap_gui.core.work import LEASE_S, MOST_CRASHES, Job, Outcome, Status
from heatmap_gui.store.tables import job_parts, jobs

_OPEN = (Status.QUEUED, Status.RUNNING)
_STATUS = {str(status): status for status in Status}
_COLUMNS = [field.name for field in fields(Job)]
_WHOLE = [jobs.c[name] for name in _COLUMNS]
_FAR_S = 60.0


def add(connection: Connection, new: Sequence[Job]) -> list[Job]:
    """Writes jobs down -> those that are new: a schedule's slot is taken once. A taken id moves to the next second."""
    added = []
    for job in new:
        if job.schedule is not None and connection.scalar(
            select(jobs.c.id).where(jobs.c.schedule == job.schedule, jobs.c.due == job.due)
        ):
            continue
        values = asdict(job) | {"config": json.dumps(dict(job.config)), "site": json.dumps(dict(job.site))}
        added.append(_job(list(_inserted(connection, values, int(job.due)).values())))
    return added


def claim(
    connection: Connection, worker: str, now: float, *, limit: int = 1, kinds: Collection[str] | None = None
) -> list[Job]:
    """Takes up to `limit` jobs that are due, the oldest first; `attempt` and `fence` are already this claim's."""
    values = {"at": now, "by": worker, "until": now + LEASE_S, "most": limit}
    values |= {} if kinds is None else {"kinds": list(kinds)}
    found = connection.execute(_claiming(of_kinds=kinds is not None), values).all()
    return sorted(map(_job, found), key=attrgetter("due", "id"))


@cache  # workers ask twice a second: what does not change is put together once
def _claiming(*, of_kinds: bool) -> ReturningUpdate[Any]:
    due = [jobs.c.status == Status.QUEUED, jobs.c.run_after <= bindparam("at", type_=Double)]
    if of_kinds:
        due.append(jobs.c.kind.in_(bindparam("kinds", expanding=True)))
    chosen = select(jobs.c.id).where(*due).order_by(jobs.c.due, jobs.c.id).limit(bindparam("most", type_=Integer))
    return (
        update(jobs)
        .where(jobs.c.id.in_(chosen.with_for_update(skip_locked=True)))
        .values(
            status=Status.RUNNING,
            worker=bindparam("by"),
            attempt=jobs.c.attempt + 1,
            fence=jobs.c.fence + 1,
            lease_until=bindparam("until"),
            started_at=func.coalesce(jobs.c.started_at, bindparam("at", type_=Double)),
        )
        .returning(*_WHOLE)
    )


def renew(connection: Connection, job_id: str, fence: int, now: float, progress: float) -> bool | None:
    """Keeps a claim for another lease. None: it is not ours any more; else whether somebody asked to cancel."""
    values = {"key": job_id, "held": fence, "until": now + LEASE_S, "share": progress}
    asked = connection.scalar(_RENEW, values)
    return None if asked is None else bool(asked)


_RENEW = (
    update(jobs)
    .where(jobs.c.id == bindparam("key"), jobs.c.fence == bindparam("held"), jobs.c.status == Status.RUNNING)
    .values(lease_until=bindparam("until"), progress=bindparam("share"))
    .returning(jobs.c.cancel_requested)
)


def settle(connection: Connection, outcomes: Sequence[Outcome], now: float) -> dict[str, Status]:
    """Ends claims -> id and new status of those that were still ours; the others are left as they are.

    One that goes back to the queue is cancelled there, if somebody asked for that meanwhile.
    """
    alike: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        alike[one.fence, one.status, one.detections_count, one.error, one.retry_at].append(one)
    settled: dict[str, Status] = {}
    for same in alike.values():
        held = jobs.c.id.in_([one.job_id for one in same]), jobs.c.fence == same[0].fence
        ended = update(jobs).where(*held, jobs.c.status == Status.RUNNING).values(_ended(same[0], now))
        ended = ended.returning(jobs.c.id, jobs.c.status)
        settled |= {job_id: _STATUS[status] for job_id, status in connection.execute(ended).all()}
    return settled


def _ended(outcome: Outcome, now: float) -> dict[str, Any]:
    values: dict[str, Any] = {"detections_count": outcome.detections_count, "error": outcome.error, "lease_until": None}
    if outcome.retry_at is not None:
        cancelled = jobs.c.cancel_requested
        status = case((cancelled, Status.CANCELLED), else_=Status.QUEUED)
        completed_at = case((cancelled, now), else_=null())
        return values | {"status": status, "completed_at": completed_at, "run_after": outcome.retry_at}
    if outcome.status == Status.COMPLETED:
        values["progress"] = 1.0
    return values | {"status": outcome.status, "completed_at": now}


def reap(connection: Connection, now: float) -> list[Job]:
    """Takes jobs from workers that fell silent -> those jobs, queued again, or failed when they killed too many.

    A lease that ends far in the future was given before the clock was set back: nobody knows when it would have ended.
    """
    return [_job(row) for row in connection.execute(_reaping(), {"at": now, "far": now + _FAR_S})]


@cache
def _reaping() -> ReturningUpdate[Any]:
    now = bindparam("at", type_=Double)
    crashes = jobs.c.crashes + 1
    dead = crashes >= MOST_CRASHES
    why = literal("its worker died ") + cast(crashes, Text) + literal(" times, the last one was ") + jobs.c.worker
    silent = or_(jobs.c.lease_until < now, jobs.c.lease_until > bindparam("far", type_=Double))
    return (
        update(jobs)
        .where(jobs.c.status == Status.RUNNING, silent)
        .values(
            crashes=crashes,
            fence=jobs.c.fence + 1,
            lease_until=null(),
            run_after=now,
            status=case((jobs.c.cancel_requested, Status.CANCELLED), (dead, Status.FAILED), else_=Status.QUEUED),
            completed_at=case((or_(jobs.c.cancel_requested, dead), now), else_=null()),
            error=case((dead, why), else_=jobs.c.error),
        )
        .returning(*_WHOLE)
    )


def cancel(connection: Connection, job_id: str, now: float) -> Job:
    """Ends a waiting job at once, asks the worker of a running one to end it. Raises ConflictError on all others."""
    job = get(connection, job_id)
    if job.status not in _OPEN:
        raise ConflictError(f"job {job_id} is {job.status}: only a queued or a running one can be cancelled")
    waiting = jobs.c.status == Status.QUEUED
    connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.status.in_(_OPEN))
        .values(
            cancel_requested=True,
            status=case((waiting, Status.CANCELLED), else_=jobs.c.status),
            completed_at=case((waiting, now), else_=null()),
        )
    )
    return get(connection, job_id)


def retry(connection: Connection, job_id: str, now: float) -> Job:
    """Queues a job that failed or was cancelled anew, with a clean count. Raises ConflictError on all others."""
    job = get(connection, job_id)
    if job.status not in (Status.FAILED, Status.CANCELLED):
        raise ConflictError(f"job {job_id} is {job.status}: only a failed or a cancelled one can be tried again")
    connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.status == job.status)
        .values(
            status=Status.QUEUED,
            run_after=now,
            crashes=0,
            cancel_requested=False,
            completed_at=null(),
            error=null(),
            progress=0.0,
        )
    )
    return get(connection, job_id)


def withdraw_missed(connection: Connection, now: float) -> int:
    """Forgets jobs that were recorded as missed by a clock that was wrong: their time is not over -> how many."""
    never_run = and_(jobs.c.status == Status.FAILED, jobs.c.attempt == 0, jobs.c.schedule.is_not(None))
    return connection.execute(delete(jobs).where(never_run, jobs.c.ends > now)).rowcount


def get(connection: Connection, job_id: str) -> Job:
    """One job. Raises NotFoundError."""
    row = connection.execute(select(*_WHOLE).where(jobs.c.id == job_id)).first()
    if row is None:
        raise NotFoundError(f"there is no job {job_id}: `heatmap jobs list` names those there are")
    return _job(row)


def newest(
    connection: Connection,
    *,
    limit: int,
    status: Collection[Status] | None = None,
    stores: Collection[str] | None = None,
    before: tuple[float, str] | None = None,
) -> list[Job]:
    """Jobs, the latest due first; before: (due, id) of the last one of the page before."""
    wanted: list[ColumnElement[bool]] = []
    if status is not None:
        wanted.append(jobs.c.status.in_(status))
    if stores is not None:
        wanted.append(jobs.c.store_name.in_(stores))
    if before is not None:
        wanted.append(or_(jobs.c.due < before[0], and_(jobs.c.due == before[0], jobs.c.id < before[1])))
    latest = jobs.c.due.desc(), jobs.c.id.desc()
    rows = connection.execute(select(*_WHOLE).where(*wanted).order_by(*latest).limit(limit))
    return [_job(row) for row in rows]


def waiting(connection: Connection, now: float) -> list[str]:
    """Ids of the jobs that could be claimed now, the oldest first."""
    due = select(jobs.c.id).where(jobs.c.status == Status.QUEUED, jobs.c.run_after <= now)
    return list(connection.scalars(due.order_by(jobs.c.due, jobs.c.id)))


def add_part(connection: Connection, job: Job, started: float, ended: float, content: bytes) -> None:
    """Keeps what a job measured from `started` to `ended`; `content` is the job kind's own."""
    number = select(func.coalesce(func.max(job_parts.c.part), 0) + 1).where(job_parts.c.job_id == job.id)
    part = connection.scalar(number)
    values = {"job_id": job.id, "part": part, "fence": job.fence, "started": started, "ended": ended}
    connection.execute(insert(job_parts).values(**values, content=content))


def has_part(connection: Connection, job: Job, started: float) -> bool:
    """Whether this claim has kept what was measured from `started` on."""
    kept = job_parts.c.job_id == job.id, job_parts.c.fence == job.fence, job_parts.c.started == started
    return connection.scalar(select(job_parts.c.part).where(*kept)) is not None


def parts(connection: Connection, job_id: str) -> list[tuple[float, float, bytes]]:
    """What was kept of a job: (started, ended, content), the oldest first."""
    rows = connection.execute(select(job_parts).where(job_parts.c.job_id == job_id).order_by(job_parts.c.part))
    return [(row.started, row.ended, row.content) for row in rows]


def drop_parts(connection: Connection, job_id: str) -> None:
    """Forgets what was kept of a job: it begins anew, or its result is written."""
    connection.execute(delete(job_parts).where(job_parts.c.job_id == job_id))


def _inserted(connection: Connection, values: dict[str, Any], second: int) -> dict[str, Any]:
    """Inserts a job under the first id that is free -> its values. Another transaction may take ids meanwhile."""
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    put = make(jobs).on_conflict_do_nothing(index_elements=["id"]).returning(jobs.c.id)
    while True:
        values = values | {"id": f"job_{second}_{values['store_name']}"}
        if connection.scalar(put.values(values)) is not None:
            return values
        second += 1


def _job(row: Sequence[Any]) -> Job:
    """row: values of _COLUMNS."""
    values = dict(zip(_COLUMNS, row, strict=True))
    values["status"] = _STATUS[values["status"]]
    values["config"], values["site"] = _parsed(values["config"]), _parsed(values["site"])
    return Job(**values)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Mapping[str, Any]:
    """Jobs of one schedule share what is a large part of each; so nobody changes it."""
    return MappingProxyType(json.loads(text))
