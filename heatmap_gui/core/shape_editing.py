"""Polygons and lines under somebody's hand: press, move, release, nudge, insert, delete. No window, no document.

Everything is in px of the picture that is drawn on. An editor's `corners` are a valid shape at any time: what would
make them cross themselves, or too small to measure anything, is only shown, with the reason, and not taken.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.types import F8

Refusal = Literal["", "crossing", "tiny", "few"]
Grip = Literal["", "corner", "edge", "whole"]
_NONE: F8 = np.zeros((0, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Snapping:
    """What a moved corner is drawn to: corners (n, 2) of other shapes, being in line with one, a grid.

    reach: from how far, px. step: between the grid's lines, px; 0: no grid.
    """

    reach: float = 0.0
    step: float = 0.0
    corners: F8 = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Guide:
    """Why a corner is where it is: at `mark`, or in line with it along x or y."""

    kind: Literal["corner", "x", "y"]
    mark: tuple[float, float]


def snap(point: F8, own: F8, snapping: Snapping) -> tuple[F8, tuple[Guide, ...]]:
    """Where a point (2,) goes, and why. own (n, 2): the shape's other corners, which it only gets in line with."""
    others = snapping.corners
    if len(others) and snapping.reach > 0:
        away = np.linalg.norm(others - point, axis=1)
        nearest = int(away.argmin())
        if away[nearest] <= snapping.reach:
            return others[nearest].copy(), (Guide("corner", _pair(others[nearest])),)
    marks = np.concatenate([own, others])
    placed, guides = point.copy(), []
    for axis, kind in ((0, "x"), (1, "y")):
        away = np.abs(marks[:, axis] - point[axis])
        if snapping.reach > 0 and len(marks) and away.min() <= snapping.reach:
            mark = marks[away.argmin()]
            placed[axis] = mark[axis]
            guides.append(Guide("x" if kind == "x" else "y", _pair(mark)))
        elif snapping.step > 0:
            placed[axis] = round(point[axis] / snapping.step) * snapping.step
    return placed, tuple(guides)


def snap_shift(shift: F8, moved: F8, snapping: Snapping) -> F8:
    """How far (2,) a whole shape goes; moved (n, 2): its corners as they were. A corner that comes near another is put
    on it.
    """
    if len(snapping.corners) and snapping.reach > 0:
        gaps = snapping.corners[None] - (moved + shift)[:, None]
        away = np.linalg.norm(gaps, axis=2)
        if away.min() <= snapping.reach:
            return np.asarray(shift + gaps[np.unravel_index(away.argmin(), away.shape)])
    return np.round(shift / snapping.step) * snapping.step if snapping.step > 0 else shift


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A drag: what is held, of which corner or edge, where it was pressed, what was there then."""

    grip: Grip
    number: int
    press: F8
    corners: F8
    active: int | None


class ShapeEditor(ABC):
    """One shape under edit. Mutable, owned by one thread.

    corners (n, 2): the shape as it is. shown: as the hand wants it, which may be refused. active: the corner that keys
    move; None: the whole. least_px: no edge of a line, no side of a square of a polygon's area is shorter.
    """

    closed = True
    fewest = 3

    def __init__(self, corners: F8, least_px: float = 1.0, active: int | None = None) -> None:
        self.corners: F8 = np.array(corners, np.float64)
        self.shown: F8 = self.corners
        self.least_px = least_px
        self.active = active if active is not None and active < len(corners) else None
        self.refused: Refusal = ""
        self.guides: tuple[Guide, ...] = ()
        self._held: _Held | None = None

    # ---- with the pointer

    @property
    def dragging(self) -> bool:
        return self._held is not None

    @property
    def held(self) -> Grip:
        """What is dragged."""
        return "" if self._held is None else self._held.grip

    def grip(self, point: F8, reach: float) -> tuple[Grip, int]:
        """What is under a point (2,), and its number: a corner, the middle of an edge, the shape, or nothing."""
        away = np.linalg.norm(self.corners - point, axis=1)
        if away.min() <= reach:
            return "corner", int(away.argmin())
        middles = self.middles()
        if len(middles):
            away = np.linalg.norm(middles - point, axis=1)
            if away.min() <= reach:
                return "edge", int(away.argmin())
        return ("whole", 0) if self._holds(point, reach) else ("", 0)

    def press(self, point: F8, reach: float) -> Grip:
        """Takes hold of what is under a point; nothing of it moves yet."""
        grip, number = self.grip(point, reach)
        if grip:
            self._held = _Held(grip, number, point.copy(), self.corners, self.active)
            self.active = number if grip == "corner" else None
        return grip

    def move(self, point: F8, snapping: Snapping) -> bool:
        """Drags what is held to a point -> whether the shape is another now."""
        held = self._held
        if held is None:
            return False
        if held.grip == "whole":
            shift = snap_shift(point - held.press, held.corners, snapping)
            self.guides = ()
            return self._propose(held.corners + shift)
        start = held.corners
        if held.grip == "edge":
            start = np.insert(start, held.number + 1, self.middles(start)[held.number], axis=0)
        number = held.number + (held.grip == "edge")
        self.active = number
        wanted = start[number] + (point - held.press)
        placed, self.guides = snap(wanted, np.delete(start, number, axis=0), snapping)
        changed = start.copy()
        changed[number] = placed
        return self._propose(changed)

    def release(self) -> bool:
        """Lets go -> whether the shape is another than when it was pressed."""
        held, self._held = self._held, None
        self._settle()
        return held is not None and not np.array_equal(held.corners, self.corners)

    def cancel(self) -> bool:
        """The drag never was -> whether there was one."""
        held, self._held = self._held, None
        if held is not None:
            self.corners, self.active = held.corners, held.active
        self._settle()
        return held is not None

    # ---- with keys and numbers

    def nudge(self, by: F8) -> bool:
        """Moves the active corner, or all, by (2,) px -> whether that was taken."""
        changed = self.corners.copy()
        changed[slice(None) if self.active is None else self.active] += by
        return self._edit(changed)

    def put(self, number: int, point: F8) -> bool:
        """Corner `number` to a point (2,) -> whether that was taken."""
        changed = self.corners.copy()
        changed[number] = point
        return self._edit(changed)

    def step(self, by: int) -> None:
        """The next corner (1), or the one before (-1), is active."""
        first = 0 if by > 0 else -1
        self.active = (first if self.active is None else self.active + by) % len(self.corners)

    def insert(self, edge: int) -> bool:
        """A corner in the middle of an edge, which becomes active."""
        if not self._edit(np.insert(self.corners, edge + 1, self.middles()[edge], axis=0)):
            return False
        self.active = edge + 1
        return True

    def delete(self) -> bool:
        """Takes the active corner away -> whether that was taken."""
        if self.active is None:
            return False
        if len(self.corners) <= self.fewest:
            self.refused = "few"
            return False
        if not self._edit(np.delete(self.corners, self.active, axis=0)):
            return False
        self.active %= len(self.corners)
        return True

    # ---- what a kind of shape is

    def middles(self, corners: F8 | None = None) -> F8:
        """Where corners can be inserted: the middle of each edge (n, 2)."""
        corners = self.corners if corners is None else corners
        return np.asarray((corners + np.roll(corners, -1, axis=0)) / 2)

    @abstractmethod
    def check(self, corners: F8) -> Refusal:
        """Why corners (n, 2) are no such shape; "" when they are."""

    @abstractmethod
    def _holds(self, point: F8, reach: float) -> bool:
        """Whether the shape is taken hold of there."""

    def _edit(self, corners: F8) -> bool:
        taken = self._propose(corners)
        self.shown, self.guides = self.corners, ()
        return taken

    def _propose(self, corners: F8) -> bool:
        self.shown, self.refused = corners, self.check(corners)
        if self.refused or np.array_equal(corners, self.corners):
            return False
        self.corners = corners
        return True

    def _settle(self) -> None:
        self.shown, self.guides, self.refused = self.corners, (), ""
        if self.active is not None and self.active >= len(self.corners):
            self.active = None


class PolygonEditor(ShapeEditor):
    """A zone's outline (n, 2), closed by itself."""

    def check(self, corners: F8) -> Refusal:
        return refuse_polygon(corners, self.least_px)

    def _holds(self, point: F8, reach: float) -> bool:
        return bool(geometry.inside(self.corners, point[None])[0])


