"""One camera's picture and the floor: where a pixel stands, how sure that is, how tall a person is there.

The map is a homography of ideal pixels; the lens comes before it. A third dimension follows from the same matrix: with
square pixels and a known principal point the two axes of the floor must be orthogonal and of one length, which gives
the focal length (Z. Zhang, "A flexible new technique for camera calibration", 2000) and with it the vertical.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core import geometry, homography
from heatmap_gui.core.calibration import CLICK_SIGMA_PX, PLAN_SIGMA_PX, Calibration
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8

_SAME_SHAPE = 0.01
_FAR_M_PER_PX = 0.5
_FOCAL_RANGE = (0.3, 8.0)  # of the picture's longer side: fields of view from 118 to 7 degrees
_STRAIGHT_DOWN = 0.003  # foreshortening at about 4 degrees from the vertical


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """One camera's picture px (distorted, as delivered) <-> floor units; build it with `of`.

    An uncalibrated camera's floor is its own picture: everything is the identity, heights are unknown.
    size: of the delivered frames, px. unit: of the floor. scale: delivered px per px of the site file, in x and y.
    matrix (3, 3): ideal px -> floor units, with a positive denominator on the visible side of the horizon.
    """

    size: tuple[int, int]
    unit: Literal["m", "px"]
    calibrated: bool
    scale: tuple[float, float]
    matrix: F8
    inverse: F8
    lens: Lens | None
    factor: F8 | None
    vertical: F8 | None
    far_per_px: float

    @classmethod
    def of(cls, floor: Floor, camera: Camera, size: tuple[int, int]) -> Projection:
        """The projection of frames of this size (width, height).

        Raises InputError when the frame's shape differs from the site file's `frame_size` by more than 1 %.
        """
        scale = _scale(camera, size)
        calibration = camera.calibration
        if calibration is None:
            unit = np.eye(3)
            return cls(size, "px", False, scale, unit, unit, None, None, None, math.inf)
        lens = calibration.lens.scaled(*scale) if calibration.lens else None
        matrix = _to_units(floor) @ calibration.matrix @ np.diag([1 / scale[0], 1 / scale[1], 1.0])
        clicks = calibration.camera_points * scale
        matrix = _facing(matrix, lens.undistort(clicks) if lens else clicks, size)
        far = _FAR_M_PER_PX if floor.unit == "m" else floor.width_px / 60  # 0.5 m of a shop 30 m wide
        vertical = _vertical(matrix, lens, size) if floor.unit == "m" else None
        inverse = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
        bare = cls(size, floor.unit, True, scale, matrix, inverse, lens, None, vertical, far)
        factor = _matrix_factor(bare, floor, calibration)
        return cls(size, floor.unit, True, scale, matrix, inverse, lens, factor, vertical, far)

    def to_floor(self, points_px: F8) -> F8:
        """Picture px (n, 2) -> floor units (n, 2); NaN beyond the horizon."""
        if not self.calibrated:
            return points_px
        return homography.apply(self.matrix, self._ideal(points_px))

    def to_image(self, points: F8) -> F8:
        """Floor units (n, 2) -> picture px (n, 2); NaN behind the camera. May lie outside the picture."""
        if not self.calibrated:
            return points
        ideal = homography.apply(self.inverse, points)
        return ideal if self.lens is None else self.lens.distort(ideal)

    def ground(self, points_px: F8) -> tuple[F8, F8, F8]:
        """All about where picture px (n, 2) stand, the point last; NaN beyond the horizon.

        -> place (2, n); slope (2, 2, n), d floor / d px; the calibration's own part of the covariance (2, 2, n), which
        is shared by all points of a camera, not drawn anew for each.
        """
        n = len(points_px)
        if not self.calibrated:
            slope = np.zeros((2, 2, n))
            slope[0, 0] = slope[1, 1] = 1.0
            return points_px.T, slope, np.zeros((2, 2, n))
        ideal = np.ones((3, n))
        ideal[:2] = self._ideal(points_px).T
        mapped = self.matrix @ ideal
        w = np.where(mapped[2] > 0, mapped[2], np.nan)
        place = mapped[:2] / w
        slope = (self.matrix[:2, :2, None] - place[:, None] * self.matrix[2, :2, None]) / w
        if self.lens is not None:
            bend = np.linalg.inv(self.lens.jacobian(ideal[:2].T))
            slope = np.einsum("ijn,njk->ikn", slope, bend)
        if self.factor is None:
            return place, slope, np.zeros((2, 2, n))
        moved = self.factor.reshape(3, 3, -1).transpose(0, 2, 1) @ ideal  # how the matrix's error moves `mapped`
        return place, slope, squared((moved[:2] - place[:, None] * moved[2]) / w)

    def jacobian(self, points_px: F8) -> F8:
        """d floor / d px (n, 2, 2) at picture px (n, 2); NaN beyond the horizon."""
        return self.ground(points_px)[1].transpose(2, 0, 1)

    def covariance(self, points_px: F8, sigma_px: F8) -> F8:
        """Covariance (n, 2, 2) in floor units squared of where picture px (n, 2) stand, with the calibration's part.

        sigma_px (n,) or (n, 2): standard deviation of the pixels.
        """
        _, slope, own = self.ground(points_px)
        return (squared(slope * sigma_px.T) + own).transpose(2, 0, 1)

    def head(self, feet_px: F8, height_m: float | F8 = 1.7) -> F8:
        """Picture px (n, 2) of the point height_m (one, or (n,)) above each foot; NaN where that is unknown."""
        if self.vertical is None:
            return np.full_like(feet_px, np.nan)
        feet = self._ideal(feet_px)
        w = homography.weights(self.matrix, feet)
        lift = w * height_m
        depth = 1 + lift * self.vertical[2]
        depth = np.where((w > 0) & (depth > 0), depth, np.nan)
        top = (feet + lift[:, None] * self.vertical[:2]) / depth[:, None]
        return top if self.lens is None else self.lens.distort(top)

    def under(self, heads_px: F8, height_m: float) -> F8:
        """Floor units (n, 2) below picture px (n, 2) that are height_m above the floor; NaN where unknown."""
        if self.vertical is None:
            return np.full_like(heads_px, np.nan)
        raised = self.inverse + height_m * np.outer(self.vertical, [0.0, 0.0, 1.0])
        return homography.apply(np.asarray(np.linalg.inv(raised)), self._ideal(heads_px))

    def person_height_px(self, feet_px: F8, height_m: float | F8 = 1.7) -> F8:
        """Length (n,) in picture px of a person of height_m who stands there; NaN where that is unknown."""
        return np.asarray(np.linalg.norm(self.head(feet_px, height_m) - feet_px, axis=1))

    def beneath(self) -> F8 | None:
        """The floor (2,) straight below the camera, where verticals vanish; floor units. None when unknown."""
        if self.vertical is None:
            return None
        x, y, w = self.matrix @ self.vertical
        return np.array([x / w, y / w])

    def footprint(self) -> F8:
        """Polygon (k, 2) in floor units of what the camera sees, cut where a pixel covers more than half a metre."""
        border = _border(self.size, 1 if self.lens is None else 16)
        if not self.calibrated:
            return border
        ideal = self._ideal(border)
        ideal = ideal[np.isfinite(ideal).all(axis=1)]
        gradient = self.matrix[2, :2]
        steepness = float(np.hypot(*gradient))
        if steepness * max(self.size) > 1e-9 * abs(self.matrix[2, 2]):
            # Along the gradient of the denominator w, a pixel's length on the floor is c / w^2 with one c.
            centre = np.array(self.size) / 2
            uphill = gradient / steepness
            numerator = self.matrix[:2, :2] @ centre + self.matrix[:2, 2]
            w = float(gradient @ centre + self.matrix[2, 2])
            c = float(np.linalg.norm(self.matrix[:2, :2] @ uphill * w - numerator * steepness))
            ideal = geometry.clip(ideal, gradient, math.sqrt(c / self.far_per_px) - float(self.matrix[2, 2]))
        return homography.apply(self.matrix, ideal)

    def _ideal(self, points_px: F8) -> F8:
        return points_px if self.lens is None else self.lens.undistort(points_px)


def squared(a: F8) -> F8:
    """A A' (2, 2, n) of matrices A (2, k, n): the covariance of what depends by A on k values of variance 1."""
    return np.asarray(np.einsum("ikn,jkn->ijn", a, a))


