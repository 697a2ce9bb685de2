"""What continues what: overlaps, likelihoods and the cheapest pairs."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.association import assign, overlap, surprise, within
from heatmap_gui.core.types import F8, I8


def test_overlap_by_hand() -> None:
    a = np.array([[0.0, 0.0, 10.0, 20.0], [100.0, 0.0, 110.0, 20.0]]).T
    b = np.array([[0.0, 0.0, 10.0, 20.0], [5.0, 0.0, 15.0, 20.0], [0.0, 5.0, 10.0, 15.0], [10.0, 0.0, 20.0, 20.0]]).T
    np.testing.assert_allclose(overlap(a[..., None], b[:, None])[0], [1.0, 1 / 3, 0.5, 0.0])
    assert not overlap(a[..., None], b[:, None])[1].any()
    np.testing.assert_allclose(overlap(a[..., None], a[:, None]), overlap(a[..., None], a[:, None]).T)


def test_an_uncertain_box_overlaps_its_neighbour() -> None:
    a, near = np.array([[0.0, 0.0, 10.0, 20.0]]).T, np.array([[12.0, 0.0, 22.0, 20.0]]).T
    assert overlap(a, near)[0] == 0.0
    grown = [overlap(a, near, margin)[0] for margin in (0.1, 0.2, 0.4)]
    assert 0 < grown[0] < grown[1] < grown[2] < 1
    assert overlap(a, near, np.array([0.1]))[0] == pytest.approx(2 * 24 / (2 * 14 * 24 - 2 * 24))


def _all_pairs(n: int, m: int) -> tuple[I8, I8]:
    i, j = np.divmod(np.arange(n * m), m)
    return i, j


def test_surprise_is_the_negative_log_likelihood() -> None:
    """But for a constant, of an exact hit at 0.2 m, which costs nothing."""
    rng = np.random.default_rng(0)
    cov, r = _covariances(rng, 3, 1.0), np.repeat(0.02 * np.eye(2)[..., None], 4, axis=2)
    place, z = rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
    distance, cost = (each.reshape(3, 4) for each in surprise(_all_pairs(3, 4), place, cov, z, r, np.ones(4)))
    for i in range(3):
        for j in range(4):
            spread, off = cov[..., i] + r[..., j], z[:, j] - place[:, i]
            assert distance[i, j] == pytest.approx(off @ np.linalg.solve(spread, off))
            assert cost[i, j] == pytest.approx(0.5 * (distance[i, j] + np.log(np.linalg.det(spread) / 0.2**4)))
    exact = surprise(
        _all_pairs(1, 1), place[:, :1], 0.04 * np.eye(2)[..., None], place[:, :1], np.zeros((2, 2, 1)), np.ones(1)
    )
    assert exact[0].item() == 0.0
    assert exact[1].item() == pytest.approx(0.0, abs=1e-12)


def test_surprise_does_not_depend_on_the_unit() -> None:
    """A floor in pixels of which 40 are a metre costs the same."""
    place, z = np.array([[3.0], [4.0]]), np.array([[3.4], [4.3]])
    cov, r = np.diag([0.1, 0.3])[..., None], np.diag([0.02, 0.05])[..., None]
    metres = surprise(_all_pairs(1, 1), place, cov, z, r, np.ones(1))
    pixels = surprise(_all_pairs(1, 1), 40 * place, 1600 * cov, 40 * z, 1600 * r, np.full(1, 40.0))
    np.testing.assert_allclose(pixels, metres)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 5))
def test_the_cheapest_pairs_are_chosen(seed: int, n: int, m: int) -> None:
    """As trying them all says; leaving a pair out costs as much as the dearest that is allowed."""
    limit = 5.0
    cost = np.random.default_rng(seed).uniform(0, 10, (n, m))
    i, j = np.nonzero(cost <= limit)
    taken = assign(i, j, cost[i, j], limit)
    rows, columns = i[taken], j[taken]
    assert len(set(rows.tolist())) == len(rows) == len(set(columns.tolist()))
    capped = np.minimum(cost, limit) if n <= m else np.minimum(cost, limit).T
    best = min(sum(capped[i, j] for i, j in enumerate(p)) for p in permutations(range(max(n, m)), min(n, m)))
    chosen = cost[rows, columns].sum() + limit * (min(n, m) - len(rows))
    assert chosen == pytest.approx(best, abs=1e-4)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.floats(1.0, 60.0))
def test_no_pair_below_the_gate_is_overlooked(seed: int, gate: float) -> None:
    """Far from the origin of the plan too, where squares lose digits."""
    rng = np.random.default_rng(seed)
    position, z = 1e5 + rng.normal(0, 3, (2, 2, 20))
    floor: tuple[F8, F8, F8, F8] = position, _covariances(rng, 20), z, _covariances(rng, 20)
    pairs = _all_pairs(20, 20)
    near = surprise(pairs, *floor, np.ones(20))[0] <= gate
    found = set(zip(*(side.tolist() for side in within(gate, *floor)), strict=True))
    assert found >= set(zip(pairs[0][near].tolist(), pairs[1][near].tolist(), strict=True))
    assert len(found) < 400


def _covariances(rng: np.random.Generator, n: int, size: float = 0.1) -> F8:
    root = rng.normal(0, size, (2, 2, n))
    return np.asarray(np.einsum("ikn,jkn->ijn", root, root) + 1e-2 * size**2 * np.eye(2)[..., None])


def test_nothing_is_near_nobody() -> None:
    nobody, noise = np.zeros((2, 0)), np.zeros((2, 2, 0))
    assert [len(side) for side in within(9.0, nobody, noise, np.zeros((2, 1)), np.eye(2)[..., None])] == [0, 0]
    none = np.zeros(0, np.int64)
    assert len(assign(none, none, np.zeros(0), 5.0)) == 0
