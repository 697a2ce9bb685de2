"""Which people explain a foreground mask, when the calibration says how tall a person is at each floor point.

A greedy form of the probabilistic occupancy map (Fleuret, Berclaz, Lengagne and Fua 2008): of all places where
somebody may stand, take the one whose silhouette explains most foreground that nobody explains yet, and repeat; then
let each find its best place given the others. So groups are split, and people are found whose feet a shelf hides.
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, U1, Bool

PERSON_M, GIRTH_M = 1.75, 0.6  # a silhouette's box
CORE = 0.6  # of its width: what a body nearly fills
LEAST_TALL_PX, STEP_PX = 8, 3  # at working size; step of the grid of feet
LEAST_GAIN = 0.1  # of the core's area
SURE, WORTH = 0.25, 0.8  # score of no gain, and what each gain adds: about the share of such that are people
BLANK_COST = np.array([0.4, 0.7, 0.8])  # of background in legs, trunk and head: shelves and tables hide legs
FLANK_WORTH = 0.25  # of foreground beside the core
SWEEPS = 2
STANCE_M = 0.12  # from where a body stands to the near edge of its shoes: the lowest foreground
SLACK = 0.15  # of the height: how far the true edges may lie from the silhouette's
MOST_PEOPLE = 200

_Corners = NDArray[np.int32]


class People:
    """The silhouettes of one camera at working size (width, height), `scale` working pixels a frame's pixel."""

    def __init__(self, projection: Projection, floor: Floor | None, size: tuple[int, int], scale: float) -> None:
        width, height = size
        xs, ys = np.arange(0, width, STEP_PX), np.arange(STEP_PX, height + height // 3, STEP_PX)
        feet = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2).astype(np.float64)
        boxes, cores = (part * scale for part in silhouettes(projection, feet / scale))
        tall = boxes[:, 3] - boxes[:, 1]
        seen = np.minimum(boxes[:, 3], height) - np.maximum(boxes[:, 1], 0)
        usable = (tall >= LEAST_TALL_PX) & (tall < 1.5 * height) & (seen > 0.4 * tall)
        if floor is not None:
            usable &= floor.holds(projection.to_floor(feet / scale))
        self._boxes, self._feet, self._tall = boxes[usable], feet[usable], tall[usable]
        self._seen = (seen / tall)[usable]
        self._stance = scale * STANCE_M * _px_a_metre(projection, self._feet / scale)[:, 1]
        limit = np.array([width, height, width, height])
        self._whole = np.clip(np.rint(self._boxes), 0, limit).astype(np.int32)
        self._cores = np.clip(np.rint(cores[usable]), 0, limit).astype(np.int32)
        sides = self._cores[..., 2:] - self._cores[..., :2]
        self._part_area = sides.prod(axis=2)
        self._core_area = np.maximum(self._part_area.sum(axis=1), 1)

    def __len__(self) -> int:
        """How many places there are: 0 where the calibration does not tell heights."""
        return len(self._boxes)

    def explain(self, mask: U1) -> tuple[F8, F8, Bool]:
        """Boxes (n, 4) at working size and scores (n,) of the people in a mask (h, w), 0 where nobody is.

        And whose feet (n,) are hidden: there the lower edge is where the rest of the body says that they are.
        """
        present = (mask > 0).astype(np.uint8)
        sums = cv2.integral(present)
        places = np.flatnonzero(_sums(sums, self._whole) > LEAST_GAIN * self._core_area)  # no gain is larger
        blank = np.zeros(len(self))
        missing = self._part_area[places] - _sums(sums, self._cores[places])
        blank[places] = missing @ BLANK_COST / self._core_area[places]
        places = places[self._gain(present, places, blank) > LEAST_GAIN]
        chosen, gains = self._greedy(present, places, blank)
        taken = np.zeros(mask.shape, np.int16)
        for person in chosen:
            taken[self._window(person)] += 1
        for _ in range(SWEEPS):
            for i, person in enumerate(chosen):
                if taken[self._window(person)].max(initial=0) < 2:
                    continue  # nobody else to give way to
                taken[self._window(person)] -= 1
                distance = np.abs(self._feet[places] - self._feet[person])
                near = places[(distance < self._tall[person] / 3).all(axis=1)]
                gain = self._gain(present * (taken == 0), near, blank)
                best = int(gain.argmax())
                chosen[i], gains[i] = int(near[best]), float(gain[best])
                taken[self._window(chosen[i])] += 1
        kept = [i for i, gain in enumerate(gains) if gain > LEAST_GAIN]
        trimmed = [self._trim(present, taken, chosen[i]) for i in kept]
        boxes = np.array([box for box, _ in trimmed]).reshape(-1, 4)
        hidden = np.array([feet_hidden for _, feet_hidden in trimmed], np.bool_)
        # A body of which half is out of the picture says half.
        scores = np.clip([(SURE + WORTH * gains[i]) * self._seen[chosen[i]] for i in kept], 0.1, 0.95)
        return boxes, scores, hidden

    def _trim(self, present: U1, taken: NDArray[np.int16], place: int) -> tuple[F8, bool]:
        """The silhouette's box moved to where the foreground that it alone explains ends; whether that hides feet."""
        box: F8 = self._boxes[place].copy()
        slack = SLACK * float(self._tall[place])
        height, width = present.shape
        left, right = max(int(box[0] - slack / 2), 0), min(int(box[2] + slack / 2) + 1, width)
        top, bottom = max(int(box[1] - slack), 0), min(int(box[3] + slack) + 1, height)
        taken[self._window(place)] -= 1
        own = present[top:bottom, left:right] * (taken[top:bottom, left:right] == 0)
        taken[self._window(place)] += 1
        columns = own.sum(axis=0)
        rows = np.flatnonzero(own.sum(axis=1) >= 2)
        if not len(rows):
            return box, True
        centre = left + 0.5 + float(columns @ np.arange(right - left)) / float(columns.sum())
        box[[0, 2]] += np.clip(centre - (box[0] + box[2]) / 2, -slack, slack)
        first, last = top + float(rows[0]), top + float(rows[-1]) + 1
        hidden = not box[3] - slack < last < height - 1
        if not hidden:
            box[3] = last - self._stance[place]
        if 1 < first < box[1] + slack:
            box[1] = first
        return box, hidden

    def _greedy(self, present: U1, places: NDArray[np.intp], blank: F8) -> tuple[list[int], list[float]]:
        rest, chosen, gains = present.copy(), list[int](), list[float]()
        while len(places) and len(chosen) < MOST_PEOPLE:
            gain = self._gain(rest, places, blank)
            best = int(gain.argmax())
            if gain[best] < LEAST_GAIN:
                break
            chosen.append(int(places[best]))
            gains.append(float(gain[best]))
            rest[self._window(chosen[-1])] = 0
            places = places[gain > LEAST_GAIN]
        return chosen, gains

    def _gain(self, rest: U1, places: NDArray[np.intp], blank: F8) -> F8:
        sums = cv2.integral(rest)
        core, whole = _sums(sums, self._cores[places]).sum(axis=1), _sums(sums, self._whole[places])
        return np.asarray((core + FLANK_WORTH * (whole - core)) / self._core_area[places] - blank[places])

    def _window(self, place: int) -> tuple[slice, slice]:
        left, top, right, bottom = self._whole[place]
        return slice(top, bottom), slice(left, right)


