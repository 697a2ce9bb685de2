"""What was said of pictures that requests brought, and to whom. Every function is part of the caller's transaction."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, text

from heatmap_gui.store.tables import classifications


class Classified(NamedTuple):
    """id: rises with each. at: Unix seconds (UTC). sha256, bytes, width, height (px): of the picture, which itself is
    not kept. label: None where it shows no vehicle. cached: the same picture had been seen before. took_s: to answer.
    """

    id: int
    at: float
    who: str
    sha256: str
    bytes: int
    width: int
    height: int
    label: str | None
    confidence: float
    model: str
    cached: bool
    took_s: float


class Total(NamedTuple):
    """Of one class: how many images, and their mean confidence 0..1."""

    label: str | None
    images: int
    confidence: float


class Extent(NamedTuple):
    """Of all that are kept: answers out of the cache, mean seconds to answer, the first and the last one's time."""

    cached: int
    took_s: float
    first_at: float | None
    last_at: float | None


def add(connection: Connection, one: Classified) -> None:
    """Writes one down; its id is given by the database."""
    values = one._asdict()
    del values["id"]
    connection.execute(insert(classifications).values(values))


def newest(
    connection: Connection, *, limit: int, who: str | None = None, before: int | None = None
) -> list[Classified]:
    """The latest first; who: only theirs. before: the id of the last one of the page before."""
    table = classifications.c
    wanted = [] if who is None else [table.who == who]
    if before is not None:
        wanted.append(table.id < before)
    rows = select(classifications).where(*wanted).order_by(table.id.desc()).limit(limit)
    return [Classified(**row) for row in connection.execute(rows).mappings()]


def totals(connection: Connection, who: str | None = None) -> tuple[list[Total], Extent]:
    """By class, the most frequent first, and of all; who: only theirs."""
    table = classifications.c
    wanted = [] if who is None else [table.who == who]
    count = func.count()
    by_class = select(table.label, count, func.avg(table.confidence)).where(*wanted).group_by(table.label)
    found = sorted(
        (Total(*row) for row in connection.execute(by_class)), key=lambda one: (-one.images, one.label or "")
    )
    cached = func.count().filter(table.cached)
    whole = select(cached, func.avg(table.took_s), func.min(table.at), func.max(table.at)).where(*wanted)
    hits, took_s, first_at, last_at = connection.execute(whole).one()
    return found, Extent(hits, took_s or 0.0, first_at, last_at)


def database_bytes(connection: Connection) -> int:
    """How large the whole database is."""
    if connection.dialect.name == "sqlite":
        question = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        question = "SELECT pg_database_size(current_database())"
    return int(connection.scalar(text(question)) or 0)
