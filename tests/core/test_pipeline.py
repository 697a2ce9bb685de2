"""Which camera belongs to which floor, and what a step shows at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.site import PLAN
from heatmap_gui.core.types import Detections, Frame, Observation
from tests.core.scenes import CLEAR, LABELS, NORTH, SOUTH, Body, camera, detect, measure, pipeline, site, still, watch

MIXED = site([camera("u", None), camera("s", SOUTH), camera("v", None), camera("n", NORTH)])
PINHOLES = {"u": SOUTH, "s": SOUTH, "v": NORTH, "n": NORTH}


def _steps(into: Pipeline, seconds: float, *bodies: Body) -> Iterator[list[Observation]]:
    for index in range(round(seconds * 10)):
        at = index / 10
        yield into.step(
            [
                (Frame(name, index, at, None, (800, 600)), detect(pinhole, bodies, at, CLEAR, 0))
                for name, pinhole in PINHOLES.items()
            ]
        )


def test_calibrated_cameras_share_the_plan_and_each_other_is_a_floor_of_its_own() -> None:
    facts = measure(pipeline(MIXED), watch(PINHOLES, [Body(still(10.0, 6.0))], 4, 10))
    assert list(facts.pipeline.floors) == [PLAN, "u", "v"]
    assert facts.pipeline.floors[PLAN].cameras == ("s", "n")
    for floor in (PLAN, "u", "v"):
        assert facts.person_seconds(floor) == pytest.approx(4.0)
    ids = [set(facts.points(floor).track_id.tolist()) for floor in (PLAN, "u", "v")]
    assert [len(i) for i in ids] == [1, 1, 1]
    assert len(set.union(*ids)) == 3  # one row of numbers for the whole site
    assert {b.camera for b in facts.of("u")[0].boxes} == {"u"}
    assert {b.camera for b in facts.of(PLAN)[0].boxes} == {"s", "n"}


def test_a_site_without_calibrated_cameras_has_no_plan() -> None:
    assert list(pipeline(site([camera("u", None), camera("v", None)])).floors) == ["u", "v"]


def test_ids_rise_over_all_floors() -> None:
    into = pipeline(site([camera("u", None), camera("v", None)]))
    fresh: list[int] = []
    for index in range(20):
        bodies = [Body(still(8.0 + i, 6.0), begin_s=0.5 * i) for i in range(4)]
        at = index / 10
        for name, pinhole in (("u", SOUTH), ("v", NORTH)):
            into.step([(Frame(name, index, at, None, (800, 600)), detect(pinhole, bodies, at, CLEAR, 0))])
            ids = {i for f in into.floors.values() for i in f.tracker.tracks.id.tolist()}
            fresh += sorted(ids - set(fresh))
    assert fresh == list(range(1, 9))


def test_a_step_shows_each_frame_with_what_is_alive_there() -> None:
    into = pipeline(MIXED)
    observations = list(_steps(into, 2.0, Body(still(10.0, 6.0)), Body(still(12.0, 7.0))))[-1]
    assert [o.frame.camera for o in observations] == list(PINHOLES)
    assert all(len(o.detections) == 2 and len(o.live.track_id) == 2 for o in observations)
    assert all(o.live.seen.all() for o in observations)
    south, north = observations[1].live, observations[3].live
    assert south.track_id.tolist() == north.track_id.tolist()
    assert not np.allclose(south.box, north.box)
    picture = observations[0].live
    np.testing.assert_allclose(picture.y, picture.box[:, 3], atol=4.0)  # the floor of a picture: where the boxes end


def test_nothing_is_taken_before_there_is_something_and_everything_at_the_end() -> None:
    into = pipeline(site([camera("s", SOUTH)]))
    assert into.take() == []
    (nothing,) = into.take(everything=True)
    assert len(nothing.points) == 0
    for index in range(15):
        into.step([(Frame("s", index, index / 10, None, (800, 600)), Detections.empty(LABELS))])
        assert into.take() == []
    (bucket,) = into.take(everything=True)
    assert bucket.floor == PLAN
    assert bucket.exposed_s == {"s": pytest.approx(1.5)}
    assert len(bucket.tiles) == 1
