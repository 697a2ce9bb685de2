"""Alerts as they were told, and those that were not, with why. Every function is part of the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.rules import Alert
from heatmap_gui.store.tables import alerts

_COLUMNS = [field.name for field in fields(Alert)]


@dataclass(frozen=True, slots=True)
class Kept:
    """An alert as it is written down. acknowledged_at: when somebody said to have seen it."""

    alert: Alert
    acknowledged_at: float | None


def add(connection: Connection, new: Sequence[Alert]) -> None:
    """Writes alerts down; one whose id is there already is the same one."""
    if not new:
        return
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    rows = [asdict(alert) for alert in new]
    connection.execute(make(alerts).on_conflict_do_nothing(index_elements=["id"]), rows)


def newest(
    connection: Connection,
    *,
    limit: int,
    stores: Collection[str] | None = None,
    suppressed: bool | None = None,
    before: tuple[float, str] | None = None,
) -> list[Kept]:
    """Alerts, the latest first; before: (at, id) of the last one of the page before.

    suppressed: only those that are, or only those that are not.
    """
    at, key = alerts.c.at, alerts.c.id
    wanted: list[ColumnElement[bool]] = [] if stores is None else [alerts.c.store_name.in_(stores)]
    if suppressed is not None:
        wanted.append(alerts.c.suppressed.is_not(None) if suppressed else alerts.c.suppressed.is_(None))
    if before is not None:
        wanted.append(or_(at < before[0], and_(at == before[0], key < before[1])))
    rows = connection.execute(select(alerts).where(*wanted).order_by(at.desc(), key.desc()).limit(limit)).mappings()
    return [_kept(row) for row in rows]


def get(connection: Connection, alert_id: str) -> Kept:
    """One alert. Raises NotFoundError."""
    row = connection.execute(select(alerts).where(alerts.c.id == alert_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no alert {alert_id}")
    return _kept(row)


def _kept(row: RowMapping) -> Kept:
    return Kept(Alert(**{name: row[name] for name in _COLUMNS}), row["acknowledged_at"])


def acknowledge(connection: Connection, alert_id: str, now: float) -> None:
    """Somebody has seen it; the first time counts. Raises NotFoundError."""
    seen = update(alerts).where(alerts.c.id == alert_id, alerts.c.acknowledged_at.is_(None))
    if connection.execute(seen.values(acknowledged_at=now)).rowcount:
        return
    if connection.scalar(select(alerts.c.id).where(alerts.c.id == alert_id)) is None:
        raise NotFoundError(f"there is no alert {alert_id}")


def unended(
    connection: Connection, store_name: str, begins: Collection[str], end: str, since: float
) -> dict[str, float]:
    """By rule, when a trouble was told whose end was not. begins, end: kinds."""
    rows = connection.execute(
        select(alerts.c.rule, alerts.c.kind, alerts.c.at)
        .where(
            alerts.c.store_name == store_name,
            alerts.c.at >= since,
            alerts.c.suppressed.is_(None),
            alerts.c.kind.in_([*begins, end]),
        )
        .order_by(alerts.c.at, alerts.c.id)
    )
    last = {row.rule: row for row in rows}
    return {rule: row.at for rule, row in last.items() if row.kind != end}
