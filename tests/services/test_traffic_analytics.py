"""Analytics of intersections' records against sums over the records themselves, on either database."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.core.meters import emissions
from heatmap_gui.services import traffic_analytics as analytics
from heatmap_gui.services.traffic_comparison import compare
from heatmap_gui.services.traffic_dashboards import (
    live_metrics,
    performance_comparison,
    performance_scatter,
    wait_time_trend,
)
from heatmap_gui.services.traffic_ingest import ingest
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.traffic_reading import Chosen
from tests.signal_records import CLASSES, DIRECTIONS, START, IntersectionRow, SignalRow, records
from tests.store.conftest import empty

BEGIN = START.timestamp()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        empty(url)
    opened = open_database(url, tmp_path)
    yield opened
    opened.close()


def mean_wait(signals: Sequence[SignalRow]) -> float:
    vehicles = sum(s.vehicles_crossed for s in signals)
    return math.fsum(s.avg_wait_time * s.vehicles_crossed for s in signals) / vehicles


def mean_speed(of: Sequence[IntersectionRow]) -> float:
    vehicles = sum(one.metrics.total_vehicles_passed for one in of)
    return math.fsum(one.metrics.avg_speed * one.metrics.total_vehicles_passed for one in of) / vehicles


def test_a_summary_is_what_the_records_add_up_to(database: Database) -> None:
    of = records("a", 60, intersections=2)
    ingest(database, [*of, *records("b", 20, seed=3)])
    found = analytics.summary(database, "a")
    assert (found.start_time, found.duration_s) == (START, 590)
    assert found.intersections == ["INT_001", "INT_002"]
    assert found.performance.records == 120
    assert found.performance.total_vehicles_passed == sum(one.metrics.total_vehicles_passed for one in of)
    assert found.performance.fuel_saved == pytest.approx(math.fsum(one.metrics.fuel_saved for one in of), abs=1e-6)
    assert found.performance.avg_speed == pytest.approx(mean_speed(of), abs=1e-6)
    for group in found.waits_by_direction:
        own = [s for one in of for s in one.signals if s.direction == group.of]
        assert group.avg_wait_time == pytest.approx(mean_wait(own), abs=1e-6)
        assert group.vehicles == sum(s.vehicles_crossed for s in own)
    cars = sum(s.vehicle_counts["car"] for one in of for s in one.signals)
    assert set(found.mean_vehicles_waiting) == set(CLASSES)
    assert found.mean_vehicles_waiting["car"] == pytest.approx(cars / 120, abs=1e-6)
    with pytest.raises(NotFoundError, match="nothing was sent of it"):
        analytics.summary(database, "c")


def test_waits_and_speeds_by_what_was_chosen(database: Database) -> None:
    of = records("a", 60, intersections=2)
    ingest(database, of)
    part = [one for one in of if one.intersection_id == "INT_002" and 100 <= (one.timestamp - START).seconds < 300]
    chosen = Chosen(("a",), ("INT_002",), None, BEGIN + 100, BEGIN + 300)
    waits = analytics.wait_times(database, chosen, "direction")
    assert waits.overall.avg_wait_time == pytest.approx(mean_wait([s for one in part for s in one.signals]), abs=1e-6)
    crossed = [s.avg_wait_time for one in part for s in one.signals if s.vehicles_crossed]
    assert (waits.overall.min_wait_time, waits.overall.max_wait_time) == (min(crossed), max(crossed))
    assert [group.of for group in waits.groups] == sorted(DIRECTIONS)
    north = analytics.wait_times(database, replace(chosen, direction="north"), "simulation_id")
    own = [s for one in part for s in one.signals if s.direction == "north"]
    assert north.overall.avg_wait_time == pytest.approx(mean_wait(own), abs=1e-6)
    speeds = analytics.speeds(database, chosen, "intersection_id")
    assert speeds.avg_speed == pytest.approx(mean_speed(part), abs=1e-6)
    with pytest.raises(InputError, match="whole intersections"):
        analytics.speeds(database, chosen, "direction")


def test_nothing_is_known_of_nothing(database: Database) -> None:
    assert analytics.wait_times(database, Chosen(), "direction").status == "not enough data"
    assert analytics.speeds(database, Chosen(), "simulation_id").avg_speed is None
    assert analytics.environmental_impact(database, Chosen()).status == "not enough data"
    assert analytics.emergency_report(database, Chosen()).green_share is None
    assert compare(database, None, None, Chosen(), 0.95).status == "not enough data"
    assert live_metrics(database, None, 300, BEGIN).status == "no data"
    assert wait_time_trend(database, None, Chosen(), None).labels == []
    assert performance_scatter(database, Chosen(), "avg_speed", "throughput", None).datasets == []
    assert performance_comparison(database, [], 0.95).simulations == []


def test_waiting_costs_what_the_factors_say(database: Database) -> None:
    one = records("a", 1)[0]
    signal = replace(one.signals[0], vehicle_counts={"car": 3, "bus": 1}, vehicles_crossed=10, avg_wait_time=36.0)
    ingest(database, [replace(one, signals=[signal])])
    found = analytics.environmental_impact(database, Chosen(("a",)))
    assert found.waited_vehicle_hours == 0.1
    litres = 0.075 * 0.16 * 3.785411784, 0.025 * 0.97 * 3.785411784
    assert found.idling.fuel_l == pytest.approx(sum(litres), abs=1e-6)
    assert found.idling.co2_kg == pytest.approx((litres[0] * 8.887 + litres[1] * 10.18) / 3.785411784, abs=1e-6)
    assert emissions.idled({"rickshaw": 60.0}) == emissions.Idled(0, 0, 60)


def test_a_series_has_each_record_in_its_part(database: Database) -> None:
    of = [one for one in records("a", 90) if not 300 <= (one.timestamp - START).seconds < 420]
    ingest(database, of)
    series = analytics.time_series(database, "a", Chosen(), 60)
    assert [point.timestamp for point in series.points] == [
        START + timedelta(minutes=k) for k in range(15) if k not in (5, 6)
    ]
    assert sum(point.performance.records for point in series.points) == len(of)
    third = [one for one in of if 180 <= (one.timestamp - START).seconds < 240]
    assert series.points[3].performance.avg_speed == pytest.approx(mean_speed(third), abs=1e-6)
    assert analytics.time_series(database, "a", Chosen(), None).bucket_s == 5
    assert len(analytics.time_series(database, "a", Chosen(start=BEGIN + 180, end=BEGIN + 240), 60).points) == 1
    with pytest.raises(InputError, match="5000 points"):
        analytics.time_series(database, "a", Chosen(), 0.1)


def test_episodes_of_emergencies(database: Database) -> None:
    calm = [replace(one, signals=[replace(s, emergency_vehicle_present=False) for s in one.signals])
            for one in records("a", 20)]  # fmt: skip
    for number, status in ((3, "RED"), (4, "RED"), (5, "GREEN"), (9, "GREEN")):
        north = replace(calm[number].signals[0], emergency_vehicle_present=True, signal_status=status, avg_wait_time=6)
        calm[number] = replace(calm[number], signals=[north, *calm[number].signals[1:]])
    ingest(database, calm)
    report = analytics.emergency_report(database, Chosen(("a",)))
    assert [(e.direction, e.records, e.green_share) for e in report.episodes] == [
        ("north", 3, pytest.approx(1 / 3, abs=1e-6)),
        ("north", 1, 1.0),
    ]
    first = report.episodes[0]
    assert (first.end_time - first.start_time).seconds == 20
    assert (report.records_with_emergency, report.green_share, report.avg_wait_time_emergency) == (4, 0.5, 6)


def test_the_better_side_is_found_and_its_difference(database: Database) -> None:
    before, after = records("baseline_1", 400, wait_s=30), records("ai_1", 400, seed=2, wait_s=20)
    ingest(database, [*before, *after])
    found = compare(database, None, None, Chosen(), 0.95)
    assert (found.baseline.simulation_ids, found.ai.simulation_ids) == (["baseline_1"], ["ai_1"])
    waits = [
        math.fsum(o.metrics.avg_wait_time_all_sides * o.metrics.total_vehicles_passed for o in of)
        / sum(o.metrics.total_vehicles_passed for o in of)
        for of in (before, after)
    ]
    wait = found.metrics["avg_wait_time"]
    assert wait.difference == pytest.approx(waits[1] - waits[0], abs=1e-5)
    assert wait.low is not None and wait.high is not None
    assert wait.low < -10 < wait.high < 0 and wait.better == "ai"
    assert found.metrics["avg_speed"].better == "no clear difference"
    assert found.baseline.units == found.ai.units == 20
    same = compare(database, ["ai_1"], ["ai_1"], Chosen(), 0.95)
    assert same.metrics["avg_wait_time"].better == "no clear difference"
    few = compare(database, ["ai_1"], ["baseline_1"], Chosen(end=BEGIN + 20), 0.95)
    assert few.status == "not enough data" and few.metrics["avg_speed"].better == "not enough data"


def test_dashboards_show_the_newest(database: Database) -> None:
    of = records("a", 60, intersections=2)
    ingest(database, of)
    now = live_metrics(database, None, 100, of[-1].timestamp.timestamp() + 30)
    assert (now.status, now.simulation_id, now.age_s) == ("live", "a", 30)
    assert now.window.records == 22  # ten seconds apart, both ends
    assert [i.intersection_id for i in now.intersections] == ["INT_001", "INT_002"]
    assert now.intersections[1].signals[2].vehicle_counts == of[-1].signals[2].vehicle_counts
    assert live_metrics(database, "a", 100, of[-1].timestamp.timestamp() + 101).status == "stale"
    ingest(database, records("slow", 60, wait_s=90))
    sides = performance_comparison(database, ["a", "slow"], 0.9)
    assert sides.best["avg_wait_time_all_sides"] == "a" and len(sides.simulations) == 2


def test_charts_hold_a_value_for_each_label(database: Database) -> None:
    of = records("a", 60)
    ingest(database, of)
    trend = wait_time_trend(database, "a", Chosen(), 60)
    assert len(trend.labels) == 10 and [line.label for line in trend.datasets] == sorted(DIRECTIONS)
    east = [s for one in of[12:18] for s in one.signals if s.direction == "east"]
    assert trend.datasets[0].data[2] == pytest.approx(mean_wait(east), abs=1e-6)
    dots = performance_scatter(database, Chosen(("a",)), "avg_speed", "throughput", 60).datasets[0].data
    assert dots[2].x == pytest.approx(mean_speed(of[12:18]), abs=1e-6) and len(dots) == 10
