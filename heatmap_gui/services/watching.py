"""Stores that are watched all the time: each by one detector, which another one follows when it dies.

The lease is the store's. What was found is written with a look at the lease in the same transaction, so a detector that
was asleep, and followed by another one meanwhile, writes nothing.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import VEHICLES, Observation
from heatmap_gui.core.work import LEASE_S, RENEW_S
from heatmap_gui.loops import Loops
from heatmap_gui.services import facts
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.engine import Engine
from heatmap_gui.services.facts import Collected
from heatmap_gui.store import leases
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
_ROUND_S = 0.25  # how late a fact may reach SQL for our sake
_LOOK_S = 2.0  # how often a store that another detector watches is asked for
_LIVE_S = 1.0
_ROWS_S = 30.0  # between two writings of tracks and tiles; visits, crossings and alerts do not wait


class Watchman(Protocol):
    """Says what is alarming in a store's pictures and cameras (see `alerts`)."""

    def show(self, observation: Observation) -> None: ...

    def look(self, states: dict[str, CameraState], now: float) -> None: ...

    def take(self) -> list[Alert]: ...


class Alerting(Protocol):
    """Makes a watchman for a store, writes down what one says, and shows it once it is written."""

    def watchman(self, site: Site) -> Watchman: ...

    def write(self, transaction: Transaction, alerts: Sequence[Alert], now: float) -> None: ...

    def tell(self, alerts: Sequence[Alert]) -> None: ...


class Stores(Protocol):
    """Which stores are to be watched, and how they look now (see `catalog`)."""

    def watched(self) -> Sequence[str]: ...

    def site(self, store_name: str) -> Site: ...


