"""What a zone or a line would have counted: the stored tracks of the last hours, measured anew by the same meters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.drawn_views import corners_of, projections, to_plan
from heatmap_gui.core.meters.drawn import DrawnMeters
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.tuning import TUNING
from heatmap_gui.core.types import F8, I8, PERSON, Crossing, Points, Visit
from heatmap_gui.services.history_access import open_history
from heatmap_gui.store import history_extent, history_reading

_BINS = 96  # of the curve
_NEAR_M = 1.0  # of a line: who could have crossed it
_AFTER_S = 1.0  # what was seen last is a part of it
_ROOM_M = 0.5  # around a shape: who stays farther away matters to no meter


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """The tracks on the plan from start to end (Unix time), each with an id of its own, by track and time.

    first (k + 1,): where each track's rows begin.
    """

    start: float
    end: float
    points: Points
    first: I8


@dataclass(frozen=True, slots=True, eq=False)
class ZoneCount:
    """longest: most people in it at once. people (96,): how many on average, in equal parts of the time."""

    visits: int
    mean_stay_s: float | None
    longest: int
    people: F8


@dataclass(frozen=True, slots=True)
class LineCount:
    """near: how many people came within a metre."""

    inwards: int
    outwards: int
    near: int


@dataclass(frozen=True, slots=True)
class StoredTracks:
    """Of the database that the configuration names, whether anything runs on it or not."""

    config: Path
    environ: Mapping[str, str]

    def newest(self, store_name: str, span_s: float, now: float) -> Stored:
        """All tracks of a store's plan in the last `span_s`; where there are none, in as long until the last there is.

        Slow: some hours are a second. Raises InputError and UnavailableError where the history cannot be read.
        """
        with closing(open_history(self.config, self.environ)) as database:
            last = history_extent.last_track(database, store_name, PLAN)
            end = now if last is None or last > now - span_s else last + _AFTER_S
            return stored(history_reading.points(database, store_name, PLAN, end - span_s, end), end - span_s, end)


def stored(parts: Iterable[Points], start: float, end: float) -> Stored:
    """Tracks as they are read. Ids are a run's own: one that comes again after a gap is somebody else."""
    points = Points.join(_of_same_labels(list(parts)))
    points = points.take(np.lexsort((points.at, points.track_id)))
    gap = np.diff(points.at, prepend=-np.inf) > TUNING.forget_s
    begins = gap | (np.diff(points.track_id, prepend=-1) != 0)
    first = np.append(np.flatnonzero(begins), len(points))
    return Stored(start, end, replace(points, track_id=np.cumsum(begins)), first)


def _of_same_labels(parts: list[Points]) -> list[Points]:
    labels = tuple(dict.fromkeys([PERSON, *(label for part in parts for label in part.labels)]))
    numbers = [np.array([labels.index(label) for label in part.labels], np.int16) for part in parts]
    same = [replace(p, labels=labels, class_id=n[p.class_id]) for p, n in zip(parts, numbers, strict=True)]
    return [Points.empty(labels), *same]


def counts_on_floor(site: Site, drawn: Zone | Line) -> bool:
    """Whether stored tracks tell what it counts: it is tested with places on the plan, not with a camera's boxes."""
    if drawn.on == PLAN:
        return True
    if isinstance(drawn, Zone) and drawn.anchor == "centre":
        return False
    return to_plan(site.floor, projections(site), drawn.on, corners_of(drawn)) is not None


def recount_zone(tracks: Stored, site: Site, zone: Zone) -> ZoneCount:
    """What this zone counts of them."""
    near, _ = _near(tracks, site, zone)
    visits, _ = _measure(near, replace(site, zones=(zone,), lines=()))
    stays = [visit.dwell_s for visit in visits]
    return ZoneCount(
        len(visits), float(np.mean(stays)) if stays else None, _most_at_once(visits), _people(visits, tracks)
    )


def recount_line(tracks: Stored, site: Site, line: Line) -> LineCount:
    """What this line counts of them."""
    near, close = _near(tracks, site, line)
    _, crossings = _measure(near, replace(site, zones=(), lines=(line,)))
    inwards = sum(crossing.direction == "in" for crossing in crossings)
    return LineCount(inwards, len(crossings) - inwards, close)


def measured(tracks: Stored, site: Site, drawn: Zone | Line) -> tuple[tuple[Visit, ...], tuple[Crossing, ...]]:
    """All visits to this zone, or crossings of this line; track ids are those of `tracks`."""
    zones, lines = ((drawn,), ()) if isinstance(drawn, Zone) else ((), (drawn,))
    return _measure(_near(tracks, site, drawn)[0], replace(site, zones=zones, lines=lines))


def _measure(points: Points, site: Site) -> tuple[tuple[Visit, ...], tuple[Crossing, ...]]:
    meters = DrawnMeters(site, PLAN, projections(site))
    meters.add(points, [])
    meters.end(np.unique(points.track_id).tolist())
    return meters.take()


def _near(tracks: Stored, site: Site, drawn: Zone | Line) -> tuple[Points, int]:
    """What matters of the tracks, and how many of them have been within a metre.

    For a line all rows of those of which a step comes near: who walks around its end has changed sides. For a zone only
    the near steps: far away both ends of what is left out are outside.
    """
    points = tracks.points
    plan_px = to_plan(site.floor, projections(site), drawn.on, corners_of(drawn))
    if plan_px is None or len(points) == 0:
        return points.take(slice(0)), 0
    corners = site.floor.from_px(plan_px)
    unit = 1.0 if site.floor.unit == "m" else site.floor.width_px / 30
    touched = np.ones(len(points), np.bool_)
    close = np.ones(len(points), np.bool_)
    starts = tracks.first[:-1]
    for place, low, high in zip((points.x, points.y), corners.min(axis=0), corners.max(axis=0), strict=True):
        before = np.roll(place, 1)
        before[starts] = place[starts]
        room, near = _ROOM_M * unit, _NEAR_M * unit
        touched &= (np.maximum(place, before) >= low - room) & (np.minimum(place, before) <= high + room)
        close &= (place >= low - near) & (place <= high + near)
    rows = np.flatnonzero(close)
    close[rows] = geometry.distance(corners, np.stack([points.x[rows], points.y[rows]], axis=1)) <= _NEAR_M * unit
    if isinstance(drawn, Zone):
        kept = touched | np.append(touched[1:], False)
    else:
        kept = np.repeat(np.logical_or.reduceat(touched, starts), np.diff(tracks.first))
    return points.take(kept), int(np.logical_or.reduceat(close, starts).sum())


def _most_at_once(visits: Iterable[Visit]) -> int:
    """Who leaves when another comes was not there with him."""
    events = sorted([(v.enter_at, 1) for v in visits] + [(v.leave_at, -1) for v in visits])
    return int(np.cumsum([0, *(change for _, change in events)]).max())


def _people(visits: Iterable[Visit], tracks: Stored) -> F8:
    edges = np.linspace(tracks.start, tracks.end, _BINS + 1)
    seconds = np.zeros(_BINS)
    for visit in visits:
        seconds += (np.minimum(edges[1:], visit.leave_at) - np.maximum(edges[:-1], visit.enter_at)).clip(0)
    return seconds / np.diff(edges)
