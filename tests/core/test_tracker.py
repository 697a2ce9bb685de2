"""Tracks of people whose ways are known: one each, whoever sees them, and never one for two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.tracker import SiteTracker
from heatmap_gui.core.tuning import TUNING
from heatmap_gui.core.types import F8, Detections
from tests.core.pinhole import Pinhole
from tests.core.scenes import CLEAR, FLOOR, LABELS, NORTH, SOUTH, Body, Eyes, camera, detect, still, straight, stroll

PICTURE = Projection.of(Floor(None, 1, 1), Camera("1", "", "", 1), (800, 600))


def _tracker(*pinholes: Pinhole, shift_m: float = 0.0) -> SiteTracker:
    """The last camera's calibration is off by shift_m."""
    shifts = [0.0] * (len(pinholes) - 1) + [shift_m]
    cameras = [camera(str(i), p, (s, 0.0)) for i, (p, s) in enumerate(zip(pinholes, shifts, strict=True))]
    return SiteTracker([Projection.of(FLOOR, c, (800, 600)) for c in cameras], LABELS)


def _run(
    tracker: SiteTracker,
    bodies: Sequence[Body],
    times: F8,
    pinholes: Sequence[Pinhole] = (SOUTH,),
    eyes: Eyes = CLEAR,
) -> set[int]:
    """Steps through the times -> ids that were ever confirmed."""
    ever: set[int] = set()
    for at in times.tolist():
        tracker.step(at, [(n, detect(pinhole, bodies, at, eyes, n)) for n, pinhole in enumerate(pinholes)])
        ever |= set(tracker.tracks.id[tracker.tracks.confirmed].tolist())
    return ever


def _frame(*boxes: tuple[float, float, float, float], score: float = 0.9, label: str = "person") -> Detections:
    n = len(boxes)
    classes = np.full(n, LABELS.index(label), np.int16)
    return Detections(np.array(boxes, np.float32).reshape(-1, 4), np.full(n, score, np.float32), classes, LABELS)


def test_a_track_follows_the_way_in_metres_and_its_speed() -> None:
    tracker = _tracker(SOUTH)
    body = Body(straight((5.0, 5.0), (15.0, 7.0), 0.0, speed=1.3))
    assert len(_run(tracker, [body], np.arange(0, 5, 0.1))) == 1
    x, y, vx, vy = tracker.tracks.mean[:, 0]
    assert np.hypot(x - body.way(4.9)[0], y - body.way(4.9)[1]) < 0.15
    assert np.hypot(vx, vy) == pytest.approx(1.3, abs=0.3)


def test_two_cameras_make_one_track_and_a_surer_one() -> None:
    times = np.arange(0, 5, 0.1)
    alone, both = _tracker(SOUTH), _tracker(SOUTH, NORTH)
    bodies = [Body(stroll(3)), Body(stroll(8))]
    assert len(_run(alone, bodies, times)) == 2
    assert len(_run(both, bodies, times, (SOUTH, NORTH))) == 2
    assert np.trace(both.tracks.cov[:2, :2].sum(2)) < np.trace(alone.tracks.cov[:2, :2].sum(2))
    assert both.tracks.seen(4.8).tolist() == [3, 3]


@pytest.mark.parametrize("turn_s", [0.0, 0.033])
def test_doubles_of_cameras_that_disagree_do_not_last(turn_s: float) -> None:
    """Whether they look at one instant or take turns: without merging there would be four tracks all the time."""
    tracker, pinholes = _tracker(SOUTH, NORTH, shift_m=0.55), (SOUTH, NORTH)
    bodies = [Body(still(9.0, 6.0)), Body(still(13.0, 7.0))]
    confirmed = []
    for at in np.arange(0, 6, 1 / 15).tolist():
        views = [(at + n * turn_s, n, detect(pinholes[n], bodies, at, Eyes(noise=0.01), n)) for n in (0, 1)]
        for instant in sorted({t for t, _, _ in views}):
            tracker.step(instant, [(n, found) for t, n, found in views if t == instant])
        confirmed.append(np.count_nonzero(tracker.tracks.confirmed))
    assert np.mean(confirmed) < 3.2


