"""Detections of one camera as measurements of where somebody stands: by the feet, or below the head where feet hide.

A vehicle is where its middle is: its feet are the nearest wheel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from heatmap_gui.core.projection import Projection, squared
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
    """Rows whose last axis is the detection (m), as a track's is in `tracks`.

    boxes (4, m) px; z (2, m): the place on the floor, r (2, 2, m): its covariance; scale (m,): floor units a metre.
    r is `box`, which grows as confidence falls, and `still`, what there is where the box is exact. drop (2, m): how z
    moves with the box's lower edge, in floor units a px.
    """

    camera: int
    boxes: F8
    score: F8
    class_id: I8
    z: F8
    r: F8
    box: F8
    still: F8
    drop: F8
    scale: F8

    def __len__(self) -> int:
        return len(self.score)

    @classmethod
    def of(
        cls, camera: int, projection: Projection, found: Detections, height_m: F8, footing: Footing, t: Tuning
    ) -> Self:
        """All that stand on the floor. height_m: how high vehicles of each class are; NaN: people."""
        boxes, score = np.ascontiguousarray(found.boxes.T, np.float64), found.scores.astype(np.float64)
        class_id = found.class_ids.astype(np.int64)
        left, top, right, bottom = boxes
        height, middle = bottom - top, (left + right) / 2
        height_m = height_m[class_id]
        person = np.isnan(height_m)
        lean, share = _bodies(projection, boxes, t)
        lean = lean * person
        z, slope, still = projection.ground(np.array([middle + lean, bottom]).T)
        if not person.all():
            z[:, ~person] = _beneath(projection, boxes[:, ~person], height_m[~person], z[:, ~person])
        cut = bottom >= projection.size[1] - 1
        hidden = _hidden(share, z, cut, footing, t) & (top > 1) & person
        if found.hidden is not None and projection.vertical is not None:
            hidden |= found.hidden
        sigma = np.array([t.side_sigma * height, (t.foot_sigma + t.frame_cut * cut) * height]) + 0.5
        scale = np.ones(len(score)) if projection.unit == "m" else np.hypot(slope[0, 0], slope[1, 0]) * height / 1.7
        whole = (left > 1) & (top > 1) & (right < projection.size[0] - 1) & ~cut
        sway = np.where(person, t.sway_m, t.sway_vehicle * height_m * np.where(whole, 1.0, t.part_seen))
        sway = (sway * scale) ** 2
        still[0, 0] += sway
        still[1, 1] += sway
        box, drop = squared(slope * sigma), slope[:, 1]
        if hidden.any():
            heads = np.array([middle - lean, top])[:, hidden]
            z[:, hidden], box[..., hidden] = _below(projection, heads.T, 0.1 * (right - left)[hidden], t)
            still[..., hidden] = drop[:, hidden] = 0.0
        r = box + still
        good = np.isfinite(z[0] + r[0, 0] + r[1, 1]) & (height > 0) & (score >= WEAK)
        good &= footing.counts(np.where(good, z, 0.0).T)
        columns = (boxes, score, class_id, z, r, box, still, drop, scale)
        return cls(camera, *(columns if good.all() else (column[..., good] for column in columns)))

    def noise(self, rows: I8, lost_px: F8 | float, t: Tuning) -> F8:
        """Covariance (2, 2, k) of rows (k,) that are lost_px (k,) shorter than expected, and of their confidence."""
        doubt = 1 + t.doubt * (1 - self.score[rows])
        lost = self.drop.take(rows, axis=1) * (t.cut * lost_px)
        box = self.box.take(rows, axis=2) + lost[:, None] * lost
        return np.asarray(box * (doubt * doubt) + self.still.take(rows, axis=2))


def _bodies(projection: Projection, boxes: F8, t: Tuning) -> tuple[F8, F8]:
    """What a person of usual height at each box (4, m) looks like; no lean and no share where that is unknown.

    -> how far right (m,) of the middle of the box the feet are, px, since bodies lean in the corners of a picture; the
    box's height (m,) as a share of the person's.
    """
    if projection.vertical is None:
        return np.zeros(boxes.shape[1]), np.full(boxes.shape[1], np.nan)
    left, top, right, bottom = boxes
    foot = np.array([(left + right) / 2, bottom])
    aside, high = foot - projection.head(foot.T, t.tall_m).T
    height, most = bottom - top, 0.4 * (right - left)  # the rest is the body's own width
    upright = np.minimum(1.0, height / np.maximum(np.abs(high), 1e-9))
    lean = np.maximum(-most, np.minimum(aside / 2 * upright, most))
    return np.where(np.isnan(lean), 0.0, lean), height / np.maximum(np.hypot(aside, high), 1e-9)


def _beneath(projection: Projection, boxes: F8, height_m: F8, foot: F8) -> F8:
    """The place (2, k) of vehicles: below the middle of the box, which is half as high up as they are high.

    The lower edge of a box is the wheel that is nearest to the camera: metres from the middle of what is long, and from
    each side another one. foot (2, k): what stands where the middle tells nothing.
    """
    middle = np.array([(boxes[0] + boxes[2]) / 2, (boxes[1] + boxes[3]) / 2]).T
    place = foot.copy()
    for height in np.unique(height_m).tolist():
        same = height_m == height
        place[:, same] = projection.under(middle[same], height / 2).T
    return np.where(np.isfinite(place), place, foot)


def _hidden(share: F8, z: F8, cut: Bool, footing: Footing, t: Tuning) -> Bool:
    """Whose feet are behind something, or below the picture: too short for a person who stands there."""
    short = share < t.short
    half = ((share < t.half_hidden) & ~short).nonzero()[0]
    if len(half):
        short[half] = cut[half] | ~footing.stands(z[:, half].T)
    return np.asarray(short)


def _below(projection: Projection, head: F8, reach_px: F8, t: Tuning) -> tuple[F8, F8]:
    """The place below each head (k, 2) px if its owner is of usual height -> z (2, k), r (2, 2, k).

    A head's own place is known to reach_px (k,); how tall somebody is weighs far more.
    """
    z = projection.under(head, t.tall_m)
    aside = projection.under(head + reach_px[:, None] * [1.0, 0.0], t.tall_m) - z
    down = projection.under(head + reach_px[:, None] * [0.0, 1.0], t.tall_m) - z
    taller = projection.under(head, t.tall_m + t.tall_sigma_m) - z
    moves = np.stack([aside, down, taller], axis=1)  # (k, 3, 2)
    return z.T, squared(moves.transpose(2, 1, 0)) + t.sway_m**2 * np.eye(2)[..., None]
