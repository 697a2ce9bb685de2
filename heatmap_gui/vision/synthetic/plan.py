"""The scene's floor plan, as an architect would draw it: dark walls, light fixtures, few words."""

from __future__ import annotations

import cv2
import numpy as np

from heatmap_gui.core.types import U1
from heatmap_gui.vision.synthetic.layout import Block
from heatmap_gui.vision.synthetic.scenes import Scene

_FINE = 4
_WALL_M = 0.2
_FLOOR, _GRID, _FIXTURE = (255, 255, 255), (242, 239, 236), (238, 234, 230)
_LINE, _WALL, _INK = (193, 183, 174), (95, 84, 74), (112, 100, 89)

Point = tuple[float, float]
Label = tuple[str, Point, bool]


class _Sheet:
    """A plan in metres, drawn _FINE times too large and then reduced."""

    def __init__(self, scene: Scene) -> None:
        self._scale = _FINE / scene.metres_per_pixel
        width, height = (round(m / scene.metres_per_pixel) for m in scene.size_m)
        self.size = width, height
        self.image = np.full((height * _FINE, width * _FINE, 3), _FLOOR, np.uint8)

    def _px(self, point: Point) -> tuple[int, int]:
        return round(point[0] * self._scale), round(point[1] * self._scale)

    def rectangle(self, low: Point, high: Point, colour: tuple[int, int, int], outline: bool = False) -> None:
        cv2.rectangle(self.image, self._px(low), self._px(high), colour, 5 if outline else -1)

    def line(self, start: Point, end: Point, colour: tuple[int, int, int], width_px: float = 1.0) -> None:
        cv2.line(self.image, self._px(start), self._px(end), colour, round(width_px * _FINE), cv2.LINE_AA)

    def arrow(self, start: Point, end: Point) -> None:
        cv2.arrowedLine(self.image, self._px(start), self._px(end), _INK, 2 * _FINE, cv2.LINE_AA, tipLength=0.35)

    def text(self, words: str, centre: Point, upright: bool = False) -> None:
        font, size, weight = cv2.FONT_HERSHEY_SIMPLEX, 0.44 * _FINE, round(1.2 * _FINE)
        (width, height), drop = cv2.getTextSize(words, font, size, weight)
        patch: U1 = np.zeros((height + drop + 8, width + 8), np.uint8)
        cv2.putText(patch, words, (4, height + 4), font, size, 255, weight, cv2.LINE_AA)
        if upright:
            patch = np.rot90(patch)
        x, y = self._px(centre)
        left, top = x - patch.shape[1] // 2, y - patch.shape[0] // 2
        area = self.image[top : top + patch.shape[0], left : left + patch.shape[1]]
        ink = patch[..., None] / 255.0
        area[:] = (area * (1 - ink) + np.array(_INK) * ink).astype(np.uint8)

    def reduced(self) -> U1:
        return np.asarray(cv2.resize(self.image, self.size, interpolation=cv2.INTER_AREA))


def draw_plan(scene: Scene, labels: tuple[Label, ...]) -> U1:
    """(height, width, 3) BGR at the scene's metres_per_pixel. labels: words, their centre in metres, upright or not."""
    sheet, (width, height) = _Sheet(scene), scene.size_m
    for k in range(1, int(max(width, height))):
        sheet.line((k, 0), (k, height), _GRID)
        sheet.line((0, k), (width, k), _GRID)
    for block in scene.blocks:
        _fixture(sheet, block)
    _walls(sheet, scene)
    if scene.room.door:
        middle = sum(scene.room.door) / 2
        sheet.arrow((middle, height - 0.2), (middle, scene.room.y1 - 0.35))
    for words, centre, upright in labels:
        sheet.text(words, centre, upright)
    _scale_bar(sheet, (width - 6.0, height - 0.35))
    return sheet.reduced()


def _walls(sheet: _Sheet, scene: Scene) -> None:
    r, t = scene.room, _WALL_M
    sheet.rectangle((r.x0 - t, r.y0 - t), (r.x1 + t, r.y0), _WALL)
    sheet.rectangle((r.x0 - t, r.y0 - t), (r.x0, r.y1 + t), _WALL)
    sheet.rectangle((r.x1, r.y0 - t), (r.x1 + t, r.y1 + t), _WALL)
    left, right = r.door or (r.x0, r.x0)
    sheet.rectangle((r.x0 - t, r.y1), (left, r.y1 + t), _WALL)
    sheet.rectangle((right, r.y1), (r.x1 + t, r.y1 + t), _WALL)
    if r.door:
        sheet.line((left, r.y1 + t / 2), (right, r.y1 + t / 2), _LINE)


def _fixture(sheet: _Sheet, b: Block) -> None:
    low, high = (b.x0, b.y0), (b.x1, b.y1)
    if b.kind in ("pillar", "post"):
        sheet.rectangle(low, high, _WALL if b.kind == "pillar" else _INK)
        return
    sheet.rectangle(low, high, _FIXTURE)
    wide, deep = b.x1 - b.x0, b.y1 - b.y0
    x, y = (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2
    if b.kind == "produce":
        for k in range(1, round(wide / 0.5)):
            sheet.line((b.x0 + k * wide / round(wide / 0.5), b.y0), (b.x0 + k * wide / round(wide / 0.5), b.y1), _LINE)
        sheet.line((b.x0, y), (b.x1, y), _LINE)
    elif b.kind == "till":
        sheet.rectangle((b.x0 + 0.12, b.y0 + 0.12), (b.x1 - 0.12, b.y0 + deep * 0.55), _LINE)
    elif min(wide, deep) > 0.7:
        sheet.line((x, b.y0) if deep > wide else (b.x0, y), (x, b.y1) if deep > wide else (b.x1, y), _LINE)
    sheet.rectangle(low, high, _LINE, outline=True)


def _scale_bar(sheet: _Sheet, left: Point) -> None:
    x, y = left
    sheet.line((x, y), (x + 5.0, y), _INK, 2.0)
    for k in range(6):
        sheet.line((x + k, y - 0.08), (x + k, y + 0.08), _INK, 1.5)
    sheet.text("5 m", (x - 0.5, y))
