"""What runs for hours keeps no more than it needs: two frames a second, people coming and going."""

from __future__ import annotations

import gc
import sys
import types
from collections.abc import Iterator

import numpy as np
import pytest

from heatmap_gui.core import ticks
from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera, Floor, Line, Site, Zone
from heatmap_gui.core.types import Detections, Frame

FPS, SIZE = 2.0, (640, 480)
STAY_S, GAP_S = 24.0, 13.0  # each walks through the picture in 24 s; the next comes 13 s after him
SHARED = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def shop() -> Site:
    """Two cameras that see the same 6.4 m x 4.8 m, a zone and a line."""
    none = np.zeros((0, 2))
    calibration = Calibration(np.eye(3), none, none, None)
    cameras = tuple(Camera(str(n), f"Camera {n}", "", n, calibration=calibration) for n in (1, 2))
    zone = Zone("middle", "Middle", "general", np.array([[200.0, 50.0], [400.0, 50.0], [400.0, 450.0], [200.0, 450.0]]))
    line = Line("across", "Across", np.array([320.0, 10.0]), np.array([320.0, 470.0]))
    return Site("shop", Floor(None, *SIZE, metres_per_pixel=0.01), cameras, (zone,), (line,))


def instant(at: float, rng: np.random.Generator) -> Iterator[tuple[Frame, Detections]]:
    """Whoever is on his way from left to right, and now and then a ghost."""
    first = int(max(0.0, (at - STAY_S) // GAP_S + 1))
    feet = [(20 + 600 * (at - k * GAP_S) / STAY_S, 200 + 60.0 * (k % 5)) for k in range(first, int(at // GAP_S) + 1)]
    if rng.random() < 0.1:
        feet.append((rng.uniform(50, 600), rng.uniform(150, 470)))
    places = np.array(feet).reshape(-1, 2)
    for camera in ("1", "2"):
        x, y = (places + rng.normal(0, 2, places.shape)).T
        boxes = np.stack([x - 15, y - 80, x + 15, y], axis=1).astype(np.float32)
        found = Detections(boxes, np.full(len(x), 0.8, np.float32), np.zeros(len(x), np.int16), ("person",))
        yield Frame(camera, round(at * FPS), at, None, SIZE, found), found


def held_bytes(root: object) -> int:
    """Size of everything that is reachable from an object and is its own."""
    known, waiting, total = {id(root)}, [root], 0
    while waiting:
        one = waiting.pop()
        total += sys.getsizeof(one)
        for other in gc.get_referents(one):
            if id(other) not in known and not isinstance(other, SHARED):
                known.add(id(other))
                waiting.append(other)
    return total


@pytest.mark.parametrize("half_s", [300, pytest.param(3600, marks=pytest.mark.soak)])
def test_the_second_half_holds_no_more_than_the_first(half_s: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "_KEPT", min(ticks._KEPT, half_s))  # shorter than the shorter run, as it is for hours
    site, rng = shop(), np.random.default_rng(5)
    projections = {camera.id: Projection.of(site.floor, camera, SIZE) for camera in site.cameras}
    pipeline = Pipeline(site, projections, ("person",), period_s=1 / FPS, lag_s=0.0)
    most = [0, 0]
    people: set[int] = set()
    visits = 0
    for number in range(int(2 * half_s * FPS)):
        pipeline.step(list(instant(number / FPS, rng)))
        for bucket in pipeline.take():
            people.update(bucket.points.track_id.tolist())
            visits += len(bucket.visits)
        if number % 100 == 99:
            half = int(number / FPS) // half_s
            most[half] = max(most[half], held_bytes(pipeline))
    expected = 2 * half_s / GAP_S
    assert 0.8 * expected < len(people) < 1.3 * expected
    assert 0.8 * expected < visits < 1.3 * expected
    assert most[1] < 1.1 * most[0]
