"""Footfall: who comes into the store, once a person and clock hour; and how many go which way over lines."""

from __future__ import annotations

from collections.abc import Collection

from heatmap_gui.core.meters.pieces import how_many, how_many_people
from heatmap_gui.core.types import F8, I8, Crossings, Visits


def footfall(visits: Visits, entries: Collection[str], hours: F8) -> I8:
    """Persons by the hour (k,) in which they come into any of the entry zones. hours: edges (k + 1,) of clock hours."""
    came = visits.of(entries)
    return how_many_people(came.enter_at, came.person, hours)


def passed(crossings: Crossings, lines: Collection[str], edges: F8) -> tuple[I8, I8]:
    """How many crossings of these lines led in and out, in each piece (k,)."""
    over = crossings.of(lines)
    return how_many(over.at[over.inwards], edges), how_many(over.at[~over.inwards], edges)
