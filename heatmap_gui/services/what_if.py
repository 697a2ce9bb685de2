"""What other zones and lines would have counted: the stored tracks of weeks, measured anew, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.tuning import TUNING
from heatmap_gui.core.types import VEHICLES, Crossing, Crossings, Points, Visit, Visits
from heatmap_gui.services.recount import counts_on_floor, measured, stored
from heatmap_gui.services.retail_figures import Figures, Piece
from heatmap_gui.store import history_reading
from heatmap_gui.store.database import Database

_ROWS = 1_000_000  # at once


@dataclass(frozen=True, slots=True)
class WhatIf:
    """total, daily: as the zones and lines would have counted. tracks, rows: that were looked at."""

    total: Piece
    daily: tuple[Piece, ...]
    tracks: int
    rows: int


class _Counted(Figures):
    """Figures of visits and crossings that were never written."""

    def __init__(self, like: Figures, site: Site, visits: Visits, crossings: Crossings) -> None:
        super().__init__(like.database, site, like.start, like.end, like.now)
        self.visits, self.crossings = visits, crossings


def what_if(
    database: Database, site: Site, drawn: Sequence[Zone | Line], start: float, end: float, now: float
) -> WhatIf:
    """drawn: in place of all zones and lines of the site. Raises InputError for what stored tracks cannot tell.

    Whoever is on the floor at an end of the range is counted for the part of his way that is within it.
    """
    for one in drawn:
        if not counts_on_floor(site, one):
            raise InputError(
                f"{one.id}: stored tracks are places on the plan: draw it there, or for feet on a calibrated camera's "
                "picture"
            )
    zones = tuple(one for one in drawn if isinstance(one, Zone))
    lines = tuple(one for one in drawn if isinstance(one, Line))
    own = replace(site, zones=zones, lines=lines)
    visits: list[Visit] = []
    crossings: list[Crossing] = []
    people = rows = 0
    for part in whole_tracks(history_reading.points(database, site.name, PLAN, start, end)):
        tracks = stored([_of_people(part)], start, end)
        tracks = replace(tracks, points=replace(tracks.points, track_id=tracks.points.track_id + people))
        for one in drawn:
            stayed, crossed = measured(tracks, own, one)
            visits += stayed
            crossings += crossed
        people += len(tracks.first) - 1
        rows += len(part)
    figures = _Counted(Figures(database, own, start, end, now), own, _visits(visits), _crossings(crossings))
    return WhatIf(figures.whole(), tuple(figures.pieces(figures.days)), people, rows)


def whole_tracks(parts: Iterable[Points], most: int = _ROWS) -> Iterator[Points]:
    """The same rows in parts of about `most` that no track goes on from: one that may waits for the next.

    parts: those of one run follow each other in the order of time, as they are read.
    """
    waiting: list[Points] = []
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) >= most:
            rows = joined(waiting)
            goes_on = np.isin(rows.track_id, part.track_id[part.at > part.at[-1] - TUNING.forget_s])
            yield rows.take(~goes_on)
            waiting = [rows.take(goes_on)]
    if waiting:
        yield joined(waiting)


def joined(parts: Sequence[Points]) -> Points:
    """Rows of parts whose classes may have other numbers."""
    labels = tuple(dict.fromkeys(label for part in parts for label in part.labels))
    numbers = [np.array([labels.index(label) for label in part.labels], np.int16) for part in parts]
    return Points.join(
        [replace(part, labels=labels, class_id=n[part.class_id]) for part, n in zip(parts, numbers, strict=True)]
    )


def _of_people(points: Points) -> Points:
    people = np.array([label not in VEHICLES for label in points.labels], np.bool_)
    return points.take(people[points.class_id])


def _visits(found: Sequence[Visit]) -> Visits:
    zones = tuple(dict.fromkeys(visit.zone_id for visit in found))
    columns = [(zones.index(v.zone_id), v.track_id, v.enter_at, v.leave_at, v.dwell_s) for v in found]
    zone, person, enter_at, leave_at, dwell_s = np.array(columns, np.float64).reshape(-1, 5).T
    return Visits(zone.astype(np.int64), person.astype(np.int64), enter_at, leave_at, dwell_s, zones)


def _crossings(found: Sequence[Crossing]) -> Crossings:
    lines = tuple(dict.fromkeys(crossing.line_id for crossing in found))
    columns = [(lines.index(c.line_id), c.track_id, c.at, c.direction == "in") for c in found]
    line, person, at, inwards = np.array(columns, np.float64).reshape(-1, 4).T
    return Crossings(line.astype(np.int64), person.astype(np.int64), at, inwards > 0, lines)
