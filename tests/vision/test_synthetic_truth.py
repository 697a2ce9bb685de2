"""The truth itself, against paths that can be worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.vision.synthetic import load_scene, truth, write_truth
from heatmap_gui.vision.synthetic.truth import passages, stays

SQUARE = np.array([(2.0, 2.0), (6.0, 2.0), (6.0, 6.0), (2.0, 6.0)])


def test_a_straight_walk_through_a_square_stays_as_long_as_its_width_takes() -> None:
    times = np.array([10.0, 20.0])
    path = np.array([(0.0, 4.0), (10.0, 4.0)])
    ((enter, leave),) = stays(times, path, SQUARE)
    assert (enter, leave) == pytest.approx((12.0, 16.0))


def test_coming_back_is_a_second_visit_and_a_turn_inside_is_not() -> None:
    times = np.arange(5.0)
    path = np.array([(4.0, 0.0), (4.0, 4.0), (5.0, 5.0), (4.0, 0.0), (4.0, 3.0)])
    found = stays(times, path, SQUARE)
    assert [round(leave - enter, 6) for enter, leave in found] == pytest.approx([2.1, 1 / 3], abs=1e-5)


def test_left_of_a_line_is_up_on_the_plan_when_it_runs_to_the_right() -> None:
    times, a, b = np.array([0.0, 2.0]), np.array([0.0, 1.0]), np.array([4.0, 1.0])
    up, down = np.array([(1.0, 2.0), (1.0, 0.0)]), np.array([(1.0, 0.0), (1.0, 2.0)])
    assert passages(times, up, a, b) == [(1.0, "left")]
    assert passages(times, down, a, b) == [(1.0, "right")]
    assert passages(times, up + np.array([9.0, 0.0]), a, b) == []


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=30))
def test_sides_alternate_and_end_where_the_walker_stands(points: list[tuple[float, float]]) -> None:
    path = np.array(points)
    found = passages(np.arange(len(path), dtype=float), path, np.array([-100.0, 0.3]), np.array([100.0, 0.3]))
    sides = ["right" if points[0][1] >= 0.3 else "left", *(side for _, side in found)]
    assert all(before != after for before, after in pairwise(sides))
    assert sides[-1] == ("right" if points[-1][1] >= 0.3 else "left")


def test_the_still_person_is_there_for_sixty_seconds_on_one_spot() -> None:
    known = truth("still", 3, 80.0, 10.0)
    assert known.at_s[0] == pytest.approx(10.0)
    assert len(known.at_s) / 10.0 == pytest.approx(60.0, abs=0.11)
    assert np.ptp(known.x) < 1e-9
    assert np.ptp(known.y) < 1e-9
    assert [v.zone_id for v in known.visits] == ["east"]
    assert known.visits[0].dwell_s == pytest.approx(60.0, abs=0.06)


def test_whoever_enters_the_store_crosses_the_line_once_inwards() -> None:
    known = truth("store", 1, 120.0, 1.0)
    inwards = [c for c in known.crossings if c.direction == "in"]
    gate_y = load_scene("store", 1).gates[0].a[1]
    assert inwards
    for crossing in inwards:
        later = (known.track_id == crossing.track_id) & (known.at_s > crossing.at)
        assert (known.y[later][:5] < gate_y).all()
    assert len({c.track_id for c in inwards}) == len(inwards)


def test_written_truth_has_the_forms_of_the_outputs(tmp_path: Path) -> None:
    known = write_truth(tmp_path, "walkers", 2, 4.0, 5.0)
    rows = np.loadtxt(tmp_path / "gt_camera_1.txt", delimiter=",")
    assert rows.shape[1] == 10
    assert set(rows[:, 6]) <= {0.0, 1.0}
    first = rows[0]
    match = (known.frame == first[0] - 1) & (known.track_id == first[1])
    assert (known.x[match][0], known.y[match][0]) == pytest.approx((first[7], first[8]), abs=1e-4)
    heads = {name: (tmp_path / name).read_text().splitlines()[0] for name in ("visits.csv", "crossings.csv")}
    assert heads == {
        "visits.csv": "zone_id,track_id,class,enter_s,leave_s,dwell_s",
        "crossings.csv": "line_id,track_id,class,t_s,direction",
    }
    assert len((tmp_path / "floor_truth.csv").read_text().splitlines()) == len(known.x) + 1
