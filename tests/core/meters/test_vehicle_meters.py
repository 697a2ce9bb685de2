"""Vehicles that a test can know by heart: their class, speed, wait, turn and queue."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.meters import stop_lines
from heatmap_gui.core.meters.crossings import LineRegion
from heatmap_gui.core.meters.passages_of_vehicles import Headways, Passage, headways, passages, speeds, speeds_at, turns
from heatmap_gui.core.meters.stop_lines import Wait, queue_figures, wait_figures, waits
from heatmap_gui.core.meters.vehicle_tracks import CLASSES, VehicleTracks, places, vehicle_tracks
from heatmap_gui.core.types import F8, Points

LINE = LineRegion("line", np.array([50.0, 0.0]), np.array([50.0, 4.0]), "left")  # who drives east goes in


def drive(
    track_id: int, x: F8, *, start: float = 0.0, step_s: float = 0.1, label: str = "car", y: float = 2.0
) -> Points:
    n = len(x)
    v = np.asarray(np.gradient(x, step_s) if n > 1 else np.zeros(n), np.float64)
    at = np.asarray(start + np.arange(n) * step_s, np.float64)
    return Points(
        at, np.full(n, track_id), x, np.full(n, y), v, np.zeros(n), np.full(n, 0.2),
        np.full(n, step_s), np.zeros(n, np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_), (label,),
    )  # fmt: skip


def even(speed: float, length_s: float, x: float = 0.0) -> F8:
    return x + speed * np.arange(0, length_s, 0.1)


def stop_and_go() -> F8:
    """10 m/s to 40 m at 4 s, stands there until 24 s, then 10 m/s again; its speed over a second rises evenly."""
    t = np.arange(0, 30, 0.1)
    return np.where(t < 4, 10 * t, np.where(t < 24, 40.0, 40 + 10 * (t - 24)))


def test_a_vehicle_is_what_it_was_for_longest() -> None:
    parts = [drive(7, even(10, 1), label="truck"), drive(7, even(10, 3, 10), start=1.0, label="bus")]
    tracks = vehicle_tracks([(1, part) for part in parts])
    assert len(tracks) == 1 and CLASSES[tracks.class_id[0]] == "bus"
    assert [CLASSES[c] for c in vehicle_tracks([(1, drive(1, even(5, 1), label="bicycle"))]).class_id] == ["bike"]
    assert (
        len(vehicle_tracks([(1, drive(1, even(5, 1), label="person")), (1, drive(2, even(5, 1), label="train"))])) == 0
    )
    assert len(vehicle_tracks([])) == 0


def test_the_same_id_is_somebody_else_in_another_run_or_much_later() -> None:
    near = [(1, drive(1, even(10, 2))), (2, drive(1, even(10, 2, 300), start=3.0))]
    late = [(1, drive(1, even(10, 2))), (1, drive(1, even(10, 2, 20), start=60.0))]
    assert len(vehicle_tracks(near)) == len(vehicle_tracks(late)) == 2


def test_who_goes_on_after_a_restart_is_one_vehicle() -> None:
    whole, later = even(10, 10), even(10, 10, 200)
    runs = [
        (1, drive(1, whole[:40])), (1, drive(2, later[:40], y=6.0)),
        (2, drive(1, later[60:], start=6.0, y=6.0)), (2, drive(2, whole[60:], start=6.0)),
    ]  # fmt: skip
    tracks = vehicle_tracks(runs)
    assert len(tracks) == 2
    where, _ = places(tracks, np.array([0, 1]), np.array([5.0, 5.0]))  # between the two
    np.testing.assert_allclose(sorted(where[:, 0].tolist()), [50.0, 250.0], atol=1e-6)
    away = [(1, drive(1, whole[:40])), (2, drive(1, whole[60:], start=6.0, y=20.0))]
    assert len(vehicle_tracks(away)) == 2


def test_speed_is_that_over_the_second_around() -> None:
    tracks = vehicle_tracks([(1, drive(1, even(12, 10)))])
    found = passages(tracks, [LINE])
    assert [(p.line_id, p.direction, p.label) for p in found] == [("line", "in", "car")]
    assert found[0].at == pytest.approx(50 / 12)
    assert found[0].speed_kmh == pytest.approx(43.2)
    assert found[0].sigma_kmh == pytest.approx(3.6 * np.hypot(0.2, 0.2))
    speed, _ = speeds_at(tracks, np.array([0, 0]), np.array([0.0, 9.9]))
    np.testing.assert_allclose(speed, 43.2)  # half a second is known of either end
    alone, _ = speeds_at(vehicle_tracks([(1, drive(1, np.zeros(1)))]), np.array([0]), np.array([0.0]))
    assert np.isnan(alone).all()


def test_a_wait_lasts_from_slow_to_fast() -> None:
    tracks = vehicle_tracks([(1, drive(1, stop_and_go()))])
    found = waits(tracks, [LINE])
    assert len(found) == 1
    # the speed over a second falls from 36 to 0 km/h from 3.5 to 4.5 s, and rises again from 23.5 to 24.5 s
    assert found[0].begin == pytest.approx(4.5 - 5 / 36, abs=0.01)
    assert found[0].end == pytest.approx(23.5 + 10 / 36, abs=0.01)
    assert found[0].distance_m == pytest.approx(10, abs=0.3)
    figures = wait_figures(found, passages(tracks, [LINE]))["line"]
    assert (figures.vehicles, figures.stopped) == (1, 1)
    assert figures.mean_s == figures.longest_s == pytest.approx(found[0].end - found[0].begin)


@pytest.mark.parametrize("y", [-1.0, 5.0])
def test_beside_the_lane_nobody_waits_for_it(y: float) -> None:
    assert waits(vehicle_tracks([(1, drive(1, stop_and_go(), y=y))]), [LINE]) == []


def test_behind_the_line_the_wait_is_over() -> None:
    creeping = np.concatenate([np.full(50, 48.0), 48 + 1.0 * np.arange(0, 5, 0.1), np.full(50, 53.0)])
    found = waits(vehicle_tracks([(1, drive(1, creeping))]), [LINE])
    assert len(found) == 1 and found[0].begin == 0.0 and found[0].end == pytest.approx(7.0, abs=1e-6)


def test_who_never_gets_fast_in_between_waits_once() -> None:
    t = np.arange(0, 20, 0.1)
    creeping = 20 + np.where(t < 8, 0, np.minimum(2.0 * (t - 8), 10))  # 7.2 km/h: no queue begins or ends by that
    found = waits(vehicle_tracks([(1, drive(1, creeping))]), [LINE])
    assert len(found) == 1 and found[0].begin == 0.0 and found[0].end == pytest.approx(19.9)


def _wait(begin: float, end: float, back_m: float) -> Wait:
    return Wait("line", 0, "car", begin, end, back_m)


def test_queues_are_those_who_wait_at_once() -> None:
    found = [_wait(0, 10, 2), _wait(4, 12, 9), _wait(10, 20, 2)]
    figures = queue_figures(found, 0, 20)["line"]
    assert (figures.mean_vehicles, figures.most_vehicles, figures.longest_m) == (1.4, 2, 9)
    part = queue_figures(found, 10, 12)["line"]
    assert (part.mean_vehicles, part.most_vehicles) == (2.0, 2)
    assert queue_figures(found, 30, 40) == {}


def _passage(vehicle: int, at: float, line: str, direction: str, speed: float | None = 36.0) -> Passage:
    return Passage(line, direction, vehicle, "car", at, speed, 1.0)


def test_turns_lead_from_where_one_came_in_to_where_one_left() -> None:
    found = [
        _passage(1, 1.0, "n", "in"), _passage(1, 1.5, "stop-n", "in"), _passage(1, 9.0, "s", "out"),
        _passage(2, 2.0, "s", "out"),
        _passage(3, 3.0, "n", "in"), _passage(3, 8.0, "n", "out"), _passage(3, 20.0, "s", "in"),
    ]  # fmt: skip
    arms = {"n": "north", "stop-n": "north", "s": "south"}
    assert [(t.origin, t.destination, t.vehicle, t.entered_at) for t in turns(found, arms)] == [
        ("north", "south", 1, 1.0),
        ("north", "north", 3, 3.0),
    ]


def test_speeds_and_headways_of_a_line() -> None:
    found = [_passage(k, at, "n", "in", speed) for k, (at, speed) in enumerate([(1, 30.0), (3, 60.0), (9, None)])]
    figures = speeds(found)
    assert figures is not None and (figures.vehicles, figures.mean_kmh, figures.fastest_kmh) == (2, 45.0, 60.0)
    assert figures.space_mean_kmh == pytest.approx(40.0)
    assert figures.sigma_kmh == pytest.approx(np.sqrt(2) / 2)
    assert headways(found) == {("n", "in"): Headways(3, 4.0, 4.0, 2.0)}
    assert speeds([]) is None and headways(found[:1]) == {}


def test_nothing_is_measured_of_nobody() -> None:
    nobody: VehicleTracks = vehicle_tracks([])
    assert passages(nobody, [LINE]) == [] and stop_lines.waits(nobody, [LINE]) == []
