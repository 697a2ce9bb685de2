"""Settled facts as text: each table grows by lines and is written whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from heatmap_gui.core.types import Boxes, Crossing, Points, Visit
from heatmap_gui.store.files import write_atomically


class Table:
    """Lines of a text file, in memory until it is saved, in the order of their times (or frames)."""

    def __init__(self, head: str = "") -> None:
        self._head = [head] if head else []
        self._lines: list[str] = []
        self._times: list[float] = []

    def add(self, lines: Iterable[tuple[float, str]]) -> None:
        """Lines with their times; what bridges a gap comes later than what it stands before."""
        for time, line in lines:
            self._times.append(time)
            self._lines.append(line)

    def save(self, path: Path) -> None:
        """Atomically. Raises as write_atomically does."""
        order = np.argsort(self._times, kind="stable")
        lines = [*self._head, *(self._lines[row] for row in order.tolist()), ""]
        write_atomically(path, "\n".join(lines).encode())


def floor_head(unit: str) -> str:
    return f"t_s,track_id,x_{unit},y_{unit},sigma_{unit},class,cameras"


def floor_lines(points: Points, start: float, cameras: tuple[str, ...]) -> Iterable[tuple[float, str]]:
    """cameras: ids joined by '+', empty where the row bridges a gap."""
    order = np.lexsort((points.track_id, points.at))
    names = {int(bits): _names(int(bits), cameras) for bits in np.unique(points.cameras)}
    rows = points.take(order)
    return (
        (at, f"{at - start:.3f},{track},{x:.3f},{y:.3f},{sigma:.3f},{rows.labels[label]},{names[bits]}")
        for at, track, x, y, sigma, label, bits in zip(
            rows.at.tolist(), rows.track_id.tolist(), rows.x.tolist(), rows.y.tolist(), rows.sigma.tolist(),
            rows.class_id.tolist(), rows.cameras.tolist(), strict=True,
        )
    )  # fmt: skip


def _names(bits: int, cameras: tuple[str, ...]) -> str:
    return "+".join(name for number, name in enumerate(cameras) if bits >> number & 1)


def mot_lines(boxes: Boxes) -> Iterable[tuple[float, str]]:
    """MOT text form: frames and classes count from 1."""
    order = np.lexsort((boxes.track_id, boxes.frame))
    rows = boxes.take(order)
    return (
        (frame, f"{frame + 1},{track},{x:.2f},{y:.2f},{right - x:.2f},{bottom - y:.2f},{score:.3f},{label + 1},-1,-1")
        for frame, track, (x, y, right, bottom), score, label in zip(
            rows.frame.tolist(), rows.track_id.tolist(), rows.box.tolist(), rows.score.tolist(),
            rows.class_id.tolist(), strict=True,
        )
    )  # fmt: skip


VISITS_HEAD = "zone_id,track_id,class,enter_s,leave_s,dwell_s"
CROSSINGS_HEAD = "line_id,track_id,class,t_s,direction"


def visit_lines(visits: Iterable[Visit], start: float) -> Iterable[tuple[float, str]]:
    """In the order in which they ended."""
    for v in visits:
        times = f"{v.enter_at - start:.3f},{v.leave_at - start:.3f},{v.dwell_s:.3f}"
        yield v.leave_at, f"{v.zone_id},{v.track_id},{v.label},{times}"


def crossing_lines(crossings: Iterable[Crossing], start: float) -> Iterable[tuple[float, str]]:
    for c in crossings:
        yield c.at, f"{c.line_id},{c.track_id},{c.label},{c.at - start:.3f},{c.direction}"
