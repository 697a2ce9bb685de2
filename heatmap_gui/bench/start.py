"""The console's start, measured: until the demo store's first picture is on the wall, and what imports take of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

import numpy as np

from heatmap_gui.bench.timing import Entry, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.errors import UnavailableError

_STARTS = 5
_LONGEST_S = 60.0
_MODULES = ("heatmap_gui.desktop.run", "heatmap_gui.desktop.views.live", "heatmap_gui.app")
_LIBRARIES = ("PyQt6.QtWidgets", "numpy", "cv2", "sqlalchemy", "qtawesome")
_SAID = "the first picture is on the wall"  # by desktop/views/live.py


def start(limit_s: float, goal: float) -> Iterator[Entry]:
    """From the start of the process, each time with a data folder that is new, against what is still a good start.

    goal: of what the console imports (see `_imports`).
    """
    times = [_first_picture_s() for _ in range(_STARTS)]
    median_s = float(np.median(times))
    yield Entry(
        name="start",
        goal=1.0,
        at_most=True,
        ours_ms=1e3 * median_s,
        theirs_ms=1e3 * limit_s,
        ratio=median_s / limit_s,
        note="from the start of --demo to its first picture; what is still a good start",
        details={"starts": _STARTS, "seconds": [round(min(times), 2), round(max(times), 2)]},
    )
    yield from _imports(goal)


def _imports(goal: float) -> Iterator[Entry]:
    """The console's modules and all that they need, against the libraries alone that no window could do without."""
    sides = {"ours": lambda: _import(_MODULES), "theirs": lambda: _import(_LIBRARIES)}
    times = in_turn(sides, _STARTS)
    yield Entry(
        name="start-imports",
        goal=goal,
        at_most=True,
        ours_ms=milliseconds(times, "ours"),
        theirs_ms=milliseconds(times, "theirs"),
        ratio=ratio(times, "ours", "theirs"),
        note=f"a process that imports the console; one that imports {', '.join(_LIBRARIES)}",
        details=spread(times, "ours", "theirs"),
    )


def _import(modules: Sequence[str]) -> None:
    subprocess.run([sys.executable, "-c", f"import {', '.join(modules)}"], check=True)


def _first_picture_s() -> float:
    command = [sys.executable, "-m", "heatmap_gui", "--demo", "--log-level", "INFO"]
    screen = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}  # in memory, whatever the display's name
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        began = time.monotonic()
        console = subprocess.Popen(
            command, env=os.environ | screen | {"HEATMAP_HOME": home}, stderr=subprocess.PIPE, text=True
        )
        assert console.stderr is not None
        with console.stderr as said:
            try:
                for line in said:
                    if _SAID in line:
                        return time.monotonic() - began
                    if time.monotonic() - began > _LONGEST_S:
                        break
            finally:
                console.kill()
                console.wait()
    raise UnavailableError("the console did not show a picture: start it with --demo --log-level INFO to see why")