def test_two_who_one_camera_sees_at_once_are_never_merged() -> None:
    tracker = _tracker(SOUTH, NORTH)
    bodies = [Body(still(9.8, 6.0)), Body(still(10.25, 6.0))]
    assert len(_run(tracker, bodies, np.arange(0, 6, 0.1), (SOUTH, NORTH), Eyes(noise=0.005))) == 2
    assert len(tracker.tracks) == 2


def test_a_person_beside_a_car_that_each_one_camera_sees_are_two() -> None:
    tracker = _tracker(SOUTH, NORTH)
    person, car = Body(still(10.0, 6.0)), Body(still(10.2, 6.1), label="car")
    eyes = Eyes(noise=0.005)
    for at in np.arange(0, 3, 0.1).tolist():
        tracker.step(at, [(0, detect(SOUTH, [person], at, eyes, 0)), (1, detect(NORTH, [car], at, eyes, 1))])
    assert sorted(tracker.tracks.class_id[tracker.tracks.confirmed].tolist()) == [0, 1]


def test_people_and_vehicles_are_never_one_track() -> None:
    """A car where somebody stood a moment ago, in the very same box."""
    tracker = SiteTracker([PICTURE], LABELS)
    for i in range(20):
        tracker.step(i / 10, [(0, _frame((100, 100, 150, 250), label="person" if i < 10 else "car"))])
    assert tracker.tracks.class_id[tracker.tracks.confirmed].tolist() == [0, 1]


def test_a_label_is_that_of_the_most_score() -> None:
    labels = ("car", "truck")
    tracker = SiteTracker([PICTURE], labels)
    for i in range(12):
        truck = i % 3 == 0  # fewer, and with less score
        found = _frame((100, 100, 300, 250), score=0.55 if truck else 0.9)
        numbers = np.array([truck], np.int16)
        tracker.step(i / 10, [(0, Detections(found.boxes, found.scores, numbers, labels))])
    assert tracker.tracks.votes[:, 0] == pytest.approx([8 * 0.9, 4 * 0.55], rel=1e-6)
    assert tracker.tracks.class_id.tolist() == [0]


def test_ids_rise_and_are_never_used_again() -> None:
    tracker = _tracker(SOUTH)
    bodies = [Body(still(10.0, 6.0), begin_s=12.0 * i, end_s=12.0 * i + 1.5) for i in range(4)]
    seen: list[int] = []
    for at in np.arange(0, 48, 0.2).tolist():
        over = tracker.step(at, [(0, detect(SOUTH, bodies, at, Eyes(), 0))])
        assert not set(over.tolist()) & set(tracker.tracks.id.tolist())
        assert (np.diff(tracker.tracks.id) > 0).all()
        fresh = [i for i in tracker.tracks.id.tolist() if i not in seen]
        assert all(i > max(seen, default=0) for i in fresh)
        seen += fresh
    assert len(seen) == 4


@pytest.mark.parametrize("fps", [2.0, 12.0])
@pytest.mark.parametrize("gap_s", [1.0, 3.0, 6.0, 9.5])
def test_who_comes_back_alone_is_the_same(fps: float, gap_s: float) -> None:
    tracker = _tracker(SOUTH)
    body = Body(still(10.0, 6.0), hidden_s=((5.0, 5.0 + gap_s),))
    assert len(_run(tracker, [body], np.arange(0, gap_s + 8, 1 / fps))) == 1


def test_who_comes_back_too_late_or_elsewhere_or_from_the_edge_is_somebody_new() -> None:
    times = np.arange(0, 17, 0.2)
    late = Body(still(10.0, 6.0), hidden_s=((5.0, 5.0 + TUNING.forget_s + 0.5),))
    assert len(_run(_tracker(SOUTH), [late], times)) == 2
    gone, comer = Body(still(8.0, 6.0), end_s=5.0), Body(still(13.0, 6.0), begin_s=8.0)
    assert len(_run(_tracker(SOUTH), [gone, comer], times)) == 2
    leaver = Body(still(2.2, 6.0), end_s=5.0)  # his box is at the picture's edge
    assert len(_run(_tracker(SOUTH), [leaver, Body(still(2.3, 6.1), begin_s=8.0)], times)) == 2


def test_of_two_who_may_have_come_back_nobody_is_guessed() -> None:
    lost = [Body(still(9.6, 6.0), end_s=5.0), Body(still(10.6, 6.0), end_s=5.0)]
    assert len(_run(_tracker(SOUTH), [*lost, Body(still(10.1, 6.0), begin_s=9.0)], np.arange(0, 12, 0.1))) == 3


