"""The truth as files: boxes a camera, positions, visits and crossings."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from heatmap_gui.vision.synthetic.bodies import Crowd, crowd
from heatmap_gui.vision.synthetic.figures import Figures, figures
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.scenery import backdrop
from heatmap_gui.vision.synthetic.scenes import Scene, load_scene
from heatmap_gui.vision.synthetic.truth import Truth, truth

SEEN_SHARE = 0.2


def write_truth(folder: Path, name: str, seed: int, duration_s: float, fps: float) -> Truth:
    """Writes the truth into `folder` and returns it.

    gt_camera_<n>.txt: MOT15, `frame,id,left,top,width,height,flag,x_m,y_m,0`, frames from 1; boxes reach round the
    whole body, hidden or not; flag 0 where less than SEEN_SHARE of the body is to be seen. floor_truth.csv: everybody
    on the floor. visits.csv, crossings.csv: as `measure` writes them.
    """
    scene, known = load_scene(name, seed), truth(name, seed, duration_s, fps)
    folder.mkdir(parents=True, exist_ok=True)
    for view in scene.views:
        lines = _boxes(scene, view, known, duration_s, fps)
        (folder / f"gt_camera_{view.id}.txt").write_text("".join(lines), encoding="utf-8")
    rows = zip(known.at_s.tolist(), known.track_id.tolist(), known.x.tolist(), known.y.tolist(), strict=True)
    _table(folder / "floor_truth.csv", "t_s,track_id,x_m,y_m",
           ((f"{t:.4f}", i, f"{x:.4f}", f"{y:.4f}") for t, i, x, y in rows))  # fmt: skip
    _table(folder / "visits.csv", "zone_id,track_id,class,enter_s,leave_s,dwell_s",
           ((v.zone_id, v.track_id, v.label, f"{v.enter_at:.3f}", f"{v.leave_at:.3f}", f"{v.dwell_s:.3f}")
            for v in known.visits))  # fmt: skip
    _table(folder / "crossings.csv", "line_id,track_id,class,t_s,direction",
           ((c.line_id, c.track_id, c.label, f"{c.at:.3f}", c.direction) for c in known.crossings))  # fmt: skip
    return known


def _table(path: Path, head: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)


def _boxes(scene: Scene, view: View, known: Truth, duration_s: float, fps: float) -> list[str]:
    people, lines = scene.people(duration_s), []
    on_floor = set(zip(known.frame.tolist(), known.track_id.tolist(), strict=True))
    for frame in range(max(round(duration_s * fps), 1)):
        everybody = crowd(people, frame / fps)
        seen = figures(everybody, view)
        shares = _seen_shares(seen, scene, view)
        for row, (left, top, right, bottom), share in zip(seen.rows.tolist(), seen.boxes, shares, strict=True):
            if (frame, everybody.ids[row]) in on_floor:
                lines.append(_line(everybody, row, frame, (left, top, right - left, bottom - top), share))
    return lines


def _line(everybody: Crowd, row: int, frame: int, box: tuple[float, ...], share: float) -> str:
    x, y = everybody.feet[row]
    corners = ",".join(f"{value:.1f}" for value in box)
    return f"{frame + 1},{everybody.ids[row]},{corners},{int(share >= SEEN_SHARE)},{x:.4f},{y:.4f},0\n"


def _seen_shares(seen: Figures, scene: Scene, view: View) -> list[float]:
    """Share of each body's balls that are in the picture, before the fixtures, and beside those who stand nearer."""
    empty, (width, height) = backdrop(scene, view), view.size
    shares = []
    for k, ball in enumerate(seen.balls):
        column, row = np.round(ball).astype(int).T
        free = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        ahead = empty.ahead_m[row.clip(0, height - 1), column.clip(0, width - 1)]
        free &= ahead > seen.ahead_m[k] - 0.1
        for other, radius in zip(seen.balls[k + 1 :], seen.radii[k + 1 :], strict=True):
            apart = np.linalg.norm(ball[:, None] - other[None], axis=2)
            free &= (apart > 1.6 * radius).all(axis=1)
        shares.append(float(free.mean()))
    return shares
