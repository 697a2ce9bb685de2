"""Batched Kalman filtering and smoothing of many tracks at once.

The last axis is the track, so that every step is a few operations on whole rows. A state is `mean` (d, ..., n) with
`cov` (d, d, n): d state variables, of which the first `d // 2` are positions and the rest their rates; what stands
between are channels that share one covariance. A floor state's mean is (4, n): x, y and their rates. A box state's is
(2, 4, n): left, top, right, bottom and their rates, with a covariance in box heights.

Motion: nearly constant velocity whose velocity fades with time constant `fade_s`, driven by white acceleration of
density `q` (n,), over a time `dt_s` that is one for all or (n,) (Bar-Shalom, Li & Kirubarajan, Estimation with
Applications to Tracking and Navigation, 2001, ch. 6).
"""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import F8


def predict(mean: F8, cov: F8, dt_s: F8 | float, fade_s: float, q: F8 | float) -> tuple[F8, F8]:
    """The state dt_s later."""
    keep = np.exp(-dt_s / fade_s)
    move = fade_s * (1 - keep)
    mean, cov = mean.copy(), cov.copy()
    _transit(mean, move, keep)
    _transit(cov, move, keep)
    _transit(cov.swapaxes(0, 1), move, keep)
    _disturb(cov, dt_s, q)
    return mean, cov


def update(mean: F8, cov: F8, z: F8, r: F8 | float) -> tuple[F8, F8]:
    """The state after seeing positions z (d/2, ..., n), of which there are one or two, with noise r (d/2, d/2, n).

    With S = P[:half, :half] + r = L L', columns u = P[:, :half] L'^-1 and misses e = L^-1 (z - m), what the gain does
    is m + u e and P - u u'. That stays symmetric, and the Joseph form is not needed: S >= r.
    """
    half = len(z)
    s, miss = cov[:half, :half] + r, z - mean[:half]
    root = np.sqrt(s[0, 0])
    u, e = cov[:, 0] / root, miss[0] / root
    new_mean, new_cov = mean + np.einsum("in,...n->i...n", u, e), cov - u[:, None] * u
    if half == 2:
        share = s[1, 0] / root
        root = np.sqrt(s[1, 1] - share * share)
        u, e = (cov[:, 1] - share * u) / root, (miss[1] - share * e) / root
        new_mean += np.einsum("in,...n->i...n", u, e)
        new_cov -= u[:, None] * u
    return new_mean, new_cov


def smooth(
    mean: F8, cov: F8, dt_s: F8 | float, fade_s: float, q: F8 | float, later_mean: F8, later_cov: F8
) -> tuple[F8, F8]:
    """One backward step of the Rauch-Tung-Striebel smoother: the filtered state, knowing what came later.

    mean, cov: filtered at this instant; dt_s, fade_s, q: the motion to the next; later_*: smoothed there.
    """
    ahead_mean, ahead = predict(mean, cov, dt_s, fade_s, q)
    keep = np.exp(-dt_s / fade_s)
    moved = cov.copy()
    _transit(moved, fade_s * (1 - keep), keep)
    gain = np.linalg.solve(ahead.transpose(2, 0, 1), moved.transpose(2, 0, 1)).transpose(2, 1, 0)
    mean = mean + np.einsum("ijn,j...n->i...n", gain, later_mean - ahead_mean)
    more = np.einsum("ijn,jkn->ikn", gain, later_cov - ahead)
    return mean, cov + np.einsum("ijn,kjn->ikn", more, gain)


def _transit(rows: F8, move: F8 | float, keep: F8 | float) -> None:
    """Makes rows (d, ..., n) F times themselves: positions move at their rates, of which a share is kept."""
    half = len(rows) // 2
    positions, rates = rows[:half], rows[half:]
    positions += move * rates
    rates *= keep


def _disturb(cov: F8, dt_s: F8 | float, q: F8 | float) -> None:
    """Adds what white acceleration does in that time."""
    rate = q * dt_s
    both, place = rate * (dt_s / 2), rate * (dt_s * dt_s / 3)
    half = len(cov) // 2
    for x in range(half):
        v = x + half
        cov[x, x] += place
        cov[x, v] += both
        cov[v, x] += both
        cov[v, v] += rate
