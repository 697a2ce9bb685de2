"""Spikes and events on histories that are known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.core.types import Crossing, Visit
from heatmap_gui.services import retail_events
from heatmap_gui.services.retail_events import analyze, event_of
from heatmap_gui.services.retail_spikes import FOOTFALL, spikes
from heatmap_gui.store.database import Database
from heatmap_gui.store.retail import Event
from tests.services.shops import STORE, at, person, shop, watch, write_people

FIRST = date(2026, 8, 31)  # a Monday; clocks go back within the nine weeks after it
MONDAYS = [FIRST + timedelta(weeks=n) for n in range(9)]
SALE = {"name": "Sale", "event_type": "promotion", "start_date": "2026-10-23", "end_date": "2026-10-25",
        "description": ""}  # fmt: skip


def came(day: date, hour: int, count: int, first: int = 0) -> list[tuple[list[Visit], list[Crossing]]]:
    start = at(f"{day} {hour:02}:00")
    return [person(first + n, start + 60 * n % 3600 + n / 100) for n in range(count)]


def mondays(database: Database, last: int) -> None:
    """Ten to twelve at 11 o'clock of each of eight Mondays, and so many on the ninth."""
    for n, day in enumerate(MONDAYS):
        write_people(database, came(day, 11, last if n == 8 else 10 + n % 3))
        watch(database, at(f"{day} 00:00"), at(f"{day + timedelta(days=1)} 00:00"))


NOW = at("2026-10-26 23:59") + 3600


def test_an_hour_that_is_unusual_is_found_and_said(database: Database) -> None:
    mondays(database, 40)
    found = spikes(database, shop(), MONDAYS[8], NOW)
    by_measure = {spike.measure: spike for spike in found.spikes}
    assert by_measure.keys() == {FOOTFALL, "door"}
    spike = by_measure[FOOTFALL]
    assert (spike.hour, spike.value, spike.weeks, spike.usual) == ("2026-10-26T11:00:00+00:00", 40.0, 8, 11.0)
    assert spike.how == "extremely many"
    assert "40, where 8 earlier weeks had 11 at that hour" in spike.said
    assert (found.judged, found.without_comparison, found.not_seen) == (24 * 5, 0, ())


def test_a_usual_day_has_none(database: Database) -> None:
    mondays(database, 12)
    assert spikes(database, shop(), MONDAYS[8], NOW).spikes == ()


def test_weeks_that_nobody_saw_are_no_comparison(database: Database) -> None:
    write_people(database, came(MONDAYS[8], 11, 40))
    watch(database, at(f"{MONDAYS[8]} 00:00"), at(f"{MONDAYS[8]} 12:00"))
    found = spikes(database, shop(), MONDAYS[8], NOW)
    assert (found.spikes, found.judged, found.without_comparison) == ((), 12 * 5, 12 * 5)
    assert len(found.not_seen) == 12


def days(database: Database, more: int) -> None:
    """Nine weeks around the sale, 20 on a weekday and 30 at the weekend, and so many more on its days."""
    everybody = []
    for n in range(63):
        day = date(2026, 9, 21) + timedelta(days=n)
        noise = int(np.random.default_rng([5, n]).integers(-2, 3))
        count = (30 if day.weekday() > 4 else 20) + noise + more * (date(2026, 10, 23) <= day <= date(2026, 10, 25))
        everybody += came(day, 12, count, 1000 * n)
    write_people(database, everybody)
    watch(database, at("2026-09-21 00:00"), at("2026-11-23 00:00"))


def event(database: Database, fields: dict[str, str] = SALE) -> Event:
    return retail_events.add(database, STORE, fields, 0.0)


@pytest.mark.parametrize(("more", "clear"), [(15, True), (0, False)])
def test_a_sale_is_compared_with_the_same_weekdays(database: Database, more: int, clear: bool) -> None:
    days(database, more)
    found = analyze(database, shop(), event(database), at("2026-11-23 12:00"))
    assert found.during is not None
    assert found.after is not None
    assert (found.during.days, found.during.matched) == (3, 12)
    assert found.during.low <= more <= found.during.high
    assert (found.during.clear, found.after.clear) == (clear, False)
    assert ("no clear change" in found.said[0]) != clear
    assert [day.when for day in found.days[27:32]] == ["before", "during", "during", "during", "after"]


def test_other_events_are_not_compared_with(database: Database) -> None:
    days(database, 15)
    event(database, SALE | {"name": "Other", "start_date": "2026-10-01", "end_date": "2026-10-10"})
    found = analyze(database, shop(), event(database), at("2026-11-23 12:00"))
    assert found.during is not None
    assert found.during.matched == 7


def test_not_enough_data_is_said(database: Database) -> None:
    """Before the event is over, and where nobody looked."""
    days(database, 15)
    assert analyze(database, shop(), event(database), at("2026-10-23 12:00")).during is None
    elsewhere = analyze(database, shop("elsewhere"), event(database), at("2026-11-23 12:00"))
    assert elsewhere.during is None
    assert elsewhere.said[0] == "Sale: not enough data to tell whether footfall changed."


def test_events_are_kept_changed_and_removed(database: Database) -> None:
    first = event(database)
    second = event(database, SALE | {"name": "Later", "start_date": "2026-12-01", "end_date": "2026-12-01"})
    assert retail_events.listed(database, STORE, None, 9) == [second, first]
    assert retail_events.listed(database, STORE, (second.start_date, second.id), 9) == [first]
    assert retail_events.listed(database, "elsewhere", None, 9) == []
    retail_events.change(database, STORE, first.id, SALE | {"name": "Winter sale"})
    assert event_of(database, STORE, first.id).name == "Winter sale"
    retail_events.remove(database, STORE, first.id)
    for asked in (retail_events.remove, event_of):
        with pytest.raises(NotFoundError, match="no such event"):
            asked(database, STORE, first.id)
    with pytest.raises(NotFoundError, match="no such event"):
        retail_events.change(database, "elsewhere", second.id, SALE)


@pytest.mark.parametrize(
    ("start", "end"), [("2026-10-25", "2026-10-23"), ("2026-02-30", "2026-03-01"), ("2026-01-01", "2026-12-31"),
                       ("0001-01-01", "0001-01-01"), ("tomorrow", "2026-01-01")],
)  # fmt: skip
def test_dates_that_are_none_are_refused(database: Database, start: str, end: str) -> None:
    with pytest.raises(InputError, match="_date"):
        event(database, SALE | {"start_date": start, "end_date": end})
