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


def note(connection: Connection, at: float, who: str, action: str, subject: str, detail: str | None = None) -> None:
    """Writes an entry down."""
    values = {"at": at, "who": who, "action": action, "subject": subject, "detail": detail}
    connection.execute(insert(audit).values(values))


def newest(
    connection: Connection,
    *,
    limit: int,
    who: str | None = None,
    action: str | None = None,
    start: float | None = None,
    end: float | None = None,
    before: int | None = None,
) -> list[Entry]:
    """Entries, the latest first; before: the id of the last one of the page before. start <= at < end."""
    asked = ((audit.c.who, who), (audit.c.action, action))
    wanted = [column == value for column, value in asked if value is not None]
    if start is not None:
        wanted.append(audit.c.at >= start)
    if end is not None:
        wanted.append(audit.c.at < end)
    if before is not None:
        wanted.append(audit.c.id < before)
    rows = select(audit).where(*wanted).order_by(audit.c.id.desc()).limit(limit)
    return [Entry(*row) for row in connection.execute(rows)]
