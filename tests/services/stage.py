"""A detector process without cameras and without a clock: the test shows pictures and says what time it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.types import Frame, Observation
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.engine import Engine
from heatmap_gui.services.live import LiveRun
from heatmap_gui.store.database import Transaction
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.detectors import MOTION
from heatmap_gui.vision.sources import open_source
from tests.replays import Replay

NOW = 1_766_325_600.0


class Quiet:
    """A camera whose pictures are from before anything counts."""

    camera, size, fps, frames, codec, live, truncated = "", (64, 48), 5.0, None, "", True, False
    labels: tuple[str, ...] = ()

    def __init__(self, _: Camera) -> None:
        pass

    def grab(self) -> tuple[int, float]:
        time.sleep(0.01)
        return 0, 0.0

    def retrieve(self) -> Frame:
        raise AssertionError("nobody wants it")

    def close(self) -> None:
        pass


class _Engine(Engine):
    """Remembers its runs."""

    def live(self, *arguments: Any, **options: Any) -> LiveRun:
        self.runs.append(super().live(*arguments, **options))
        return self.runs[-1]

    runs: list[LiveRun]


class Stage:
    """An engine that looks when it is told to, and a site whose cameras show what was recorded."""

    def __init__(self, replay: Replay, home: Path) -> None:
        self.site = load_site(replay.site)
        self.engine = _Engine(MOTION, "cpu", home)
        self.engine.runs = []
        self._origins: dict[float, float] = {}
        self._at = 0.0
        self._shots = [shot for camera in self.site.cameras for shot in _recorded(camera)]
        self._shots.sort(key=lambda frame: frame.at)

    @property
    def runs(self) -> Sequence[LiveRun]:
        return self.engine.runs

    @property
    def joined(self) -> bool:
        """Whether a run is looked at."""
        return bool(self.engine.device._feeds)

    def play(
        self, first_s: float, last_s: float, then: Callable[[float], object], *, of: Callable[[str], bool] = bool
    ) -> None:
        """Shows what was recorded from first_s to last_s to the newest run; `then` is told the time each second.

        Where a run begins anew with first_s, that comes at its start. of: the cameras that deliver.
        """
        run = self.runs[-1]
        begins = run.start - self._origins.setdefault(run.start, first_s)
        for state in run.states.values():
            state.condition = Condition(CameraStatus.OK, run.start)
        second = int(first_s)
        for frame in self._shots:
            if not first_s <= frame.at < last_s:
                continue
            if int(frame.at) > second:
                second = int(frame.at)
                self.look()
                then(begins + second)
            if of(frame.camera):
                self._put(run, replace(frame, at=begins + frame.at))
        self.look()
        then(begins + last_s)

    def look(self) -> None:
        while self.engine.device.step():
            pass

    def _put(self, run: LiveRun, frame: Frame) -> None:
        """One a camera at a time, those of one instant together."""
        if self._at != frame.at:
            self.look()
        self._at = frame.at
        run.slots[frame.camera].put(frame)


def _recorded(camera: Camera) -> list[Frame]:
    source, frames = open_source(camera.id, camera.url), []
    while source.grab() is not None:
        frames.append(source.retrieve())
    source.close()
    return frames


class Stores:
    """Which stores are watched, and how they look."""

    def __init__(self, *sites: Site) -> None:
        self.sites = {site.name: site for site in sites}

    def watched(self) -> Sequence[str]:
        return list(self.sites)

    def site(self, store_name: str) -> Site:
        return self.sites[store_name]


class Watchman:
    """Counts what it is shown, and says what it is told to say."""

    def __init__(self) -> None:
        self.shown = 0
        self.says: list[Alert] = []

    def show(self, observation: Observation) -> None:
        self.shown += 1

    def look(self, states: dict[str, CameraState], now: float) -> None:
        pass

    def take(self) -> list[Alert]:
        said, self.says = self.says, []
        return said


class Alerting:
    """Meets watching.Alerting: the same alert twice is one."""

    def __init__(self) -> None:
        self.watchmen: list[Watchman] = []
        self.told: list[Alert] = []

    def watchman(self, site: Site) -> Watchman:
        self.watchmen.append(Watchman())
        return self.watchmen[-1]

    def write(self, transaction: Transaction, alerts: Sequence[Alert], now: float) -> None:
        pass

    def tell(self, alerts: Sequence[Alert]) -> None:
        self.told += alerts
