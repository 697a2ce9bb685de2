"""The ledger of deliveries: written with the facts that they tell of, and kept until the endpoint has taken them.

Every function is part of the caller's transaction. A delivery is sent at least once, always under the same id.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Integer,
    and_,
    bindparam,
    insert,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.work import Delivery, DeliveryStatus
from heatmap_gui.store.tables import alerts, deliveries, endpoints, jobs

_FIELDS = [field.name for field in fields(Delivery)]
_COLUMNS = [deliveries.c[name] for name in _FIELDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How one try ended. next_at: when it is PENDING again; answer: what the endpoint said, shortened, for people.

    counts: False where nothing was sent, so that it was no try.
    """

    delivery_id: str
    fence: int
    status: DeliveryStatus
    answer: str | None
    next_at: float = 0.0
    counts: bool = True


def add(connection: Connection, new: Sequence[Delivery]) -> None:
    """Writes deliveries down; one whose id is there already is the same one."""
    if not new:
        return
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    rows = [asdict(delivery) | {"target": json.dumps(dict(delivery.target))} for delivery in new]
    connection.execute(make(deliveries).on_conflict_do_nothing(index_elements=["id"]), rows)


def claim(
    connection: Connection,
    now: float,
    lease_s: float,
    *,
    limit: int,
    sinks: Collection[str],
    busy: Collection[str] = (),
    alerts: bool | None = None,
) -> list[Delivery]:
    """Takes up to `limit` deliveries that are due, the oldest first, but for the endpoints that are `busy`.

    One that was taken and not settled within its lease is due again. alerts: those of alerts only, or all the others.
    """
    values = {"at": now, "until": now + lease_s, "most": limit, "sinks": list(sinks), "busy": list(busy)}
    found = [_delivery(row) for row in connection.execute(_claiming(alerts), values)]
    return sorted(found, key=lambda delivery: (delivery.next_at, delivery.id))


@cache  # exporters ask all the time: what does not change is put together once
def _claiming(alerts: bool | None) -> ReturningUpdate[Any]:
    now = bindparam("at", type_=Double)
    chosen = select(deliveries.c.id).where(
        deliveries.c.status == DeliveryStatus.PENDING,
        deliveries.c.next_at <= now,
        or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until < now),
        deliveries.c.sink.in_(bindparam("sinks", expanding=True)),
        deliveries.c.endpoint.not_in(bindparam("busy", expanding=True)),
    )
    if alerts is not None:
        chosen = chosen.where(deliveries.c.alert_id.is_not(None) if alerts else deliveries.c.alert_id.is_(None))
    chosen = chosen.order_by(deliveries.c.next_at, deliveries.c.id).limit(bindparam("most", type_=Integer))
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(chosen.with_for_update(skip_locked=True)))
        .values(lease_until=bindparam("until"), fence=deliveries.c.fence + 1, attempts=deliveries.c.attempts + 1)
        .returning(*_COLUMNS)
    )


def settle(connection: Connection, attempts: Sequence[Attempt], now: float) -> None:
    """Writes down how tries ended; one that was taken over meanwhile changes nothing, unless it was delivered."""
    if attempts:
        connection.execute(_SETTLE, [_settled(attempt, now) for attempt in attempts])


_SETTLE = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("key"),
        deliveries.c.status == DeliveryStatus.PENDING,
        or_(deliveries.c.fence == bindparam("held"), bindparam("to") == DeliveryStatus.DELIVERED),
    )
    .values(
        status=bindparam("to"),
        attempts=deliveries.c.attempts - bindparam("uncounted"),
        answer=bindparam("said"),
        next_at=bindparam("again"),
        done_at=bindparam("at"),
        lease_until=null(),
    )
)


def _settled(attempt: Attempt, now: float) -> dict[str, Any]:
    return {
        "key": attempt.delivery_id,
        "held": attempt.fence,
        "to": attempt.status,
        "uncounted": 0 if attempt.counts else 1,
        "said": attempt.answer,
        "again": attempt.next_at,
        "at": None if attempt.status == DeliveryStatus.PENDING else now,
    }