class LineEditor(ShapeEditor):
    """A line from a to b (2, 2)."""

    closed = False
    fewest = 2

    def middles(self, corners: F8 | None = None) -> F8:
        return _NONE

    def check(self, corners: F8) -> Refusal:
        return "" if np.linalg.norm(corners[1] - corners[0]) >= self.least_px else "tiny"

    def _holds(self, point: F8, reach: float) -> bool:
        return bool(geometry.distance(self.corners, point[None])[0] <= reach)


def refuse_polygon(corners: F8, least_px: float) -> Refusal:
    """Why corners (n, 2) are no outline of a zone; "" when they are."""
    if len(corners) < 3:
        return "few"
    if geometry.self_crossing(corners) is not None:
        return "crossing"
    edges = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    if abs(geometry.area(corners)) < least_px**2 or edges.min() == 0:
        return "tiny"
    return ""


class Sketch:
    """A shape that is being drawn: a corner a click. Mutable, owned by one thread."""

    def __init__(self, *, line: bool, least_px: float) -> None:
        self.line, self.least_px = line, least_px
        self.points: list[F8] = []
        self.refused: Refusal = ""

    def add(self, point: F8, reach: float) -> F8 | None:
        """A click -> the finished corners, once it is the second end of a line or again the first corner."""
        self.refused = ""
        if self.line:
            return self._end_line(point)
        if len(self.points) >= 3 and np.linalg.norm(self.points[0] - point) <= reach:
            return self.close()
        if self.points and np.linalg.norm(self.points[-1] - point) == 0:
            return None
        if _path_crosses([*self.points, point]):
            self.refused = "crossing"
        else:
            self.points.append(point.copy())
        return None

    def box(self, start: F8, end: F8) -> F8 | None:
        """A rectangle drawn at once, from corner to corner."""
        corners = np.array([start, (end[0], start[1]), end, (start[0], end[1])])
        self.refused = refuse_polygon(corners, self.least_px)
        return None if self.refused else corners

    def close(self) -> F8 | None:
        """The corners, when they are an outline."""
        corners = np.array(self.points).reshape(-1, 2)
        self.refused = refuse_polygon(corners, self.least_px)
        return None if self.refused else corners

    def back(self) -> bool:
        """Takes the last corner back -> whether there was one."""
        self.refused = ""
        return bool(self.points) and self.points.pop() is not None

    def _end_line(self, point: F8) -> F8 | None:
        if not self.points:
            self.points.append(point.copy())
            return None
        if np.linalg.norm(point - self.points[0]) < self.least_px:
            self.refused = "tiny"
            return None
        return np.stack([self.points[0], point])


def _path_crosses(points: Sequence[F8]) -> bool:
    """Whether the last edge of an open path meets one that is not its neighbour."""
    if len(points) < 4:
        return False
    start, end = np.array(points[:-3]), np.array(points[1:-2])
    a, b = np.asarray(points[-2]), np.asarray(points[-1])
    return bool(geometry.crosses(a, b, start, end).any())


def _pair(point: F8) -> tuple[float, float]:
    return float(point[0]), float(point[1])
