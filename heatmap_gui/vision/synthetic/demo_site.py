"""The demo store's site file: what an operator would have written about it, derived from the scene."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic.layout import Block, Room, View
from heatmap_gui.vision.synthetic.scenery import backdrop
from heatmap_gui.vision.synthetic.scenes import Scene

PLAN_PATH = "../resources/demo/plan.png"
PAIRS = 10


def site_document(scene: Scene, name: str) -> dict[str, Any]:
    """A site file of version 2.0 for the scene, its cameras being `synthetic:` sources of the scene's seed."""
    scale = scene.metres_per_pixel
    width, height = (round(metres / scale) for metres in scene.size_m)

    def px(points: F8 | tuple[tuple[float, float], ...]) -> list[list[float]]:
        pixels: list[list[float]] = np.round(np.asarray(points) / scale, 2).tolist()
        return pixels

    return {
        "metadata": {"created_at": "2026-01-01T00:00:00", "version": "2.0", "store_name": name},
        "store": {
            "name": name, "plan_path": PLAN_PATH, "plan_width": width, "plan_height": height,
            "metres_per_pixel": scale, "plan_origin_m": [0.0, 0.0], "timezone": "Europe/London",
            "walkable": [px(r) for r in walkable(scene.room, scene.blocks)],
        },
        "cameras": [_camera(scene, view) for view in scene.views],
        "zones": [
            {"id": z.id, "name": z.name, "type": z.type, "polygon": px(z.corners), "on": "plan"} for z in scene.zones
        ],
        "lines": [
            {"id": g.id, "name": g.name, "kind": "count", "a": px((g.a,))[0], "b": px((g.b,))[0], "on": "plan",
             "in_side": g.in_side}
            for g in scene.gates
        ],
    }  # fmt: skip


def walkable(room: Room, blocks: tuple[Block, ...]) -> list[F8]:
    """The room less its blocks, as rectangles (4, 2) in metres."""
    sides = {room.x0, room.x1, *(b.x0 for b in blocks), *(b.x1 for b in blocks)}
    edges = sorted(x for x in sides if room.x0 <= x <= room.x1)
    gaps: list[tuple[float, float, float, float]] = []
    for x0, x1 in pairwise(edges):
        y = room.y0
        standing = sorted((b.y0, b.y1) for b in blocks if b.x0 < x1 and b.x1 > x0 and b.y0 < room.y1)
        for low, high in [*standing, (room.y1, room.y1)]:
            if low > y:
                wider = next((g for g in gaps if g[1:] == (y, x0, low)), None)
                if wider is not None:
                    gaps.remove(wider)
                gaps.append((wider[0] if wider else x0, y, x1, low))
            y = max(y, high)
    return [np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) for x0, y0, x1, y1 in gaps]


def _camera(scene: Scene, view: View) -> dict[str, Any]:
    image, plan = _pairs(scene, view)
    matrix = np.diag([1.0 / scene.metres_per_pixel] * 2 + [1.0]) @ view.floor_matrix
    return {
        "camera_id": view.id, "name": view.name,
        "rtsp_url": f"synthetic:{scene.name}?seed={scene.seed}&camera={view.id}", "enabled": True,
        "calibration": {
            "camera_points": image.tolist(), "plan_points": plan.tolist(),
            "homography_matrix": np.asarray(matrix / matrix[2, 2]).tolist(), "is_calibrated": True,
        },
        "frame_size": list(view.size),
    }  # fmt: skip


def _pairs(scene: Scene, view: View) -> tuple[F8, F8]:
    """PAIRS points of the floor that the camera sees, far from each other in the picture: image px, plan px."""
    room = scene.room
    x, y = np.meshgrid(np.arange(room.x0 + 0.2, room.x1, 0.4), np.arange(room.y0 + 0.2, room.y1, 0.4))
    floor = np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1)
    image, depth = view.project(floor)
    width, height = view.size
    inside = (depth > 0.5) & (image > 6).all(axis=1) & (image[:, 0] < width - 6) & (image[:, 1] < height - 6)
    floor, image = floor[inside], image[inside]
    column, row = np.round(image).astype(int).T
    clear = backdrop(scene, view).floor[row, column]
    floor, image = floor[clear], image[clear]
    chosen = [int(np.argmax(image[:, 1] - image[:, 0]))]
    while len(chosen) < PAIRS:
        apart = np.linalg.norm(image[:, None] - image[chosen], axis=2).min(axis=1)
        chosen.append(int(apart.argmax()))
    return np.round(image[chosen] * 2) / 2, np.round(floor[chosen, :2] / scene.metres_per_pixel, 2)
