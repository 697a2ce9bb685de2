"""Who does what only one may do: leads the schedule, watches a store, holds a role's data folder."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.store.tables import leases

_FAR = 10  # lengths of a lease: clocks of two hosts do not differ by so much


def take(connection: Connection, name: str, holder: str, now: float, lease_s: float) -> int | None:
    """Takes or keeps a lease: its fence, which rises with each new holder; None while somebody else holds it."""
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    first = insert(leases).values(name=name, holder=holder, fence=1, until=now + lease_s)
    connection.execute(first.on_conflict_do_nothing(index_elements=["name"]))
    here = update(leases).where(leases.c.name == name)
    # Late, and yet nobody came meanwhile: it is still the same stay.
    kept = here.where(leases.c.holder == holder).values(until=now + lease_s)
    fence = connection.scalar(kept.returning(leases.c.fence))
    if fence is None:
        set_back = leases.c.until > now + _FAR * lease_s  # a clock was: else nobody would take it for as long
        taken = here.where(or_(leases.c.until < now, set_back))
        taken = taken.values(holder=holder, fence=leases.c.fence + 1, until=now + lease_s)
        fence = connection.scalar(taken.returning(leases.c.fence))
    return None if fence is None else int(fence)


def release(connection: Connection, name: str, holder: str) -> None:
    """Gives a lease back, so that nobody has to wait for its end."""
    connection.execute(update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=0.0))


def holder(connection: Connection, name: str, now: float) -> str | None:
    """Who holds it now."""
    return connection.scalar(select(leases.c.holder).where(leases.c.name == name, leases.c.until >= now))