def next_due(connection: Connection, sinks: Collection[str]) -> float | None:
    """When the next delivery is due (Unix time); None when none waits."""
    return connection.scalar(_NEXT_DUE, {"sinks": list(sinks)})


_NEXT_DUE = (
    select(deliveries.c.next_at)
    .where(
        deliveries.c.status == DeliveryStatus.PENDING,
        deliveries.c.sink.in_(bindparam("sinks", expanding=True)),
        deliveries.c.lease_until.is_(None),
    )
    .order_by(deliveries.c.next_at)
    .limit(1)
)


def replay(connection: Connection, delivery_id: str, now: float) -> Delivery:
    """Sends one once more, with a clean count and the same id. Raises NotFoundError."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(
            status=DeliveryStatus.PENDING,
            attempts=0,
            next_at=now,
            deadline=null(),
            done_at=null(),
            lease_until=null(),
        )
    )
    return get(connection, delivery_id)


def get(connection: Connection, delivery_id: str) -> Delivery:
    """One delivery. Raises NotFoundError."""
    row = connection.execute(select(*_COLUMNS).where(deliveries.c.id == delivery_id)).first()
    if row is None:
        raise NotFoundError(f"there is no delivery {delivery_id}")
    return _delivery(row)


def newest(
    connection: Connection,
    *,
    limit: int,
    job_id: str | None = None,
    status: DeliveryStatus | None = None,
    stores: Collection[str] | None = None,
    before: tuple[float, str] | None = None,
) -> list[Delivery]:
    """Deliveries, the latest first; before: (created_at, id) of the last one of the page before."""
    at, key = deliveries.c.created_at, deliveries.c.id
    wanted = [] if job_id is None else [deliveries.c.job_id == job_id]
    if status is not None:
        wanted.append(deliveries.c.status == status)
    if stores is not None:
        wanted.append(_of_stores(stores))
    if before is not None:
        wanted.append(or_(at < before[0], and_(at == before[0], key < before[1])))
    rows = connection.execute(select(*_COLUMNS).where(*wanted).order_by(at.desc(), key.desc()).limit(limit))
    return [_delivery(row) for row in rows]


def store_of(connection: Connection, delivery: Delivery) -> str | None:
    """Whose it is; None: what it told of was forgotten, or is the service itself."""
    told = (
        select(jobs.c.store_name).where(jobs.c.id == delivery.job_id),
        select(alerts.c.store_name).where(alerts.c.id == delivery.alert_id),
    )
    found: str | None = connection.scalar(union_all(*told))
    return found


def _of_stores(stores: Collection[str]) -> ColumnElement[bool]:
    return or_(
        deliveries.c.job_id.in_(select(jobs.c.id).where(jobs.c.store_name.in_(stores))),
        deliveries.c.alert_id.in_(select(alerts.c.id).where(alerts.c.store_name.in_(stores))),
    )


def disable(connection: Connection, endpoint: str, reason: str, now: float) -> None:
    """Nothing more is sent to an endpoint that said that it is gone, until `enable`."""
    if endpoint not in disabled(connection):
        connection.execute(insert(endpoints).values(endpoint=endpoint, disabled_at=now, reason=reason))


def enable(connection: Connection, endpoint: str) -> None:
    """Sends to an endpoint again."""
    connection.execute(endpoints.delete().where(endpoints.c.endpoint == endpoint))


def disabled(connection: Connection) -> dict[str, str]:
    """The endpoints that nothing is sent to, and why."""
    return {row.endpoint: row.reason for row in connection.execute(select(endpoints))}


def _delivery(row: Sequence[Any]) -> Delivery:
    """Of the columns in the order of the fields."""
    values = dict(zip(_FIELDS, row, strict=True))
    values["status"] = DeliveryStatus(values["status"])
    values["target"] = _target(values["target"])
    return Delivery(**values)


@lru_cache(maxsize=256)  # an endpoint's deliveries have the same
def _target(text: str) -> Mapping[str, Any]:
    target: dict[str, Any] = json.loads(text)
    return target