def _scale(camera: Camera, size: tuple[int, int]) -> tuple[float, float]:
    if camera.frame_size is None or camera.frame_size == size:
        return 1.0, 1.0
    width, height = camera.frame_size
    sx, sy = size[0] / width, size[1] / height
    if abs(sx / sy - 1) > _SAME_SHAPE:
        raise InputError(
            f"camera {camera.id}: its frames are {size[0]}x{size[1]}, but the site file's geometry is for "
            f"{width}x{height}, another shape: calibrate the camera for its frames, or correct frame_size"
        )
    return sx, sy


def _to_units(floor: Floor) -> F8:
    scale = floor.units_per_px
    x, y = floor.origin_m if floor.unit == "m" else (0.0, 0.0)
    return np.array([[scale, 0.0, x], [0.0, scale, y], [0.0, 0.0, 1.0]])


def _facing(matrix: F8, clicks: F8, size: tuple[int, int]) -> F8:
    """The matrix with a sign, and scale, such that its denominator is about 1 and positive where the floor is seen.

    That is where the clicked pairs are; without pairs, the middle of the lower edge.
    """
    if len(clicks) == 0:
        clicks = np.array([[size[0] / 2, float(size[1])]])
    w = homography.weights(matrix, clicks)
    return np.asarray(matrix / w[np.abs(w).argmax()])