def test_a_single_false_box_makes_nobody() -> None:
    tracker = _tracker(SOUTH)
    for i in range(100):
        false = _frame((300.0, 300.0, 340.0, 400.0), score=0.8) if i % 20 == 0 else _frame()
        tracker.step(i / 10, [(0, false)])
        assert not tracker.tracks.confirmed.any()


def test_a_person_seen_by_one_of_two_cameras_that_look_there_is_somebody() -> None:
    tracker = _tracker(SOUTH, NORTH)
    for at in np.arange(0, 3, 0.1).tolist():
        found = detect(SOUTH, [Body(still(10.0, 6.0))], at, Eyes(score=(0.6, 0.7)), 0)
        tracker.step(at, [(0, found), (1, Detections.empty(LABELS))])
    assert tracker.tracks.confirmed.tolist() == [True]


def test_weak_detections_keep_a_track_but_found_none() -> None:
    tracker = SiteTracker([PICTURE], LABELS)
    box = (100.0, 100.0, 150.0, 250.0)
    tracker.step(0.0, [(0, _frame(box, score=0.3))])
    assert len(tracker.tracks) == 0
    for i in range(1, 30):
        tracker.step(i / 10, [(0, _frame(box, score=0.9 if i < 10 else 0.2))])
    assert tracker.tracks.id.tolist() == [1]
    assert tracker.tracks.seen_at.tolist() == [pytest.approx(2.9)]


def test_a_double_of_a_matched_detection_makes_no_second_track() -> None:
    tracker = SiteTracker([PICTURE], LABELS)
    tracker.step(0.0, [(0, _frame((100, 100, 150, 250)))])
    for i in range(1, 10):
        tracker.step(i / 10, [(0, _frame((100, 100, 150, 250), (103, 104, 152, 252)))])
    assert len(tracker.tracks) == 1


def test_what_cannot_be_placed_is_left_out() -> None:
    """Beyond the horizon, without height, too weak, not a number."""
    tracker = _tracker(Pinhole(tilt=10.0))
    nan = float("nan")
    tracker.step(
        0.0, [(0, _frame((100, 20, 150, 60), (100, 400, 150, 400), (nan, 300, nan, 500), (90, nan, 120, 500)))]
    )
    tracker.step(0.1, [(0, _frame((300, 300, 350, 500), score=0.05))])
    assert len(tracker.tracks) == 0


def test_a_box_that_has_just_lost_its_feet_hardly_moves_the_track() -> None:
    tracker = SiteTracker([PICTURE], LABELS)
    for i in range(21):
        tracker.step(i / 10, [(0, _frame((100, 100, 150, 250.0 if i < 20 else 215.0)))])
    assert tracker.tracks.id.tolist() == [1]
    assert tracker.tracks.mean[1, 0] == pytest.approx(250.0, abs=4.0)
    assert tracker.tracks.cov[1, 1, 0] > 7.0**2


def test_a_clock_that_repeats_an_instant_harms_nothing() -> None:
    tracker = _tracker(SOUTH)
    times = np.repeat(np.arange(0, 3, 0.2), 3)
    assert len(_run(tracker, [Body(still(10.0, 6.0))], times)) == 1
    assert np.isfinite(tracker.tracks.mean).all()
    assert (np.linalg.eigvalsh(tracker.tracks.cov.transpose(2, 0, 1)) > 0).all()


def test_two_hundred_at_once() -> None:
    rng = np.random.default_rng(4)
    grid = np.stack(np.meshgrid(np.arange(20) * 38 + 10, np.arange(10) * 50 + 10), axis=-1).reshape(-1, 2)
    tracker = SiteTracker([PICTURE], LABELS)
    for i in range(12):
        corner = grid + rng.normal(0, 0.5, grid.shape)
        boxes = np.hstack([corner, corner + np.array([16, 40])]).tolist()
        tracker.step(i / 10, [(0, _frame(*map(tuple, boxes)))])
    assert tracker.tracks.id.tolist() == list(range(1, 201))
    assert tracker.tracks.confirmed.all()
    np.testing.assert_allclose(tracker.tracks.mean[:2].T, grid + np.array([8, 40]), atol=3.0)
