"""Line crossings against exact geometry: every angle, every frame rate, and what must count nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.meters.crossings import CrossingMeter, LineRegion
from heatmap_gui.core.meters.visits import MARGIN_M
from heatmap_gui.core.types import F8, Points
from tests.core.meters.walks import points, smooth_walk, straight, turned

DOOR = (np.array([-1.0, 0.0]), np.array([1.0, 0.0]))
SOUTH, NORTH = (0.2, 2.0), (0.2, -2.0)  # y down: south is on the right of a walk along the door from west to east


def count(rows: Sequence[Points], angle: float = 0.0, ends: tuple[F8, F8] = DOOR) -> list[tuple[str, float]]:
    meter = CrossingMeter([LineRegion("door", turned(ends[0], angle), turned(ends[1], angle), "left")])
    for part in rows:
        meter.add(part)
    return [(crossing.direction, crossing.at) for crossing in meter.take()]


def directions(way: F8, fps: float = 10.0, angle: float = 0.0) -> list[str]:
    return [direction for direction, _ in count([points(turned(way, angle), fps)], angle)]


def test_left_of_a_walk_from_a_to_b_with_y_down() -> None:
    """On a screen: a is left, b is right; who walks up goes to the left hand, which is in."""
    up = points(straight(SOUTH, NORTH, 41), 10.0)
    [(direction, at)] = count([up])
    assert direction == "in"
    assert at == pytest.approx(2.0)
    assert directions(straight(NORTH, SOUTH, 41)) == ["out"]
    right = CrossingMeter([LineRegion("door", *DOOR, "right")])
    right.add(up)
    assert right.take()[0].direction == "out"
    assert right.take() == []


@given(st.floats(0, 2 * math.pi), st.integers(0, 500))
@settings(max_examples=12)
def test_turning_the_scene_changes_nothing(angle: float, seed: int) -> None:
    walk = smooth_walk(seed, fps=10.0)
    assert directions(walk, angle=angle) == directions(walk)


@given(st.integers(0, 5000))
@settings(max_examples=15)
def test_counts_are_those_of_exact_geometry(seed: int) -> None:
    walk = smooth_walk(seed)
    dense, sparse = count([points(walk, 25.0)]), count([points(walk[::5], 5.0)])
    expected = true_crossings(walk, 25.0)
    assert [d for d, _ in dense] == [d for d, _ in expected]
    assert [t for _, t in dense] == pytest.approx([t for _, t in expected], abs=1e-6)
    if not grazes(walk):
        assert [d for d, _ in sparse] == [d for d, _ in dense]


def true_crossings(walk: F8, fps: float) -> list[tuple[str, float]]:
    """From the begin on, between stays farther than the margin from the line: the last way through, if it is one."""
    found, settled, last = [], 1.0 if walk[0, 1] >= 0 else -1.0, None
    for k in range(len(walk) - 1):
        (x0, y0), (x1, y1) = walk[k], walk[k + 1]
        if abs(y0) > MARGIN_M:
            settled = math.copysign(1, y0)
        if (y0 >= 0) != (y1 >= 0):
            part = y0 / (y0 - y1)
            last = (-1 <= x0 + part * (x1 - x0) < 1, (k + part) / fps)
        if abs(y1) > MARGIN_M and settled and last and math.copysign(1, y1) == -settled:
            if last[0]:
                found.append(("in" if y1 < 0 else "out", last[1]))
            settled = -settled
    return found


def grazes(walk: F8) -> bool:
    """Whether the way turns back near the margin or passes near the door's ends, where sampling may decide."""
    y = walk[:, 1]
    turns = np.flatnonzero(np.diff(np.sign(np.diff(y)))) + 1
    near = np.hypot(np.abs(walk[:, 0]) - 1, y) < 0.3
    return bool((np.abs(np.abs(y[turns]) - MARGIN_M) < 0.08).any() or near.any() or abs(y[0]) < 0.3)


def test_jumping_over_between_two_frames_counts() -> None:
    assert directions(np.array([[0.0, 9.0], [0.1, -9.0], [0.0, 9.0]]), fps=1.0) == ["in", "out"]


def test_past_the_ends_counts_nothing_but_the_side_is_known() -> None:
    around = np.concatenate(
        [straight((2, 2), (2, -2), 21), straight((2, -2), (0, -2), 21), straight((0, -2), (0, 2), 21)]
    )
    assert directions(around) == ["out"]


