"""What a camera sees when nobody is there, and which pixels differ from it.

A running mean with a noise level a pixel, made for scenes in which people stand still for minutes: nothing is learned
where people were found until their place has not changed for `ABSORB_S`. Shadows go by colour distortion (Horprasert,
Harwood and Davis 1999). Ghosts - places that somebody left, who was there when the background was learned - go by
asking whether an edge runs along the region's outline in the picture or in the background (Cucchiara et al. 2003).
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from heatmap_gui.core.types import F4, F8, U1, Bool

LEARN_S, DOUBT_S = 6.0, 30.0  # time constants of the background: where nothing is, where something is but nobody
ABSORB_S = 120.0  # what has not changed for so long belongs to the scene
RESTLESS_S, RESTLESS_SHARE = 10.0, 0.03  # so much of somebody who stands moves that often
GHOST_S, GHOST_STILL = 0.4, 0.85  # for so long so much of a ghost has not changed
GHOST_EDGE, GHOST_EDGE_MOST, GHOST_EDGE_PER_S = 0.45, 0.9, 0.1  # its outline now against then; grows as it stays still
RELEARN_SHARE, RELEARN_S = 0.5, 0.3  # so much foreground for so long: the light or the view has changed
LEAST_CONTRAST, NOISES = 10.0, 2.0  # grey levels, and times the pixel's noise, that foreground differs by
STILL_CONTRAST = 20.0  # grey levels
SHADOW_DARKEST, SHADOW_COLOUR = 0.7, 10.0  # a shadow keeps this share of light, and the colour to so many levels
LEAST_GHOST_PX, RING_PX, MARGIN_PX = 25, 3, 3
_PIECES = np.ones((13, 9), np.uint8)
_NEIGHBOURS = np.ones((3, 3), np.uint8)
_RING = np.ones((2 * RING_PX + 1, 2 * RING_PX + 1), np.uint8)
_LEVELS = np.arange(256, dtype=np.float32)


class Background:
    """The background of one camera at working size. Times in seconds, never going back."""

    def __init__(self, image: U1, at: float) -> None:
        """image: (h, w, 3) uint8 BGR, the first one; whoever is in it leaves a ghost."""
        self._start(image, at)

    def _start(self, image: U1, at: float) -> None:
        self._mean: F4 = image.astype(np.float32)
        self._noise: F4 = np.full(image.shape[:2], 3.0, np.float32)
        self._still_s: F4 = np.zeros(image.shape[:2], np.float32)
        self._reference, self._frame = image.copy(), image
        self._mask = np.zeros(image.shape[:2], np.uint8)
        self._at = self._since = self._searched_at = at
        self._changed_s = self._dt = 0.0

    def subtract(self, image: U1, at: float) -> U1:
        """(h, w) uint8 mask, 255 where the image (h, w, 3) differs from the background, less shadows and ghosts."""
        self._dt, self._at = min(max(at - self._at, 0.0), 1.0), at
        self._clock_stillness(image)
        seen = cv2.convertScaleAbs(self._mean)
        frame = self._frame = _same_light(image, seen)
        # A neighbourhood's range instead of a value: a shake of a pixel is no motion.
        above = cv2.subtract(frame, cv2.dilate(seen, _NEIGHBOURS))
        below = cv2.subtract(cv2.erode(seen, _NEIGHBOURS), frame)
        limit = cv2.convertScaleAbs(self._noise, alpha=NOISES, beta=LEAST_CONTRAST)
        mask = cv2.compare(_strongest(cv2.max(above, below)), limit, cv2.CMP_GT)
        _remove_shadows(mask, frame, seen)
        self._mask = np.asarray(cv2.medianBlur(mask, 3), np.uint8)
        crowded = cv2.countNonZero(self._mask) > RELEARN_SHARE * mask.size
        self._changed_s = self._changed_s + self._dt if crowded else 0.0
        if self._changed_s > RELEARN_S:
            self._start(image, at)
        elif not crowded and at - self._searched_at > GHOST_S / 2:
            self._searched_at = at
            self._absorb_ghosts(seen)
        return self._mask

    def learn(self, people: F8) -> None:
        """Take the last image into the background except where `people` (n, 4), boxes at working size, stand."""
        free = np.full_like(self._mask, 255)
        limit = self._mask.shape[::-1] * 2
        around = people + np.array([-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX])
        for left, top, right, bottom in np.clip(np.rint(around), 0, limit).astype(int):
            window = (slice(top, bottom), slice(left, right))
            free[window] = 0
            still = self._still_s[window][self._mask[window] > 0]
            if still.size and (still < RESTLESS_S).mean() > RESTLESS_SHARE:
                np.minimum(self._still_s[window], RESTLESS_S, out=self._still_s[window])
        free[self._still_s > ABSORB_S] = 255
        frame = self._frame
        deviation = np.minimum(_strongest(cv2.absdiff(frame, cv2.convertScaleAbs(self._mean))), 40)
        for seconds, where in (
            (LEARN_S, cv2.bitwise_and(free, ~self._mask)),
            (DOUBT_S, cv2.bitwise_and(free, self._mask)),
        ):
            # At the start a mean of all there was, later a running one.
            rate = min(1.0, self._dt / min(seconds, 2 * (self._at - self._since) + 1e-3))
            cv2.accumulateWeighted(deviation, self._noise, rate, where)
            cv2.accumulateWeighted(frame, self._mean, rate, where)

    def _clock_stillness(self, image: U1) -> None:
        changed = _strongest(cv2.absdiff(image, self._reference)) > STILL_CONTRAST
        self._still_s += self._dt
        self._still_s[changed] = 0
        cv2.copyTo(image, changed.view(np.uint8), self._reference)

    def _absorb_ghosts(self, seen: MatLike) -> None:
        still = (self._still_s > GHOST_S) & (self._mask > 0)
        if np.count_nonzero(still) < LEAST_GHOST_PX:
            return
        # Pieces of one person must not be asked one by one: inside somebody there are no edges.
        whole = cv2.morphologyEx(self._mask, cv2.MORPH_CLOSE, _PIECES)
        count, regions, stats, _ = cv2.connectedComponentsWithStats(whole)
        area = np.bincount(regions[self._mask > 0], minlength=count)
        quiet = np.bincount(regions[still], minlength=count)
        suspects = (area >= LEAST_GHOST_PX) & (quiet > GHOST_STILL * area)
        for index in np.flatnonzero(suspects[1:]) + 1:
            self._absorb_if_ghost(regions == index, stats[index], seen)

    def _absorb_if_ghost(self, place: Bool, box: MatLike, seen: MatLike) -> None:
        left, top, width, height = (int(v) for v in box[:4])
        pad = 2 * RING_PX
        window = (slice(max(top - pad, 0), top + height + pad), slice(max(left - pad, 0), left + width + pad))
        region = place[window].view(np.uint8)
        inside = region - cv2.erode(region, _RING, borderValue=0)
        outside = cv2.dilate(region, _RING) * (self._mask[window] == 0)
        edge_now = _edge(self._frame[window], inside, outside)
        edge_then = _edge(seen[window], inside, outside)
        still_s = float(self._still_s[window][region > 0].mean())
        if edge_now < min(GHOST_EDGE + GHOST_EDGE_PER_S * still_s, GHOST_EDGE_MOST) * edge_then:
            ghost = cv2.dilate(region, _NEIGHBOURS)
            cv2.copyTo(self._frame[window].astype(np.float32), ghost, self._mean[window])
            self._mask[window][region > 0] = 0


def _edge(image: MatLike, inside: MatLike, outside: MatLike) -> float:
    """Mean difference in grey levels between the two sides of an outline, each side averaged locally."""
    side = (4 * RING_PX + 1, 4 * RING_PX + 1)
    sides = []
    for ring in (inside, outside):
        weight = cv2.boxFilter(ring, cv2.CV_32F, side, normalize=False)
        total = cv2.boxFilter(image * ring[:, :, None], cv2.CV_32F, side, normalize=False)
        sides.append((total / np.maximum(weight, 1e-6)[:, :, None], weight > 0))
    (a, has_a), (b, has_b) = sides
    both = (inside > 0) & has_a & has_b
    return float(np.abs(a - b)[both].max(axis=1).mean()) if both.any() else 0.0


def _strongest(image: MatLike) -> U1:
    """(h, w): the largest channel of (h, w, 3)."""
    blue, green, red = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def _same_light(image: U1, seen: MatLike) -> U1:
    """The image as it would be had the camera's exposure and white balance stayed those of the background."""
    now, then = image[2::6, 2::6].reshape(-1, 3), seen[2::6, 2::6].reshape(-1, 3)
    gain = np.median((then + 4.0) / (now + 4.0), axis=0).clip(0.5, 2.0)
    table = np.clip((_LEVELS[:, None] + 4.0) * gain - 4.0, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, table[None]), np.uint8)


def _remove_shadows(mask: MatLike, frame: U1, seen: MatLike) -> None:
    places = cv2.findNonZero(mask)
    if places is None:
        return
    x, y = places[:, 0].T
    now, then = frame[y, x].astype(np.float32), seen[y, x].astype(np.float32)
    light = np.einsum("nc,nc->n", now, then) / np.maximum(np.einsum("nc,nc->n", then, then), 1.0)
    colour = np.abs(now - light[:, None] * then) @ np.ones(3, np.float32)
    shadow = (light > SHADOW_DARKEST) & (light < 1.0) & (colour < SHADOW_COLOUR)
    mask[y[shadow], x[shadow]] = 0
