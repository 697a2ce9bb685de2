"""What happens on the floor, measured: tracker updates, and counting person-seconds in cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from heatmap_gui.bench import plain
from heatmap_gui.bench.crowd import FPS, SIZE, Crowd, crowd
from heatmap_gui.bench.peers import ByteTrack
from heatmap_gui.bench.timing import Entry, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.floor import MeasuredFloor
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Camera
from heatmap_gui.core.tracker import SiteTracker
from heatmap_gui.core.types import PERSON

_FRAMES, _WARM_UP = 100, 20
_POINTS = 10_000_000
_POINT_ROUNDS = 5
_LABELS = (PERSON,)


def tracker(people: int, goal: float) -> Iterator[Entry]:
    """Updates of one camera's tracks against ByteTrack: on a metric floor, and in an uncalibrated picture."""
    scene = crowd(people, _FRAMES + _WARM_UP)
    peer = ByteTrack(FPS)
    inputs = [peer.detections(frame.boxes, frame.scores) for frame in scene.frames]
    sides = {
        "metric": _ours(scene, scene.camera),
        "picture": _ours(scene, replace(scene.camera, calibration=None)),
        "whole": _whole_floor(scene),
        "bytetrack": map(peer.update, inputs),
    }
    times = in_turn({name: side.__next__ for name, side in sides.items()}, _FRAMES, warm_up=_WARM_UP)
    for side, name, where in (("metric", "", "a metric floor"), ("picture", "-uncalibrated", "the picture as floor")):
        more = {"whole_floor_ms": round(milliseconds(times, "whole"), 3)} if side == "metric" else {}
        yield Entry(
            name=f"tracker-{people}{name}",
            goal=goal,
            ours_ms=milliseconds(times, side),
            theirs_ms=milliseconds(times, "bytetrack"),
            ratio=ratio(times, "bytetrack", side),
            note=f"an update of {people} tracks, {where}; trackers' ByteTrack",
            details={"updates": _FRAMES, **more},
        )


def _ours(scene: Crowd, camera: Camera) -> Iterator[None]:
    tracks = SiteTracker([Projection.of(scene.site.floor, camera, SIZE)], _LABELS)
    for number, found in enumerate(scene.frames):
        tracks.step(number / FPS, [(0, found)])
        yield


def _whole_floor(scene: Crowd) -> Iterator[None]:
    """The tracker and all that follows it: settled rows, heat map, exposure."""
    cameras = {scene.camera.id: Projection.of(scene.site.floor, scene.camera, SIZE)}
    floor = MeasuredFloor(
        scene.site, PLAN, cameras, _LABELS, strong=0.5, lag_s=2.0, period_s=1 / FPS, ids=itertools.count(1)
    )
    for number, found in enumerate(scene.frames):
        floor.step(number / FPS, [(0, number, found)])
        floor.take()
        yield


def accumulate(goal: float) -> Iterator[Entry]:
    """Person-seconds of ten million points, which lie anywhere on a floor of 60 m x 40 m, in cells of 0.25 m."""
    rng = np.random.default_rng(0)
    grid = Grid((0.0, 0.0), 0.25, (160, 240))
    x, y = rng.uniform(0, 60, _POINTS), rng.uniform(0, 40, _POINTS)
    seconds = rng.uniform(0.03, 0.05, _POINTS)
    times = in_turn(
        {
            "ours": lambda: grid.accumulate(x, y, seconds),
            "plain": lambda: plain.accumulate(x, y, seconds, grid.cell, grid.shape),
            "read": lambda: (x.sum(), y.sum(), seconds.sum()),
        },
        _POINT_ROUNDS,
    )
    yield Entry(
        name="accumulate",
        goal=goal,
        ours_ms=milliseconds(times, "ours"),
        theirs_ms=milliseconds(times, "plain"),
        ratio=ratio(times, "plain", "ours"),
        note="10 million points into cells; floor, astype and np.add.at on a grid",
        details={**spread(times, "plain", "ours"), "reading_the_columns_ms": round(milliseconds(times, "read"), 3)},
    )
