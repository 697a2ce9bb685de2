"""What `bench --only repaint` measures: a repaint of a whole wall, and that of a plain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PyQt6.QtCore import QRect

from heatmap_gui.core.types import U1
from heatmap_gui.core.wall import lay_out
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.plain_wall import PlainWall
from heatmap_gui.desktop.run import application


def sides(tiles: int, canvas: tuple[int, int], frames: Sequence[U1]) -> Mapping[str, Callable[[], object]]:
    """plain: new frames shown and painted; copy: a canvas of this size copied."""
    app = application()
    cells = lay_out(tiles, *canvas, gap=tokens.GAP, head=tokens.TILE_HEAD)
    wall = PlainWall([QRect(*cell) for cell in cells])
    wall.resize(*canvas)
    wall.show()
    number = [0]

    def plain() -> None:
        number[0] += 1
        wall.show_frames([frames[(number[0] + n) % len(frames)] for n in range(tiles)])
        wall.repaint()
        app.processEvents()

    source = np.zeros((canvas[1], canvas[0], 4), np.uint8)
    target = np.ones_like(source)
    return {"plain": plain, "copy": lambda: np.copyto(target, source)}
