"""The wall of the console, measured: what a repaint of all tiles takes of the GUI thread."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np

from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import U1

_TILES, _FRAME, _CANVAS = 16, (1920, 1080), (1920, 1080)
_ROUNDS = 12


def repaint(goal: float) -> Iterator[Entry]:
    """New pictures of 16 cameras of 1080p on a window of 1920 x 1080, into which they are painted at once."""
    times = _times()
    yield Entry(
        name="repaint-16",
        goal=goal,
        theirs_ms=milliseconds(times, "plain"),
        note="16 tiles of 1080p, time of the GUI thread; cvtColor, QImage.copy and QPixmap.scaled",
        details={"rounds": _ROUNDS, "copy_of_canvas_ms": round(milliseconds(times, "copy"), 3)},
    )


def frames() -> list[U1]:
    """Full HD pictures (1080, 1920, 3) that differ."""
    rng = np.random.default_rng(0)
    return [rng.integers(0, 255, (_FRAME[1], _FRAME[0], 3), np.uint8) for _ in range(2)]


def _times() -> Times:
    # without a screen a window is painted into memory, which is what is measured here
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from heatmap_gui.desktop.repaint_sides import sides
    except ModuleNotFoundError as missing:
        raise UnavailableError(f"needs {missing.name}, which is not installed") from None
    return in_turn(sides(_TILES, _CANVAS, frames()), _ROUNDS)