def test_flicker_within_the_margin_counts_nothing() -> None:
    flicker = np.array([[0.0, 0.1 * (-1) ** k] for k in range(50)])
    come = straight((0, 2), (0, 0.3), 20)
    assert directions(np.concatenate([come, flicker, come[::-1]])) == []
    assert directions(np.concatenate([come, flicker, -come[::-1]])) == ["in"]


@pytest.mark.parametrize(("end", "expected"), [(-2.0, ["in"]), (-0.1, []), (2.0, [])])
def test_who_is_seen_first_at_the_door_has_come_through_it_once_he_is_clear_of_it(
    end: float, expected: list[str]
) -> None:
    assert directions(straight((0, 0.1), (0, end), 20)) == expected


@pytest.mark.parametrize(("end", "expected"), [(-0.1, ["in"]), (0.1, []), (-2.0, ["in"])])
def test_who_is_seen_last_beyond_the_door_has_gone_through_it(end: float, expected: list[str]) -> None:
    """Also as the class that he was, once; a way that ends past the door's ends is none."""
    meter = CrossingMeter([LineRegion("door", *DOOR)])
    for track_id, x in ((1, 0.0), (2, 1.5)):
        meter.add(points(straight((x, 2), (x, end), 41), 10.0, track_id=track_id, label="worker"))
    meter.end([1, 2, 3])
    found = meter.take()
    assert [(c.track_id, c.label, c.direction) for c in found] == [(1, "worker", way) for way in expected]
    meter.end([1])
    assert meter.take() == []


def test_two_lines_end_to_end_count_their_joint_once() -> None:
    meter = CrossingMeter(
        [LineRegion("w", np.array([-1.0, 0.0]), np.zeros(2)), LineRegion("e", np.zeros(2), np.array([1.0, 0.0]))]
    )
    meter.add(points(straight((0, 1), (0, -1), 20), 10.0))
    assert [c.line_id for c in meter.take()] == ["e"]


@pytest.mark.parametrize("chunk", [1, 3, 17])
def test_chunks_of_many_tracks_count_like_each_alone(chunk: int) -> None:
    walks = [points(smooth_walk(seed, 10.0, 10.0), 10.0, track_id=seed) for seed in range(90)]
    everything = Points.join(walks)
    by_time = everything.take(np.argsort(everything.at, kind="stable"))
    step = chunk * len(walks)
    whole = CrossingMeter([LineRegion("door", *DOOR)])
    for start in range(0, len(by_time), step):
        whole.add(by_time.take(slice(start, start + step)))
    whole.end(range(90))
    alone = CrossingMeter([LineRegion("door", *DOOR)])
    for walk in walks:
        alone.add(walk)
        alone.end(walk.track_id[:1].tolist())
    assert sorted(whole.take(), key=lambda c: (c.track_id, c.at)) == alone.take()


def test_margin_may_differ_by_row() -> None:
    way = straight((0, 2), (0, -2), 41)
    meter = CrossingMeter([LineRegion("door", *DOOR)])
    meter.add(points(way, 10.0), margin=np.full(41, 2.5))
    assert meter.take() == []
    meter.add(points(way, 10.0, track_id=2, label="car"), margin=np.full(41, 0.5))
    assert [(c.track_id, c.label) for c in meter.take()] == [(2, "car")]


def test_a_line_that_is_drawn_anew_forgets_its_sides_and_no_other_does() -> None:
    """Somebody comes from the left; when they are between them, the first line is moved behind them."""
    kept = LineRegion("kept", np.array([1.0, 1.0]), np.array([1.0, -1.0]))
    moved = LineRegion("moved", np.array([-1.0, 1.0]), np.array([-1.0, -1.0]))
    rows = points(straight((-3.0, 0.0), (3.0, 0.0), 61), 10.0)
    meter = CrossingMeter([moved, kept])
    meter.add(rows.take(np.r_[0:31]))
    meter.redraw([kept, replace(moved, a=moved.a - 1, b=moved.b - 1)])
    meter.add(rows.take(np.r_[31:61]))
    meter.end([1])
    found = meter.take()
    assert [crossing.line_id for crossing in found] == ["moved", "kept"]
    assert [crossing.at for crossing in found] == pytest.approx([2.0, 4.0])
