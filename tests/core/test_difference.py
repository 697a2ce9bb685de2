"""Chance is not called a change, a change is, and an outage is neither."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.difference import LEAST_BLOCKS, compare
from heatmap_gui.core.grid import smooth
from heatmap_gui.core.types import F8

SHAPE = (20, 30)
EVERYWHERE = np.ones(SHAPE, np.bool_)


def noise(seed: int, blocks: int) -> F8:
    random = np.random.default_rng(seed)
    return np.array([smooth(random.gamma(0.3, 30, SHAPE), EVERYWHERE, 1.4) for _ in range(blocks)])


def watched(blocks: int) -> F8:
    return np.full((blocks, *SHAPE), 3600.0)


@pytest.mark.parametrize("blocks", [8, 12])
def test_chance_is_rarely_called_a_change_anywhere_on_the_floor(blocks: int) -> None:
    seen = watched(blocks)
    wrong = [
        compare(noise(seed, blocks), noise(1000 + seed, blocks), seen, seen, EVERYWHERE).significant.any()
        for seed in range(60)
    ]
    assert sum(wrong) <= 8, "5 % of 60 are 3; more than 8 would be there in 1 of 200 runs"


def test_a_change_is_found_where_it_is_and_its_interval_holds_it() -> None:
    a, b, seen = noise(1, 12), noise(2, 12), watched(12)
    b[:, 5:8, 5:8] += 40
    found = compare(a, b, seen, seen, EVERYWHERE)
    assert found.significant[6, 6]
    assert found.significant[:, 15:].sum() == 0
    assert abs(found.change[6, 6] - 12 * 40) < found.half[6, 6]
    all_a, all_b, half = found.within(EVERYWHERE, 2.0)
    assert (all_a, all_b) == pytest.approx((2 * a.sum(), 2 * b.sum()))
    assert abs(all_b - all_a - 2 * 12 * 9 * 40) < half


def test_an_outage_is_taken_out_of_both() -> None:
    a = np.full((8, *SHAPE), 10.0)
    seen, short = watched(8), watched(8)
    short[3] = 0
    short[5] = 1800
    b = a * short / 3600
    found = compare(a, b, seen, short, EVERYWHERE)
    np.testing.assert_allclose(found.change, 0, atol=1e-9)
    assert not found.significant.any()
    assert found.a[0, 0] == pytest.approx(6 * 10 + 5)


def test_what_one_of_both_never_saw_is_not_compared() -> None:
    a, seen = noise(1, 8), watched(8)
    half = seen.copy()
    half[:, :, :10] = 0
    found = compare(a, a, half, seen, EVERYWHERE)
    assert np.isnan(found.change[:, :10]).all()
    assert not found.seen[:, :10].any()


def test_too_few_blocks_tell_nothing() -> None:
    few = LEAST_BLOCKS - 1
    a, seen = np.zeros((few, *SHAPE)), watched(few)
    assert not compare(a, a + 100, seen, seen, EVERYWHERE).significant.any()
    one = compare(a[:1], a[:1] + 100, seen[:1], seen[:1], EVERYWHERE)
    assert np.isnan(one.within(EVERYWHERE, 1.0)[2])