def _border(size: tuple[int, int], steps: int) -> F8:
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    ends = np.roll(corners, -1, axis=0)
    return np.asarray((corners[:, None] * (1 - t) + ends[:, None] * t).reshape(-1, 2))


def _matrix_factor(bare: Projection, floor: Floor, calibration: Calibration) -> F8:
    """Factor of the covariance of the matrix, from the noise of the clicks it was fitted to.

    A file without pairs was made by other means, as a rule a survey: as if from nine points, spread over the floor in
    the picture and thrice as exact as clicks.
    """
    click_px, plan_px = CLICK_SIGMA_PX * bare.scale[0], PLAN_SIGMA_PX
    if len(calibration.camera_points) >= 4:
        clicks = calibration.camera_points * bare.scale
        wanted = floor.from_px(calibration.plan_points)
    else:
        click_px, plan_px = click_px / 3, plan_px / 3
        low = np.array([bare.size[0], bare.size[1] / 2])
        clicks = np.stack(np.meshgrid([0.1, 0.5, 0.9], [1.0, 1.4, 1.8]), axis=-1).reshape(-1, 2) * low
        clicks = clicks[np.isfinite(bare.to_floor(clicks)).all(axis=1)]
        wanted = bare.to_floor(clicks)
    pair = bare.covariance(clicks, np.full(len(clicks), click_px)) + np.eye(2) * (plan_px * floor.units_per_px) ** 2
    rows = homography.parameter_jacobian(bare.matrix, bare._ideal(clicks))
    miss = bare.to_floor(clicks) - wanted
    spare = 2 * len(clicks) - 8
    misfit = float(np.einsum("ni,nij,nj->", miss, np.linalg.inv(pair), miss)) / spare if spare else 1.0
    return homography.covariance_factor(rows, pair) * math.sqrt(max(misfit, 1.0))


def _vertical(matrix: F8, lens: Lens | None, size: tuple[int, int]) -> F8 | None:
    """Homogeneous ideal px (3,) that one metre up adds to a floor point's; None where the matrix does not tell."""
    to_image = np.linalg.inv(matrix)
    if lens is None:
        centre, focal = _centre(size), focal_px(matrix, size)
        if focal is None:
            return None
        camera = centre @ np.diag([focal, focal, 1.0])
    else:
        camera = np.array([[lens.fx, 0, lens.cx], [0, lens.fy, lens.cy], [0, 0, 1]])
    x, y, t = (np.linalg.inv(camera) @ to_image).T
    length = math.sqrt(float(np.linalg.norm(x) * np.linalg.norm(y)))
    normal = np.cross(x, y) / np.linalg.norm(np.cross(x, y))
    # Up is the side that the camera is on: so it holds for plans drawn from above and for mirrored ones.
    up = -math.copysign(length, float(normal @ t)) * normal
    return np.asarray(camera @ up)


def focal_px(matrix: F8, size: tuple[int, int]) -> float | None:
    """The focal length, px, that a matrix ideal px -> floor tells of a camera with pictures of this size; None: no."""
    return _focal_px(np.linalg.inv(_centre(size)) @ np.linalg.inv(matrix), max(size))


def _centre(size: tuple[int, int]) -> F8:
    """Moves a picture's origin to its middle, where the principal point is taken to be."""
    return np.array([[1, 0, size[0] / 2], [0, 1, size[1] / 2], [0, 0, 1]])


def _focal_px(to_image: F8, side_px: float) -> float | None:
    """Focal length from a floor -> image matrix whose image origin is the principal point.

    Both constraints are linear in 1/f^2 and turn into each other as the floor turns: solved by least squares. None for
    a camera that looks nearly straight down: any focal length gives the same picture of the floor.
    """
    (ax, ay, az), (bx, by, bz) = to_image[:, 0], to_image[:, 1]
    finite = np.array([2 * (ax * bx + ay * by), ax * ax + ay * ay - bx * bx - by * by])
    infinite = np.array([2 * az * bz, az * az - bz * bz])
    if np.linalg.norm(finite) < _STRAIGHT_DOWN * np.sum(to_image[:2, :2] ** 2):
        return None
    inverse_square = -float(finite @ infinite) / float(finite @ finite)
    if inverse_square <= 0:
        return None
    focal = 1 / math.sqrt(inverse_square)
    return focal if _FOCAL_RANGE[0] < focal / side_px < _FOCAL_RANGE[1] else None
