"""What continues what: overlaps, likelihoods and the cheapest pairs."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.association import NEVER, assign, overlap, surprise


def test_overlap_by_hand() -> None:
    a = np.array([[0.0, 0.0, 10.0, 20.0], [100.0, 0.0, 110.0, 20.0]])
    b = np.array([[0.0, 0.0, 10.0, 20.0], [5.0, 0.0, 15.0, 20.0], [0.0, 5.0, 10.0, 15.0], [10.0, 0.0, 20.0, 20.0]])
    np.testing.assert_allclose(overlap(a, b)[0], [1.0, 1 / 3, 0.5, 0.0])
    assert not overlap(a, b)[1].any()
    np.testing.assert_allclose(overlap(a, a), overlap(a, a).T)


def test_an_uncertain_box_overlaps_its_neighbour() -> None:
    a, near = np.array([[0.0, 0.0, 10.0, 20.0]]), np.array([[12.0, 0.0, 22.0, 20.0]])
    assert overlap(a, near)[0, 0] == 0.0
    grown = [overlap(a, near, np.array([margin]))[0, 0] for margin in (0.1, 0.2, 0.4)]
    assert 0 < grown[0] < grown[1] < grown[2] < 1
    assert overlap(a, near, np.array([0.1]))[0, 0] == pytest.approx(2 * 24 / (2 * 14 * 24 - 2 * 24))


def test_surprise_is_the_negative_log_likelihood() -> None:
    """But for a constant, of an exact hit at 0.2 m, which costs nothing."""
    rng = np.random.default_rng(0)
    root = rng.normal(size=(3, 2, 2))
    cov, r = root @ root.transpose(0, 2, 1) + 0.01 * np.eye(2), np.tile(0.02 * np.eye(2), (4, 1, 1))
    place, z = rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
    distance, cost = surprise(place, cov, z, r, np.ones(4))
    for i in range(3):
        for j in range(4):
            spread, off = cov[i] + r[j], z[j] - place[i]
            assert distance[i, j] == pytest.approx(off @ np.linalg.solve(spread, off))
            assert cost[i, j] == pytest.approx(0.5 * (distance[i, j] + np.log(np.linalg.det(spread) / 0.2**4)))
    exact = surprise(place[:1], 0.04 * np.eye(2)[None], place[:1], np.zeros((1, 2, 2)), np.ones(1))
    assert exact[0].item() == 0.0
    assert exact[1].item() == pytest.approx(0.0, abs=1e-12)


def test_surprise_does_not_depend_on_the_unit() -> None:
    """A floor in pixels of which 40 are a metre costs the same."""
    place, z = np.array([[3.0, 4.0]]), np.array([[3.4, 4.3]])
    cov, r = np.diag([0.1, 0.3])[None], np.diag([0.02, 0.05])[None]
    metres = surprise(place, cov, z, r, np.ones(1))
    pixels = surprise(40 * place, 1600 * cov, 40 * z, 1600 * r, np.full(1, 40.0))
    np.testing.assert_allclose(pixels, metres)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 5))
def test_the_cheapest_pairs_are_chosen(seed: int, n: int, m: int) -> None:
    """As trying them all says; leaving a pair out costs as much as the dearest that is allowed."""
    limit = 5.0
    cost = np.random.default_rng(seed).uniform(0, 10, (n, m))
    cost[cost > 9] = NEVER
    rows, columns = assign(cost, limit)
    assert (cost[rows, columns] <= limit).all()
    assert len(set(rows.tolist())) == len(rows) == len(set(columns.tolist()))
    capped = np.minimum(cost, limit) if n <= m else np.minimum(cost, limit).T
    best = min(sum(capped[i, j] for i, j in enumerate(p)) for p in permutations(range(max(n, m)), min(n, m)))
    chosen = cost[rows, columns].sum() + limit * (min(n, m) - len(rows))
    assert chosen == pytest.approx(best, abs=1e-4)


def test_a_pair_that_cannot_be_does_not_pull_at_those_that_can() -> None:
    cost = np.array([[1.0, 3.0], [2.0, NEVER]])
    assert [pair.tolist() for pair in assign(cost, 8.0)] == [[0, 1], [1, 0]]
    assert [pair.tolist() for pair in assign(np.array([[1.0, 9.0], [NEVER, NEVER]]), 8.0)] == [[0], [0]]
