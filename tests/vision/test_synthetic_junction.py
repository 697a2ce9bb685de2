"""The demo junction: nobody drives through another or through a red light, and its pictures show who is where."""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site_file import read_site
from heatmap_gui.vision.synthetic import junction_truth, open_synthetic
from heatmap_gui.vision.synthetic.__main__ import main
from heatmap_gui.vision.synthetic.junction import ARM_M, ARMS, CYCLE_S, GO_S, PHASE_S, STOP_M, Route, light
from heatmap_gui.vision.synthetic.junction_pictures import show
from heatmap_gui.vision.synthetic.junction_site import VIEWS, junction_document
from heatmap_gui.vision.synthetic.vehicles import STEP_S, Vehicle, vehicles

LENGTH_S = 900.0


@pytest.fixture(scope="module")
def everybody() -> tuple[Vehicle, ...]:
    return vehicles(1, LENGTH_S)


def test_routes_lead_from_arm_to_arm() -> None:
    ends = {arm: np.array(place) for arm, place in zip(ARMS, [(60, -40), (160, 60), (60, 160), (-40, 60)], strict=True)}
    for origin in ARMS:
        for way in ("left", "straight", "right"):
            route = Route(origin, way)
            places, ahead = route.place(np.linspace(0, route.length_m, 2000))
            np.testing.assert_allclose(places[0], ends[origin], atol=1.8)
            np.testing.assert_allclose(places[-1], ends[route.destination], atol=1.8)
            steps = np.diff(places, axis=0)
            np.testing.assert_allclose(np.linalg.norm(steps, axis=1), route.length_m / 1999, rtol=1e-3)
            assert (np.sum(steps * ahead[:-1], axis=1) > 0.99 * route.length_m / 1999).all()


def test_nobody_drives_backwards_or_into_the_one_before(everybody: tuple[Vehicle, ...]) -> None:
    for arm in ARMS:
        own = [v for v in everybody if v.route.origin == arm]
        assert len(own) > 30
        for before, after in itertools.pairwise(own):
            assert np.diff(after.s).min() >= -1e-9
            frames = np.arange(np.ceil(after.start_s / STEP_S), np.floor(before.end_s / STEP_S)) * STEP_S
            ahead, behind = (np.interp(frames, v.times_s, v.s) for v in (before, after))
            gap = ahead - behind - (before.kind.length_m + after.kind.length_m) / 2
            assert len(gap) == 0 or gap.min() > 0.5


def test_nobody_goes_on_red(everybody: tuple[Vehicle, ...]) -> None:
    for vehicle in everybody:
        at_s = float(np.interp(ARM_M - STOP_M, vehicle.s, vehicle.times_s))
        since = (at_s - ARMS.index(vehicle.route.origin) * PHASE_S) % CYCLE_S
        assert since <= GO_S + 4.5 or since >= CYCLE_S - 1.0  # a bus's middle is 5 m behind its front; starts are soft
    assert [light("east", PHASE_S + t) for t in (0.0, 13.9, 14.1, 17.1, -0.1)] == [
        "GREEN", "GREEN", "YELLOW", "RED", "RED",
    ]  # fmt: skip


def test_a_longer_time_only_adds(everybody: tuple[Vehicle, ...]) -> None:
    longer = {v.id: v for v in vehicles(1, LENGTH_S + 300)}
    for vehicle in everybody:
        np.testing.assert_array_equal(vehicle.s, longer[vehicle.id].s)
    assert len(longer) > len(everybody)
    assert vehicles(2, 300.0)[0].start_s != vehicles(1, 300.0)[0].start_s


def test_truth_is_whole(everybody: tuple[Vehicle, ...]) -> None:
    passages = junction_truth.passages(everybody, LENGTH_S)
    ins = sum(p.direction == "in" and not p.line.startswith("stop") for p in passages)
    stops = sum(p.line.startswith("stop") for p in passages)
    assert abs(ins - stops) <= 4 and {p.kind for p in passages} == {"car", "bus", "truck", "bike", "rickshaw"}
    waits = junction_truth.waits(everybody, LENGTH_S)
    assert all(0 <= wait.begin_s < wait.end_s <= LENGTH_S for wait in waits)
    assert 10 < np.mean([wait.end_s - wait.begin_s for wait in waits]) < CYCLE_S


def test_pictures_show_vehicles_where_they_are(everybody: tuple[Vehicle, ...]) -> None:
    for view in VIEWS:
        empty = show(view, (), 100.0).astype(int)
        full = show(view, everybody, 100.0).astype(int)
        changed = np.abs(full - empty).max(axis=2) > 20
        for vehicle in everybody:
            if vehicle.start_s <= 100.0 <= vehicle.end_s:
                place, _ = vehicle.route.place(np.array([np.interp(100.0, vehicle.times_s, vehicle.s)]))
                (u, v), depth = view.project(np.array([*place[0], 0.4]))
                if depth > 2 and 0 <= u < view.size[0] and 0 <= v < view.size[1]:
                    near = changed[max(int(v) - 6, 0) : int(v) + 7, max(int(u) - 6, 0) : int(u) + 7]
                    assert near.mean() > 0.1, (view.name, vehicle.kind.name)  # grey sides are as grey as the road


def test_it_is_a_source_like_any_other() -> None:
    source = open_synthetic("2", "synthetic:junction?seed=1&camera=2&fps=5&duration_s=2")
    found = []
    while source.grab() is not None:
        found.append(source.retrieve().image)
    assert len(found) == 10 and found[0] is not None and found[0].shape == (540, 960, 3)
    with pytest.raises(InputError, match="no camera 3: choose one of 1, 2"):
        open_synthetic("1", "synthetic:junction?camera=3")
    with pytest.raises(InputError, match="junction"):
        open_synthetic("1", "synthetic:moon")


def test_its_site_file_is_written_like_the_stores(tmp_path: Path) -> None:
    main(tmp_path, "junction")
    path = tmp_path / "calibration_data" / "calibration_junction.json"
    site = read_site(junction_document("junction", 1), path)
    assert site.warnings == () and site.floor.unit == "m"
    assert {(line.kind, line.direction) for line in site.lines} == {(k, arm) for k in ("count", "stop") for arm in ARMS}
    plan = cv2.imread(str(tmp_path / "resources" / "demo" / "junction.png"))
    assert plan is not None and plan.shape == (1200, 1200, 3)
