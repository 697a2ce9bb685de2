"""What an event, such as a promotion, changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.core.impact import METHOD, WEEKS, Impact, impact
from heatmap_gui.core.meters.footfall import passed
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import F8, I8, Bool
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services.retail_figures import Figures
from heatmap_gui.services.retail_words import changed
from heatmap_gui.store import retail
from heatmap_gui.store.database import Database
from heatmap_gui.store.retail import Event

LONGEST_DAYS = 92
_MOST = 1_000  # events of a store that are looked through


@dataclass(frozen=True, slots=True)
class EventDay:
    """When a day is: before, during or after the event. value: of the measure. used: whether it is compared: it is
    over, cameras delivered for 80 % of it, and no other event was on.
    """

    date: str
    when: str
    value: int
    seen: float
    used: bool


@dataclass(frozen=True, slots=True)
class EventImpact:
    """measure: "footfall", or "inwards" over lines where no entry zone is drawn. during, after: its days, and those of
    the four weeks after it, against matched days before it; null: not enough data. said: both in words.
    """

    event: Event
    measure: str
    method: str
    during: Impact | None
    after: Impact | None
    said: tuple[str, ...]
    days: tuple[EventDay, ...]


def add(database: Database, store_name: str, fields: dict[str, str], now: float) -> Event:
    """fields: all of an Event's but its id. Raises InputError."""
    with database.write() as connection:
        return retail.add_event(connection, store_name, _checked(fields), now)


def change(database: Database, store_name: str, event_id: int, fields: dict[str, str]) -> Event:
    """Raises NotFoundError, InputError."""
    event = Event(event_id, **_checked(fields))
    with database.write() as connection:
        if not retail.change_event(connection, store_name, event):
            raise _unknown(event_id)
    return event


def remove(database: Database, store_name: str, event_id: int) -> None:
    """Raises NotFoundError."""
    with database.write() as connection:
        if not retail.remove_event(connection, store_name, event_id):
            raise _unknown(event_id)


def listed(database: Database, store_name: str, after: tuple[Any, ...] | None, limit: int) -> list[Event]:
    """The newest first. after: start_date and id of the last one of the page before."""
    with database.read() as connection:
        return retail.list_events(connection, store_name, after and (str(after[0]), int(after[1])), limit)


def event_of(database: Database, store_name: str, event_id: int) -> Event:
    """Raises NotFoundError."""
    with database.read() as connection:
        found = retail.find_event(connection, store_name, event_id)
    if found is None:
        raise _unknown(event_id)
    return found


def analyze(database: Database, site: Site, event: Event, now: float) -> EventImpact:
    """What it changed, as far as its days are over."""
    days = _days(event)
    figures = _figures(database, site, days, now)
    value = figures.footfall(figures.days) if figures.entries else _inwards(figures)
    seen = figures.exposure(figures.days).share
    when = _when(days, event)
    others = _others(database, site.name, event)
    used = figures.exposure(figures.days).complete & (figures.days[1:] <= now)
    used &= (when == "during") | ~np.array([any(a <= day <= b for a, b in others) for day in days], np.bool_)
    measure = "footfall" if figures.entries else "inwards"
    during, after = (_impact(days, value, used, when, name) for name in ("during", "after"))
    return EventImpact(
        event, measure, METHOD, during, after,
        (changed(event.name, measure, during), changed(f"After {event.name}", measure, after)),
        tuple(EventDay(day.isoformat(), *of) for day, *of in
              zip(days, when.tolist(), value.tolist(), seen.round(4).tolist(), used.tolist(), strict=True)),
    )  # fmt: skip


def _days(event: Event) -> list[date]:
    start, end = date.fromisoformat(event.start_date), date.fromisoformat(event.end_date)
    first, reach = start - timedelta(weeks=WEEKS), (end - start).days + 1 + 14 * WEEKS
    return [first + timedelta(days=n) for n in range(reach)]


def _figures(database: Database, site: Site, days: list[date], now: float) -> Figures:
    zone = ZoneInfo(site.timezone)
    first, last = (datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp() for day in (days[0], days[-1]))
    return Figures(database, site, midnight(first, zone), midnight(last, zone, 1), now)


def _inwards(figures: Figures) -> I8:
    return passed(figures.crossings, [line.id for line in figures.site.lines], figures.days)[0]


def _when(days: list[date], event: Event) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    iso = np.array([day.isoformat() for day in days])
    return np.where(iso < event.start_date, "before", np.where(iso > event.end_date, "after", "during"))


def _others(database: Database, store_name: str, event: Event) -> list[tuple[date, date]]:
    """When there was another one."""
    known = listed(database, store_name, None, _MOST)
    return [
        (date.fromisoformat(one.start_date), date.fromisoformat(one.end_date)) for one in known if one.id != event.id
    ]


def _impact(days: list[date], value: I8, used: Bool, when: np.ndarray[tuple[int], np.dtype[np.str_]],
            name: str) -> Impact | None:  # fmt: skip
    weekday = np.array([day.weekday() for day in days])
    of, before = used & (when == name), used & (when == "before")
    numbers: F8 = value.astype(np.float64)
    return impact(weekday[of], numbers[of], weekday[before], numbers[before])


def _checked(fields: dict[str, str]) -> dict[str, str]:
    """Of an event that is written down. Raises InputError when its dates are none."""
    try:
        start, end = date.fromisoformat(fields["start_date"]), date.fromisoformat(fields["end_date"])
    except ValueError:
        raise InputError("start_date, end_date: allowed: days such as 2026-01-31") from None
    if not 0 <= (end - start).days < LONGEST_DAYS:
        raise InputError(f"end_date: allowed: start_date or later, at most {LONGEST_DAYS} days of them")
    if not (start.year >= 1970 and end.year < 9000):
        raise InputError("start_date, end_date: allowed: years 1970 to 8999")
    return fields | {"start_date": start.isoformat(), "end_date": end.isoformat()}


def _unknown(event_id: int) -> NotFoundError:
    return NotFoundError(f"event {event_id}: there is no such event: GET /api/events lists those there are")
