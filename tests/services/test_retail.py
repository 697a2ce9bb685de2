"""A store's figures through the database: known people give known figures, however and whenever they were written."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from heatmap_gui.services import retail
from heatmap_gui.services.retail import Today
from heatmap_gui.services.retail_figures import Figures
from heatmap_gui.store.database import Database
from tests.services.shops import STORE, at, person, shop, watch, write_facts, write_people

DAY = "2026-06-01"
NOW = at(f"{DAY} 15:30")
NOBODY: dict[str, Any] = {"people": None, "cameras": {}}
PEOPLE = [
    person(1, at(f"{DAY} 09:10"), wait_s=100),
    person(2, at(f"{DAY} 09:20"), wait_s=50, pays=False),
    person(3, at(f"{DAY} 09:59")),
    person(3, at(f"{DAY} 10:01")),
    person(4, at(f"{DAY} 14:00")),
    person(5, at(f"{DAY} 14:00"), wait_s=300),
]


def today(database: Database) -> retail.Realtime:
    return retail.realtime(Today(database), shop(), NOBODY, NOW)


def test_today_is_what_happened_today(database: Database) -> None:
    write_people(database, [person(9, at("2026-05-31 23:59")), *PEOPLE])
    watch(database, at(f"{DAY} 00:00"), NOW)
    found = today(database)
    assert found.today.footfall == 6, "who comes in again in the next hour counts again"
    (gate,) = found.today.lines
    assert (gate.inwards, gate.outwards) == (6, 0)
    zones = {zone.zone_id: zone for zone in found.today.zones}
    assert (zones["door"].entries, zones["door"].people, zones["door"].most_people) == (6, 5, 2)
    queue = zones["queue"].queue
    assert queue is not None
    assert (queue.mean_wait_s, queue.median_wait_s, queue.longest) == (150.0, 100.0, 1)
    assert (queue.served, queue.abandoned) == (2, 1)
    assert queue.service_rate_per_hour == pytest.approx(2 / (450 / 3600))
    assert found.today.quality.share == 1.0
    assert (found.hour.start[11:16], found.hour.footfall) == ("15:00", 0)
    assert (found.people, found.cameras[0].status) == (None, "unknown")


def test_the_order_of_writing_checkpoints_and_late_facts_change_nothing(database: Database) -> None:
    """Track ids are a run's own: so all of a run stay together, whoever comes first."""
    visits = [visit for stays, _ in random.Random(1).sample(PEOPLE, len(PEOPLE)) for visit in stays]
    write_facts(database, visits, [crossing for _, crossed in PEOPLE for crossing in crossed], parts=3)
    watch(database, at(f"{DAY} 00:00"), NOW)
    before = today(database)
    assert before.today.footfall == 6
    write_people(database, [person(1, at(f"{DAY} 09:11"))])  # a job that was kept for hours
    assert today(database).today.footfall == 7
    again = retail.realtime(Today(database), shop(), NOBODY, NOW)
    assert again == today(database)


def test_figures_of_today_are_made_once_a_second(database: Database) -> None:
    """Until a second is over, or the site was edited."""
    day, site = Today(database), shop()
    first = day.pieces(site, NOW)
    write_people(database, PEOPLE)
    assert day.pieces(site, NOW + 0.5) is first
    assert day.pieces(site, NOW + 1.5)[0].footfall == 6
    assert day.pieces(shop(), NOW + 1.6) is not day.pieces(site, NOW + 1.7)


def test_another_store_is_another_store(database: Database) -> None:
    write_people(database, PEOPLE, "elsewhere")
    assert today(database).today.footfall == 0


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), (DAY, 24)])
def test_hours_add_up_to_the_day_when_clocks_change(database: Database, day: str, hours: int) -> None:
    start = at(f"{day} 00:00")
    everybody = [person(n, start + 1800 * n + 5) for n in range(2 * hours)]
    write_people(database, everybody)
    end = start + 3600 * hours
    found = retail.in_pieces(database, shop(), start, end, end + 1, hourly=True)
    assert [piece.footfall for piece in found] == [2] * hours
    (whole,) = retail.in_pieces(database, shop(), start, end, end + 1, hourly=False)
    assert whole.footfall == 2 * hours
    assert datetime.fromisoformat(whole.end).timestamp() == end
    starts = [piece.start for piece in found]
    assert len(set(starts)) == hours, "the hour that comes twice has two offsets"


def test_whoever_is_still_there_from_the_day_before_is_there(database: Database) -> None:
    midnight = at(f"{DAY} 00:00")
    write_people(database, [person(1, midnight - 70, wait_s=100)])
    figures = Figures(database, shop(), midnight, midnight + 100, midnight + 100)
    queue = next(zone for zone in figures.whole().zones if zone.zone_id == "queue")
    assert (queue.entries, queue.mean_people, queue.most_people) == (0, 0.9, 1)


def test_a_store_without_an_entry_zone_has_no_footfall(database: Database) -> None:
    bare = shop()
    bare = type(bare)(bare.name, bare.floor, bare.cameras, (), bare.lines, timezone=bare.timezone)
    write_people(database, PEOPLE)
    found = retail.comprehensive(database, bare, 2, at("2026-06-02 12:00"))
    assert found.total.footfall is None
    assert any("No entry zone" in said for said in found.insights)


def month(database: Database, per_day: int = 12) -> None:
    """Four weeks from 2026-05-04 on, as many each day, one an hour from nine; seen all the time."""
    people = []
    for day in range(28):
        first = at(f"{datetime.fromtimestamp(at('2026-05-04 00:00') + day * 86_400 + 3600, UTC):%Y-%m-%d} 09:00")
        people += [person(100 * day + n, first + 3600 * n) for n in range(per_day)]
    write_people(database, people)
    watch(database, at("2026-05-04 00:00"), at("2026-06-01 00:00"))


def test_four_weeks_in_figures_and_words(database: Database) -> None:
    month(database)
    found = retail.comprehensive(database, shop(), 28, NOW)
    assert (found.total.footfall, found.days, len(found.daily)) == (28 * 12, 28, 28)
    assert [day.footfall for day in found.daily] == [12] * 28
    assert found.trend.direction == "steady"
    assert found.busiest is not None
    assert found.busiest.footfall == 1
    assert [(one.hour, one.footfall) for one in found.by_hour if one.days][8:11] == [(8, 0.0), (9, 1.0), (10, 1.0)]
    assert f"Footfall was {28 * 12} on 28 days, 12.0 a day." in found.insights
    assert not any("delivered" in said for said in found.insights)


def test_what_cameras_did_not_see_is_said(database: Database) -> None:
    write_people(database, PEOPLE)
    watch(database, at(f"{DAY} 00:00"), at("2026-06-02 00:00"), share=0.25)
    found = retail.comprehensive(database, shop(cameras=2), 1, at("2026-06-02 12:00"))
    assert found.total.quality.share == pytest.approx(0.125)
    assert found.total.quality.cameras_down == ("1", "2")
    assert found.total.quality.exposed_s == pytest.approx(21_600)
    assert found.insights[0] == "The cameras delivered for 12% of the time: counts are lower than the truth."
    assert found.trend.direction == "not enough data"


def test_stores_side_by_side(database: Database) -> None:
    month(database)
    one = retail.one_of_many(database, shop(), 28, NOW)
    other = retail.one_of_many(database, shop("elsewhere"), 28, NOW)
    assert (one.store_name, one.footfall, one.footfall_a_day, one.inwards) == (STORE, 336, 12.0, 336)
    assert (other.footfall, other.footfall_a_day, other.quality.share) == (0, None, 0.0)
