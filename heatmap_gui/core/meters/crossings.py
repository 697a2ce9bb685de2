"""Crossings: who went over which line, when, in which direction.

A track is on the side where it begins, and on another once it is farther than the margin from the line or is over;
that is a crossing if the way between led through the segment from a to b, not past its ends. Going back and forth
within the margin is nothing; but who is first or last seen in a door, on one side of it, and else on the other has gone
through it. It holds at every angle and for what jumps over between frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.meters.memory import Memory, instants
from heatmap_gui.core.meters.visits import MARGIN_M
from heatmap_gui.core.types import F8, I8, Crossing, Points


@dataclass(frozen=True, slots=True, eq=False)
class LineRegion:
    """A line where it is measured: from a to b (each (2,)) in floor units (or px of the image).

    in_side: which hand of a walk from a to b, y down, is "in".
    """

    id: str
    a: F8
    b: F8
    in_side: Literal["left", "right"] = "left"

    def same(self, other: LineRegion) -> bool:
        ends = np.array_equal(self.a, other.a) and np.array_equal(self.b, other.b)
        return ends and (self.id, self.in_side) == (other.id, other.in_side)


class CrossingMeter:
    """Owned by one thread. Rows of one track come in time order."""

    def __init__(self, lines: Sequence[LineRegion]) -> None:
        self._lines: tuple[LineRegion, ...] = ()
        self._memory = Memory(
            0, [("side", "i1"), ("distance", "f8"), ("along", "f8"), ("crossed_at", "f8"), ("through", "?")]
        )
        self._crossings: list[Crossing] = []
        self.redraw(lines)

    def redraw(self, lines: Sequence[LineRegion]) -> None:
        """These from now on. Who is on which side of those that are as they were stays known."""
        kept = [next((n for n, old in enumerate(self._lines) if old.same(line)), None) for line in lines]
        gone = sorted(set(range(len(self._lines))).difference(kept))
        for track_id, slot in self._memory.known():
            self._close(track_id, slot, gone)
        self._memory.rearrange(kept)
        self._lines = tuple(lines)
        self._in = np.array([1 if line.in_side == "right" else -1 for line in self._lines])

    def add(self, points: Points, margin: F8 | float = MARGIN_M) -> None:
        """margin: how far (n,) from the line a row must be to settle its side, in the unit of x and y."""
        if not self._lines or len(points) == 0:
            return
        place = np.stack([points.x, points.y], axis=1)
        distance = np.stack([geometry.side(line.a, line.b, place) for line in self._lines], axis=1)
        along = np.stack([(place - line.a) @ _unit_along(line) for line in self._lines], axis=1)
        margins = np.broadcast_to(margin, len(points))
        slots = self._memory.slots(points.track_id)
        labels = self._memory.label_numbers(points.labels)[points.class_id]
        for rows in instants(points.track_id):
            self._memory.tracks["label"][slots[rows]] = labels[rows]
            self._step(points.take(rows), slots[rows], distance[rows], along[rows], margins[rows, None])

    def end(self, track_ids: Sequence[int]) -> None:
        """These tracks are over, on the side where they were last."""
        for track_id, slot in self._memory.drop(track_ids):
            self._close(track_id, slot, range(len(self._lines)))

    def take(self) -> list[Crossing]:
        """The crossings settled since the last call."""
        crossings, self._crossings = self._crossings, []
        return crossings

    def _close(self, track_id: int, slot: int, lines: Iterable[int]) -> None:
        """No more of the track at these lines: it is on the side where it was last."""
        label = self._memory.tracks[slot]["label"]
        for line in lines:
            record = self._memory.records[slot, line]
            side = 1 if record["distance"] >= 0 else -1
            if side == -record["side"] and record["through"]:
                self._crossings.append(self._crossing(line, track_id, self._memory.labels[label], side, record))

    def _step(self, points: Points, slots: I8, distance: F8, along: F8, margin: F8) -> None:
        """One row each of some tracks; distance, along (n, lines): right of the line, and from a (0) to b (1)."""
        before, record = self._memory.tracks[slots], self._memory.records[slots]
        meets = ((distance >= 0) != (record["distance"] >= 0)) & before["seen"][:, None]
        part = record["distance"] / np.where(meets, record["distance"] - distance, 1.0)
        where = record["along"] + part * (along - record["along"])
        when = before["at"][:, None] + part * (points.at - before["at"])[:, None]
        record["crossed_at"] = np.where(meets, when, record["crossed_at"])
        record["through"] = np.where(meets, (where >= 0) & (where < 1), record["through"])
        settled = (np.abs(distance) > margin) | ~before["seen"][:, None]
        side = np.where(settled, np.where(distance >= 0, 1, -1), record["side"]).astype(np.int8)
        for i, line in np.argwhere((side == -record["side"]) & record["through"]):
            label, track_id = points.labels[points.class_id[i]], int(points.track_id[i])
            self._crossings.append(self._crossing(line, track_id, label, side[i, line], record[i, line]))
        record["side"], record["distance"], record["along"] = side, distance, along
        before["seen"], before["at"] = True, points.at
        self._memory.tracks[slots], self._memory.records[slots] = before, record

    def _crossing(self, line: int, track_id: int, label: str, side: Any, record: Any) -> Crossing:
        direction = "in" if side == self._in[line] else "out"
        return Crossing(self._lines[line].id, track_id, label, float(record["crossed_at"]), direction)


def _unit_along(line: LineRegion) -> F8:
    """What a vector from a is multiplied with for its share of the way to b."""
    way = line.b - line.a
    return np.asarray(way / (way @ way))
