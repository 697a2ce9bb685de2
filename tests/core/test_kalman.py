"""The filter and its smoother against the textbook's closed forms, and against everything solved at once."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core import kalman
from heatmap_gui.core.types import F8

FADE_S = 3.0


def _times(n: int) -> F8:
    return np.cumsum(np.random.default_rng(2).uniform(0.05, 0.4, n))


def _random_covariances(n: int, d: int) -> F8:
    root = np.random.default_rng(3).normal(size=(n, d, d))
    return np.asarray(root @ root.transpose(0, 2, 1) + 0.1 * np.eye(d))


@pytest.mark.parametrize("d", [2, 4])
def test_one_long_step_is_many_short_ones(d: int) -> None:
    """Exactly in the mean, whose velocity fades; nearly so in the noise, as long as it has hardly faded."""
    steps, dt = 8, 0.05
    f, noise = kalman.transition(np.array([dt]), d, FADE_S, np.ones(1))
    far, far_noise = kalman.transition(np.array([dt * steps]), d, FADE_S, np.ones(1))
    mean, cov = np.arange(1.0, d + 1)[None, :, None], np.zeros((1, d, d))
    expected = far @ mean
    for _ in range(steps):
        mean, cov = kalman.predict(mean, cov, f, noise)
    np.testing.assert_allclose(mean, expected, rtol=1e-12)
    np.testing.assert_allclose(cov, far_noise, rtol=0.2, atol=1e-12)


def test_a_velocity_fades_and_no_time_changes_nothing() -> None:
    f, noise = kalman.transition(np.array([0.0, FADE_S, 1e6]), 2, FADE_S, np.ones(3))
    np.testing.assert_array_equal(f[0], np.eye(2))
    assert not noise[0].any()
    assert f[1, 1, 1] == pytest.approx(np.exp(-1))
    np.testing.assert_allclose(f[2], [[1.0, FADE_S], [0.0, 0.0]])  # it went so far and stands


@pytest.mark.parametrize("size", [1, 2])
def test_inverse(size: int) -> None:
    a = _random_covariances(50, size)
    np.testing.assert_allclose(kalman.inverse(a) @ a, np.broadcast_to(np.eye(size), a.shape), atol=1e-9)


def test_update_adds_information() -> None:
    """Of two independent looks each counts by its information, whichever comes first."""
    prior, r = _random_covariances(6, 4), _random_covariances(6, 2)
    mean, z = np.zeros((6, 4, 1)), np.random.default_rng(1).normal(size=(6, 2, 1))
    after, cov = kalman.update(mean, prior, z, r)
    h = np.eye(4)[:2]
    information = np.linalg.inv(prior) + h.T @ np.linalg.inv(r) @ h
    np.testing.assert_allclose(cov, np.linalg.inv(information), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(after, np.linalg.solve(information, h.T @ np.linalg.solve(r, z)), rtol=1e-6, atol=1e-9)
    first = kalman.update(after, cov, z + 1, 2 * r)
    second = kalman.update(*kalman.update(mean, prior, z + 1, 2 * r), z, r)
    np.testing.assert_allclose(first[0], second[0], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(first[1], second[1], rtol=1e-6, atol=1e-9)


def test_smoothing_is_least_squares_over_all_instants() -> None:
    """States of 12 instants as one linear system: the smoother must find the same means and covariances."""
    times, q, r = _times(12), np.ones(1), 0.04 * np.eye(1)[None]
    z = np.random.default_rng(5).normal(0, 0.2, len(times)) + np.sin(times)
    mean, cov = np.zeros((1, 2, 1)), np.diag([10.0, 4.0])[None]
    steps = [kalman.transition(np.array([dt]), 2, FADE_S, q) for dt in np.diff(times)]
    states = []
    information, vector = np.zeros((24, 24)), np.zeros(24)
    information[:2, :2] = np.linalg.inv(cov[0])
    for k in range(len(times)):
        if k:
            mean, cov = kalman.predict(mean, cov, *steps[k - 1])
            both = np.hstack([-steps[k - 1][0][0], np.eye(2)])
            rows = slice(2 * k - 2, 2 * k + 2)
            information[rows, rows] += both.T @ np.linalg.inv(steps[k - 1][1][0]) @ both
        mean, cov = kalman.update(mean, cov, z[k].reshape(1, 1, 1), r)
        information[2 * k, 2 * k] += 1 / 0.04
        vector[2 * k] += z[k] / 0.04
        states.append((mean, cov))
    best, spread = np.linalg.solve(information, vector), np.linalg.inv(information)
    for k in range(len(times) - 1, -1, -1):
        if k < len(times) - 1:
            mean, cov = kalman.smooth(*states[k], *steps[k], mean, cov)
        np.testing.assert_allclose(mean[0, :, 0], best[2 * k : 2 * k + 2], atol=1e-6)
        np.testing.assert_allclose(cov[0], spread[2 * k : 2 * k + 2, 2 * k : 2 * k + 2], atol=1e-6)
