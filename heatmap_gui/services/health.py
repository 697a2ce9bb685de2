"""How this process is: what its loops, cameras, disk, Redis and database report, as one document and as figures."""

from __future__ import annotations

import os
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from heatmap_gui import __version__
from heatmap_gui.logs import mask
from heatmap_gui.services.prometheus import FROM_THE_START, METRICS, Histogram, Labels, exposition

Status = Literal["healthy", "degraded", "unhealthy"]
_FIGURE: dict[Status, float] = {"healthy": 1.0, "degraded": 0.5, "unhealthy": 0.0}


class _Loop(NamedTuple):
    beaten_at: float
    longest_s: float


class Trouble(NamedTuple):
    """Something that is not as it should be. fatal: the process does not do its work."""

    reason: str
    fatal: bool


class Health:
    """Gathers what is reported; any thread may report, any may ask. clock: monotonic seconds.

    pressure: of the disk: 0 enough space, 1 snapshots stop, 2 tracks are thinned as well (jobs and deliveries never).
    """

    def __init__(self, role: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.role = role
        self.pressure = 0
        self._clock, self._born = clock, clock()
        self._lock = threading.Lock()
        self._loops: dict[str, _Loop] = {}
        self._troubles: dict[str, Trouble] = {}
        self._figures: dict[tuple[str, Labels], float] = {(name, ()): 0.0 for name in FROM_THE_START}
        self._histograms: dict[tuple[str, Labels], Histogram] = {}

    def loop(self, name: str, longest_s: float) -> Callable[[], None]:
        """Registers a loop -> its beat, to be called at least every longest_s."""

        def beat() -> None:
            with self._lock:
                self._loops[name] = _Loop(self._clock(), longest_s)

        beat()
        return beat

    def forget_loop(self, name: str) -> None:
        """It has ended as it should."""
        with self._lock:
            self._loops.pop(name, None)

    def report(self, subject: str, reason: str | None, *, fatal: bool = False) -> None:
        """What is wrong with `subject` (camera main/1, redis, disk …) and what to do; None: all is well again."""
        with self._lock:
            if reason is None:
                self._troubles.pop(subject, None)
            else:
                self._troubles[subject] = Trouble(mask(reason), fatal)

    def camera(self, store_name: str, camera: str, fps: float, reason: str | None) -> None:
        """A camera as it is now; reason: why its pictures are not to be trusted."""
        self.report(f"camera {store_name}/{camera}", reason)
        self.set("heatmap_camera_up", float(reason is None), store=store_name, camera=camera)
        self.set("heatmap_camera_fps", fps, store=store_name, camera=camera)

    def forget_camera(self, store_name: str, camera: str) -> None:
        """Nobody looks at it here any more."""
        with self._lock:
            self._troubles.pop(f"camera {store_name}/{camera}", None)
            for metric in ("heatmap_camera_up", "heatmap_camera_fps"):
                self._figures.pop(_key(metric, {"store": store_name, "camera": camera}), None)

    def set(self, metric: str, value: float, **labels: str) -> None:
        """A gauge of METRICS."""
        with self._lock:
            self._figures[_key(metric, labels)] = value

    def add(self, metric: str, by: float = 1.0, **labels: str) -> None:
        """Raises a counter of METRICS."""
        with self._lock:
            key = _key(metric, labels)
            self._figures[key] = self._figures.get(key, 0.0) + by

    def observe(self, metric: str, value: float, **labels: str) -> None:
        """Counts a value in a histogram of METRICS."""
        buckets = METRICS[metric].buckets
        place = bisect_left(buckets, value)
        with self._lock:
            key = _key(metric, labels)
            counts, total = self._histograms.get(key, Histogram((0,) * (len(buckets) + 1), 0.0))
            counts = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
            self._histograms[key] = Histogram(counts, total + value)

    def troubles(self) -> dict[str, Trouble]:
        """All that is wrong now, by subject; loops that stand still among it."""
        with self._lock:
            now = self._clock()
            found = {
                f"loop {name}": Trouble(f"no progress for {now - loop.beaten_at:.0f} s: restart the service", True)
                for name, loop in sorted(self._loops.items())
                if now - loop.beaten_at > loop.longest_s
            }
            return found | self._troubles

    def progressing(self) -> bool:
        """Whether every loop made progress within its time: only then the watchdog is told that we are alive."""
        return not any(subject.startswith("loop ") for subject in self.troubles())

    @property
    def status(self) -> Status:
        return _status(self.troubles())

    def document(self) -> dict[str, Any]:
        """The body of GET /health."""
        troubles = self.troubles()
        figures = self.figures()

        def figure(name: str) -> float:
            return figures.get((name, ()), 0.0)

        return {
            "status": _status(troubles),
            "reasons": [f"{subject}: {trouble.reason}" for subject, trouble in sorted(troubles.items())],
            "role": self.role,
            "pid": os.getpid(),
            "version": __version__,
            "uptime_seconds": round(figure("heatmap_uptime_seconds"), 1),
            "redis_connected": figure("heatmap_redis_up") > 0,
            "database_healthy": "database" not in troubles,
            "jobs": {
                "waiting": int(figure("heatmap_jobs_waiting")),
                "oldest_s": round(figure("heatmap_jobs_waiting_seconds"), 1),
            },
            "deliveries": {
                "waiting": int(figure("heatmap_deliveries_waiting")),
                "oldest_s": round(figure("heatmap_deliveries_waiting_seconds"), 1),
            },
            "disk": {"free_bytes": int(figure("heatmap_disk_free_bytes")), "pressure": self.pressure},
            "cameras": {
                "/".join(value for _, value in reversed(labels)): up > 0
                for (name, labels), up in sorted(figures.items())
                if name == "heatmap_camera_up"
            },
            "loops": {
                labels[0][1]: round(age, 1)
                for (name, labels), age in sorted(figures.items())
                if name == "heatmap_loop_age_seconds"
            },
        }

    def figures(self) -> dict[tuple[str, Labels], float]:
        """All figures now, by metric and labels."""
        troubles = self.troubles()
        with self._lock:
            now = self._clock()
            ages = {_key("heatmap_loop_age_seconds", {"loop": n}): now - x.beaten_at for n, x in self._loops.items()}
            own = {
                _key("heatmap_healthy", {}): _FIGURE[_status(troubles)],
                _key("heatmap_uptime_seconds", {}): now - self._born,
                _key("heatmap_disk_pressure", {}): float(self.pressure),
            }
            return self._figures | ages | own

    def metrics(self) -> str:
        """The body of GET /metrics."""
        figures = self.figures()
        with self._lock:
            return exposition({**figures, **self._histograms})


def _status(troubles: dict[str, Trouble]) -> Status:
    if any(trouble.fatal for trouble in troubles.values()):
        return "unhealthy"
    return "degraded" if troubles else "healthy"


def _key(metric: str, labels: dict[str, str]) -> tuple[str, Labels]:
    if metric not in METRICS:
        raise KeyError(metric)
    return metric, tuple(sorted(labels.items()))