class _Headcount:
    """How many are there now, by floor, as the newest picture shows it."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}

    def show(self, observation: Observation) -> None:
        live = observation.live
        vehicle = [label in VEHICLES for label in live.labels]
        self.people[observation.frame.camera] = sum(not vehicle[number] for number in live.class_id.tolist())


class _Watched:
    """One store, while the lease of it is ours."""

    def __init__(
        self, site: Site, fence: int, engine: Engine, watchman: Watchman, confidence: float, now: float
    ) -> None:
        self.site, self.fence, self.watchman = site, fence, watchman
        self.collected = Collected(site, confidence)
        self.headcount = _Headcount()
        self.renew_at = self.live_at = now
        self.rows_at = now + _ROWS_S
        self.unwritten: list[Alert] = []
        self.loops = Loops()
        shows = (watchman.show, self.headcount.show)
        name = lease_name(site.name)
        self.live = engine.live(name, site, self.collected, start=now, confidence=confidence, shows=shows)
        self.live.begin(self.loops)

    def end(self) -> None:
        self.loops.stop()
        self.live.end()

    def fields(self, now: float) -> dict[str, str]:
        """For dashboards."""
        calibrated = {camera.id for camera in self.site.cameras if camera.calibration}
        plan = [count for camera, count in self.headcount.people.items() if camera in calibrated]
        rest = sum(count for camera, count in self.headcount.people.items() if camera not in calibrated)
        cameras = {camera: state.document() for camera, state in self.live.states.items()}
        people = max(plan, default=0) + rest
        return {"at": f"{now:.3f}", "people": str(people), "cameras": json.dumps(cameras)}


class WatchLoop:
    """Watches as many of the stores as nobody else does and the engine has room for."""

    def __init__(
        self,
        worker: str,
        database: Database,
        broker: Broker,
        stores: Stores,
        engine: Engine,
        alerting: Alerting,
        *,
        confidence: float,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self._worker, self._database, self._broker = worker, database, broker
        self._stores, self._engine, self._alerting = stores, engine, alerting
        self._confidence, self._clock, self._beat = confidence, clock, beat
        self._mine: dict[str, _Watched] = {}
        self._look_at = -float("inf")

    def __call__(self, stopping: threading.Event) -> None:
        try:
            while not stopping.wait(_ROUND_S):
                try:
                    self.step(self._clock())
                except UnavailableError as error:
                    _log.warning("%s", error.message)
                    stopping.wait(1.0)
                self._beat()
        finally:
            self.stop()

    def cameras(self) -> dict[str, CameraState]:
        """`<store>/<camera>` of all that is watched here."""
        return {f"{s}/{c}": state for s, w in self._mine.items() for c, state in w.live.states.items()}

    def step(self, now: float) -> None:
        """One round: stores that come and go, and what was found since the last one."""
        if _due(self._look_at, now, _LOOK_S):
            self._look_at = now + _LOOK_S
            self._look(now)
        for name, watched in list(self._mine.items()):
            watched.loops.check()
            if not self._record(watched, now):
                _log.warning("store %s is watched by another detector now", name)
                self._end(name)

    def stop(self) -> None:
        """Ends all, and gives the stores to others at once."""
        now = self._clock()
        for name, watched in list(self._mine.items()):
            self._end(name)
            try:
                self._record(watched, now, last=True)
                with self._database.write() as transaction:
                    leases.release(transaction, lease_name(name), self._worker)
            except UnavailableError as error:
                _log.warning("%s", error.message)

    def _look(self, now: float) -> None:
        wanted = self._stores.watched()
        for name, watched in list(self._mine.items()):
            if name not in wanted or self._changed(name, watched):
                self._end(name)
                self._record(watched, now, last=True)
        for name in wanted:
            if name not in self._mine and not self._engine.full():
                self._begin(name, now)

    def _changed(self, name: str, watched: _Watched) -> bool:
        """Whether the store looks different now; one that cannot be read goes on as it was."""
        try:
            return self._stores.site(name).document != watched.site.document
        except HeatmapError:
            return False

    def _begin(self, name: str, now: float) -> None:
        with self._database.write() as transaction:
            fence = leases.take(transaction, lease_name(name), self._worker, now, LEASE_S)
        if fence is None:
            return
        try:
            site = self._stores.site(name)
            watchman = self._alerting.watchman(site)
            self._engine.reserve(lease_name(name), site)
            self._mine[name] = _Watched(site, fence, self._engine, watchman, self._confidence, now)
        except HeatmapError as error:
            _log.warning("store %s is not watched: %s", name, error.message)

    def _end(self, name: str) -> None:
        self._mine.pop(name).end()
        self._engine.release(lease_name(name))

    def _record(self, watched: _Watched, now: float, *, last: bool = False) -> bool:
        """Writes what was found, all in one transaction. False: the store is not ours any more."""
        watched.watchman.look(watched.live.states, now)
        alerts = watched.unwritten = [*watched.unwritten, *watched.watchman.take()]
        rows = last or _due(watched.rows_at, now, _ROWS_S)
        batches = watched.collected.take(events_only=not rows)
        if not (batches or alerts or _due(watched.renew_at, now, RENEW_S)):
            return True
        site = watched.site
        try:
            with self._database.write() as transaction:
                fence = leases.take(transaction, lease_name(site.name), self._worker, now, LEASE_S)
                if fence != watched.fence:
                    return False
                committed = facts.write(transaction, batches, site, None, now)
                self._alerting.write(transaction, alerts, now)
        except UnavailableError:
            watched.collected.give_back(batches)
            raise
        committed()
        watched.unwritten, watched.renew_at = [], now + RENEW_S
        if rows:
            watched.rows_at = now + _ROWS_S
        self._alerting.tell(alerts)
        if _due(watched.live_at, now, _LIVE_S):
            watched.live_at = now + _LIVE_S
            self._broker.live(site.name, watched.fields(now))
        return True


def _due(at: float, now: float, every_s: float) -> bool:
    """Whether something that is done every so often is due; also after the clock was set back."""
    return not 0 < at - now <= every_s


def lease_name(store_name: str) -> str:
    """What the lease of a watched store is called."""
    return f"watch:{store_name}"
