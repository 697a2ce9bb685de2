"""Footfall, occupancy, queues and zones: against what is worked out one visit at a time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core.meters.footfall import footfall, passed
from heatmap_gui.core.meters.occupancy import occupancy
from heatmap_gui.core.meters.pieces import edges_of, how_many_people, piece_of, total
from heatmap_gui.core.meters.quality import exposure
from heatmap_gui.core.meters.queue import REACH_S, waits
from heatmap_gui.core.meters.zones import count_zone, quantile
from heatmap_gui.core.types import F8, Crossings, Visits
from heatmap_gui.core.week_hours import hours_between, midnight

LONDON = ZoneInfo("Europe/London")
ZONES = ("door", "queue", "till")
Stay = tuple[int, int, float, float]  # zone, person, enter, leave


def visits(*stays: Stay, dwell: float = 1.0) -> Visits:
    zone, person, enter, leave = np.array(stays or np.zeros((0, 4)), np.float64).reshape(-1, 4).T
    return Visits(zone.astype(np.int64), person.astype(np.int64), enter, leave, (leave - enter) * dwell, ZONES)


def hours_of(year: int, month: int, day: int) -> F8:
    noon = datetime(year, month, day, 12, tzinfo=LONDON).timestamp()
    return edges_of(hours_between(midnight(noon, LONDON), midnight(noon, LONDON, 1), LONDON))


@pytest.mark.parametrize(("month", "day", "hours"), [(6, 1, 24), (3, 29, 23), (10, 25, 25)])
def test_a_person_counts_once_in_each_clock_hour_of_the_store(month: int, day: int, hours: int) -> None:
    """Who comes in at each half hour all day, twice in a row, counts once an hour: 23 and 25 where clocks change."""
    edges = hours_of(2026, month, day)
    twice = [(0, 7, edges[0] + 1800 * n + extra, edges[0] + 1800 * n + extra + 5) for n in range(2 * hours)
             for extra in (60.0, 600.0)]  # fmt: skip
    assert footfall(visits(*twice), ["door"], edges).tolist() == [1] * hours


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    edges = hours_of(2026, 10, 25)
    half_past_one = [datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold).timestamp() for fold in (0, 1)]
    came = footfall(visits(*((0, 1, at, at + 9) for at in half_past_one)), ["door"], edges)
    assert came[:4].tolist() == [0, 1, 1, 0]


def test_an_hour_has_its_beginning_and_not_its_end() -> None:
    edges = np.array([0.0, 3600.0, 7200.0])
    found = footfall(visits((0, 1, 3600.0, 3601.0), (0, 2, 7200.0, 7201.0), (0, 3, 0.0, 1.0)), ["door"], edges)
    assert found.tolist() == [1, 1]


def test_two_doors_are_one_store() -> None:
    edges = np.array([0.0, 3600.0])
    assert footfall(visits((0, 1, 5.0, 9.0), (1, 1, 50.0, 60.0)), ["door", "queue"], edges).tolist() == [1]


def test_lines_count_each_way_by_itself() -> None:
    crossings = Crossings(np.array([0, 0, 1]), np.array([1, 2, 3]), np.array([1.0, 2.0, 3.0]),
                          np.array([True, False, True]), ("a", "b"))  # fmt: skip
    inwards, outwards = passed(crossings, ["a"], np.array([0.0, 10.0]))
    assert (inwards.tolist(), outwards.tolist()) == ([1], [1])


STAYS = st.lists(st.tuples(st.integers(-40, 80), st.integers(0, 60)), max_size=25)


@given(STAYS)
def test_occupancy_is_that_of_each_second(stays: list[tuple[int, int]]) -> None:
    """Whole seconds, so that one may count who is there in each."""
    enter = np.array([a for a, _ in stays], np.float64)
    leave = np.array([a + length for a, length in stays], np.float64)
    edges = np.array([0.0, 7.0, 20.0, 60.0])
    seconds = np.arange(60)
    there = ((enter[:, None] <= seconds) & (leave[:, None] > seconds)).sum(axis=0) if stays else np.zeros(60, int)
    found = occupancy(enter, leave, edges)
    for piece, part in enumerate(np.split(there, [7, 20])):
        assert found.mean[piece] == pytest.approx(part.mean())
        assert found.peak[piece] == part.max()
        assert found.busy_s[piece] == pytest.approx((part > 0).sum())


def test_occupancy_keeps_milliseconds_in_unix_time() -> None:
    start = 1_780_000_000.0
    many = np.arange(start, start + 300_000.0, 3.0)
    found = occupancy(many, np.add(many, 1.0), np.array([start, start + 300_000.0]))
    assert found.mean[0] == pytest.approx(1 / 3, abs=1e-9)
    assert found.busy_s[0] == pytest.approx(100_000.0, abs=1e-3)


def test_who_reaches_a_checkout_has_been_served() -> None:
    """Served in it, just after it, too late, never, and by somebody else's checkout."""
    found = waits(
        visits((1, 1, 0, 50), (2, 1, 45, 90), (1, 2, 0, 60), (2, 2, 60 + REACH_S, 99), (1, 3, 0, 60),
               (2, 3, 61 + REACH_S, 99), (1, 4, 10, 20), (2, 5, 12, 30), (1, 6, 5, 9), (2, 6, 1, 4)),
        "queue", ["till"],
    )  # fmt: skip
    assert found.served is not None
    assert found.served.tolist() == [True, True, False, False, False]
    assert found.wait_s.tolist() == [50, 60, 60, 10, 4]


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 3), st.integers(0, 200), st.integers(0, 60)), max_size=30))
def test_served_is_what_a_look_at_everybody_says(rows: list[tuple[int, int, int, int]]) -> None:
    stays = [(zone, person, 1e9 + enter, 1e9 + enter + length) for zone, person, enter, length in rows]
    expected = [
        any(z == 2 and p == person and enter <= at <= leave + REACH_S for z, p, at, _ in stays)
        for zone, person, enter, leave in stays
        if zone == 1
    ]
    served = waits(visits(*stays), "queue", ["till"]).served
    assert served is not None
    assert served.tolist() == expected


