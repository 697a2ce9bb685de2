"""Unusual hours of a day, against the same hour of the same weekday in the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core.meters.pieces import how_many
from heatmap_gui.core.site import Site
from heatmap_gui.core.spikes import WEEKS, HowUnusual, Usual, usual
from heatmap_gui.core.types import I8
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.retail_figures import Figures
from heatmap_gui.services.retail_words import unusual
from heatmap_gui.store.database import Database

FOOTFALL = "footfall"


@dataclass(frozen=True, slots=True)
class Spike:
    """An hour of a measure: `footfall`, or entries of a zone by its id. score: robust standard deviations."""

    measure: str
    hour: str
    value: float
    how: HowUnusual
    score: float | None
    usual: float | None
    low: float | None
    high: float | None
    weeks: int
    said: str


@dataclass(frozen=True, slots=True)
class Spikes:
    """spikes: the unusual hours, the most unusual first. judged: how many hours there were to judge, of all measures.

    without_comparison: of how many of them too few weeks were seen before. not_seen: hours of the day, or of what is
    over of it, that cameras were down in.
    """

    store_name: str
    date: str
    spikes: tuple[Spike, ...]
    judged: int
    without_comparison: int
    not_seen: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Day:
    figures: Figures
    counts: dict[str, I8]
    hour: list[int]
    complete: list[bool]


def spikes(database: Database, site: Site, day: date, now: float) -> Spikes:
    """Of all hours of a day that are over."""
    own = _day(database, site, day, now)
    earlier = [_day(database, site, day - timedelta(weeks=week), now) for week in range(1, WEEKS + 1)]
    over = [n for n, end in enumerate(own.figures.hours[1:]) if end <= now]
    judged = [n for n in over if own.complete[n]]
    names = {zone.id: zone.name for zone in site.zones}
    found: list[tuple[str, int, Usual]] = [
        (measure, n, usual(float(counts[n]), _same_hour(earlier, measure, own.hour[n])))
        for measure, counts in own.counts.items()
        for n in judged
    ]
    strange = sorted((one for one in found if one[2].unusual), key=lambda one: -abs(one[2].score or 0.0))
    return Spikes(
        site.name,
        day.isoformat(),
        tuple(_spike(own, names, *one) for one in strange),
        len(found),
        sum(one[2].score is None for one in found),
        tuple(own.figures.when(own.figures.hours[n]) for n in over if not own.complete[n]),
    )


def _day(database: Database, site: Site, day: date, now: float) -> _Day:
    zone = ZoneInfo(site.timezone)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()
    figures = Figures(database, site, midnight(noon, zone), midnight(noon, zone, 1), now)
    counts = {FOOTFALL: figures.hourly_footfall} if figures.entries else {}
    for place in site.zones:
        counts[place.id] = how_many(figures.visits.of([place.id]).enter_at, figures.hours)
    clock = [datetime.fromtimestamp(at, zone).hour for at in figures.hours[:-1]]
    return _Day(figures, counts, clock, figures.exposure(figures.hours).complete.tolist())


def _same_hour(days: list[_Day], measure: str, hour: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The count of that hour on each day on which it was seen; of one that comes twice, the first."""
    seen = [(day, day.hour.index(hour)) for day in days if hour in day.hour]
    return np.array([day.counts[measure][n] for day, n in seen if day.complete[n]], np.float64)


def _spike(own: _Day, names: dict[str, str], measure: str, n: int, found: Usual) -> Spike:
    at = float(own.figures.hours[n])
    what = "Footfall" if measure == FOOTFALL else f"Entries to {names[measure]}"
    said = unusual(what, datetime.fromtimestamp(at, own.figures.zone), found)
    return Spike(
        measure, own.figures.when(at), found.value, found.how, found.score, found.usual, found.low, found.high,
        found.weeks, said,
    )  # fmt: skip
