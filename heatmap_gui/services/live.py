"""A site that is watched live: a reader a camera, and a run over those that deliver. Cameras may come and go.

What a camera's geometry is depends on the size of its frames, so a camera joins with its first frame: the pipeline
that ran until then is finished, and one with all of them goes on. Track ids go on too; none is given twice. An edit of
the site is the same: another run goes on with the readers of the one before. Where only what is drawn was edited, zones
and lines, it goes on with its pipeline as well: who is there stays who they are, and all other visits last.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.site import Floor, Site
from heatmap_gui.core.site_file import ground_hash
from heatmap_gui.core.types import Bucket, Detections, Frame, Observation
from heatmap_gui.loops import Loops
from heatmap_gui.services.detecting import InTime, Run
from heatmap_gui.services.device import DeviceLoop
from heatmap_gui.services.inputs import opener
from heatmap_gui.services.reader import Reader, readers_for
from heatmap_gui.services.watchdog import Calibrated

_log = logging.getLogger(__name__)
_JOIN_S = 2.0  # cameras that open together join together


class Facts(Protocol):
    """Who takes what a live run finds."""

    def begin(self, pipeline: Pipeline) -> None:
        """What comes now is from this pipeline: its cameras, its classes."""
        ...

    def add(self, bucket: Bucket) -> None: ...

    def room(self) -> bool:
        """Whether to take facts from the pipeline now; while not, they add up there."""
        ...


class LiveRun:
    """Watches the enabled cameras of a site. Its `slots`, `in_time`, `add` and `fail` are for the device's thread.

    start: Unix time before which nothing counts. frame_rate: a second, of cameras without fps_target; None: all.
    glimpses: get the frames of cameras that do not take part yet, in which nobody was looked for.
    own_detector: makes one that depends on the cameras (motion); None: the device's serves.
    after: the run of the site before it was edited, which has parted: cameras that are opened as before go on.
    """

    def __init__(
        self,
        name: str,
        site: Site,
        device: DeviceLoop,
        facts: Facts,
        *,
        start: float,
        confidence: float = 0.5,
        frame_rate: float | None = None,
        frame_skip: int = 1,
        classes: Sequence[str] | None = None,
        shows: Sequence[Callable[[Observation], object]] = (),
        glimpses: Sequence[Callable[[Frame], object]] = (),
        own_detector: Callable[[dict[str, Projection]], Detector] | None = None,
        after: LiveRun | None = None,
    ) -> None:
        self.name, self.site, self.start = name, site, start
        self.detector: Detector | None = None
        cameras = [camera for camera in site.cameras if camera.enabled]
        if not cameras:
            raise InputError(f"{site.name}: no camera is enabled: enable one in the site file")
        self.readers: dict[str, Reader] = readers_for(
            cameras,
            after.readers if after is not None else {},
            lambda camera: Reader(
                camera, opener(camera), device.arrived, start=start, frame_rate=frame_rate, frame_skip=frame_skip
            ),
        )
        for camera in cameras:
            self.readers[camera.id].expect(Calibrated.of(site, camera))
        self.states = {camera: reader.state for camera, reader in self.readers.items()}
        self.slots = {camera: reader.slot for camera, reader in self.readers.items()}
        self._device, self._facts, self._own = device, facts, own_detector
        self._confidence, self._classes = confidence, classes
        self._shows, self._glimpses = shows, glimpses
        self._order = InTime(start)
        self._ids, self._edition = itertools.count(1), 0
        self._projections: dict[str, Projection] = {}
        self._waiting = {camera: reader.first for camera, reader in self.readers.items() if reader.first is not None}
        self._join_at = time.monotonic() + (0.0 if self._waiting else _JOIN_S)
        self._places: list[object] = []  # what the detector of its own was made for
        self._pipeline: Pipeline | None = None
        self._run: Run | None = None
        self._failure: Exception | None = None
        if after is not None:
            self._go_on(after)

    def _go_on(self, after: LiveRun) -> None:
        self._ids, self._edition = after._ids, after._edition + 1
        self.detector, self._places, after.detector = after.detector, after._places, None
        if after._pipeline is not None:
            self._projections = after._projections
            self._waiting = {c: frame for c, frame in self._waiting.items() if c not in self._projections}
            self._measure(after._pipeline)
            after._pipeline = None

    def begin(self, loops: Loops) -> None:
        """Starts the readers that do not run yet, and joins the device."""
        for camera, reader in self.readers.items():
            if not reader.begun:
                reader.begun = True
                loops.start(f"read-{camera}-{self._edition}", reader)
        self._device.join(self.name, self)

    def part(self, edited: Site) -> None:
        """Leaves the device to the run of the edited site, and hands over all that does not go on in it."""
        self._device.leave(self.name)
        cameras = {camera.id: camera for camera in edited.cameras}
        serve = all(c in cameras and self.readers[c].serves(cameras[c]) for c in self._projections)
        if self._pipeline is not None and serve and ground_hash(edited) == ground_hash(self.site):
            for bucket in self._pipeline.redraw(edited):
                self._facts.add(bucket)
        else:
            self._finish()

    def end(self) -> None:
        """Leaves for good, and hands over all that is still to be settled. Readers are not heard any more."""
        self._device.leave(self.name)
        self._finish()
        if self.detector is not None:
            self.detector.close()
            self.detector = None

    def reading(self) -> bool:
        """Whether any camera may still deliver."""
        return not all(reader.ended for reader in self.readers.values())

    def check(self) -> None:
        """Raise what ended it on the device, if anything did."""
        if self._failure is not None:
            raise self._failure

    def fail(self, error: Exception) -> None:
        self._failure = error
        self._pipeline = self._run = None

    def in_time(self, frames: list[Frame]) -> list[Frame]:
        for frame in frames:
            if frame.camera not in self._projections and self.states[frame.camera].unfit is None:
                self._waiting[frame.camera] = frame
                for glimpse in self._glimpses:
                    glimpse(frame)
        everybody = len(self._waiting) + len(self._projections) == len(self.slots)
        if self._waiting and (everybody or time.monotonic() >= self._join_at):
            self._join()
        return self._order([frame for frame in frames if frame.camera in self._projections])

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        if self._run is not None and frames:
            self._run.add(frames, found)

    def _join(self) -> None:
        """The cameras whose first frames are here take part from now on."""
        labels = list(self._pipeline.labels if self._pipeline else self._device.detector.labels)
        for name, frame in self._waiting.items():
            try:
                self._projections[name] = Projection.of(self.site.floor, self.site.camera(name), frame.size)
                self.readers[name].first = replace(frame, image=None)
            except InputError as error:
                self.states[name].suspend(error.message)
                _log.warning("%s", error.message, extra={"camera": name})
            labels += frame.detections.labels if frame.detections is not None else ()
        self._waiting = {}
        self._join_at = time.monotonic() + _JOIN_S
        if not self._projections:
            return
        self._finish()
        if self._own is not None:
            labels += self._suited(self._own).labels
        self._measure(
            Pipeline(
                self.site,
                self._projections,
                tuple(dict.fromkeys(labels)),
                strong=self._confidence,
                lag_s=0.0,
                period_s=min(self.readers[c].sampler.period_s(self.states[c].nominal_fps) for c in self._projections),
                ids=self._ids,
            )
        )

    def _measure(self, pipeline: Pipeline) -> None:
        """What is found goes through this one from now on."""
        self._pipeline = pipeline
        self._facts.begin(pipeline)
        self._run = Run(
            pipeline,
            self.states,
            self._facts.add,
            self._shows,
            classes=self._classes,
            room=self._facts.room,
        )

    def _suited(self, make: Callable[[dict[str, Projection]], Detector]) -> Detector:
        """The detector of its own for the cameras there are: the one there is, where they stand as they stood."""
        places = _places(self.site.floor, self._projections)
        if self.detector is None or places != self._places:
            if self.detector is not None:
                self.detector.close()
            self.detector, self._places = make(dict(self._projections)), places
        return self.detector

    def _finish(self) -> None:
        if self._pipeline is not None:
            for bucket in self._pipeline.take(everything=True):
                self._facts.add(bucket)
        self._pipeline = self._run = None


def _places(floor: Floor, projections: Mapping[str, Projection]) -> list[object]:
    """What cameras see of a floor, and how."""
    walkable = [polygon.tolist() for polygon in floor.walkable]
    seen = [(name, p.size, p.matrix.tolist(), p.lens) for name, p in sorted(projections.items())]
    return [floor.width_px, floor.height_px, floor.metres_per_pixel, floor.origin_m, walkable, *seen]
