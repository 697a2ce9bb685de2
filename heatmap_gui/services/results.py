"""The folder of a measurement: every file of it whole, at the end and every minute meanwhile."""

from __future__ import annotations

import io
import math
import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from heatmap_gui import __version__
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.floor import MeasuredFloor
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.palette import THEMED
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.render import Layer, draw_heatmap, number
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import U1, VEHICLES, Bucket, Crossing, Visit
from heatmap_gui.services import tables
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.payload import About, Found, Payload, document, encode
from heatmap_gui.services.report import Occupancy, write_report
from heatmap_gui.store.files import staged, write_atomically
from heatmap_gui.store.pictures import read_picture

_LIBRARIES = ("numpy", "opencv-python", "av", "onnxruntime", "openvino", "ultralytics", "torch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What made a measurement, for its outputs. start: Unix time of t_s = 0; began: when measuring began.

    warnings: what was odd but usable, in words.
    """

    site: Site
    detector: Detector
    states: Mapping[str, CameraState]
    start: float
    began: float
    confidence: float
    warnings: tuple[str, ...]


class Results:
    """Takes buckets, and writes the folder when it is told to. Owned by one thread."""

    def __init__(self, folder: Path, origin: Origin, pipeline: Pipeline) -> None:
        self.folder, self._origin = folder, origin
        projections = {c: p for f in pipeline.floors.values() for c, p in zip(f.cameras, f.projections, strict=True)}
        self._plan, self._warnings = _plan(origin.site, origin.warnings)
        self._payload = Payload(origin.site, projections, origin.confidence)
        self._found: list[Found] = []
        self._main = next(iter(pipeline.floors))  # its files have plain names
        self._floors = {name: _FloorFiles(floor) for name, floor in pipeline.floors.items()}
        self._tracks = {camera: tables.Table() for camera in projections}
        self._visits = tables.Table(tables.VISITS_HEAD)
        self._crossings = tables.Table(tables.CROSSINGS_HEAD)
        self._all_visits: list[Visit] = []
        self._all_crossings: list[Crossing] = []
        self._exposed: Counter[str] = Counter()

    def add(self, bucket: Bucket) -> None:
        start = self._origin.start
        self._floors[bucket.floor].add(bucket, start)
        for boxes in bucket.boxes:
            self._tracks[boxes.camera].add(tables.mot_lines(boxes))
            self._payload.add(boxes)
        self._found += self._payload.take()
        self._visits.add(tables.visit_lines(bucket.visits, start))
        self._crossings.add(tables.crossing_lines(bucket.crossings, start))
        self._all_visits += bucket.visits
        self._all_crossings += bucket.crossings
        self._exposed.update(bucket.exposed_s)

    def save(self, now: float, *, partial: bool, ended: float) -> dict[str, Any]:
        """Writes all files, or none, and returns the summary. now: Unix time; ended: that of the last frame."""
        with staged(self.folder) as stage:
            return self._write(stage, now, partial, ended)

    def _write(self, folder: Path, now: float, partial: bool, ended: float) -> dict[str, Any]:
        summary = self._summary(partial)
        pictures = {}
        for name, files in self._floors.items():
            pictures[name] = files.save(folder, "" if name == self._main else f"_{name}", self._origin.site, self._plan)
        for camera, table in self._tracks.items():
            table.save(folder / f"tracks_{camera}.txt")
        self._visits.save(folder / "visits.csv")
        self._crossings.save(folder / "crossings.csv")
        write_atomically(
            folder / "detections.json", encode(document(self._origin.site, self._about(ended, now), self._found))
        )
        write_report(
            folder / "report.html",
            summary,
            pictures[self._main],
            self._floors[self._main].occupancy(ended - self._origin.start),
            self._all_visits,
            self._all_crossings,
        )
        write_atomically(folder / "summary.json", encode(summary))
        return summary

    def _about(self, ended: float, now: float) -> About:
        origin = self._origin
        return About(
            job_id=f"job_{int(origin.start)}_{origin.site.name}",
            cameras=len(self._tracks),
            confidence=origin.confidence,
            started=origin.start,
            ended=ended,
            began=origin.began,
            now=now,
            exposed_s=dict(self._exposed),
        )

    def _summary(self, partial: bool) -> dict[str, Any]:
        site, detector = self._origin.site, self._origin.detector
        visits, crossings = self._all_visits, self._all_crossings
        zones = {z.id: _zone_summary(z, [v for v in visits if v.zone_id == z.id]) for z in site.zones}
        lines = {n.id: _line_summary(n, [c for c in crossings if c.line_id == n.id]) for n in site.lines}
        return {
            "store_name": site.name,
            "people": sum(files.people() for files in self._floors.values()),
            "vehicles": sum(files.vehicles() for files in self._floors.values()),
            "person_seconds": round(sum(files.person_seconds for files in self._floors.values()), 3),
            "partial": partial,
            "zones": zones,
            "lines": lines,
            "cameras": {camera: self._camera_summary(camera, state) for camera, state in self._origin.states.items()},
            "model": detector.name,
            "device": detector.device,
            "precision": detector.precision,
            "confidence": self._origin.confidence,
            "unit": self._floors[self._main].floor.floor.unit,
            "versions": _versions(),
            "site_hash": site.hash,
            "warnings": list(self._warnings),
        }

    def _camera_summary(self, camera: str, state: CameraState) -> dict[str, Any]:
        span_s = (state.last_at or 0.0) - (state.first_at or 0.0)
        return {
            "read": state.read,
            "processed": state.processed,
            "skipped": state.read - state.processed,
            "fps": round((state.processed - 1) / span_s, 2) if span_s > 0 else None,
            "exposed_s": round(self._exposed[camera], 3),
            "truncated": state.truncated,
            "error": state.error,
        }


class _FloorFiles:
    """What one floor leaves: its rows as a table, its heat map as arrays and as a picture."""

    def __init__(self, floor: MeasuredFloor) -> None:
        self.floor = floor
        self.heatmap = Heatmap(floor.grid, floor.heatmap.walkable)
        self.person_seconds = 0.0
        self._table = tables.Table(tables.floor_head(floor.floor.unit))
        self._is_person: dict[int, bool] = {}  # by track, as it was classed last
        self._present: dict[int, float] = {}  # person-seconds by second

    def add(self, bucket: Bucket, start: float) -> None:
        points = bucket.points
        self._table.add(tables.floor_lines(points, start, self.floor.cameras))
        person = np.array([label not in VEHICLES for label in points.labels], np.bool_)[points.class_id]
        self._is_person.update(zip(points.track_id.tolist(), person.tolist(), strict=True))
        points = points.take(person)
        self.person_seconds += float(points.seconds.sum())
        for tile in bucket.tiles:
            self.heatmap.add_tile(tile)
        second = (points.at - start).astype(np.int64)
        for when in np.unique(second).tolist():
            self._present[when] = self._present.get(when, 0.0) + float(points.seconds[second == when].sum())

    def people(self) -> int:
        return sum(self._is_person.values())

    def vehicles(self) -> int:
        return len(self._is_person) - self.people()

    def occupancy(self, until_s: float) -> Occupancy:
        """Mean number of people in each second."""
        t_s = np.arange(math.ceil(until_s), dtype=np.float64)
        return Occupancy(t_s, np.array([self._present.get(int(t), 0.0) for t in t_s]))

    def save(self, folder: Path, suffix: str, site: Site, plan: U1 | None) -> dict[str, bytes]:
        """-> the picture as PNG by colour map, one for each theme. The dark one is the file."""
        self._table.save(folder / f"floor_tracks{suffix}.csv")
        packed = io.BytesIO()
        np.savez_compressed(packed, allow_pickle=False, **self.heatmap.arrays())
        write_atomically(folder / f"heatmap{suffix}.npz", packed.getvalue())
        pictures = {name: self._picture(site, plan, name) for name in THEMED}
        write_atomically(folder / f"heatmap{suffix}.png", pictures[THEMED[0]])
        return pictures

    def _picture(self, site: Site, plan: U1 | None, colormap: str) -> bytes:
        floor, heat = self.floor.floor, self.heatmap
        unseen = heat.walkable & (heat.exposure_s <= 0)
        values = np.where(unseen, np.nan, heat.presence())
        on_plan = self.floor.name == PLAN
        picture = draw_heatmap(
            Layer(heat.grid, values, f"person·s/{floor.unit}²", unseen),
            floor,
            plan if on_plan else None,
            title=f"{site.name}: {number(round(self.person_seconds))} person-seconds, {self.people()} people",
            zones=site.zones if on_plan else (),
            lines=site.lines if on_plan else (),
            colormap=colormap,
        )
        return cv2.imencode(".png", picture)[1].tobytes()


def _plan(site: Site, warnings: tuple[str, ...]) -> tuple[U1 | None, tuple[str, ...]]:
    """The plan's picture, if there is one, and the warnings with one more where there should be."""
    if site.floor.plan_path is None:
        return None, warnings
    try:
        return read_picture(site.floor.plan_path), warnings
    except InputError as error:
        return None, (*warnings, error.message)


def _zone_summary(zone: Zone, visits: list[Visit]) -> dict[str, Any]:
    dwell = [visit.dwell_s for visit in visits]
    return {
        "name": zone.name,
        "type": zone.type,
        "visits": len(visits),
        "people": len({visit.track_id for visit in visits if visit.label not in VEHICLES}),
        "dwell_s": round(sum(dwell), 3),
        "mean_dwell_s": round(sum(dwell) / len(dwell), 3) if dwell else None,
    }


def _line_summary(line: Line, crossings: list[Crossing]) -> dict[str, Any]:
    ways = [crossing.direction for crossing in crossings]
    return {"name": line.name, "in": ways.count("in"), "out": ways.count("out")}


def _versions() -> dict[str, str]:
    found = {"heatmap": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
