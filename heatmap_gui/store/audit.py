"""Who changed what, and who looked at what people did: it only grows. Part of the caller's transaction."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from heatmap_gui.store.tables import audit


class Entry(NamedTuple):
    """id: rises with each entry. at: Unix seconds (UTC). who: a user, `token:NAME`, or who ran a command."""

    id: int
    at: float
    who: str
    action: str
    subject: str
    detail: str | None


class Wanted(NamedTuple):
    """Which entries; None: any. start <= at < end, Unix seconds. before: the id of the last one of the page before."""

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    start: float | None = None
    end: float | None = None
    before: int | None = None


def note(connection: Connection, at: float, who: str, action: str, subject: str, detail: str | None = None) -> None:
    """Writes an entry down."""
    values = {"at": at, "who": who, "action": action, "subject": subject, "detail": detail}
    connection.execute(insert(audit).values(values))


def newest(connection: Connection, wanted: Wanted, limit: int) -> list[Entry]:
    """Entries, the latest first."""
    given = (
        (wanted.who, audit.c.who.__eq__),
        (wanted.action, audit.c.action.__eq__),
        (wanted.subject, audit.c.subject.__eq__),
        (wanted.start, audit.c.at.__ge__),
        (wanted.end, audit.c.at.__lt__),
        (wanted.before, audit.c.id.__lt__),
    )
    conditions = [holds(value) for value, holds in given if value is not None]
    rows = select(audit).where(*conditions).order_by(audit.c.id.desc()).limit(limit)
    return [Entry(*row) for row in connection.execute(rows)]