def silhouettes(projection: Projection, feet_px: F8) -> tuple[F8, F8]:
    """Boxes (n, 4) px of people who stand at feet_px (n, 2), and (n, 3, 4) of their legs, trunk and head.

    The three follow the body's axis, which leans in the corners of a wide picture. NaN where the calibration does not
    tell.
    """
    head = projection.head(feet_px, PERSON_M)
    reach = GIRTH_M / 2 * _px_a_metre(projection, feet_px)
    left, right = np.minimum(feet_px, head)[:, 0] - reach[:, 0], np.maximum(feet_px, head)[:, 0] + reach[:, 0]
    bottom = np.maximum(feet_px, head)[:, 1]
    top = np.minimum(np.minimum(feet_px, head)[:, 1], bottom - 2 * reach[:, 1])
    middle = feet_px[:, :1] + (head - feet_px)[:, :1] * (np.arange(3) + 0.5) / 3
    edges = bottom[:, None] + (top - bottom)[:, None] * np.arange(4) / 3
    wide = CORE * reach[:, :1]
    parts = np.stack([middle - wide, edges[:, 1:], middle + wide, edges[:, :-1]], axis=2)
    return np.stack([left, top, right, bottom], axis=1), parts


def _px_a_metre(projection: Projection, feet_px: F8) -> F8:
    """Half extents (n, 2) in px of a disc on the floor with a radius of one metre."""
    return np.asarray(np.linalg.norm(np.linalg.inv(projection.jacobian(feet_px)), axis=2))


def _sums(integral: MatLike, corners: _Corners) -> NDArray[np.int32]:
    left, top, right, bottom = np.moveaxis(corners, -1, 0)
    return np.asarray(integral[bottom, right] - integral[top, right] - integral[bottom, left] + integral[top, left])
