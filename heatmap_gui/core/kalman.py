"""Batched Kalman filtering and smoothing of many tracks at once.

A state is `mean` (n, d, m) with `cov` (n, d, d): d state variables, of which the first `d // 2` are positions and the
rest their rates, for m channels that share one covariance. A floor state has d = 4, m = 1 (x, y, vx, vy); a box state
has d = 2, m = 4 (left, top, right, bottom and their rates, in box heights).

Motion: nearly constant velocity whose velocity fades with time constant `fade_s`, driven by white acceleration of
density `q` (Bar-Shalom, Li & Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001, ch. 6).
"""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.types import F8


def transition(dt_s: F8, d: int, fade_s: float, q: F8) -> tuple[F8, F8]:
    """Transition matrices and process noise, each (n, d, d), for steps of dt_s (n,) and densities q (n,)."""
    keep = np.exp(-dt_s / fade_s)
    move = fade_s * (1 - keep)
    half = d // 2
    f, noise = np.zeros((2, len(dt_s), d, d))
    for i in range(half):
        v = i + half
        f[:, i, i], f[:, i, v], f[:, v, v] = 1.0, move, keep
        noise[:, i, i], noise[:, v, v] = q * dt_s**3 / 3, q * dt_s
        noise[:, i, v] = noise[:, v, i] = q * dt_s**2 / 2
    return f, noise


def predict(mean: F8, cov: F8, f: F8, noise: F8) -> tuple[F8, F8]:
    """The state one transition later."""
    return f @ mean, f @ cov @ f.transpose(0, 2, 1) + noise


def update(mean: F8, cov: F8, z: F8, r: F8) -> tuple[F8, F8]:
    """The state after seeing positions z (n, d/2, m) with noise r (n, d/2, d/2); Joseph form is not needed: S >= r."""
    half = z.shape[1]
    gain = cov[:, :, :half] @ inverse(cov[:, :half, :half] + r)
    mean = mean + gain @ (z - mean[:, :half])
    cov = cov - gain @ cov[:, :half]
    return mean, (cov + cov.transpose(0, 2, 1)) / 2


def inverse(a: F8) -> F8:
    """Inverses of symmetric positive (..., 1, 1) or (..., 2, 2) matrices in closed form: far quicker than LAPACK."""
    if a.shape[-1] == 1:
        return 1 / a
    out = np.empty_like(a)
    det = a[..., 0, 0] * a[..., 1, 1] - a[..., 0, 1] * a[..., 1, 0]
    out[..., 0, 0], out[..., 1, 1] = a[..., 1, 1] / det, a[..., 0, 0] / det
    out[..., 0, 1], out[..., 1, 0] = -a[..., 0, 1] / det, -a[..., 1, 0] / det
    return out


def smooth(mean: F8, cov: F8, f: F8, noise: F8, later_mean: F8, later_cov: F8) -> tuple[F8, F8]:
    """One backward step of the Rauch-Tung-Striebel smoother: the filtered state, knowing what came later.

    mean, cov: filtered at this instant; f, noise: the transition to the next; later_*: smoothed there.
    """
    ahead_mean, ahead_cov = predict(mean, cov, f, noise)
    gain = np.linalg.solve(ahead_cov, f @ cov).transpose(0, 2, 1)
    mean = mean + gain @ (later_mean - ahead_mean)
    return mean, cov + gain @ (later_cov - ahead_cov) @ gain.transpose(0, 2, 1)
