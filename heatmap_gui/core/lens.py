"""Lens distortion: Brown-Conrady (D. C. Brown, "Close-range camera calibration", 1971) with OpenCV's coefficients."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from heatmap_gui.core.types import F8

_NEWTON_STEPS = 12
_CONVERGED_PX = 0.01


@dataclass(frozen=True, eq=False)
class Lens:
    """Brown-Conrady lens, as OpenCV's (fx, fy, cx, cy in px; k1, k2, p1, p2, k3)."""

    fx: float
    fy: float
    cx: float
    cy: float
    k1: float = 0.0
    k2: float = 0.0
    p1: float = 0.0
    p2: float = 0.0
    k3: float = 0.0

    def scaled(self, sx: float, sy: float) -> Lens:
        """The same lens in a picture resized by sx, sy."""
        return replace(self, fx=self.fx * sx, fy=self.fy * sy, cx=self.cx * sx, cy=self.cy * sy)

    @cached_property
    def _fold_r2(self) -> float:
        """Squared normalised radius at which the radial curve turns back: beyond it the model means nothing."""
        roots = np.roots([7 * self.k3, 5 * self.k2, 3 * self.k1, 1.0])
        real = roots.real[(np.abs(roots.imag) < 1e-9) & (roots.real > 0)]
        return float(real.min()) if len(real) else math.inf

    def distort(self, points: F8) -> F8:
        """Ideal (undistorted) px (n, 2) -> px of the picture; NaN where the lens model folds back."""
        return self._distort(points)[0]

    def jacobian(self, ideal: F8) -> F8:
        """d picture px / d ideal px (n, 2, 2) at ideal px (n, 2)."""
        return self._distort(ideal)[1]

    def undistort(self, points: F8) -> F8:
        """Picture px (n, 2) -> ideal px, by Newton's method; NaN where no ideal point looks like that."""
        ideal = np.array(points, dtype=np.float64)
        error = np.zeros_like(ideal)
        for _ in range(_NEWTON_STEPS):
            seen, slope = self._distort(ideal)
            error = points - seen
            if not np.nanmax(np.abs(error), initial=0.0) > _CONVERGED_PX * 1e-4:
                break
            a, b, c, d = slope[:, 0, 0], slope[:, 0, 1], slope[:, 1, 0], slope[:, 1, 1]
            step = np.stack([d * error[:, 0] - b * error[:, 1], a * error[:, 1] - c * error[:, 0]], axis=1)
            ideal = ideal + step / (a * d - b * c)[:, None]
        return np.where(np.abs(error).max(axis=1, keepdims=True) < _CONVERGED_PX, ideal, np.nan)

    def _distort(self, ideal: F8) -> tuple[F8, F8]:
        x, y = (ideal[:, 0] - self.cx) / self.fx, (ideal[:, 1] - self.cy) / self.fy
        r2 = x * x + y * y
        r2 = np.where(r2 < self._fold_r2, r2, np.nan)
        radial = 1 + r2 * (self.k1 + r2 * (self.k2 + r2 * self.k3))
        slope = 2 * (self.k1 + r2 * (2 * self.k2 + r2 * 3 * self.k3))  # d radial / d x = slope * x
        seen_x = x * radial + 2 * self.p1 * x * y + self.p2 * (r2 + 2 * x * x)
        seen_y = y * radial + 2 * self.p2 * x * y + self.p1 * (r2 + 2 * y * y)
        cross = slope * x * y + 2 * self.p1 * x + 2 * self.p2 * y
        jacobian = np.empty((len(x), 2, 2))
        jacobian[:, 0, 0] = radial + slope * x * x + 2 * self.p1 * y + 6 * self.p2 * x
        jacobian[:, 0, 1] = cross * self.fx / self.fy
        jacobian[:, 1, 0] = cross * self.fy / self.fx
        jacobian[:, 1, 1] = radial + slope * y * y + 2 * self.p2 * x + 6 * self.p1 * y
        return np.stack([seen_x * self.fx + self.cx, seen_y * self.fy + self.cy], axis=1), jacobian
