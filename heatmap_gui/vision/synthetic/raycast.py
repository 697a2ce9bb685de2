"""Axis-parallel rectangles drawn into a picture with depth: a ray a pixel, textures from a mip level that fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.types import F4, F8, U1
from heatmap_gui.vision.synthetic import textures
from heatmap_gui.vision.synthetic.layout import View

_NEAREST = 0.05  # m along the optical axis


@dataclass(frozen=True, eq=False)
class Surface:
    """A rectangle at `level` on `axis` (0 x, 1 y, 2 z), seen from the side that `facing` (+1, -1) looks to.

    low, high: its corners in the two other axes, in their order; texture: rows down, columns along the first of them
    (`flip` turns the rows over: the texture's top is the higher value); light: 0..1. hides: may stand before people.
    """

    axis: int
    level: float
    facing: int
    low: tuple[float, float]
    high: tuple[float, float]
    texture: U1
    light: float
    flip: bool
    hides: bool = True

    @cached_property
    def levels(self) -> tuple[U1, ...]:
        """The texture and its halvings (Williams, Pyramidal parametrics, SIGGRAPH 1983), all lit."""
        levels = [np.asarray(self.texture * np.float32(self.light), dtype=np.uint8)]
        while min(levels[-1].shape[:2]) > 4 and len(levels) < 6:
            half = cv2.resize(levels[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            levels.append(np.asarray(half, dtype=np.uint8))
        return tuple(levels)


class Canvas:
    """A picture with depth, into which surfaces are drawn from one eye."""

    def __init__(self, view: View, scale: int, mirrored: bool) -> None:
        width, height = view.size[0] * scale, view.size[1] * scale
        mirror = np.array([1.0, 1.0, -1.0 if mirrored else 1.0])
        u = (np.arange(width) + 0.5) / scale - 0.5 - view.intrinsics[0, 2]
        v = (np.arange(height) + 0.5) / scale - 0.5 - view.intrinsics[1, 2]
        right, down, axis = view.axes * mirror
        rays = axis + (u[None, :, None] * right + v[:, None, None] * down) / view.focal_px
        self.rays = np.ascontiguousarray(np.moveaxis(rays, 2, 0), np.float32)  # x, y and z apart: read one by one
        self.eye, self._axis = np.array(view.position) * mirror, axis
        self.image = np.zeros((height, width, 3), np.uint8)
        self.depth = np.full((height, width), np.inf, np.float32)
        self.hides, self.floor = np.zeros((height, width), np.bool_), np.zeros((height, width), np.bool_)
        self._pixel = 1.0 / (view.focal_px * scale)

    def draw(self, surface: Surface) -> None:
        """Puts the surface where it is nearer than what is there."""
        a = surface.axis
        gap = float(surface.level - self.eye[a])
        if gap * surface.facing >= 0.0:
            return
        box = self._extent(surface)
        if box is None:
            return
        rays, depth = self.rays[:, *box], self.depth[box]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = gap / rays[a]
            first, second = [i for i in range(3) if i != a]
            p, q = (float(self.eye[i]) + t * rays[i] for i in (first, second))
            (p0, q0), (p1, q1) = surface.low, surface.high
            hit = (t > _NEAREST) & (t < depth) & (p >= p0) & (p < p1) & (q >= q0) & (q < q1)
        if (inner := _bounds(hit)) is None:
            return
        hit, t, p, q = hit[inner], t[inner], p[inner], q[inner]
        s, r = (p - p0) / (p1 - p0), (q - q0) / (q1 - q0)
        self._paint(surface, self.image[box][inner], s, 1.0 - r if surface.flip else r, t, hit)
        np.copyto(depth[inner], t, where=hit)
        np.copyto(self.hides[box][inner], surface.hides, where=hit)
        np.copyto(self.floor[box][inner], a == 2 and surface.level == 0.0, where=hit)

    def _extent(self, surface: Surface) -> tuple[slice, slice] | None:
        """The part of the picture that the surface can touch."""
        first, second = [i for i in range(3) if i != surface.axis]
        corners = np.empty((4, 3))
        corners[:, surface.axis] = surface.level
        (p0, q0), (p1, q1) = surface.low, surface.high
        corners[:, first], corners[:, second] = (p0, p1, p1, p0), (q0, q0, q1, q1)
        height, width = self.depth.shape
        ahead = (corners - self.eye) @ self._axis
        seen = _before(corners, ahead)
        if not len(seen):
            return None
        x, y = self._project(seen)
        left, right = max(int(x.min()) - 1, 0), min(int(x.max()) + 2, width)
        top, bottom = max(int(y.min()) - 1, 0), min(int(y.max()) + 2, height)
        return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None

    def _project(self, corners: F8) -> tuple[F8, F8]:
        """World metres (n, 3) -> pixels of this canvas: solves ray(x, y) ~ corner - eye."""
        origin = self.rays[:, 0, 0].astype(np.float64)
        basis = np.stack([self.rays[:, 0, 1] - origin, self.rays[:, 1, 0] - origin, origin], axis=1)
        x, y, w = np.linalg.solve(basis, (corners - self.eye).T)
        return x / w, y / w

    def _paint(self, surface: Surface, image: U1, s: F4, r: F4, t: F4, hit: NDArray[np.bool_]) -> None:
        """Texture at (s, r) in 0..1 where it is hit, from mip levels that suit the distances t."""
        texels = np.maximum(t * (self._pixel * textures.PX_PER_M * 1.4), 1.0)
        wanted = np.clip(np.log2(texels), 0, len(surface.levels) - 1).astype(np.int8)
        for number, level in enumerate(surface.levels):
            here = hit & (wanted == number)
            if (part := _bounds(here)) is not None:
                x, y = s[part] * level.shape[1] - 0.5, r[part] * level.shape[0] - 0.5
                pixels = cv2.remap(level, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
                np.copyto(image[part], pixels, where=here[part][..., None], casting="unsafe")


def _before(corners: F8, ahead: F8) -> F8:
    """Of a polygon what lies before the eye, (n, 3) (Sutherland & Hodgman, 1974). ahead: its corners, how far (n,)."""
    found = []
    for at in range(len(corners)):
        (a, b), (to_a, to_b) = corners[[at - 1, at]], ahead[[at - 1, at]]
        if (to_a > _NEAREST) != (to_b > _NEAREST):
            found.append(a + (b - a) * ((_NEAREST - to_a) / (to_b - to_a)))
        if to_b > _NEAREST:
            found.append(b)
    return np.array(found).reshape(-1, 3)


def _bounds(mask: NDArray[np.bool_]) -> tuple[slice, slice] | None:
    """Of what is true in it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)) if len(rows) else None
