"""Stores that are watched all the time: each by one detector, which another one follows when it dies.

The lease is the store's. What was found is written with a look at the lease in the same transaction, so a detector that
was asleep, and followed by another one meanwhile, writes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site
from heatmap_gui.core.work import LEASE_S, RENEW_S
from heatmap_gui.services import facts
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.engine import OVERFULL, Engine
from heatmap_gui.services.watched_store import Onlooker, Parcel, WatchedStore, Watchman, lease_name
from heatmap_gui.store import cursors, leases
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
_ROUND_S = 0.25  # how late a fact may reach SQL for our sake
_LOOK_S = 2.0  # how often a store that another detector watches is asked for
_LIVE_S = 1.0
_ROWS_S = 30.0  # between two writings of tracks and tiles; visits, crossings and alerts do not wait
_AWAY_S = 1.0  # between two tries while the database is away
_AGAIN_S = 60.0  # before a store that broke is begun again
_SET_BACK_S = 5.0  # a clock that goes back so far was set: nothing new would be later than what was


class Alerting(Protocol):
    """Makes a watchman for a store, writes down what one says, and shows it once it is written."""

    def watchman(self, site: Site) -> Watchman: ...

    def write(self, transaction: Transaction, alerts: Sequence[Alert], now: float) -> None: ...

    def tell(self, alerts: Sequence[Alert]) -> None: ...


class Stores(Protocol):
    """Which stores are to be watched, and how they look now (see `catalog`)."""

    def watched(self) -> Sequence[str]: ...

    def site(self, store_name: str) -> Site: ...


class WatchLoop:
    """Watches as many of the stores as nobody else does and the engine has room for.

    frame_skip: only every so manieth frame is looked at. clock: Unix time. beat: called after each round. report: told
    why a store (`store <name>`) is not watched as it should be, None when all is well again. onlookers: makes
    who else sees what a store's cameras see.
    """

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
        frame_skip: int = 1,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
        report: Callable[[str, str | None], object] = lambda subject, reason: None,
        onlookers: Callable[[Site], Sequence[Onlooker]] = lambda site: (),
    ) -> None:
        self._worker, self._database, self._broker = worker, database, broker
        self._stores, self._engine, self._alerting = stores, engine, alerting
        self._confidence, self._frame_skip = confidence, frame_skip
        self._clock, self._beat, self._report = clock, beat, report
        self._onlookers = onlookers
        self._mine: dict[str, WatchedStore] = {}
        self._wanted: Sequence[str] = ()
        self._said: dict[str, str] = {}
        self._broken: dict[str, float] = {}  # stores, and when they are begun again
        self._left_alone: set[str] = set()  # by all others, at the last look
        self._look_at = self._now = -float("inf")
        self.trouble = ""  # why what is found cannot be written now

    def __call__(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set():
                try:
                    self.step(self._clock())
                    self.trouble = ""
                except UnavailableError as error:
                    if error.message != self.trouble:
                        _log.warning("%s", error.message)
                    self.trouble = error.message
                    stopping.wait(_AWAY_S)
                self._beat()
                stopping.wait(_ROUND_S)
        finally:
            self.stop()

    def cameras(self) -> dict[str, CameraState]:
        """`<store>/<camera>` of all that is watched here. Any thread may ask."""
        return {f"{s}/{c}": state for s, w in self._mine.copy().items() for c, state in w.live.states.items()}

    def step(self, now: float) -> None:
        """One round: stores that come and go, and what was found since the last one. Raises UnavailableError."""
        set_back = now < self._now - _SET_BACK_S
        if set_back or _due(self._look_at, now, _LOOK_S):
            self._look(now, set_back)
            self._look_at = now + _LOOK_S
        self._now = now
        for name, watched in list(self._mine.items()):
            try:
                watched.check()
            except Exception as error:
                self._give_up(name, error, now)
                continue
            if not self._record(watched, now):
                _log.warning("store %s is watched by another detector now", name)
                self._end(name)

    def stop(self) -> None:
        """Ends all, and gives the stores to others at once. Cameras that hang are waited for last."""
        now = self._clock()
        stores = list(self._mine.values())
        for watched in stores:
            watched.tell()
        try:
            for watched in stores:
                watched.end()
                self._record(watched, now, last=True)
                with self._database.write() as transaction:
                    leases.release(transaction, lease_name(watched.site.name), self._worker)
        except UnavailableError as error:
            _log.warning("%s", error.message)
        for watched in stores:
            self._end(watched.site.name)

    def _look(self, now: float, set_back: bool) -> None:
        """Ends and begins what is to be; after the clock was set back all begins anew, at the time that is now."""
        try:
            self._wanted = self._stores.watched()
            self._say("watched stores", None)
        except HeatmapError as error:  # those that were wanted before still are
            self._say("watched stores", error.message)
        for name, watched in list(self._mine.items()):
            if not set_back and name in self._wanted:
                if (edited := self._edited(name, watched)) is not None:
                    self._renew(name, watched, edited, now)
            else:
                self._record(watched, now, last=True)  # while it can be put off: the database may be away
                self._end(name)
                self._record(watched, now, last=True)
        for name in self._wanted:
            if name not in self._mine and _due(self._broken.get(name, now), now, _AGAIN_S):
                self._begin(name, now)

    def _edited(self, name: str, watched: WatchedStore) -> Site | None:
        """The store when it looks different now; one that cannot be read goes on as it was."""
        try:
            site = self._stores.site(name)
        except HeatmapError:
            return None
        return site if (site.hash, site.document) != (watched.site.hash, watched.site.document) else None

    def _renew(self, name: str, watched: WatchedStore, edited: Site, now: float) -> None:
        """An edited store goes on anew, with all that the edit does not concern."""
        self._record(watched, now, last=True)
        watched.part(edited)
        self._record(watched, now, last=True)
        self._engine.release(lease_name(name))
        self._begin(name, now, edited, watched)
        if self._mine[name] is watched:
            self._end(name)

    def _begin(self, name: str, now: float, edited: Site | None = None, after: WatchedStore | None = None) -> None:
        if not self._room_for(name, now):
            return
        lease = lease_name(name)
        try:
            site = edited or self._stores.site(name)
            with self._database.write() as transaction:
                fence = leases.take(transaction, lease, self._worker, now, LEASE_S)
            if fence is not None:
                watchman = self._alerting.watchman(site)
                watched = WatchedStore(
                    site,
                    fence,
                    self._engine,
                    watchman,
                    confidence=self._confidence,
                    frame_skip=self._frame_skip,
                    now=now,
                    onlookers=self._onlookers(site),
                    after=after,
                )
                watched.rows_at = now + _ROWS_S
                self._engine.reserve(lease, site, self._frame_skip)
                self._mine[name] = watched
        except HeatmapError as error:
            self._say(f"store {name}", f"it is not watched: {error.message}")
        else:
            self._say(f"store {name}", None)

    def _room_for(self, name: str, now: float) -> bool:
        """A detector with room goes first; a store that all leave alone is taken by a full one too, within reason."""
        if not self._engine.full():
            return True
        with self._database.read() as transaction:
            free = leases.holder(transaction, lease_name(name), now) is None
        before = name in self._left_alone
        (self._left_alone.add if free else self._left_alone.discard)(name)
        if free and before and self._engine.full(OVERFULL):
            self._say(f"store {name}", "nobody watches it: detectors have too much to do: add one, or lower fps_target")
            return False
        return free and before

    def _end(self, name: str) -> None:
        watched = self._mine.pop(name)
        watched.end()
        watched.join()
        self._engine.release(lease_name(name))

    def _give_up(self, name: str, error: Exception, now: float) -> None:
        """A store that broke ends alone, and is tried again."""
        why = error.message if isinstance(error, HeatmapError) else f"a bug: {type(error).__name__}: {error}"
        _log.error("store %s: %s", name, why, exc_info=error)
        self._broken[name] = now + _AGAIN_S
        watched = self._mine[name]
        self._end(name)
        self._said[f"store {name}"] = why
        self._report(f"store {name}", f"it broke, and is begun again after {_AGAIN_S:.0f} s: {why}")
        with suppress(UnavailableError):
            self._record(watched, now, last=True)

    def _record(self, watched: WatchedStore, now: float, *, last: bool = False) -> bool:
        """Writes what was found, all in one transaction. False: the store is not ours any more.

        Where the database did not answer, the very same is written again, unless it is there already.
        """
        if _due(watched.live_at, now, _LIVE_S):
            watched.live_at = now + _LIVE_S
            self._broker.live(watched.site.name, watched.fields(now))
        watched.watchman.look(watched.live.states, now)
        watched.alerts += watched.watchman.take()
        rows = last or _due(watched.rows_at, now, _ROWS_S)
        parcel = watched.parcel or Parcel(watched.collected.take(events_only=not rows), now)
        alerts = watched.alerts.copy()
        if not (parcel.batches or alerts or _due(watched.renew_at, now, RENEW_S)):
            return True
        watched.parcel = replace(parcel, tried=True)
        if not self._write(watched, parcel, alerts, now):
            return False
        watched.parcel = None
        del watched.alerts[: len(alerts)]
        watched.renew_at = now + RENEW_S
        self._alerting.tell(alerts)
        if parcel.tried:  # it held nothing newer than the first try
            return self._record(watched, now, last=last)
        if rows:
            watched.rows_at = now + _ROWS_S
        return True

    def _write(self, watched: WatchedStore, parcel: Parcel, alerts: Sequence[Alert], now: float) -> bool:
        """One transaction -> whether the store is ours."""
        site, lease = watched.site, lease_name(watched.site.name)
        with self._database.write() as transaction:
            if leases.take(transaction, lease, self._worker, now, LEASE_S) != watched.fence:
                return False
            self._alerting.write(transaction, alerts, now)
            if parcel.tried and cursors.read(transaction, lease).get(lease) == parcel.at:
                committed: Callable[[], None] = partial(facts.written, parcel.batches, {})
            else:
                committed = facts.write(transaction, parcel.batches, site, None, now)
            if parcel.batches:
                cursors.move(transaction, {lease: parcel.at})
        committed()
        return True

    def _say(self, subject: str, why: str | None) -> None:
        """To the log once, and to whoever looks after the service."""
        self._report(subject, why)
        if why is None:
            self._said.pop(subject, None)
        elif self._said.get(subject) != why:
            self._said[subject] = why
            _log.warning("%s: %s", subject, why)


def _due(at: float, now: float, every_s: float) -> bool:
    """Whether something that is done every so often is due; also after the clock was set back."""
    return not 0 < at - now <= every_s
