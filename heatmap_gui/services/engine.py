"""The detector of a process, and the live runs that share it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from heatmap_gui.core.device import AUTO
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Frame, Observation
from heatmap_gui.services.device import DeviceLoop
from heatmap_gui.services.inputs import Recorded
from heatmap_gui.services.live import Facts, LiveRun
from heatmap_gui.vision.detectors import MOTION, open_detector
from heatmap_gui.vision.models import find_default

_log = logging.getLogger(__name__)
_SILENT_S = 3.0
_MOST_A_SECOND = 300.0  # what decoding and motion leave of a machine, where there is no network
OVERFULL = 2.0  # at this, cameras get half of their turns: nothing more is taken on
_USUAL_FPS = 5.0  # what a camera without fps_target is thought to want, to say how much fits in


class Engine:
    """Opens the detector and tries how fast it is; its loop owns it from then on.

    frame_rate: a second, at which cameras without fps_target are looked at; None: as they come.
    budget: detections a second that all runs together may have; None: what the device can do.
    Raises InputError and UnavailableError when there is no such detector.
    """

    def __init__(
        self,
        model: str,
        device: str,
        models_dir: Path,
        *,
        frame_rate: float | None = None,
        budget: float | None = None,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self.stopping = threading.Event()
        self._by_motion = model == MOTION or (model in ("", AUTO) and find_default(models_dir) is None)
        self.detector: Detector = Recorded() if self._by_motion else open_detector(model, device, models_dir=models_dir)
        self.device = DeviceLoop(self.detector, budget=budget, beat=self._beaten)
        self._beat, self._beaten_at = beat, time.monotonic()
        self._frame_rate = frame_rate
        self._capacity = budget or _capacity(self.detector)
        self._wanted: dict[str, float] = {}

    def __call__(self, stopping: threading.Event) -> None:
        """The device's loop."""
        try:
            self.device(stopping)
        finally:
            self.stopping.set()

    def close(self) -> None:
        self.detector.close()

    def live(
        self,
        name: str,
        site: Site,
        facts: Facts,
        *,
        start: float,
        confidence: float,
        frame_skip: int = 1,
        shows: Sequence[Callable[[Observation], object]] = (),
        glimpses: Sequence[Callable[[Frame], object]] = (),
        after: LiveRun | None = None,
    ) -> LiveRun:
        """A run of a site's cameras on this engine, not yet begun. name: of its own. The rest: see `LiveRun`."""

        def motion(projections: dict[str, Projection]) -> Detector:
            return open_detector(MOTION, models_dir=Path(), projections=projections, floor=site.floor)

        return LiveRun(
            name,
            site,
            self.device,
            facts,
            start=start,
            confidence=confidence,
            frame_rate=self._frame_rate,
            frame_skip=frame_skip,
            shows=shows,
            glimpses=glimpses,
            own_detector=motion if self._by_motion else None,
            after=after,
        )

    def alive(self) -> bool:
        """Whether the device's loop goes round: one that hangs in a driver keeps no job."""
        return time.monotonic() - self._beaten_at < _SILENT_S

    def reserve(self, name: str, site: Site, frame_skip: int = 1) -> None:
        """A run of this site is about to begin, or to go on."""
        usual = self._frame_rate or _USUAL_FPS
        frames = sum(camera.fps_target or usual for camera in site.cameras if camera.enabled)
        self._wanted[name] = frames / max(1, frame_skip)

    def release(self, name: str) -> None:
        self._wanted.pop(name, None)

    def full(self, times: float = 1.0) -> bool:
        """Whether the runs there are want so many times what the budget, or the device, has."""
        return sum(self._wanted.copy().values()) >= times * self._capacity

    def _beaten(self) -> None:
        self._beaten_at = time.monotonic()
        self._beat()


def _capacity(detector: Detector) -> float:
    """Detections a second that it does, more or less."""
    frames = [Frame("", 0, 0.0, np.zeros((480, 640, 3), np.uint8), (640, 480))] * max(1, detector.batch)
    detector.detect(frames)  # the first one makes the network
    start = time.perf_counter()
    detector.detect(frames)
    return len(frames) / max(time.perf_counter() - start, len(frames) / _MOST_A_SECOND)
