"""The customers: they keep to the aisles, queue in order, and do not change when more time is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.vision.synthetic import load_scene
from heatmap_gui.vision.synthetic.people import STEP_S, Walker
from heatmap_gui.vision.synthetic.store import BLOCKS, TILLS

DURATION_S = 200.0


@pytest.fixture(scope="module")
def people() -> tuple[Walker, ...]:
    return load_scene("store", 1).people(DURATION_S)


def test_a_longer_duration_changes_nobodys_earlier_steps(people: tuple[Walker, ...]) -> None:
    later = {w.id: w for w in load_scene("store", 1).people(DURATION_S + 60.0)}
    for walker in people:
        until = np.count_nonzero(walker.times_s <= DURATION_S)
        assert np.array_equal(walker.path[:until], later[walker.id].path[:until])


def test_the_store_is_neither_empty_nor_full(people: tuple[Walker, ...]) -> None:
    inside = [sum(s is not None and s.y < 13.0 for w in people if (s := w.stance(at))) for at in range(0, 200, 5)]
    assert min(inside) >= 3
    assert max(inside) <= 20
    assert np.mean(inside) > 5


def test_nobody_walks_through_fixtures_or_faster_than_people_do(people: tuple[Walker, ...]) -> None:
    for walker in people:
        for b in BLOCKS:
            x, y = walker.path.T
            assert not ((x > b.x0) & (x < b.x1) & (y > b.y0) & (y < b.y1)).any()
        steps = np.linalg.norm(np.diff(walker.path, axis=0), axis=1)
        assert steps.max() / STEP_S < 2.5


def test_heights_are_those_of_adults(people: tuple[Walker, ...]) -> None:
    assert all(1.55 <= w.height_m <= 1.9 for w in people)


def test_one_at_a_time_is_served_at_a_till(people: tuple[Walker, ...]) -> None:
    served = 0
    for till in TILLS:
        for at in np.arange(0.0, DURATION_S, 0.5).tolist():
            stances = [s for w in people if (s := w.stance(at)) and s.speed < 0.05]
            there = sum(np.hypot(s.x - till.slots[0][0], s.y - till.slots[0][1]) < 0.35 for s in stances)
            assert there <= 1
            served += there
    assert served > 0


def test_a_walker_is_nowhere_before_he_comes_and_after_he_has_gone(people: tuple[Walker, ...]) -> None:
    walker = people[-1]
    assert walker.stance(walker.start_s - 0.1) is None
    assert walker.stance(walker.end_s + 0.1) is None
    stance = walker.stance(walker.start_s + 1.5 * STEP_S)
    assert stance is not None
    assert (stance.x, stance.y) == pytest.approx(walker.path[1:3].mean(axis=0))
