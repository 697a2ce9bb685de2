"""How well lines count: minutes taken at random that a person counts, from a recording or at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from heatmap_gui.core.agreement import Agreement, agreement, minutes_to_count
from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.core.heatmap import TILE_S
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import I8, Crossings
from heatmap_gui.store import history_reading, retail
from heatmap_gui.store.database import Database
from heatmap_gui.store.retail import HandCount

MINUTE_S = 60.0
MOST_MINUTES = 500


@dataclass(frozen=True, slots=True)
class LineAgreement:
    """A line, and how its counts compare with a person's."""

    line_id: str
    agreement: Agreement


def choose(
    database: Database, site: Site, line_id: str, start: float, end: float, minutes: int, seed: int
) -> list[HandCount]:
    """So many minutes of a range, of those that a camera was watching in -> all of that line. The same seed chooses the
    same minutes. Raises NotFoundError, and InputError where nothing was watched.
    """
    if line_id not in {line.id for line in site.lines}:
        raise NotFoundError(f"line_id {line_id!r}: the store {site.name} has no such line")
    watched = history_reading.read_exposures(database, site.name, start, end)
    fives = np.unique([at for (_, at), seconds in watched.items() if seconds >= TILE_S / 2]).astype(np.float64)
    starts = (fives[:, None] + np.arange(0.0, TILE_S, MINUTE_S)).ravel()
    if not len(starts):
        raise InputError("nothing was watched in that time: there is nothing to compare with: choose another range")
    chosen = minutes_to_count(starts, np.ones(len(starts)), minutes, seed)
    with database.write() as connection:
        retail.add_hand_counts(connection, site.name, line_id, chosen.tolist())
        return [one for one in retail.list_hand_counts(connection, site.name) if one.line_id == line_id]


def note(database: Database, store_name: str, count_id: int, inwards: int, outwards: int, who: str) -> None:
    """What a person counted. Raises NotFoundError."""
    with database.write() as connection:
        there = retail.note_hand_count(connection, store_name, count_id, inwards, outwards, who)
    if not there:
        raise NotFoundError(f"count {count_id}: there is no such minute to count")


def listed(database: Database, store_name: str) -> list[HandCount]:
    """All minutes, counted or not."""
    with database.read() as connection:
        return retail.list_hand_counts(connection, store_name)


def agreements(database: Database, store_name: str) -> list[LineAgreement]:
    """Of all lines that somebody counted, as far as he has."""
    done = [one for one in listed(database, store_name) if one.inwards is not None and one.outwards is not None]
    found = []
    for line_id in dict.fromkeys(one.line_id for one in done):
        own = [one for one in done if one.line_id == line_id]
        counted = np.array([(one.inwards, one.outwards) for one in own], np.int64)
        measured = [_measured(_crossings(database, store_name, one.start_s), line_id) for one in own]
        found.append(LineAgreement(line_id, agreement(counted, np.array(measured))))
    return found


def _crossings(database: Database, store_name: str, start: float) -> Crossings:
    return retail.read_crossings(database, store_name, start, start + MINUTE_S)


def _measured(crossings: Crossings, line_id: str) -> I8:
    inwards = crossings.of([line_id]).inwards
    return np.array([inwards.sum(), (~inwards).sum()])


def when(one: HandCount) -> datetime:
    """When its minute begins."""
    return datetime.fromtimestamp(one.start_s, UTC)
