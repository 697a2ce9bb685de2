"""What the surfaces of a scene look like: pictures in BGR, PX_PER_M to the metre, made from a seed."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from heatmap_gui.core.types import F4, U1
from heatmap_gui.vision.synthetic.layout import Block, Room

PX_PER_M = 64
TEAL = (122, 104, 44)
STREET_M = 3.0

_GOODS = (
    (52, 58, 176), (60, 128, 206), (78, 186, 226), (74, 132, 70), (150, 108, 58), (196, 190, 184), (112, 156, 190),
    (118, 74, 96), (176, 168, 98), (70, 86, 120), (150, 196, 214), (92, 92, 200), (126, 166, 120), (222, 222, 218),
)  # fmt: skip
_FRUIT = ((44, 52, 176), (58, 150, 220), (84, 198, 226), (70, 140, 86), (60, 104, 62), (60, 90, 180), (110, 190, 150))


def _px(metres: float) -> int:
    return max(round(metres * PX_PER_M), 2)


def _plain(width_m: float, height_m: float, colour: tuple[int, int, int]) -> U1:
    return np.full((_px(height_m), _px(width_m), 3), colour, np.uint8)


def _shade(image: U1, weight: np.ndarray) -> U1:
    return np.asarray(np.clip(image * weight[..., None], 0, 255), dtype=np.uint8)


def _standing(image: U1) -> U1:
    """Darker towards the floor, as between shelves."""
    return _shade(image, np.linspace(1.04, 0.62, image.shape[0])[:, None] ** 0.8)


def goods(width_m: float, height_m: float, rng: np.random.Generator) -> U1:
    """A shelf's front: boards with price rails, facings of boxes and bottles of like colour side by side."""
    image = _plain(width_m, height_m, (58, 56, 54))
    height, width = image.shape[:2]
    plinth, rail = _px(0.12), _px(0.045)
    rows = max(round((height_m - 0.15) / 0.36), 1)
    edges = np.linspace(_px(0.05), height - plinth, rows + 1).astype(int)
    for top, base in pairwise(edges.tolist()):
        x = 2
        while x < width - 3:
            colour = np.array(_GOODS[int(rng.integers(len(_GOODS)))]) * rng.uniform(0.75, 1.1)
            item, high = _px(rng.uniform(0.07, 0.2)), int((base - rail - top) * rng.uniform(0.62, 0.95))
            label = _GOODS[int(rng.integers(len(_GOODS)))]
            for _ in range(int(rng.integers(2, 6))):
                if x + item > width - 2:
                    break
                _item(image, x, base - rail - high, x + item - 1, base - rail, colour, label)
                x += item
            x = min(x + int(rng.integers(1, 4)), width) if x + item <= width - 2 else width
        cv2.rectangle(image, (0, base - rail), (width, base), (196, 196, 192), -1)
        for tag in range(int(rng.integers(4, 16)), width, 22):
            cv2.rectangle(image, (tag, base - rail), (tag + 6, base - 1), (90, 220, 240), -1)
    image[height - plinth :] = (52, 50, 48)
    return _standing(image)


def soft(light: F4, sigma_px: float) -> F4:
    """Blurred (Gauss). Of rows that are alike, as where rectangles are, one is blurred along: that takes most time."""
    first = np.flatnonzero(np.append(True, (light[1:] != light[:-1]).any(axis=1)))
    along = cv2.GaussianBlur(light[first], (0, 1), sigma_px)
    rows = np.repeat(along, np.diff(first, append=len(light)), axis=0)
    return np.asarray(cv2.GaussianBlur(rows, (1, 0), sigma_px), np.float32)


def _at_most_white(colour: np.ndarray) -> tuple[float, ...]:
    return tuple(min(value, 255.0) for value in colour.tolist())


def _item(image: U1, x0: int, y0: int, x1: int, y1: int, colour: np.ndarray, label: tuple[int, int, int]) -> None:
    body = _at_most_white(colour)
    side = tuple(c * 0.6 for c in body)
    cv2.rectangle(image, (x0, y0), (x1, y1), body, -1)
    cv2.line(image, (x1, y0), (x1, y1), side, 1)
    third = (y1 - y0) // 3
    cv2.rectangle(image, (x0 + 1, y0 + third), (x1 - 1, y1 - third), label, -1)


def produce(width_m: float, depth_m: float, rng: np.random.Generator) -> U1:
    """An island seen from above: crates of fruit and vegetables."""
    image = _plain(width_m, depth_m, (74, 96, 120))
    across, down = max(round(width_m / 0.5), 1), max(round(depth_m / 0.6), 1)
    xs = np.linspace(0, image.shape[1], across + 1).astype(int)
    ys = np.linspace(0, image.shape[0], down + 1).astype(int)
    for x0, x1 in pairwise(xs.tolist()):
        for y0, y1 in pairwise(ys.tolist()):
            colour = np.array(_FRUIT[int(rng.integers(len(_FRUIT)))], float)
            image[y0 + 3 : y1 - 3, x0 + 3 : x1 - 3] = colour * 0.6
            for _ in range(70):
                at = int(rng.integers(x0 + 5, x1 - 5)), int(rng.integers(y0 + 5, y1 - 5))
                cv2.circle(image, at, 3, _at_most_white(colour * rng.uniform(0.8, 1.2)), -1)
    return image


