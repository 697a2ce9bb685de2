"""The heat map against known truth: what goes in is what is there, wherever, whenever and however often it was seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.geometry import rasterise
from heatmap_gui.core.grid import MAX_CELLS, Grid, nearest_cell, smooth
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, Bool, Points

GRID = Grid((-2.0, 3.0), 0.25, (40, 60))
SHELF = np.array([[2.0, 5.0], [9.0, 5.0], [9.0, 7.0], [2.0, 7.0]])


def track(x: F8, y: F8, fps: float, track_id: int = 1, start: float = 0.0, label: str = "person") -> Points:
    """One track with a row every 1/fps seconds."""
    n = len(x)
    at = start + np.arange(n) / fps
    vx, vy = (np.gradient(x) * fps, np.gradient(y) * fps) if n > 1 else (np.zeros(n), np.zeros(n))
    one = np.ones(n)
    return Points(
        at, np.full(n, track_id), x, y, vx, vy, 0.1 * one, one / fps, np.zeros(n, np.int16), np.ones(n, np.uint64),
        np.zeros(n, np.bool_), (label,),
    )  # fmt: skip


def still(x: float, y: float, seconds: float, fps: float, track_id: int = 1, start: float = 0.0) -> Points:
    n = round(seconds * fps)
    return track(np.full(n, x), np.full(n, y), fps, track_id, start)


def stroll(fps: float, seconds: float = 40.0, seed: int = 0, track_id: int = 1) -> Points:
    """The same smooth walk at any frame rate."""
    a, b, c, d = np.random.default_rng(seed).uniform(0, 6.3, 4)
    t = np.arange(round(seconds * fps)) / fps
    x = 5.5 + 5.0 * np.sin(0.21 * t + a) + 1.0 * np.sin(0.5 * t + b)
    y = 8.0 + 3.0 * np.sin(0.17 * t + c) + 1.0 * np.sin(0.4 * t + d)
    return track(x, y, fps, track_id)


def around_shelf() -> Bool:
    return ~rasterise((SHELF,), GRID.shape, GRID.cell, GRID.origin)


def total(density: F8) -> float:
    return float(density.sum()) * GRID.cell**2


@pytest.mark.parametrize("fps", [1.0, 5.0, 25.0, 30.0])
def test_still_person_deposits_its_seconds_in_one_cell(fps: float) -> None:
    heat = Heatmap(GRID)
    heat.add(still(1.1, 4.6, 60.0, fps))
    presence = heat.layer("presence_s")
    assert presence[6, 12] == pytest.approx(60.0)
    assert presence.sum() == pytest.approx(60.0)
    assert total(heat.presence()) == pytest.approx(60.0)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.floats(0.0, 1.5), st.floats(-6.0, 20.0), st.floats(-4.0, 18.0))
def test_mass_stays_and_nothing_is_outside_the_walkable_area(seed: int, sigma: float, x: float, y: float) -> None:
    walkable = around_shelf()
    heat = Heatmap(GRID, walkable)
    walk = stroll(10.0, seed=seed)
    heat.add(walk)
    heat.add(still(x, y, 30.0, 10.0, track_id=2))
    person_seconds = float(walk.seconds.sum()) + 30.0
    presence = heat.presence(sigma)
    assert total(presence) == pytest.approx(person_seconds, rel=1e-9)
    assert not presence[~walkable].any()
    assert heat.layer("presence_s")[walkable].sum() == pytest.approx(person_seconds, rel=1e-9)
    assert np.isnan(heat.density(sigma)[~walkable]).all()


def test_outside_goes_to_the_nearest_walkable_cell() -> None:
    mask = np.zeros((5, 9), np.bool_)
    mask[2, 1] = mask[2, 8] = True
    nearest = nearest_cell(mask)
    assert nearest[2 * 9 + 1] == 19
    assert nearest[0] == 19
    assert nearest[8] == 26
    assert set(nearest.tolist()) == {19, 26}


def test_walls_hold_the_kernel_back() -> None:
    mask = np.ones((9, 9), np.bool_)
    mask[:, 4] = False
    layer = np.zeros((9, 9))
    layer[4, 3] = 8.0
    blurred = smooth(layer, mask, 1.0)
    assert blurred.sum() == pytest.approx(8.0)
    assert not blurred[:, 4].any()


def test_frame_rate_changes_nothing() -> None:
    maps = []
    for fps in (5.0, 25.0):
        heat = Heatmap(GRID, around_shelf())
        for seed in range(8):
            heat.add(stroll(fps, seed=seed, track_id=seed))
        maps.append((heat.presence() * GRID.cell**2, heat.layer("visits"), heat.layer("stops")))
    (slow, slow_visits, slow_stops), (fast, fast_visits, fast_stops) = maps
    assert np.abs(slow - fast).sum() / 2 < 0.03 * fast.sum()
    assert slow_visits.sum() == pytest.approx(fast_visits.sum(), rel=0.03)
    assert slow_stops.sum() == pytest.approx(fast_stops.sum(), abs=1)


def test_outage_changes_exposure_not_density() -> None:
    left = np.zeros(GRID.shape, np.bool_)
    left[:, :30] = True
    people = [(0.0, 5.0), (8.0, 5.0)]

    def measure(outage: bool) -> Heatmap:
        heat = Heatmap(GRID, footprints={"left": left, "right": ~left})
        for minute in range(10):
            heat.expose(60.0 * minute, {"left": 60.0, "right": 0.0 if outage and minute >= 5 else 60.0})
            for track_id, (x, y) in enumerate(people):
                if not (outage and minute >= 5 and x > 5.5):
                    heat.add(still(x, y, 60.0, 2.0, track_id, 60.0 * minute))
        return heat

    whole, partial = measure(outage=False), measure(outage=True)
    assert partial.exposure_s[0, 0] == 600.0
    assert partial.exposure_s[0, 59] == 300.0
    assert partial.layer("presence_s").sum() == pytest.approx(900.0)
    np.testing.assert_allclose(partial.density(), whole.density(), rtol=0.02, atol=1e-4)


def test_unobserved_is_not_cold_and_two_cameras_expose_once() -> None:
    left = np.zeros(GRID.shape, np.bool_)
    left[:, :30] = True
    heat = Heatmap(GRID, footprints={"a": left, "b": left})
    heat.expose(0.0, {"a": 60.0, "b": 50.0})
    heat.expose(60.0, {"a": 0.0, "b": 10.0})
    assert (heat.exposure_s[left] == 70.0).all()
    density = heat.density()
    assert (density[left] == 0.0).all()
    assert np.isnan(density[~left]).all()


def test_tiles_add_up_and_parts_make_the_whole() -> None:
    whole, copy, tiles = Heatmap(GRID), Heatmap(GRID), []
    for chunk in range(20):
        points = still(0.3 * chunk, 5.0, 60.0, 4.0, track_id=7, start=60.0 * chunk + 30.0)
        whole.add(points)
        whole.expose(60.0 * chunk, {"1": 60.0})
        if chunk % 3 == 0:
            tiles += whole.take_tiles()
    tiles += whole.take_tiles()
    assert {tile.start_s for tile in tiles} == {0, 300, 600, 900, 1200}
    for tile in tiles:
        copy.add_tile(tile)
    for name, layer in whole.arrays().items():
        np.testing.assert_allclose(copy.arrays()[name], layer, rtol=1e-6, err_msg=name)
    first = [tile for tile in tiles if tile.start_s == 0]
    assert sum(tile.layers["person"].values[0].sum() for tile in first) == pytest.approx(270.0)
    assert whole.take_tiles() == []


def test_cameras_that_overlap_expose_each_cell_by_whoever_watched() -> None:
    masks = {name: np.zeros(GRID.shape, np.bool_) for name in "abc"}
    masks["a"][:, :30], masks["b"][:, 20:50], masks["c"][:10] = True, True, True
    heat = Heatmap(GRID, footprints=masks)
    expected = np.zeros(GRID.shape)
    for minute, seconds in enumerate(([60.0, 60.0, 60.0], [60.0, 20.0, 0.0], [5.0, 50.0, 30.0])):
        heat.expose(300.0 * minute, dict(zip("abc", seconds, strict=True)))
        expected += np.max([masks[name] * s for name, s in zip("abc", seconds, strict=True)], axis=0)
    np.testing.assert_allclose(heat.exposure_s, expected)


def test_visits_count_a_track_once_a_cell_and_follow_fast_ones() -> None:
    heat = Heatmap(GRID)
    x = np.asarray(np.r_[np.linspace(-1.9, 12.9, 8), np.linspace(12.9, -1.9, 8)], np.float64)
    heat.add(track(x, np.full(16, 5.1), 1.0))
    visits = heat.layer("visits")
    assert (visits[8] == 1.0).all()
    assert visits.sum() == 60.0


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_stop_is_counted_once_whatever_the_chunks(chunk: int) -> None:
    walk = np.arange(30) * 0.14
    x = np.asarray(np.r_[walk, np.full(50, walk[-1]), walk[-1] + walk, np.full(15, 2 * walk[-1])], np.float64)
    points = track(x, np.full(len(x), 5.1), 10.0)
    heat = Heatmap(GRID)
    for start in range(0, len(x), chunk):
        heat.add(points.take(slice(start, start + chunk)))
    stops = heat.layer("stops")
    assert stops.sum() == 1.0  # the second halt is shorter than 2 s
    assert stops[8, int((walk[-1] + 2.0) / 0.25)] == 1.0


def test_velocity_is_the_mean_of_who_was_there() -> None:
    heat = Heatmap(GRID)
    heat.add(track(np.linspace(0.0, 3.9, 40).astype(np.float64), np.full(40, 5.1), 10.0))
    vx, vy = heat.layer("vx"), heat.layer("vy")
    assert vx[8, 10] == pytest.approx(1.0)
    assert vy[8, 10] == pytest.approx(0.0)
    assert np.isnan(vx[0, 0])


def test_classes_stay_apart() -> None:
    heat = Heatmap(GRID)
    heat.add(still(1.0, 5.0, 10.0, 5.0))
    heat.add(track(np.full(10, 4.0), np.full(10, 5.0), 5.0, track_id=2, label="car"))
    assert heat.labels == ("person", "car")
    assert heat.layer("presence_s", "car").sum() == pytest.approx(2.0)
    assert heat.layer("presence_s").sum() == pytest.approx(12.0)


def test_ended_tracks_are_forgotten() -> None:
    heat = Heatmap(GRID)
    for _ in range(2):
        heat.add(still(1.0, 5.0, 1.0, 5.0))
        heat.end([1])
    assert heat.layer("visits").sum() == 2.0


def test_grid_sums_like_add_at_and_takes_outliers_to_its_border() -> None:
    rng = np.random.default_rng(5)
    n = 300_000
    x, y, weight = rng.uniform(-3, 14, n), rng.uniform(2, 14, n), rng.uniform(0, 1, n)
    naive = np.zeros(GRID.shape)
    column = np.floor((x + 2.0) / 0.25).clip(0, 59).astype(int)
    row = np.floor((y - 3.0) / 0.25).clip(0, 39).astype(int)
    np.add.at(naive, (row, column), weight)
    np.testing.assert_allclose(GRID.accumulate(x, y, weight)[0].reshape(GRID.shape), naive)


def test_grid_of_floor() -> None:
    metres = Grid.of(Floor(None, 1200, 1050, 0.025, (-20.0, -17.0)))
    assert (metres.origin, metres.cell, metres.shape, metres.unit) == ((-20.0, -17.0), 0.25, (105, 120), "m")
    pixels = Grid.of(Floor(None, 640, 480))
    assert (pixels.cell, pixels.shape, pixels.unit) == (5.0, (96, 128), "px")
    assert Grid.of(Floor(None, 1e6, 1e6, 1.0)).size <= 1.01 * MAX_CELLS
    assert Grid.of(Floor(None, 0, 0)).shape == (1, 1)  # no plan yet


def test_no_walkable_cell_is_said() -> None:
    with pytest.raises(InputError, match="walkable"):
        Heatmap(GRID, np.zeros(GRID.shape, np.bool_))
