"""What a camera's picture is known again by, and how it has moved since.

Kept are some hundred corners with what they look like (ORB: Rublee, Rabaud, Konolige, Bradski, 2011), no picture. A
camera that was turned shows everything by one homography, near and far: K R K^-1 of ideal pixels (Hartley & Zisserman,
8.4). One that was put elsewhere does not: for it a free homography stands for what most of the picture does.
"""

from __future__ import annotations

import base64
import binascii
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from heatmap_gui.core import homography
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.types import F8, I8, U1

_LONGEST_PX = 1280  # of the picture that is looked at: more is noise
_MOST = 3000
_CELLS = (16, 9)  # a reference has some of everywhere
_A_CELL = 3
_DESCRIPTOR = 32  # bytes
_RATIO = 0.8  # of the second best likeness (Lowe, 2004)
_NEAR = 0.003  # of the picture's width: how far a corner may be from where the movement puts it
_LEAST, _LEAST_SHARE = 20, 0.25  # corners that move together, of those that are like each other
_MOVED = 0.004  # of the picture's width: 8 px of full HD
_AS_GOOD, _AS_GOOD_PX = 1.3, 0.3  # a turn that explains it nearly as well as anything is a turn


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """points (n, 2), px of pictures of this size (width, height); descriptors (n, 32) uint8. The clearest are first."""

    size: tuple[int, int]
    points: F8
    descriptors: U1

    def sized(self, size: tuple[int, int]) -> Reference:
        """In px of pictures of another size and the same shape."""
        return Reference(size, self.points * (np.array(size) / self.size), self.descriptors)

    def spread(self) -> Reference:
        """The clearest few of each part of the picture: enough to be kept."""
        cells = np.clip(self.points / self.size * _CELLS, 0, np.array(_CELLS) - 1).astype(int)
        number = cells[:, 1] * _CELLS[0] + cells[:, 0]
        order = np.argsort(number, kind="stable")
        starts = np.searchsorted(number[order], number[order])
        chosen = np.sort(order[np.arange(len(order)) - starts < _A_CELL])
        return Reference(self.size, self.points[chosen], self.descriptors[chosen])

    def document(self) -> dict[str, Any]:
        """As it stands in a site file, under `calibration.reference`."""
        return {
            "size": list(self.size),
            "points": base64.b64encode(self.points.astype("<f4").tobytes()).decode(),
            "descriptors": base64.b64encode(self.descriptors.tobytes()).decode(),
        }


def read_reference(camera: Mapping[str, Any]) -> Reference | None:
    """The one of a camera of a site document; None where there is none, or it makes no sense."""
    written: Any = (camera.get("calibration") or {}).get("reference")
    try:
        width, height = (operator.index(side) for side in written["size"])
        points = np.frombuffer(base64.b64decode(written["points"], validate=True), "<f4").reshape(-1, 2)
        found = np.frombuffer(base64.b64decode(written["descriptors"], validate=True), np.uint8)
        descriptors = found.reshape(len(points), _DESCRIPTOR)
    except (TypeError, KeyError, ValueError, binascii.Error):
        return None
    return Reference((width, height), points.astype(np.float64), descriptors)


