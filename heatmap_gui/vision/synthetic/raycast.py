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
        self.eye = np.array(view.position) * mirror
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
        rows, columns = box
        rays, depth = self.rays[:, rows, columns], self.depth[rows, columns]
        with np.errstate(divide="ignore", invalid="ignore"):
            t = gap / rays[a]
            first, second = [i for i in range(3) if i != a]
            p, q = (float(self.eye[i]) + t * rays[i] for i in (first, second))
            (p0, q0), (p1, q1) = surface.low, surface.high
            hit = (t > 0.05) & (t < depth) & (p >= p0) & (p < p1) & (q >= q0) & (q < q1)
        if not hit.any():
            return
        s, r = (p - p0) / (p1 - p0), (q - q0) / (q1 - q0)
        colours = self._sample(surface, s, 1.0 - r if surface.flip else r, t, hit)
        np.copyto(self.image[rows, columns], colours, where=hit[..., None])
        depth[hit] = t[hit]
        self.hides[rows, columns][hit] = surface.hides
        self.floor[rows, columns][hit] = a == 2 and surface.level == 0.0

    def _extent(self, surface: Surface) -> tuple[slice, slice] | None:
        """The part of the picture that the surface can touch; all of it where it reaches behind the eye."""
        first, second = [i for i in range(3) if i != surface.axis]
        corners = np.empty((4, 3))
        corners[:, surface.axis] = surface.level
        (p0, q0), (p1, q1) = surface.low, surface.high
        corners[:, first], corners[:, second] = (p0, p1, p1, p0), (q0, q0, q1, q1)
        height, width = self.depth.shape
        axis = self.rays[:, height // 2, width // 2]
        if ((corners - self.eye) @ axis).min() < 0.2:
            return slice(0, height), slice(0, width)
        x, y = self._project(corners)
        left, right = max(int(x.min()) - 1, 0), min(int(x.max()) + 2, width)
        top, bottom = max(int(y.min()) - 1, 0), min(int(y.max()) + 2, height)
        return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None

    def _project(self, corners: F8) -> tuple[F8, F8]:
        """World metres (n, 3) -> pixels of this canvas: solves ray(x, y) ~ corner - eye."""
        origin = self.rays[:, 0, 0].astype(np.float64)
        basis = np.stack([self.rays[:, 0, 1] - origin, self.rays[:, 1, 0] - origin, origin], axis=1)
        x, y, w = np.linalg.solve(basis, (corners - self.eye).T)
        return x / w, y / w

    def _sample(self, surface: Surface, s: F4, r: F4, t: F4, hit: NDArray[np.bool_]) -> U1:
        """Texture at (s, r) in 0..1, from a mip level that suits the distance t."""
        texels = np.maximum(t * (self._pixel * textures.PX_PER_M * 1.4), 1.0)
        wanted = np.clip(np.log2(texels), 0, len(surface.levels) - 1).astype(np.int32)
        out = np.zeros((*t.shape, 3), np.uint8)
        for number in np.unique(wanted[hit]).tolist():
            level = surface.levels[number]
            x, y = s * level.shape[1] - 0.5, r * level.shape[0] - 0.5
            pixels = cv2.remap(level, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            np.copyto(out, pixels, where=(wanted == number)[..., None], casting="unsafe")
        return out
