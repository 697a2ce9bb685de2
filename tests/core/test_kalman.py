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
    return np.asarray((root @ root.transpose(0, 2, 1) + 0.1 * np.eye(d)).transpose(1, 2, 0))


def _inverse(a: F8) -> F8:
    return np.asarray(np.linalg.inv(a.transpose(2, 0, 1)).transpose(1, 2, 0))


@pytest.mark.parametrize("d", [2, 4])
def test_one_long_step_is_many_short_ones(d: int) -> None:
    """Exactly in the mean, whose velocity fades; nearly so in the noise, as long as it has hardly faded."""
    steps, dt = 8, 0.05
    mean, cov = np.arange(1.0, d + 1)[:, None], np.zeros((d, d, 1))
    far, far_cov = kalman.predict(mean, cov, dt * steps, FADE_S, np.ones(1))
    for _ in range(steps):
        mean, cov = kalman.predict(mean, cov, dt, FADE_S, np.ones(1))
    np.testing.assert_allclose(mean, far, rtol=1e-12)
    np.testing.assert_allclose(cov, far_cov, rtol=0.2, atol=1e-12)


def test_a_velocity_fades_and_no_time_changes_nothing() -> None:
    mean, cov = np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]), _random_covariances(3, 2)
    later, later_cov = kalman.predict(mean, cov, np.array([0.0, FADE_S, 1e6]), FADE_S, np.zeros(3))
    np.testing.assert_array_equal(later[:, 0], mean[:, 0])
    np.testing.assert_array_equal(later_cov[..., 0], cov[..., 0])
    assert later[1, 1] == pytest.approx(2 * np.exp(-1))
    np.testing.assert_allclose(later[:, 2], [1 + 2 * FADE_S, 0.0])  # it went so far and stands


@pytest.mark.parametrize("d", [2, 4])
def test_a_step_is_the_textbooks(d: int) -> None:
    """F P F' + Q, for one time and for a time of each track; what goes in stays as it was."""
    mean, cov, q = np.random.default_rng(0).normal(size=(d, 3, 5)), _random_covariances(5, d), np.arange(1.0, 6.0)
    before, dt, one = cov.copy(), 0.4, np.eye(d // 2)
    keep = np.exp(-dt / FADE_S)
    f = np.block([[one, FADE_S * (1 - keep) * one], [0 * one, keep * one]])
    noise = np.block([[dt**3 / 3 * one, dt**2 / 2 * one], [dt**2 / 2 * one, dt * one]])
    for step in (dt, np.full(5, dt)):
        later, later_cov = kalman.predict(mean, cov, step, FADE_S, q)
        np.testing.assert_allclose(later, np.einsum("ij,jmn->imn", f, mean))
        np.testing.assert_allclose(later_cov, np.einsum("ij,jkn,lk->iln", f, cov, f) + noise[..., None] * q)
    np.testing.assert_array_equal(cov, before)


def test_update_adds_information() -> None:
    """Of two independent looks each counts by its information, whichever comes first."""
    prior, r = _random_covariances(6, 4), _random_covariances(6, 2)
    mean, z = np.zeros((4, 6)), np.random.default_rng(1).normal(size=(2, 6))
    after, cov = kalman.update(mean, prior, z, r)
    information, weight = _inverse(prior), _inverse(r)
    information[:2, :2] += weight
    np.testing.assert_allclose(cov, _inverse(information), rtol=1e-7, atol=1e-9)
    expected = np.einsum("ijn,jkn,kn->in", _inverse(information)[:, :2], weight, z)
    np.testing.assert_allclose(after, expected, rtol=1e-6, atol=1e-9)
    first = kalman.update(after, cov, z + 1, 2 * r)
    second = kalman.update(*kalman.update(mean, prior, z + 1, 2 * r), z, r)
    np.testing.assert_allclose(first[0], second[0], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(first[1], second[1], rtol=1e-6, atol=1e-9)


def _motion(dt: float) -> tuple[F8, F8]:
    """Transition and noise of one position and its rate, for q = 1: a step from nothing."""
    columns = [kalman.predict(e[:, None], np.zeros((2, 2, 1)), dt, FADE_S, np.ones(1)) for e in np.eye(2)]
    return np.hstack([mean for mean, _ in columns]), columns[0][1][..., 0]


def test_smoothing_is_least_squares_over_all_instants() -> None:
    """States of 12 instants as one linear system: the smoother must find the same means and covariances."""
    times, q, r = _times(12), np.ones(1), 0.04 * np.ones((1, 1, 1))
    z = np.random.default_rng(5).normal(0, 0.2, len(times)) + np.sin(times)
    mean, cov = np.zeros((2, 1)), np.diag([10.0, 4.0])[..., None]
    steps = np.diff(times).tolist()
    states = []
    information, vector = np.zeros((24, 24)), np.zeros(24)
    information[:2, :2] = np.linalg.inv(cov[..., 0])
    for k in range(len(times)):
        if k:
            mean, cov = kalman.predict(mean, cov, steps[k - 1], FADE_S, q)
            f, noise = _motion(steps[k - 1])
            both = np.hstack([-f, np.eye(2)])
            rows = slice(2 * k - 2, 2 * k + 2)
            information[rows, rows] += both.T @ np.linalg.inv(noise) @ both
        mean, cov = kalman.update(mean, cov, z[k].reshape(1, 1), r)
        information[2 * k, 2 * k] += 1 / 0.04
        vector[2 * k] += z[k] / 0.04
        states.append((mean, cov))
    best, spread = np.linalg.solve(information, vector), np.linalg.inv(information)
    for k in range(len(times) - 1, -1, -1):
        if k < len(times) - 1:
            mean, cov = kalman.smooth(*states[k], steps[k], FADE_S, q, mean, cov)
        np.testing.assert_allclose(mean[:, 0], best[2 * k : 2 * k + 2], atol=1e-6)
        np.testing.assert_allclose(cov[..., 0], spread[2 * k : 2 * k + 2, 2 * k : 2 * k + 2], atol=1e-6)