def test_without_a_checkout_nobody_knows_who_gave_up() -> None:
    assert waits(visits((1, 1, 0, 5)), "queue", []).served is None


def test_a_zone_counts_who_came_in_each_piece() -> None:
    edges = np.array([0.0, 100.0, 200.0])
    found = count_zone(visits((0, 1, -5, 10), (0, 1, 20, 22), (0, 1, 30, 60), (0, 2, 40, 140)), "door", edges)
    assert found.entries.tolist() == [3, 0]
    assert found.people.tolist() == [2, 0]
    assert found.stops.tolist() == [2, 0]
    assert found.dwell_s.tolist() == [132.0, 0.0]
    assert found.median_dwell_s[0] == 30.0
    assert np.isnan(found.median_dwell_s[1])
    assert found.occupancy.peak.tolist() == [2, 1]
    assert found.occupancy.mean.tolist() == [1.02, 0.4]


@given(
    st.lists(st.tuples(st.integers(-1, 12), st.integers(0, 50)), max_size=40), st.sampled_from([0.0, 0.5, 0.95, 1.0])
)
def test_quantiles_and_sums_are_numpys(rows: list[tuple[int, int]], share: float) -> None:
    at, values = (np.array([row[n] for row in rows], np.float64) for n in (0, 1))
    edges = np.array([0.0, 4.0, 8.0, 12.0])
    found, added = quantile(values, at, edges, share), total(values, at, edges)
    for piece in range(3):
        own = values[piece_of(at, edges) == piece]
        assert added[piece] == own.sum()
        assert np.isnan(found[piece]) if len(own) == 0 else found[piece] == pytest.approx(np.quantile(own, share))


@given(st.lists(st.tuples(st.integers(-5, 25), st.integers(0, 4)), max_size=40))
def test_persons_are_counted_once_a_piece(rows: list[tuple[int, int]]) -> None:
    at, person = np.array([row[0] for row in rows], np.float64), np.array([row[1] for row in rows], np.int64)
    found = how_many_people(at, person, np.array([0.0, 10.0, 20.0]))
    assert found.tolist() == [len({p for a, p in rows if low <= a < low + 10}) for low in (0, 10)]


def test_quality_is_the_share_of_the_time_that_there_was() -> None:
    seconds = {("1", 0): 900.0, ("1", 900): 900.0, ("2", 0): 300.0, ("old", 0): 900.0}
    seen = exposure(seconds, ("1", "2"), np.array([0.0, 900.0, 1800.0, 2700.0]), now=1350.0)
    assert seen.wanted_s.tolist() == [900.0, 450.0, 0.0]
    assert seen.share.tolist() == pytest.approx([1200 / 1800, 0.5, 0.0])
    assert (seen.down(0), seen.down(1), seen.down(2)) == (["2"], ["2"], [])
    assert seen.complete.tolist() == [False, False, False]
