"""Who does what only one may do: leads the schedule, watches a store, holds a role's data folder."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Insert, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.store.tables import leases

_FAR = 10  # lengths of a lease: clocks of two hosts do not differ by so much


def take(connection: Connection, name: str, holder: str, now: float, lease_s: float) -> int | None:
    """Takes or keeps a lease: its fence, which rises with each new holder; None while somebody else holds it."""
    values = {"lease": name, "by": holder, "end": now + lease_s}
    connection.execute(_first(connection.dialect.name), values)
    fence = connection.scalar(_KEEP, values)
    if fence is None:
        set_back = now + _FAR * lease_s  # a clock was: else nobody would take it for as long
        fence = connection.scalar(_TAKE, values | {"at": now, "far": set_back})
    return None if fence is None else int(fence)


@cache
def _first(dialect: str) -> Insert:
    make = insert_sqlite if dialect == "sqlite" else insert_postgresql
    first = make(leases).values(name=bindparam("lease"), holder=bindparam("by"), fence=1, until=bindparam("end"))
    return first.on_conflict_do_nothing(index_elements=["name"])


_HERE = update(leases).where(leases.c.name == bindparam("lease"))
# Late, and yet nobody came meanwhile: it is still the same stay.
_KEEP = _HERE.where(leases.c.holder == bindparam("by")).values(until=bindparam("end")).returning(leases.c.fence)
_TAKE = (
    _HERE.where(or_(leases.c.until < bindparam("at"), leases.c.until > bindparam("far")))
    .values(holder=bindparam("by"), fence=leases.c.fence + 1, until=bindparam("end"))
    .returning(leases.c.fence)
)


def release(connection: Connection, name: str, holder: str) -> None:
    """Gives a lease back, so that nobody has to wait for its end."""
    connection.execute(update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=0.0))


def holder(connection: Connection, name: str, now: float) -> str | None:
    """Who holds it now."""
    return connection.scalar(select(leases.c.holder).where(leases.c.name == name, leases.c.until >= now))
