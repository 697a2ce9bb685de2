"""One floor being measured: its rows, boxes, exposure and what stands outside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.site import PLAN, Zone
from tests.core.scenes import (
    CLEAR,
    FLOOR,
    NORTH,
    SOUTH,
    WEST,
    Body,
    Eyes,
    camera,
    detect,
    measure,
    pipeline,
    site,
    still,
    straight,
    truth,
    watch,
)

ONE = site([camera("s", SOUTH)])


def test_rows_carry_what_they_promise() -> None:
    body = Body(straight((6.0, 5.0), (14.0, 7.0), 0.0))
    facts = measure(
        pipeline(site([camera("s", SOUTH), camera("n", NORTH)])), watch({"s": SOUTH, "n": NORTH}, [body], 6, 10)
    )
    points, boxes = facts.points(), facts.boxes("s")
    assert points.at.tolist() == [pytest.approx(i / 10) for i in range(60)]
    assert points.seconds.tolist() == [pytest.approx(0.1)] * 60
    assert set(points.cameras.tolist()) == {3}
    assert not points.interpolated.any()
    assert np.hypot(points.vx, points.vy)[10:-10] == pytest.approx(1.2, abs=0.25)
    assert np.median(np.hypot(*(np.stack([points.x, points.y], axis=1) - truth([body], points.at)).T)) < 0.06
    assert boxes.frame.tolist() == list(range(60))
    assert set(boxes.track_id.tolist()) == set(points.track_id.tolist())
    foot = np.stack([(boxes.box[:, 0] + boxes.box[:, 2]) / 2, boxes.box[:, 3]], axis=1)
    assert np.abs(foot - SOUTH.project(truth([body], boxes.at))).max() < 8.0


def test_live_shows_the_confirmed_and_where_this_camera_sees_them() -> None:
    into = pipeline(site([camera("s", SOUTH), camera("n", NORTH)]))
    bodies = [Body(still(10.0, 6.0)), Body(still(12.0, 5.0), end_s=2.0)]
    measure(into, watch({"s": SOUTH, "n": NORTH}, bodies, 3, 10, out_s={"n": (2.5, 9.0)}))
    floor = into.floors[PLAN]
    live = floor.live(0)
    assert live.track_id.tolist() == [1, 2]
    assert live.seen.tolist() == [True, False]
    assert np.isfinite(live.box).all()  # remembered for two seconds
    assert not floor.live(1).seen.any()
    np.testing.assert_allclose(np.stack([live.x, live.y], axis=1)[0], [10.0, 6.0], atol=0.15)


def test_who_stands_outside_the_floor_is_nobody_and_who_stands_at_its_edge_is_inside() -> None:
    corridor = np.array([[350.0, 100.0], [650.0, 100.0], [650.0, 500.0], [350.0, 500.0]])  # x 7..13 m, y 2..10 m
    walled = replace(ONE, floor=replace(FLOOR, walkable=(corridor,)))
    bodies = [Body(still(10.0, 6.0)), Body(still(13.4, 6.0)), Body(still(15.0, 6.0)), Body(still(5.0, 7.0))]
    facts = measure(pipeline(walled), watch({"s": SOUTH}, bodies, 10, 10))
    assert facts.person_seconds() == pytest.approx(20.0, rel=0.01)
    heat, presence = facts.heatmap(), facts.heatmap().layer("presence_s")
    assert presence[heat.walkable].sum() == pytest.approx(facts.person_seconds(), rel=1e-9)
    assert not presence[~heat.walkable].any()
    assert not heat.presence()[~heat.walkable].any()
    outside = measure(pipeline(ONE), watch({"s": SOUTH}, [Body(still(10.0, 13.5)), Body(still(10.0, -1.2))], 5, 10))
    assert len(outside.points()) == 0


@pytest.mark.parametrize("lag_s", [0.0, 2.0])
def test_an_outage_of_all_cameras_forgets_nothing_that_was_seen(lag_s: float) -> None:
    """Longer than tracks live: what waited for smoothing is kept, with its label; nobody is there meanwhile."""
    out = {"s": (20.0, 50.0)}
    facts = measure(pipeline(ONE, lag_s=lag_s), watch({"s": SOUTH}, [Body(still(10.0, 6.0))], 60, 10, out_s=out))
    assert facts.person_seconds() == pytest.approx(30.0, abs=1.01)
    assert facts.person_seconds() == pytest.approx(facts.exposed_s("s"), abs=1e-6)
    assert float(facts.boxes("s").seconds.sum()) == pytest.approx(facts.person_seconds(), abs=1e-6)
    assert len(set(facts.points().track_id.tolist())) == 2
    assert set(facts.points().class_id.tolist()) == {0}
    density = facts.heatmap().density()
    assert np.nansum(density) * facts.heatmap().grid.cell ** 2 == pytest.approx(1.0, rel=0.01)


def test_an_outage_of_one_camera_ends_its_exposure_alone() -> None:
    """And the other one goes on counting whom it sees; the boxes of the lost one are not forgotten."""
    out = {"s": (10.0, 30.0)}
    body = Body(still(14.0, 5.0))
    facts = measure(
        pipeline(site([camera("s", SOUTH), camera("w", WEST)])),
        watch({"s": SOUTH, "w": WEST}, [body], 40, 10, out_s=out),
    )
    assert facts.person_seconds() == pytest.approx(40.0, rel=0.01)
    assert facts.exposed_s("w") == pytest.approx(40.0)
    assert facts.exposed_s("s") == pytest.approx(20.0, abs=1.1)
    assert float(facts.boxes("s").seconds.sum()) == pytest.approx(20.0, abs=1.1)
    heat = facts.heatmap()
    assert heat.exposure_s[int(5.0 / 0.25), int(14.0 / 0.25)] == pytest.approx(40.0)
    assert heat.exposure_s.max() == pytest.approx(40.0)


def test_a_visit_ends_although_its_track_ended_just_before_the_end() -> None:
    zone = Zone("z", "Z", "general", np.array([[400.0, 200.0], [600.0, 200.0], [600.0, 400.0], [400.0, 400.0]]))
    body = Body(still(10.0, 6.0), end_s=5.0)
    facts = measure(pipeline(replace(ONE, zones=(zone,))), watch({"s": SOUTH}, [body], 15.1, 10))
    (visit,) = facts.visits
    assert [visit.enter_at, visit.leave_at] == pytest.approx([0.0, 4.9])
    assert visit.dwell_s == pytest.approx(5.0, abs=0.1)


def test_an_uncalibrated_floor_is_the_picture_in_pixels() -> None:
    facts = measure(pipeline(site([camera("u", None)])), watch({"u": SOUTH}, [Body(still(10.0, 6.0))], 5, 10))
    assert list(facts.pipeline.floors) == ["u"]
    points, (foot,) = facts.points("u"), SOUTH.project(np.array([[10.0, 6.0]]))
    assert facts.pipeline.floors["u"].grid.unit == "px"
    np.testing.assert_allclose([np.median(points.x), np.median(points.y)], foot, atol=3.0)
    assert facts.person_seconds("u") == pytest.approx(5.0)
    np.testing.assert_allclose(facts.heatmap("u").exposure_s, 5.0)


@pytest.mark.parametrize("fps", [1.0, 3.0])
def test_slow_and_irregular_frames(fps: float) -> None:
    times = np.r_[0.0, np.cumsum(np.random.default_rng(3).uniform(0.2, 1.8, round(60 * fps)) / fps)]
    body = Body(still(10.0, 6.0))
    instants = [(t, [("s", detect(SOUTH, [body], t, CLEAR, 0))]) for t in times.tolist()]
    facts = measure(pipeline(ONE, period_s=1 / fps), instants)
    assert facts.person_seconds() == pytest.approx(times[-1] + 1 / fps, rel=0.01)
    assert len(set(facts.points().track_id.tolist())) == 1


def test_frames_without_anybody_and_without_a_floor_under_their_boxes() -> None:
    empty = measure(pipeline(ONE), watch({"s": SOUTH}, [], 5, 10))
    assert empty.exposed_s("s") == pytest.approx(5.0)
    assert len(empty.points()) == len(empty.boxes("s")) == 0
    sky = Eyes(false=6.0, score=(0.9, 0.95))
    steep = replace(SOUTH, tilt=3.0)  # more than half of the picture is above the horizon
    facts = measure(pipeline(site([camera("s", steep)])), watch({"s": steep}, [], 5, 10, sky))
    assert np.isfinite(facts.points().x).all()