def planks(width_m: float, height_m: float) -> U1:
    """An island's wooden side."""
    image = _plain(width_m, height_m, (92, 126, 160))
    for y in range(0, image.shape[0], _px(0.2)):
        cv2.line(image, (0, y), (image.shape[1], y), (60, 86, 112), 2)
    return _standing(image)


def counter(width_m: float, height_m: float) -> U1:
    """A till's side: light panels with a coloured band."""
    image = _plain(width_m, height_m, (206, 204, 200))
    cv2.rectangle(image, (0, _px(0.16)), (image.shape[1], _px(0.3)), TEAL, -1)
    image[-_px(0.12) :] = (66, 64, 62)
    return _standing(image)


def counter_top(width_m: float, depth_m: float) -> U1:
    """A till from above: the belt and the bagging plate."""
    image = _plain(width_m, depth_m, (198, 198, 196))
    height, width = image.shape[:2]
    cv2.rectangle(image, (_px(0.1), _px(0.08)), (width - _px(0.1), int(height * 0.55)), (50, 48, 46), -1)
    cv2.rectangle(image, (_px(0.08), int(height * 0.62)), (width - _px(0.08), height - _px(0.08)), (164, 166, 168), -1)
    return image


def wall(width_m: float, height_m: float, windows: tuple[tuple[float, float], ...] = ()) -> U1:
    """A painted wall with a coloured band on top and a skirting; windows as (from, to) in metres."""
    image = _plain(width_m, height_m, (214, 216, 216))
    height, width = image.shape[:2]
    image[: _px(0.75)] = TEAL
    image[_px(0.75) : _px(0.79)] = (236, 236, 234)
    for begin, end in windows:
        x0, x1, y0, y1 = _px(begin), _px(end), height - _px(2.3), height - _px(0.8)
        glass = np.linspace(0.0, 1.0, y1 - y0)[:, None, None]
        image[y0:y1, x0:x1] = (1 - glass) * (176, 150, 120) + glass * (124, 112, 98)
        for x in np.linspace(x0, x1, max(round((end - begin) / 1.4), 1) + 1).astype(int):
            cv2.rectangle(image, (int(x) - 3, y0), (int(x) + 3, y1), (84, 82, 80), -1)
        cv2.rectangle(image, (x0, y0), (x1, y1), (84, 82, 80), 5)
    image[-_px(0.1) :] = (104, 102, 100)
    columns = np.minimum(np.arange(width), np.arange(width)[::-1]) / PX_PER_M
    return _shade(image, (0.9 + 0.1 * np.clip(columns / 0.9, 0, 1))[None, :] * np.linspace(1.0, 0.86, height)[:, None])


def ceiling(width_m: float, depth_m: float) -> U1:
    """Dark grid panels with rows of lamps."""
    image = _plain(width_m, depth_m, (150, 150, 148))
    for k in range(0, max(image.shape[:2]), _px(0.6)):
        cv2.line(image, (k, 0), (k, image.shape[0]), (126, 126, 124), 2)
        cv2.line(image, (0, k), (image.shape[1], k), (126, 126, 124), 2)
    for x in range(_px(1.2), image.shape[1], _px(2.4)):
        for y in range(_px(0.6), image.shape[0], _px(2.4)):
            cv2.rectangle(image, (x, y), (x + _px(1.2), y + _px(0.3)), (252, 254, 255), -1)
    return image


def floor(size_m: tuple[float, float], room: Room, blocks: tuple[Block, ...], rng: np.random.Generator) -> U1:
    """Tiles, the mat at the door, the pavement in front of it, and the soft shade beside whatever stands there."""
    width, height = _px(size_m[0]), _px(size_m[1] + STREET_M)
    tile = _px(0.6)
    tint = rng.normal(0.0, 2.2, (height // tile + 1, width // tile + 1, 1))
    image = np.repeat(np.repeat(np.array([196, 202, 206]) + tint, tile, 0), tile, 1)[:height, :width]
    image[::tile], image[1::tile], image[:, ::tile], image[:, 1::tile] = (np.array([168, 172, 174]),) * 4
    light = np.ones((height, width), np.float32)
    for b in blocks:
        light[_px(b.y0) : _px(b.y1), _px(b.x0) : _px(b.x1)] = 0.25
    border = np.full_like(light, 0.55)
    border[_px(room.y0) : _px(room.y1), _px(room.x0) : _px(room.x1)] = 1.0
    near, far = soft(light, 0.1 * PX_PER_M), soft(light * border, 0.45 * PX_PER_M)
    image *= (0.45 + 0.55 * np.minimum(near, 1.0) * far)[..., None]
    if room.door:
        x0, x1, y = _px(room.door[0]), _px(room.door[1]), _px(room.y1)
        image[y:] = np.array([152, 154, 158]) + rng.normal(0, 3, image[y:].shape)
        mat = image[y - _px(1.3) : y - _px(0.1), x0:x1]
        mat[:] = (78, 74, 72)
        mat[:, ::6] = (94, 90, 88)
    return np.asarray(np.clip(image, 0, 255, out=image), dtype=np.uint8)
