"""Tiles of a store's days, and of four weeks, added up beforehand: a year is then read in some dozens of pieces.

A sum is no fact. It is there only while all that it adds up is as it was: whoever changes tiles forgets the sums over
them in the same transaction, and whoever makes one keeps writers of tiles away until it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from heatmap_gui.core.types import VEHICLES, Tile
from heatmap_gui.core.week_hours import Span
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import runs, sums
from heatmap_gui.store.tile_packing import pack_tile, unpack_tile

_LONGEST_S = 29 * 86_400  # four weeks, and the hour of a clock that goes back
_LOCK = 4_821_908  # a number that nobody else locks in this database


@dataclass(frozen=True, slots=True)
class Series:
    """The sums of one floor of a store. basis: what else they depend on, such as the grid; those of another are old."""

    store_name: str
    floor: str
    basis: str


def read(database: Database, series: Series, span: Span) -> Tile | None:
    """The sum over a span, if there is one."""
    wanted = select(sums.c.chunk).where(*_of(series), sums.c.start_s == span[0], sums.c.end_s == span[1])
    with database.read() as connection:
        chunk = connection.scalar(wanted)
    return None if chunk is None else unpack_tile(int(span[0]), chunk)


def presence(database: Database, series: Series, start: float, end: float) -> Mapping[Span, tuple[float, float]]:
    """Of all sums within a range: person-seconds, and the seconds that the best-seen place was seen for."""
    names = sums.c.start_s, sums.c.end_s, sums.c.person_s, sums.c.seen_s
    wanted = select(*names).where(*_of(series), sums.c.start_s >= start, sums.c.end_s <= end)
    with database.read() as connection:
        return {(float(a), float(b)): (person_s, seen_s) for a, b, person_s, seen_s in connection.execute(wanted)}


def presence_of(tile: Tile) -> tuple[float, float]:
    """The same of a tile; vehicles are not people."""
    seconds = sum(float(part.values[0].sum()) for label, part in tile.layers.items() if label not in VEHICLES)
    return seconds, float(tile.exposure.values.max(initial=0.0))


@contextmanager
def making(database: Database) -> Iterator[Connection]:
    """A transaction for `keep`; until its end nobody changes tiles, so what is read meanwhile is whole."""
    with database.write() as connection:
        if not database.sqlite:  # there whoever writes is alone anyway
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield connection


def keep(connection: Connection, series: Series, span: Span, tile: Tile) -> None:
    """Within `making`. One of another basis goes."""
    names = {"store_name": series.store_name, "floor": series.floor, "start_s": int(span[0]), "end_s": int(span[1])}
    connection.execute(delete(sums).filter_by(**names))
    person_s, seen_s = presence_of(tile)
    values = {**names, "basis": series.basis, "person_s": person_s, "seen_s": seen_s, "chunk": pack_tile(tile)}
    connection.execute(insert(sums).values(values))


def forget(connection: Connection, run_id: int, floor: str, start: float, end: float) -> None:
    """A run's tiles from `start` to `end` change in this transaction."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
    store = select(runs.c.store_name).where(runs.c.id == run_id).scalar_subquery()
    over = sums.c.start_s > start - _LONGEST_S, sums.c.start_s < end, sums.c.end_s > start
    connection.execute(delete(sums).where(sums.c.store_name == store, sums.c.floor == floor, *over))


def _of(series: Series) -> tuple[ColumnElement[bool], ...]:
    return sums.c.store_name == series.store_name, sums.c.floor == series.floor, sums.c.basis == series.basis
