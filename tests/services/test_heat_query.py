"""Any range of a history as a heat map, with few questions to the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.types import Points
from heatmap_gui.core.week_hours import WEEK, midnight
from heatmap_gui.services.heat_query import HeatQuery, Range, bin_edges
from heatmap_gui.store import history, retention
from heatmap_gui.store.database import Database, open_database
from tests.services.histories import DAY_S, MONDAY, Stay, grid, measured, site, standing, write_run

HOUR = 3600.0
NOW = MONDAY + 400 * DAY_S


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database("", tmp_path)
    yield opened
    opened.close()


def days(count: int, stay: Stay = (10 * HOUR, 60, 2.0, 2.0)) -> Points:
    """The same stay each day."""
    return standing([(MONDAY + day * DAY_S + stay[0], *stay[1:]) for day in range(count)])


def open_days(count: int) -> list[tuple[float, float]]:
    return [(MONDAY + day * DAY_S + 9 * HOUR, MONDAY + day * DAY_S + 18 * HOUR) for day in range(count)]


def test_a_range_is_what_was_measured_in_it_to_the_last_number(database: Database) -> None:
    random = np.random.default_rng(1)
    stays = [(MONDAY + random.uniform(9, 17) * HOUR, 200.0, *random.uniform(1, 7, 2)) for _ in range(30)]
    bucket = measured(standing([(round(a), s, x, y) for a, s, x, y in stays]), open_days(1))
    write_run(database, bucket)
    headless = Heatmap(grid())
    for tile in bucket.tiles:
        headless.add_tile(tile)
    found = HeatQuery(database, site()).heat(Range(MONDAY, MONDAY + DAY_S), NOW).arrays()
    for name, layer in headless.arrays().items():
        np.testing.assert_array_equal(found[name], layer, err_msg=name)


def test_ranges_end_at_whole_pieces_of_five_minutes() -> None:
    asked = Range.around(MONDAY + 10, MONDAY + 301)
    assert (asked.start, asked.end) == (MONDAY, MONDAY + 600)
    assert Range.around(MONDAY, MONDAY).end == MONDAY + 300


def test_hours_of_the_week_are_those_of_the_stores_own_clock(database: Database) -> None:
    write_run(database, measured(days(7), open_days(7)))
    week = MONDAY, MONDAY + 7 * DAY_S
    at_ten = frozenset(day * 24 + 10 for day in range(7))
    monday = frozenset(range(24))
    assert HeatQuery(database, site()).heat(Range(*week, at_ten), NOW).layer("presence_s").sum() == 420
    assert HeatQuery(database, site()).heat(Range(*week, WEEK - at_ten), NOW).layer("presence_s").sum() == 0
    assert HeatQuery(database, site()).heat(Range(*week, monday), NOW).layer("presence_s").sum() == 60
    paris = HeatQuery(database, site("Europe/Paris"))
    assert paris.heat(Range(*week, at_ten), NOW).layer("presence_s").sum() == 0
    kolkata = HeatQuery(database, site("Asia/Kolkata"))  # ten o'clock UTC is half past three
    at_three = frozenset(day * 24 + 15 for day in range(7))
    assert kolkata.heat(Range(*week, at_three), NOW).layer("presence_s").sum() == 420


def test_a_year_takes_as_many_pieces_as_are_shown_and_moving_a_window_its_ends_alone(database: Database) -> None:
    write_run(database, measured(days(365), [(a + HOUR, a + HOUR + 60) for a, _ in open_days(365)]))
    HeatQuery(database, site()).keep_up(NOW)
    query = HeatQuery(database, site())
    assert query.heat(Range(MONDAY, MONDAY + 365 * DAY_S), NOW).layer("presence_s").sum() == 365 * 60
    assert query.reads <= 13 + 2 * 27, "four weeks at once, and the days at both ends"
    before = query.reads
    assert query.heat(Range(MONDAY, MONDAY + 365 * DAY_S), NOW).layer("presence_s").sum() == 365 * 60
    assert query.reads == before, "and they are kept in memory"
    for step in range(20):
        start = MONDAY + step * 1500
        query.heat(Range(start, start + 200 * DAY_S), NOW)
    assert query.reads - before <= 2 * 27 + 2 * 20, "only the two ends are new"
    moved = HeatQuery(database, site())
    for step in range(0, 100, 5):
        start = MONDAY + step * DAY_S
        assert moved.heat(Range(start, start + 28 * DAY_S), NOW).layer("presence_s").sum() == 28 * 60
    assert moved.reads <= 100 + 28 + 4


def test_a_year_is_the_same_from_sums_and_without_them(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    stays = [(MONDAY + n * 8000 + round(random.uniform(0, 3000)), 90, *random.uniform(1, 7, 2)) for n in range(700)]
    write_run(database, measured(standing(stays), open_days(65)))
    paris, all_days = site("Europe/Paris"), Range(MONDAY - 3 * HOUR, MONDAY + 65 * DAY_S)
    first = HeatQuery(database, paris).heat(all_days, NOW).arrays()
    second = HeatQuery(database, paris).heat(all_days, NOW).arrays()
    monkeypatch.setattr(HeatQuery, "_summed", lambda *_: None)
    plain = HeatQuery(database, paris).heat(all_days, NOW).arrays()
    for name, layer in plain.items():
        np.testing.assert_array_equal(first[name], second[name], err_msg=name)
        np.testing.assert_allclose(second[name], layer, rtol=1e-6, atol=1e-4, err_msg=name)


def test_what_a_late_job_adds_is_in_sums_that_were_there_before(database: Database) -> None:
    write_run(database, measured(days(60), open_days(60)))
    HeatQuery(database, site()).keep_up(NOW)
    all_days = Range(MONDAY, MONDAY + 60 * DAY_S)
    late = standing([(MONDAY + 40 * DAY_S + 12 * HOUR, 30, 5.0, 5.0)])
    write_run(database, measured(late, [(MONDAY + 40 * DAY_S + 12 * HOUR, MONDAY + 40 * DAY_S + 13 * HOUR)]))
    assert HeatQuery(database, site()).heat(all_days, NOW).layer("presence_s").sum() == 60 * 60 + 30
    retention.erase(database, "shop", MONDAY, MONDAY + 3 * DAY_S, "me", NOW)
    assert HeatQuery(database, site()).heat(all_days, NOW).layer("presence_s").sum() == 57 * 60 + 30


def test_what_is_kept_stays_within_its_bytes(database: Database) -> None:
    write_run(database, measured(days(40), open_days(40)))
    query = HeatQuery(database, site(), most_bytes=50_000)
    for _ in range(2):
        assert query.heat(Range(MONDAY, MONDAY + 40 * DAY_S), NOW).layer("presence_s").sum() == 40 * 60
    assert query.kept_bytes <= 50_000
    assert query.reads > 40


def test_what_is_young_is_read_anew_and_what_a_job_adds_is_seen(database: Database) -> None:
    write_run(database, measured(days(1), open_days(1)))
    query, day = HeatQuery(database, site()), Range(MONDAY, MONDAY + DAY_S)
    at_eleven = MONDAY + 11 * HOUR
    query.heat(day, at_eleven)
    query.heat(day, at_eleven)
    assert query.reads == 2, "of a day that is not over"
    query.heat(day, NOW)
    query.heat(day, NOW)
    assert query.reads == 3
    late = standing([(MONDAY + 12 * HOUR, 30, 5.0, 5.0)])
    write_run(database, measured(late, [(MONDAY + 12 * HOUR, MONDAY + 13 * HOUR)]))
    assert query.heat(day, NOW).layer("presence_s").sum() == 90


def test_what_a_run_of_before_adds_late_is_seen_by_who_looks_on(database: Database) -> None:
    run_id = write_run(database, measured(days(40), open_days(40)))
    query, all_days = HeatQuery(database, site()), Range(MONDAY, MONDAY + 40 * DAY_S)
    for _ in range(2):
        assert query.heat(all_days, NOW).layer("presence_s").sum() == 40 * 60
    reads = query.reads
    late = standing([(MONDAY + 3 * DAY_S + 12 * HOUR, 30, 5.0, 5.0)], first_id=1000)
    watched = [(MONDAY + 3 * DAY_S + 12 * HOUR, MONDAY + 3 * DAY_S + 13 * HOUR)]
    with database.write() as connection:
        history.write(connection, run_id, 1, [measured(late, watched)])
    assert query.heat(all_days, NOW).layer("presence_s").sum() == 40 * 60 + 30
    assert query.reads <= reads + 30, "not all of it is read again"


def test_it_can_be_stopped_and_says_how_far_it_is(database: Database) -> None:
    write_run(database, measured(days(10), open_days(10)))
    query = HeatQuery(database, site())
    told: list[tuple[int, int]] = []

    def stop_at_three(done: int, of: int) -> bool:
        told.append((done, of))
        return done < 3

    query.heat(Range(MONDAY, MONDAY + 10 * DAY_S), NOW, stop_at_three)
    assert told == [(0, 10), (1, 10), (2, 10), (3, 10)]
    assert query.reads == 3


def test_people_at_a_time_and_in_all(database: Database) -> None:
    at = MONDAY + 10 * HOUR
    write_run(database, measured(standing([(at, 300, 1, 1), (at, 300, 3, 3), (at + 300, 150, 3, 3)]), open_days(1)))
    query = HeatQuery(database, site())
    found = query.occupancy([at - 2 * HOUR, at - HOUR, at, at + 300, at + 600], NOW)
    np.testing.assert_allclose(found, [np.nan, 0, 2, 0.5])
    by_day = [MONDAY - DAY_S, MONDAY, MONDAY + DAY_S]
    for _ in range(2):  # without its sum, and with it
        np.testing.assert_allclose(query.occupancy(by_day, NOW), [np.nan, 750 / (9 * HOUR)], rtol=1e-6)
    assert query.people(Range(MONDAY, MONDAY + DAY_S)) == 3
    assert query.people(Range(at + 300, at + 600)) == 1
    assert query.people(Range(MONDAY, MONDAY + DAY_S, frozenset({10}))) is None


def test_nothing_measured_is_known_as_such(database: Database) -> None:
    query = HeatQuery(database, site())
    assert query.extent() is None
    heat = query.heat(Range(MONDAY, MONDAY + DAY_S), NOW)
    assert not heat.exposure_s.any()
    write_run(database, measured(days(2), open_days(2)))
    assert query.extent() == (MONDAY + 9 * HOUR, MONDAY + DAY_S + 18 * HOUR)


def test_two_days_differ_where_they_differ(database: Database) -> None:
    random = np.random.default_rng(2)
    stays: list[Stay] = []
    for day, busy in ((0, 0), (7, 1)):
        for hour in range(9, 18):
            start = MONDAY + day * DAY_S + hour * HOUR
            stays += [(start + round(random.uniform(0, 3000)), 120, 2.0, 2.0) for _ in range(3)]
            stays += [(start + round(random.uniform(0, 3000)), 200, 7.0, 6.0) for _ in range(3 * busy)]
    write_run(database, measured(standing(sorted(stays)), [open_days(8)[0], open_days(8)[7]]))
    query = HeatQuery(database, site())
    a, b = (Range(MONDAY + day * DAY_S, MONDAY + (day + 1) * DAY_S) for day in (0, 7))
    found = query.compare(a, b, "presence", None, NOW)
    assert len(found.by_block) == 24
    x, y = query.grid.centres()
    near = np.hypot(x[None] - 7, y[:, None] - 6) < 0.3
    same = np.hypot(x[None] - 2, y[:, None] - 2) < 1.5
    assert found.significant[near].all()
    assert not found.significant[same].any()
    in_a, in_b, half = found.within(np.ones(query.grid.shape, np.bool_), query.grid.cell**2)
    assert in_b - in_a == pytest.approx(27 * 200)
    assert half < in_b - in_a


def test_long_ranges_are_compared_by_the_day_and_by_the_week(database: Database) -> None:
    write_run(database, measured(days(200), open_days(200)))
    query = HeatQuery(database, site())
    for length, blocks in ((5, 5), (91, 91), (98, 14), (100, 15)):
        a, b = (Range(MONDAY + first * DAY_S, MONDAY + (first + length) * DAY_S) for first in (0, 100))
        found = query.compare(a, b, "presence", None, NOW)
        assert len(found.by_block) == blocks
        in_a, in_b, _ = found.within(np.ones(query.grid.shape, np.bool_), query.grid.cell**2)
        assert (in_a, in_b) == pytest.approx((60 * length, 60 * length))


def test_one_camera_has_what_it_saw_and_no_more(database: Database) -> None:
    at = MONDAY + 10 * HOUR
    points = standing([(at, 300, 2.0, 2.0), (at, 300, 8.0, 6.0)])
    points = replace(points, cameras=np.where(points.x < 5, 0b01, 0b11).astype(np.uint64))
    write_run(database, measured(points, [(at, at + 600)]), about={"cameras": {"plan": ["1", "2"]}})
    day = Range(MONDAY, MONDAY + DAY_S)
    seen = [HeatQuery(database, site(), name).heat(day, NOW).layer("presence_s").sum() for name in ("plan", "plan:1")]
    assert seen == [600, 600]
    second = HeatQuery(database, site(), "plan:2").heat(day, NOW)
    assert second.layer("presence_s").sum() == 300
    assert HeatQuery(database, site(), "plan:3").heat(day, NOW).layer("presence_s").sum() == 0
    one = HeatQuery(database, site(), "plan:1").heat(day, NOW)
    assert one.exposure_s.max() == 600
    assert not second.exposure_s.any(), "it delivered nothing"


def test_bins_are_round_and_few() -> None:
    utc, paris = ZoneInfo("UTC"), ZoneInfo("Europe/Paris")
    assert len(bin_edges(MONDAY, MONDAY + DAY_S, utc)) == 289
    assert len(bin_edges(MONDAY, MONDAY + 7 * DAY_S, utc)) == 169
    assert len(bin_edges(MONDAY, MONDAY + 365 * DAY_S, utc)) == 366
    year = bin_edges(MONDAY - 2 * HOUR, midnight(MONDAY, paris, 365), paris)
    assert len(year) == 366
    assert all(edge == midnight(edge, paris) for edge in year), "clocks change within it"
    years = bin_edges(MONDAY, MONDAY + 800 * DAY_S, utc)
    assert (years[0], years[1], years[-1]) == (MONDAY, MONDAY + 7 * DAY_S, MONDAY + 800 * DAY_S)
