"""What must hold of every scene, from boxes to the map: seconds, places and people, whoever looks however often."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from heatmap_gui.core.types import F8, Points
from tests.core.pinhole import Pinhole
from tests.core.scenes import (
    CLEAR,
    NORTH,
    SOUTH,
    WEST,
    Body,
    Eyes,
    Facts,
    Instant,
    camera,
    measure,
    pipeline,
    site,
    still,
    straight,
    stroll,
    truth,
    watch,
)

HARD = Eyes(noise=0.03, miss=0.1, false=0.3)
THREE = {"s": SOUTH, "n": NORTH, "w": WEST}
GROUP = [Body(stroll(seed)) for seed in range(4)]


def _measure(
    cameras: Mapping[str, Pinhole], instants: list[Instant], fps: float, lag_s: float = 2.0, start: float = 0.0
) -> Facts:
    where = site([camera(name, pinhole) for name, pinhole in cameras.items()])
    return measure(pipeline(where, period_s=1 / fps, lag_s=lag_s), instants, start=start)


def _people(points: Points) -> set[int]:
    return set(points.track_id.tolist())


def _apart(a: F8, b: F8) -> float:
    """Total variation distance of two maps."""
    return float(0.5 * np.abs(a / a.sum() - b / b.sum()).sum())


@pytest.mark.parametrize("seed", [1, 2])
def test_the_map_holds_all_person_seconds_and_they_are_true(seed: int) -> None:
    eyes = Eyes(HARD.noise, HARD.miss, HARD.false, seed=seed)
    bodies = [*GROUP, Body(straight((3.0, 7.0), (17.0, 5.0), 3.0), 3.0, 14.0)]
    facts = _measure({"s": SOUTH}, watch({"s": SOUTH}, bodies, 20, 10, eyes), 10)
    heat = facts.heatmap()
    assert heat.layer("presence_s").sum() == pytest.approx(facts.person_seconds(), rel=1e-9)
    assert heat.presence().sum() * heat.grid.cell**2 == pytest.approx(facts.person_seconds(), rel=1e-9)
    tiles = sum(float(part.values[0].sum()) for b in facts.buckets for t in b.tiles for part in t.layers.values())
    assert tiles == pytest.approx(facts.person_seconds(), rel=1e-9)
    assert facts.person_seconds() == pytest.approx(4 * 20 + 11, rel=0.02)


@pytest.mark.parametrize("fps", [2.0, 10.0, 25.0])
def test_a_minute_of_standing_is_sixty_person_seconds(fps: float) -> None:
    facts = _measure({"s": SOUTH}, watch({"s": SOUTH}, [Body(still(10.0, 6.0))], 60, fps), fps, start=1.7e9)
    assert facts.person_seconds() == pytest.approx(60.0, abs=1 / fps)
    assert len(_people(facts.points())) == 1
    heat = facts.heatmap().presence()
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert [0.25 * float(column), 0.25 * float(row)] == pytest.approx([9.9, 5.9], abs=0.25)


def test_the_frame_rate_does_not_change_the_map() -> None:
    slow, fast = (
        _measure({"s": SOUTH}, watch({"s": SOUTH}, GROUP, 20, fps), fps).heatmap().presence() for fps in (5.0, 25.0)
    )
    assert slow.sum() == pytest.approx(fast.sum(), rel=0.01)
    assert _apart(slow, fast) < 0.03


def test_a_second_camera_on_the_same_people_changes_nothing() -> None:
    one = _measure({"s": SOUTH}, watch({"s": SOUTH}, GROUP, 12, 10, HARD), 10)
    three = _measure(THREE, watch(THREE, GROUP, 12, 10, HARD), 10)
    assert three.person_seconds() == pytest.approx(one.person_seconds(), rel=0.02)
    assert len(_people(three.points())) == len(_people(one.points())) == len(GROUP)
    assert _apart(one.heatmap().presence(), three.heatmap().presence()) < 0.1


def _rows(points: Points) -> F8:
    """Rows without their ids, and the partition of rows by id, both in one order."""
    order = np.lexsort((np.round(points.x, 6), points.at))
    _, first = np.unique(points.track_id[order], return_inverse=True)
    names = {number: rank for rank, number in enumerate(dict.fromkeys(first.tolist()))}
    who = np.array([names[i] for i in first.tolist()])
    columns = (points.at, points.x, points.y, points.vx, points.vy, points.sigma, points.seconds)
    return np.column_stack([*(c[order] for c in columns), points.interpolated[order], who])


def test_the_order_of_cameras_does_not_matter() -> None:
    """Neither the order in which their frames are given, nor that in which the site lists them."""
    instants = watch(THREE, GROUP, 6, 10, HARD)
    given = _measure(THREE, instants, 10)
    turned = _measure(THREE, [(at, views[::-1]) for at, views in instants], 10)
    for a, b in zip(given.buckets, turned.buckets, strict=True):
        for name in ("at", "track_id", "x", "y", "sigma", "seconds", "cameras"):
            np.testing.assert_array_equal(getattr(a.points, name), getattr(b.points, name))
    listed = _measure({name: THREE[name] for name in ("w", "s", "n")}, instants, 10)
    np.testing.assert_allclose(_rows(listed.points()), _rows(given.points()), atol=1e-3)


def test_cameras_that_take_turns_are_one_measurement() -> None:
    """Three at 15 a second with offsets: rows at the pace of one, every person once."""
    turns = {"n": 0.022, "w": 0.044}
    facts = _measure(THREE, watch(THREE, GROUP, 10, 15, offset_s=turns), 15)
    points = facts.points()
    assert len(_people(points)) == len(GROUP)
    assert len(np.unique(points.at)) == pytest.approx(10 * 15, abs=1)
    assert len(np.unique(np.stack([points.at, points.track_id]), axis=1).T) == len(points)
    assert facts.person_seconds() == pytest.approx(4 * 10, rel=0.01)
    assert all(facts.exposed_s(name) == pytest.approx(10.0, abs=0.1) for name in THREE)


@pytest.mark.parametrize("fps", [2.0, 15.0])
@pytest.mark.parametrize("gap_s", [1.5, 5.0, 9.0])
def test_a_gap_that_one_track_bridges_is_presence_and_flagged(fps: float, gap_s: float) -> None:
    body = Body(still(10.0, 6.0), hidden_s=((6.0, 6.0 + gap_s),))
    facts = _measure({"s": SOUTH}, watch({"s": SOUTH}, [body], 20, fps), fps)
    points = facts.points()
    assert len(_people(points)) == 1
    assert facts.person_seconds() == pytest.approx(20.0, abs=1 / fps)
    hidden = (points.at >= 6.0) & (points.at < 6.0 + gap_s)
    np.testing.assert_array_equal(points.interpolated, hidden)
    np.testing.assert_array_equal(points.cameras == 0, hidden)
    assert np.abs(np.stack([points.x - 10.0, points.y - 6.0])).max() < 0.4
    assert points.sigma[hidden].mean() > points.sigma[~hidden].mean()


def test_a_walk_behind_a_shelf_is_bridged_along_the_way() -> None:
    body = Body(straight((5.0, 6.0), (16.0, 6.5), 0.0), hidden_s=((3.0, 4.4),))
    points = _measure({"s": SOUTH}, watch({"s": SOUTH}, [body], 8, 10), 10).points()
    assert len(_people(points)) == 1
    assert len(points) == 80
    off = np.hypot(*(np.stack([points.x, points.y], axis=1) - truth([body], points.at)).T)
    assert off[points.interpolated].max() < 0.3


@pytest.mark.parametrize("lag_s", [0.0, 2.0])
def test_nothing_is_behind_the_last_sighting_and_nothing_before_the_first(lag_s: float) -> None:
    bodies = [Body(still(8.0, 6.0), 0.0, 5.0), Body(straight((12.0, 4.0), (12.0, 9.0), 3.0), 3.0, 7.0)]
    eyes = Eyes(score=(0.55, 0.6))  # it takes them a while to be believed
    points = _measure({"s": SOUTH}, watch({"s": SOUTH}, bodies, 18, 10, eyes), 10, lag_s).points()
    spans = sorted(
        (points.at[points.track_id == i].min(), points.at[points.track_id == i].max()) for i in _people(points)
    )
    np.testing.assert_allclose(spans, [(0.0, 4.9), (3.0, 6.9)])
    assert float(points.seconds.sum()) == pytest.approx(9.0)


def test_waiting_does_not_change_the_person_seconds() -> None:
    instants = watch({"s": SOUTH}, GROUP, 20, 10, HARD)
    now, later = (_measure({"s": SOUTH}, instants, 10, lag_s) for lag_s in (0.0, 2.0))
    assert now.person_seconds() == pytest.approx(later.person_seconds(), rel=0.02)
    assert _apart(now.heatmap().presence(), later.heatmap().presence()) < 0.06


def test_facts_are_given_out_bit_by_bit_and_once() -> None:
    facts = _measure({"s": SOUTH}, watch({"s": SOUTH}, GROUP, 10, 10, HARD), 10)
    points = facts.points()
    assert sum(len(bucket.points) > 0 for bucket in facts.buckets) > 3
    assert len(set(zip(points.at.tolist(), points.track_id.tolist(), strict=True))) == len(points)


@pytest.mark.parametrize(("cameras", "lag_s"), [("s", 0.0), ("s", 2.0), ("sn", 2.0)])
def test_sigma_is_about_as_large_as_the_error(cameras: str, lag_s: float) -> None:
    """For errors of boxes and of feet as people's walk makes them; exact calibration, which sigma does not know."""
    eyes, square = Eyes(noise=0.04, sway_m=0.06), []
    chosen = {name: THREE[name] for name in cameras}
    for seed in range(2):
        body = Body(stroll(seed))
        points = _measure(chosen, watch(chosen, [body], 15, 10, eyes), 10, lag_s).points()
        off = np.stack([points.x, points.y], axis=1) - truth([body], points.at)
        square.append((off**2).sum(axis=1) / 2 / points.sigma**2)
    assert 0.5 < np.mean(np.concatenate(square)) < 2.0


def test_an_outage_changes_exposure_and_not_density() -> None:
    """Of one camera of two that see other parts of the floor, while somebody stands in each."""
    left, right = Pinhole(x=4.0, y=-4.0, height=5.0, tilt=32.0), Pinhole(x=16.0, y=-4.0, height=5.0, tilt=32.0)
    cameras, bodies = {"l": left, "r": right}, [Body(still(3.0, 4.0)), Body(still(17.0, 4.0))]
    whole = _measure(cameras, watch(cameras, bodies, 60, 5, CLEAR), 5)
    holed = _measure(cameras, watch(cameras, bodies, 60, 5, CLEAR, out_s={"r": (20.0, 45.0)}), 5)
    assert whole.exposed_s("r") == pytest.approx(60.0)
    assert holed.exposed_s("r") == pytest.approx(35.0, abs=1.2)
    assert holed.person_seconds() == pytest.approx(60.0 + 35.0, abs=1.2)
    area = whole.heatmap().grid.cell ** 2
    for side in (slice(0, 40), slice(40, 80)):
        before, after = (float(np.nansum(f.heatmap().density()[:, side])) * area for f in (whole, holed))
        assert before == pytest.approx(1.0, rel=0.02)
        assert after == pytest.approx(before, rel=0.04)
