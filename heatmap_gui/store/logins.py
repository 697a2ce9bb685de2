"""How often a log-in was tried, by account and address. Functions are part of the caller's transaction."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.throttle import Tries
from heatmap_gui.store.tables import login_tries


def look(connection: Connection, account: str, address: str, since: float) -> Tries:
    """What was tried since then. Nobody else tries the same before this transaction ends."""
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = insert(login_tries).values(account=account, address=address, failures=0, tried_at=0.0)
    mine = new.on_conflict_do_update(index_elements=["account", "address"], set_={"failures": login_tries.c.failures})
    row = connection.execute(mine.returning(login_tries)).one()
    failures, tried_at = func.coalesce(func.sum(login_tries.c.failures), 0), func.max(login_tries.c.tried_at)
    recent = select(failures, tried_at).where(login_tries.c.tried_at >= since, login_tries.c.failures > 0)
    of_address, address_at = connection.execute(recent.where(login_tries.c.address == address)).one()
    of_account, _ = connection.execute(recent.where(login_tries.c.account == account)).one()
    failed = row.failures if row.tried_at >= since else 0
    return Tries(failed, row.tried_at, row.succeeded_at, int(of_address), float(address_at or 0.0), int(of_account))


def count(connection: Connection, account: str, address: str, failures: int, now: float) -> None:
    """So many failures in a row, this one with them."""
    row = update(login_tries).where(login_tries.c.account == account, login_tries.c.address == address)
    connection.execute(row.values(failures=failures, tried_at=now))


def succeed(connection: Connection, account: str, address: str, now: float) -> None:
    """It was the right password after all."""
    row = update(login_tries).where(login_tries.c.account == account, login_tries.c.address == address)
    connection.execute(row.values(failures=0, tried_at=now, succeeded_at=now))


def forget(connection: Connection, failed_before: float, succeeded_before: float) -> None:
    """Drops what counts no more."""
    known = login_tries.c.succeeded_at
    unknown = or_(known.is_(None), known < succeeded_before)
    connection.execute(delete(login_tries).where(login_tries.c.tried_at < failed_before, unknown))