def features(image: U1) -> Reference:
    """All that can be known again of a picture (height, width, 3) BGR. Takes tens of milliseconds."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    height, width = grey.shape[:2]
    shrunk = min(1.0, _LONGEST_PX / max(width, height))
    if shrunk < 1:
        grey = np.asarray(cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA), np.uint8)
    orb = cv2.ORB.create(nfeatures=_MOST, fastThreshold=8)
    corners, descriptors = orb.detectAndCompute(grey, None)
    order = np.argsort([-corner.response for corner in corners], kind="stable")
    points = np.array([corner.pt for corner in corners], np.float64).reshape(-1, 2) + 0.5
    points *= np.array([width, height]) / (grey.shape[1], grey.shape[0])
    known = np.zeros((0, _DESCRIPTOR), np.uint8) if descriptors is None else np.asarray(descriptors, np.uint8)
    return Reference((width, height), points[order], known[order])


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """How a picture moved. matrix (3, 3): ideal px then -> ideal px now. turned: all of it moved as one turn of the
    camera. shift_px: the median, over the picture. apart_px: the median distance of a corner from where that puts it.
    """

    size: tuple[int, int]
    matrix: F8
    lens: Lens | None
    turned: bool
    shift_px: float
    apart_px: float

    @property
    def moved(self) -> bool:
        """Whether that is more than nothing."""
        return self.shift_px > max(_MOVED * self.size[0], 3 * self.apart_px)

    def after(self, points: F8) -> F8:
        """Where picture px (n, 2) of then are now; NaN where that is nowhere."""
        return self._through(self.matrix, points)

    def before(self, points: F8) -> F8:
        """Where picture px (n, 2) of now were then."""
        return self._through(np.asarray(np.linalg.inv(self.matrix)), points)

    def _through(self, matrix: F8, points: F8) -> F8:
        if self.lens is None:
            return homography.apply(matrix, points)
        return self.lens.distort(homography.apply(matrix, self.lens.undistort(points)))


def movement(then: Reference, now: Reference, camera: F8 | None, lens: Lens | None = None) -> Movement | None:
    """What happened between two looks; None: they have too little in common to say. camera (3, 3): ideal px of ideal
    rays, for a turn; None: unknown.
    """
    if then.size != now.size:
        return None
    first, second = _alike(then, now)
    if lens is not None:
        first, second = lens.undistort(first), lens.undistort(second)
    there = np.isfinite(first).all(axis=1) & np.isfinite(second).all(axis=1)
    first, second = first[there], second[there]
    if len(first) < _LEAST:
        return None
    near = max(1.5, _NEAR * then.size[0])
    free, _ = cv2.findHomography(first, second, cv2.USAC_MAGSAC, near, maxIters=5000, confidence=0.9999)
    if free is None:
        return None
    matrix = _upright(np.asarray(free, np.float64))
    agree = _miss(matrix, first, second) < near
    if camera is not None and agree.sum() >= _LEAST:
        turn = _turn(camera, matrix, first[agree], second[agree])
        miss, free_miss = _miss(turn, first, second), _miss(matrix, first, second)
        together = miss < near
        if together.sum() >= _LEAST and float(np.median(miss[agree])) <= (
            _AS_GOOD * float(np.median(free_miss[agree])) + _AS_GOOD_PX
        ):
            turn = _turn(camera, turn, first[together], second[together])
            return _moved(then.size, turn, lens, first, second, near, turned=True)
    return _moved(then.size, matrix, lens, first, second, near, turned=False)


def _moved(
    size: tuple[int, int], matrix: F8, lens: Lens | None, first: F8, second: F8, near: float, *, turned: bool
) -> Movement | None:
    miss = _miss(matrix, first, second)
    agree = miss < near
    if agree.sum() < max(_LEAST, _LEAST_SHARE * len(first)):
        return None
    x, y = np.meshgrid(np.linspace(0.05, 0.95, 9) * size[0], np.linspace(0.05, 0.95, 9) * size[1])
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    bare = Movement(size, matrix, lens, turned, 0.0, float(np.median(miss[agree])))
    shift = float(np.nanmedian(np.hypot(*(bare.after(places) - places).T)))
    return Movement(size, matrix, lens, turned, shift, bare.apart_px)


def _alike(then: Reference, now: Reference) -> tuple[F8, F8]:
    """Where corners (n, 2) were that look like no other but one, and where that one is."""
    none = np.zeros((0, 2))
    if not len(then.points) or len(now.points) < 2:
        return none, none
    found = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(then.descriptors, now.descriptors, k=2)
    clear = [best for best, second in found if best.distance < _RATIO * second.distance]
    best_of: dict[int, cv2.DMatch] = {}
    for one in clear:
        other = best_of.get(one.trainIdx)
        if other is None or one.distance < other.distance:
            best_of[one.trainIdx] = one
    rows: I8 = np.array([(one.queryIdx, one.trainIdx) for one in best_of.values()], np.int64).reshape(-1, 2)
    return then.points[rows[:, 0]], now.points[rows[:, 1]]


def _turn(camera: F8, start: F8, first: F8, second: F8) -> F8:
    """The turn of a camera that takes ideal px (n, 2) to others (n, 2) best, near a start (3, 3)."""
    inverse = np.asarray(np.linalg.inv(camera))
    left, _, right = np.linalg.svd(inverse @ start @ camera)
    rotation = left @ np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))]) @ right

    def matrix(turn: F8) -> F8:
        return np.asarray(camera @ cv2.Rodrigues(turn)[0] @ inverse)

    def misses(turn: F8) -> F8:
        return np.nan_to_num(homography.apply(matrix(turn), first) - second, nan=1e3).ravel()

    from scipy.optimize import least_squares  # slow to import, and few cameras are ever moved

    found = least_squares(misses, cv2.Rodrigues(rotation)[0].ravel(), loss="soft_l1", f_scale=1.0)
    return _upright(matrix(np.asarray(found.x)))


def _miss(matrix: F8, first: F8, second: F8) -> F8:
    """How far (n,) each is from where the matrix puts it; infinite where that is nowhere."""
    miss = np.hypot(*(homography.apply(matrix, first) - second).T)
    return np.asarray(np.where(np.isfinite(miss), miss, np.inf))


def _upright(matrix: F8) -> F8:
    """Of the scale at which its denominator is positive in the picture."""
    return np.asarray(matrix / matrix[2, 2])
