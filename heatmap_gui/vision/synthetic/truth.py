"""What is exactly true of a synthetic scene: positions, visits and crossings, from the paths themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8, I8, PERSON, Bool, Crossing, Visit
from heatmap_gui.vision.synthetic.people import Walker
from heatmap_gui.vision.synthetic.scenes import Scene, load_scene


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Rows (n,), one for each person on the floor and instant: frame (0-based), at_s, track_id, x and y in metres.

    visits and crossings: of the scene's zones and lines, exact in time, cut at 0 and at the end.
    """

    frame: I8
    at_s: F8
    track_id: I8
    x: F8
    y: F8
    visits: tuple[Visit, ...]
    crossings: tuple[Crossing, ...]


def truth(name: str, seed: int, duration_s: float, fps: float) -> Truth:
    """The truth about frames 0 … duration_s * fps of `synthetic:name?seed=…&fps=…&duration_s=…`.

    A person counts while his foot point is inside the room's walls.
    """
    scene = load_scene(name, seed)
    people = scene.people(duration_s)
    at_s = np.arange(max(round(duration_s * fps), 1)) / fps
    rows = [(k, w.id, *xy) for w in people for k, xy in _positions(w, at_s, scene)]
    frame, track_id, x, y = np.array(sorted(rows)).reshape(-1, 4).T
    frames = frame.astype(np.int64)
    visits, crossings = _facts(scene, people, duration_s)
    return Truth(frames, at_s[frames], track_id.astype(np.int64), x, y, visits, crossings)


def _positions(walker: Walker, at_s: F8, scene: Scene) -> list[tuple[int, tuple[float, float]]]:
    frames = np.flatnonzero((at_s >= walker.start_s) & (at_s <= walker.end_s))
    x, y = (np.interp(at_s[frames], walker.times_s, walker.path[:, i]) for i in (0, 1))
    room = scene.room
    inside = (x > room.x0) & (x < room.x1) & (y > room.y0) & (y < room.y1)
    return list(zip(frames[inside].tolist(), zip(x[inside].tolist(), y[inside].tolist(), strict=True), strict=True))


def _facts(scene: Scene, people: Iterable[Walker], duration_s: float) -> tuple[tuple[Visit, ...], tuple[Crossing, ...]]:
    visits, crossings = [], []
    for w in people:
        for zone in scene.zones:
            for enter, leave in stays(w.times_s, w.path, np.array(zone.corners)):
                begin, end = max(enter, 0.0), min(leave, duration_s)
                if end > begin:
                    visits.append(Visit(zone.id, w.id, PERSON, begin, end, end - begin))
        for gate in scene.gates:
            for at, side in passages(w.times_s, w.path, np.array(gate.a), np.array(gate.b)):
                if 0.0 <= at <= duration_s:
                    crossings.append(Crossing(gate.id, w.id, PERSON, at, "in" if side == gate.in_side else "out"))
    visits.sort(key=lambda v: (v.enter_at, v.track_id))
    crossings.sort(key=lambda c: (c.at, c.track_id))
    return tuple(visits), tuple(crossings)


def _cuts(path: F8, a: F8, b: F8) -> tuple[F8, Bool]:
    """Where a path (n, 2) crosses the segment a-b: (m,) places in steps from its start; whether it comes out left."""
    along, rel = b - a, path - a
    side = along[0] * rel[:, 1] - along[1] * rel[:, 0]  # negative: left of a walk from a to b, y down
    steps = np.flatnonzero((side[:-1] < 0) != (side[1:] < 0))
    share = side[steps] / (side[steps] - side[steps + 1])
    place = rel[steps] + share[:, None] * (rel[steps + 1] - rel[steps])
    on = place @ along / (along @ along)
    hit = (on >= 0.0) & (on < 1.0)
    return (steps + share)[hit], (side[steps + 1] < 0)[hit]


def passages(times_s: F8, path: F8, a: F8, b: F8) -> list[tuple[float, str]]:
    """(time, side on which he comes out: 'left' or 'right' of a walk from a to b with y down) of each crossing."""
    places, left = _cuts(path, a, b)
    at = np.interp(places, np.arange(len(path)), times_s)
    return [(t, "left" if to_left else "right") for t, to_left in zip(at.tolist(), left.tolist(), strict=True)]


def stays(times_s: F8, path: F8, polygon: F8) -> list[tuple[float, float]]:
    """(enter, leave) of each continuous stay of a path (n, 2) inside a polygon (m, 2)."""
    edges = zip(polygon, np.roll(polygon, -1, axis=0), strict=True)
    cuts = np.concatenate([_cuts(path, a, b)[0] for a, b in edges])
    places = np.unique(np.concatenate([[0.0], cuts, [len(path) - 1.0]]))
    steps, at = np.arange(len(path)), np.interp(places, np.arange(len(path)), times_s)
    middle = (places[:-1] + places[1:]) / 2
    points = np.stack([np.interp(middle, steps, path[:, i]) for i in (0, 1)], axis=1)
    found: list[tuple[float, float]] = []
    for begin, end, point in zip(at[:-1].tolist(), at[1:].tolist(), points, strict=True):
        if not _inside(point, polygon):
            continue
        if found and found[-1][1] == begin:
            begin = found.pop()[0]
        found.append((begin, end))
    return found


def _inside(point: F8, polygon: F8) -> bool:
    """Even-odd rule."""
    a, b = polygon - point, np.roll(polygon, -1, axis=0) - point
    rising = (a[:, 1] > 0) != (b[:, 1] > 0)
    cut = a[rising, 0] - a[rising, 1] * (b[rising, 0] - a[rising, 0]) / (b[rising, 1] - a[rising, 1])
    return bool(np.count_nonzero(cut > 0) % 2)
