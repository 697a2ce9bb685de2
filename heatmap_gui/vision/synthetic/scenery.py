"""The empty scene as a camera sees it: one ray a pixel against axis-parallel surfaces, drawn once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.types import F4, U1
from heatmap_gui.vision.synthetic import textures
from heatmap_gui.vision.synthetic.layout import Block, View
from heatmap_gui.vision.synthetic.raycast import Canvas, Surface
from heatmap_gui.vision.synthetic.scenes import Scene

SUPERSAMPLING = 2
GLOSS = 0.14


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """image (h, w, 3) uint8 BGR; ahead_m (h, w) float32: how far ahead on the floor whatever may hide people stands
    (infinite where it is floor or ceiling); floor (h, w) bool: where shadows fall.
    """

    image: U1
    ahead_m: F4
    floor: NDArray[np.bool_]


def _sides(b: Block, rng: np.random.Generator) -> list[U1]:
    """Textures of the block's sides at y0, y1 (as wide as x) and x0, x1 (as wide as y)."""
    wide, deep = b.x1 - b.x0, b.y1 - b.y0

    def side(width_m: float) -> U1:
        if b.kind == "goods":
            return textures.goods(width_m, b.height, rng)
        if b.kind == "produce":
            return textures.planks(width_m, b.height)
        if b.kind == "till":
            return textures.counter(width_m, b.height)
        colour = (62, 58, 56) if b.kind == "post" else (206, 208, 208)
        return np.full((8, 8, 3), colour, np.uint8)

    return [side(wide), side(wide), side(deep), side(deep)]


def _top(b: Block, rng: np.random.Generator) -> U1:
    wide, deep = b.x1 - b.x0, b.y1 - b.y0
    if b.kind == "produce":
        return textures.produce(wide, deep, rng)
    if b.kind == "till":
        return textures.counter_top(wide, deep)
    return np.full((8, 8, 3), (170, 170, 168) if b.kind == "goods" else (90, 88, 86), np.uint8)


def _block_surfaces(b: Block, rng: np.random.Generator) -> list[Surface]:
    north, south, west, east = _sides(b, rng)
    x, y, z = (b.x0, b.x1), (b.y0, b.y1), (0.0, b.height)
    return [
        Surface(1, y[0], -1, (x[0], 0.0), (x[1], z[1]), north, 0.80, flip=True),
        Surface(1, y[1], 1, (x[0], 0.0), (x[1], z[1]), south, 0.92, flip=True),
        Surface(0, x[0], -1, (y[0], 0.0), (y[1], z[1]), west, 0.86, flip=True),
        Surface(0, x[1], 1, (y[0], 0.0), (y[1], z[1]), east, 0.74, flip=True),
        Surface(2, z[1], 1, (x[0], y[0]), (x[1], y[1]), _top(b, rng), 1.0, flip=False),
    ]


def _room_surfaces(scene: Scene, rng: np.random.Generator) -> list[Surface]:
    r, (plan_x, plan_y) = scene.room, scene.size_m
    top, street = r.height, plan_y + textures.STREET_M
    wide, deep = textures.wall(r.x1 - r.x0, top), textures.wall(r.y1 - r.y0, top)
    floor = textures.floor(scene.size_m, r, scene.blocks, rng)
    ceiling = textures.ceiling(plan_x, plan_y)
    surfaces = [
        Surface(2, 0.0, 1, (0.0, 0.0), (plan_x, street), floor, 1.0, flip=False, hides=False),
        Surface(2, top, -1, (0.0, 0.0), (plan_x, plan_y), ceiling, 0.92, flip=False, hides=False),
        Surface(1, r.y0, 1, (r.x0, 0.0), (r.x1, top), wide, 0.95, flip=True),
        Surface(0, r.x0, 1, (r.y0, 0.0), (r.y1, top), deep, 0.88, flip=True),
        Surface(0, r.x1, -1, (r.y0, 0.0), (r.y1, top), deep, 0.84, flip=True),
    ]
    if r.door is None:
        return [*surfaces, Surface(1, r.y1, -1, (r.x0, 0.0), (r.x1, top), wide, 0.8, flip=True)]
    (left, right), lintel = r.door, 2.4
    front = textures.wall(right - left, top)[: round((top - lintel) * textures.PX_PER_M)]
    window = textures.wall(r.x1 - right, top, ((0.8, 6.4), (7.4, 13.0)))
    pavement = np.full((8, 8, 3), (150, 152, 156), np.uint8)
    sky = np.full((8, 8, 3), (232, 226, 216), np.uint8)
    return [
        *surfaces,
        Surface(1, r.y1, -1, (r.x0, 0.0), (left, top), textures.wall(left - r.x0, top), 0.8, flip=True),
        Surface(1, r.y1, -1, (right, 0.0), (r.x1, top), window, 0.8, flip=True),
        Surface(1, r.y1, -1, (left, lintel), (right, top), front, 0.8, flip=True),
        Surface(2, -0.01, 1, (-200.0, r.y1), (200.0, street), pavement, 1.0, flip=False, hides=False),
        Surface(1, street, -1, (-200.0, -1.0), (200.0, 60.0), sky, 1.0, flip=True),
    ]


@lru_cache(maxsize=4)
def _surfaces(scene: Scene) -> tuple[Surface, ...]:
    rng = np.random.default_rng([scene.seed, 7])
    blocks = [s for b in scene.blocks for s in _block_surfaces(b, rng)]
    return (*_room_surfaces(scene, rng), *blocks)


@lru_cache(maxsize=8)
def backdrop(scene: Scene, view: View) -> Backdrop:
    """The scene without people, as `view` sees it."""
    canvas = Canvas(view, SUPERSAMPLING, mirrored=False)
    for surface in _surfaces(scene):
        canvas.draw(surface)
    image = np.asarray(cv2.resize(canvas.image, view.size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    middle = slice(SUPERSAMPLING // 2, None, SUPERSAMPLING)
    floor, hides = canvas.floor[middle, middle], canvas.hides[middle, middle]
    east, south = canvas.rays[:2, middle, middle]
    ahead = canvas.depth[middle, middle] * (east * float(view.ahead[0]) + south * float(view.ahead[1]))
    return Backdrop(_polish(scene, view, image, floor), np.where(hides, ahead, np.inf).astype(np.float32), floor)


def _polish(scene: Scene, view: View, image: U1, floor: NDArray[np.bool_]) -> U1:
    """Adds the floor's soft reflection of what stands on it, and the lens's darker corners."""
    mirror = Canvas(view, 1, mirrored=True)
    for surface in _surfaces(scene):
        if not (surface.axis == 2 and surface.level == 0.0):
            mirror.draw(surface)
    reflected = cv2.GaussianBlur(mirror.image, (0, 0), sigmaX=3.0, sigmaY=8.0).astype(np.float32)
    weight = cv2.GaussianBlur(floor.astype(np.float32), (0, 0), 0.6)[..., None] * GLOSS
    width, height = view.size
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    vignette = (1.0 - 0.14 * (x**2 + y**2) ** 1.5 / 2.8)[..., None]
    return np.asarray(np.clip(((1 - weight) * image + weight * reflected) * vignette, 0, 255), dtype=np.uint8)
