"""Small loops that keep house: edits are taken in, old facts are forgotten, cameras' states are shown."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.conditions import MEASURED
from heatmap_gui.services.health import Health
from heatmap_gui.store import retention
from heatmap_gui.store.database import Database

_log = logging.getLogger(__name__)
_POLL_S = 2.0
_KEEP_S = 600.0
SHOWN_S = 86_400.0


def _nothing() -> None:
    """Nobody asks whether the loop goes round."""


class CatalogLoop:
    """Follows the files of a configuration, and reports the edits that are refused.

    `anew` is set when somebody wants them read now (SIGHUP). What is in force is shown by the broker, for a day.
    clock: Unix time.
    """

    def __init__(
        self,
        catalog: Catalog,
        health: Health,
        broker: Broker,
        *,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = _nothing,
    ) -> None:
        self.anew = threading.Event()
        self._catalog, self._health, self._broker = catalog, health, broker
        self._clock, self._beat = clock, beat
        self._refused: set[str] = set()
        self._shown: dict[str, tuple[str, int, float]] = {}

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            anew = self.anew.wait(_POLL_S)
            if anew:
                self.anew.clear()
            self.step(anew)
            self._beat()

    def step(self, anew: bool) -> None:
        """One look at the files."""
        self._catalog.poll(anew=anew)
        refused = {f"site of {store}": why for store, why in self._catalog.refused_sites.items()}
        if self._catalog.refused is not None:
            refused["configuration"] = self._catalog.refused
        for subject in self._refused - refused.keys():
            self._health.report(subject, None)
        for subject, why in refused.items():
            self._health.report(subject, f"its edit is refused, the last good one stays in force: {why}")
        self._refused = set(refused)
        self._show()

    def _show(self) -> None:
        """What changed, what Redis lost, and what would soon be forgotten."""
        now, generation = self._clock(), self._broker.generation
        for key, value in self._catalog.shown().items():
            text = json.dumps(value, ensure_ascii=False)
            before, then, at = self._shown.get(key, ("", -1, now))
            if (text, generation) != (before, then) or not 0 <= now - at < SHOWN_S / 2:
                self._broker.cache(key, text, SHOWN_S)
                self._shown[key] = text, generation, now


class CameraHealthLoop:
    """Shows how the watched cameras are, while they are watched here. cameras: `<store>/<camera>` and state.

    clock: Unix time.
    """

    def __init__(
        self,
        health: Health,
        cameras: Callable[[], Mapping[str, CameraState]],
        *,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = _nothing,
    ) -> None:
        self._health, self._cameras = health, cameras
        self._clock, self._beat = clock, beat
        self._counted: dict[str, tuple[CameraState, int]] = {}

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.wait(_POLL_S):
            self.step(self._clock())
            self._beat()

    def step(self, now: float) -> None:
        """One look at all of them."""
        cameras = self._cameras()
        for name, state in cameras.items():
            condition = state.seen(now)
            wrong = condition.reason if condition.status not in MEASURED else ""
            store, camera = _split(name)
            self._health.camera(store, camera, state.fps, wrong or None)
            known, before = self._counted.get(name, (state, 0))
            processed = state.processed
            new = processed - before if known is state else processed  # one that begins anew counts from zero
            self._health.add("heatmap_frames_total", new, store=store, camera=camera)
            self._counted[name] = state, processed
        for name in self._counted.keys() - cameras.keys():
            self._health.forget_camera(*_split(name))
            del self._counted[name]


def _split(name: str) -> tuple[str, str]:
    store, _, camera = name.partition("/")
    return store, camera


class KeepLoop:
    """Forgets what is older than it has to be kept, and thins tracks out where the disk is nearly full.

    retention_days: 0 keeps everything. clock: Unix time.
    """

    def __init__(
        self,
        database: Database,
        health: Health,
        retention_days: Callable[[], int],
        *,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = _nothing,
    ) -> None:
        self._database, self._health, self._days = database, health, retention_days
        self._clock, self._beat = clock, beat

    def __call__(self, stopping: threading.Event) -> None:
        keep_at = -float("inf")
        while not stopping.wait(_POLL_S):
            self._beat()
            now = self._clock()
            if not 0 <= keep_at - now <= _KEEP_S:
                keep_at = now + _KEEP_S
                self.step(now)

    def step(self, now: float) -> None:
        """One round."""
        days = self._days()
        try:
            gone = retention.expire(self._database, days, now) if days else 0
            thinned = retention.thin(self._database, now) if self._health.pressure >= 2 else 0
        except UnavailableError as error:
            _log.warning("%s", error.message)
            return
        if gone or thinned:
            _log.info("%s older than retention_days forgotten, %s tracks thinned out", gone, thinned)
