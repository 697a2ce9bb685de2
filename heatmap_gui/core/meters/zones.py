"""What a zone of any type counts in pieces of time: entries, persons, stops, dwell, how many are there at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.meters.occupancy import Occupancy, occupancy
from heatmap_gui.core.meters.pieces import how_many, how_many_people, piece_of, total
from heatmap_gui.core.types import F8, I8, Visits

STOP_S = 5.0  # who stays so long has stopped, and did not walk past


@dataclass(frozen=True, slots=True, eq=False)
class ZoneCounts:
    """Of each piece (k,). entries, people, stops and dwell_s: of the stays that began in it; people: each once.

    dwell_s: all together; median_dwell_s: NaN where nobody came.
    """

    entries: I8
    people: I8
    stops: I8
    dwell_s: F8
    median_dwell_s: F8
    occupancy: Occupancy


def count_zone(visits: Visits, zone: str, edges: F8) -> ZoneCounts:
    """visits: also those that began before the pieces, for who was there at their beginning."""
    own = visits.of([zone])
    stopped = own.dwell_s >= STOP_S
    return ZoneCounts(
        how_many(own.enter_at, edges),
        how_many_people(own.enter_at, own.person, edges),
        how_many(own.enter_at[stopped], edges),
        total(own.dwell_s, own.enter_at, edges),
        quantile(own.dwell_s, own.enter_at, edges, 0.5),
        occupancy(own.enter_at, own.leave_at, edges),
    )


def quantile(values: F8, at: F8, edges: F8, share: float) -> F8:
    """Of the values (n,) whose times are in each piece (k,), between the nearest two; NaN where there are none."""
    piece = piece_of(at, edges)
    order = np.lexsort((values, piece))
    first = np.searchsorted(piece[order], np.arange(len(edges)))  # with where those of the last end
    count = np.diff(first)
    place = first[:-1] + share * np.maximum(count - 1, 0)
    low = np.floor(place).astype(np.int64)
    ordered = np.append(values[order], [np.nan, np.nan])
    between = ordered[low] + (place - low) * (ordered[np.where(place > low, low + 1, low)] - ordered[low])
    return np.where(count > 0, between, np.nan)
