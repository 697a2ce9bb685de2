"""The wall of the console, measured: what a repaint of all tiles takes of the GUI thread."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import numpy as np

from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import U1

_TILES, _FRAME, _CANVAS = 16, (1920, 1080), (1920, 1080)
_ROUNDS = 30


def repaint(goal: float, copy_goal: float) -> Iterator[Entry]:
    """New pictures of 16 cameras of 1080p on a window of 1920 x 1080, into which they are painted at once.

    Ours are scaled already, as a worker does it: what it takes there is in the details. A second line holds the same
    against a copy of the window's px, which is the least that any wall could do, and bounds the first line's ratio.
    """
    times = _times()
    most = ratio(times, "plain", "copy")
    details = {
        **spread(times, "plain", "ours"),
        "ratio_of_a_copy": round(most, 1),
        "with_boxes_and_ids_ms": round(milliseconds(times, "overlays"), 3),
        "worker_ms_a_picture": round(milliseconds(times, "scaling"), 3),
    }
    yield Entry(
        name="repaint-16",
        goal=goal,
        ours_ms=milliseconds(times, "ours"),
        theirs_ms=milliseconds(times, "plain"),
        ratio=ratio(times, "plain", "ours"),
        note="16 tiles of 1080p, time of the GUI thread; cvtColor, QImage.copy and QPixmap.scaled"
        f" (a bare copy of the window's px: {most:.0f}x)",
        details=details,
    )
    yield Entry(
        name="repaint-16-copy",
        goal=copy_goal,
        at_most=True,
        ours_ms=milliseconds(times, "ours"),
        theirs_ms=milliseconds(times, "copy"),
        ratio=ratio(times, "ours", "copy"),
        note="the same; a copy of the window's px",
        details=spread(times, "ours", "copy"),
    )


def frames() -> list[U1]:
    """Full HD pictures (1080, 1920, 3) that differ: another one for each camera, at each repaint."""
    rng = np.random.default_rng(0)
    return [rng.integers(0, 255, (_FRAME[1], _FRAME[0], 3), np.uint8) for _ in range(_TILES + 1)]


def _times() -> Times:
    # without a screen a window is painted into memory, which is what is measured here
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from heatmap_gui.desktop.repaint_sides import sides
    except ModuleNotFoundError as missing:
        raise UnavailableError(f"needs {missing.name}, which is not installed") from None
    return in_turn(sides(_TILES, _CANVAS, frames()), _ROUNDS, warm_up=3, clock=time.thread_time)
