"""Detections of one camera as measurements of where somebody stands: by the feet, or below the head where feet hide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from heatmap_gui.core.projection import Projection, spread
from heatmap_gui.core.tuning import WEAK, Tuning
from heatmap_gui.core.types import F8, I8, Bool, Detections


def _anywhere(points: F8) -> Bool:
    return np.ones(len(points), np.bool_)


@dataclass(frozen=True, slots=True)
class Footing:
    """Where on a floor somebody may stand, for points (n, 2). counts: so far off it he is not on this floor at all."""

    stands: Callable[[F8], Bool] = _anywhere
    counts: Callable[[F8], Bool] = _anywhere


ANYWHERE = Footing()


@dataclass(frozen=True, slots=True, eq=False)
class Sights:
    """boxes (n, 4) px; z (n, 2): the place on the floor, r (n, 2, 2): its covariance; scale (n,): floor units a metre.

    slope: d z / d feet (n, 2, 2); sigma (n, 2) of the feet, px; still: what r is where the pixels are exact (n, 2, 2).
    hidden (n,): placed below the head, r as it is.
    """

    camera: int
    boxes: F8
    score: F8
    class_id: I8
    sigma: F8
    z: F8
    slope: F8
    still: F8
    r: F8
    scale: F8
    hidden: Bool

    def __len__(self) -> int:
        return len(self.score)

    @classmethod
    def of(
        cls, camera: int, projection: Projection, found: Detections, vehicle: Bool, footing: Footing, t: Tuning
    ) -> Self:
        """All that stand on the floor. vehicle: which classes are no people."""
        boxes, score = found.boxes.astype(np.float64), found.scores.astype(np.float64)
        class_id = found.class_ids.astype(np.int64)
        height = boxes[:, 3] - boxes[:, 1]
        person = ~vehicle[class_id]
        lean, share = _bodies(projection, boxes, t)
        middle, lean = (boxes[:, 0] + boxes[:, 2]) / 2, lean * person
        feet = np.stack([middle + lean, boxes[:, 3]], axis=1)
        z = projection.to_floor(feet)
        cut = boxes[:, 3] >= projection.size[1] - 1
        hidden = _hidden(share, z, cut, footing, t) & (boxes[:, 1] > 1) & person
        if found.hidden is not None and projection.vertical is not None:
            hidden |= found.hidden
        sigma = np.stack([t.side_sigma * height, t.foot_sigma * height], axis=1) + 0.5
        sigma[:, 1] += t.frame_cut * height * cut
        slope = projection.jacobian(feet)
        scale = np.ones(len(z)) if projection.unit == "m" else np.hypot(slope[:, 0, 0], slope[:, 1, 0]) * height / 1.7
        still = projection.own_covariance(feet)
        still[:, [0, 1], [0, 1]] += ((t.sway_m * scale) ** 2)[:, None]
        r = spread(slope, sigma) + still
        if hidden.any():
            head = np.stack([middle - lean, boxes[:, 1]], axis=1)[hidden]
            z = z.copy()
            z[hidden], r[hidden] = _below(projection, head, 0.1 * (boxes[hidden, 2] - boxes[hidden, 0]), t)
        good = np.isfinite(z).all(axis=1) & np.isfinite(r).all(axis=(1, 2)) & (height > 0) & (score >= WEAK)
        good &= footing.counts(np.where(good[:, None], z, 0.0))
        columns = (boxes, score, class_id, sigma, z, slope, still, r, scale, hidden)
        return cls(camera, *(columns if good.all() else (column[good] for column in columns)))

    def noise(self, rows: I8, lost_px: F8, t: Tuning) -> F8:
        """Covariance (k, 2, 2) of rows (k,) that are lost_px (k,) shorter than expected, and of their confidence."""
        doubt = 1 + t.doubt * (1 - self.score[rows])
        sigma = self.sigma[rows].copy()
        sigma[:, 1] = np.hypot(sigma[:, 1], t.cut * lost_px)
        r = spread(self.slope[rows], sigma * doubt[:, None]) + self.still[rows]
        hidden = self.hidden[rows]
        r[hidden] = self.r[rows[hidden]] * (doubt[hidden] ** 2)[:, None, None]
        return r


def _bodies(projection: Projection, boxes: F8, t: Tuning) -> tuple[F8, F8]:
    """What a person of usual height at each box (n, 4) looks like; NaN where the calibration does not tell.

    -> how far right (n,) of the middle of the box the feet are, px, since bodies lean in the corners of a picture; the
    box's height (n,) as a share of the person's.
    """
    if projection.vertical is None:
        return np.zeros(len(boxes)), np.full(len(boxes), np.nan)
    left, top, right, bottom = boxes.T
    foot = np.stack([(left + right) / 2, bottom], axis=1)
    body = foot - projection.head(foot, t.tall_m)
    upright = np.minimum(1.0, (bottom - top) / np.maximum(np.abs(body[:, 1]), 1e-9))
    most = 0.4 * (right - left)  # the rest is the body's own width
    lean = np.nan_to_num(np.clip(body[:, 0] / 2 * upright, -most, most))
    return lean, (bottom - top) / np.maximum(np.hypot(body[:, 0], body[:, 1]), 1e-9)


def _hidden(share: F8, z: F8, cut: Bool, footing: Footing, t: Tuning) -> Bool:
    """Whose feet are behind something, or below the picture: too short for a person who stands there."""
    short = share < t.short
    half = np.flatnonzero((share < t.half_hidden) & ~short)
    if len(half):
        short[half] = cut[half] | ~footing.stands(z[half])
    return np.asarray(short)


def _below(projection: Projection, head: F8, reach_px: F8, t: Tuning) -> tuple[F8, F8]:
    """The place below each head (n, 2) px if its owner is of usual height -> z (n, 2), r (n, 2, 2).

    A head's own place is known to reach_px (n,); how tall somebody is weighs far more.
    """
    z = projection.under(head, t.tall_m)
    aside = projection.under(head + reach_px[:, None] * [1.0, 0.0], t.tall_m) - z
    down = projection.under(head + reach_px[:, None] * [0.0, 1.0], t.tall_m) - z
    taller = projection.under(head, t.tall_m + t.tall_sigma_m) - z
    moves = np.stack([aside, down, taller], axis=1)
    return z, np.asarray(moves.transpose(0, 2, 1) @ moves + t.sway_m**2 * np.eye(2))
