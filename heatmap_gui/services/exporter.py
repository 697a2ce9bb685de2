"""Tells endpoints what is due to be told: at least once each, always under the same id.

Deliveries are claimed many at a time and settled many at a time, in one transaction. What goes to one endpoint goes one
after the other over one connection; endpoints do not wait for each other. Whoever dies in between leaves its deliveries
to whoever claims when their lease is over.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Broker, Sink
from heatmap_gui.core.work import SEND_S, Delivery
from heatmap_gui.loops import Handoff, Loops
from heatmap_gui.services.sending import LANE_S, Lane, Sender, failed
from heatmap_gui.store import deliveries
from heatmap_gui.store.database import Database

BELL = "deliveries"
_AT_ONCE = 512  # claimed together
_LANES = 8  # endpoints at the same time
_LEASE_S = LANE_S + SEND_S + 10.0
_LOOK_S = 1.0  # how often the ledger is looked at when nobody rings
_STOP_S = 5.0
_log = logging.getLogger(__name__)


class ExporterLoop:
    """The loop. `step` does one round in the caller's thread, which waits for nothing but the endpoints.

    sinks: by the name that deliveries have; what goes elsewhere is left to others. alerts: whether it sends those of
    alerts, or all the others; None: both. beat: called each round.
    """

    def __init__(
        self,
        database: Database,
        sinks: Mapping[str, Sink],
        broker: Broker,
        *,
        alerts: bool | None = None,
        clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._database, self._sinks, self._broker = database, sinks, broker
        self._alerts, self._clock, self._beat = alerts, clock, beat
        self._sender = Sender(sinks, clock, rng or random.Random())
        self._ended: deque[Lane] = deque()  # lanes that are not written down yet
        self._busy: set[str] = set()  # endpoints with a lane
        self._resting: dict[str, float] = {}  # endpoints in trouble, until when
        self._awake = threading.Event()
        self._well = True

    def step(self, now: float) -> int:
        """Claims, sends and settles -> how many were claimed. Raises UnavailableError when the database is away."""
        lanes = self._exchange(now, claim=True)
        for lane in lanes:
            self._send(lane, threading.Event())
        self._exchange(now, claim=False)
        return sum(len(lane.load) for lane in lanes)

    def __call__(self, stopping: threading.Event) -> None:
        with Loops(budget_s=_STOP_S) as loops:
            lanes: Handoff[Lane] = Handoff(loops.stopping, _LANES + _AT_ONCE)
            loops.start("exporter bell", self._listen)
            for number in range(_LANES):
                loops.start(f"exporter lane {number}", lambda stop: self._work(lanes, stop))
            while not stopping.is_set():
                loops.check()
                self._beat()
                self._awake.clear()
                claimed = self._round(claim=True)
                for lane in claimed:
                    lanes.put(lane)
                if not claimed:
                    self._awake.wait(_LOOK_S)
            loops.stopping.set()
            for sink in self._sinks.values():
                sink.close()
        loops.check()
        self._round(claim=False)

    def _listen(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            if self._broker.wait([BELL], _LOOK_S):
                self._awake.set()

    def _work(self, lanes: Handoff[Lane], stopping: threading.Event) -> None:
        for lane in lanes:
            self._send(lane, stopping)
            self._awake.set()

    def _send(self, lane: Lane, stopping: threading.Event) -> None:
        self._sender.send(lane, stopping)
        self._ended.append(lane)

    def _round(self, *, claim: bool) -> list[Lane]:
        """An exchange that waits for better times when the database is away: nothing is forgotten meanwhile."""
        try:
            lanes = self._exchange(self._clock(), claim=claim and len(self._busy) < _LANES)
        except UnavailableError as error:
            if self._well:
                _log.warning("%s", error.message)
            self._well = False
            return []
        self._well = True
        return lanes

    def _exchange(self, now: float, *, claim: bool) -> list[Lane]:
        """One transaction: how lanes ended, and what goes out next."""
        ended = list(self._ended)
        if not ended and not claim:
            return []
        busy = self._busy - {lane.endpoint for lane in ended}
        resting = {name: until for name, until in self._resting.items() if until > now}
        resting |= {lane.endpoint: now + lane.rest_s for lane in ended if lane.rest_s}
        with self._database.write() as connection:
            deliveries.settle(connection, [attempt for lane in ended for attempt in lane.attempts], now)
            for lane in ended:
                if lane.gone is not None:
                    deliveries.disable(connection, lane.endpoint, lane.gone, now)
            lanes = []
            if claim:
                kept = {*busy, *resting}
                found = deliveries.claim(
                    connection,
                    now,
                    _LEASE_S,
                    limit=_AT_ONCE,
                    sinks=tuple(self._sinks),
                    busy=kept,
                    alerts=self._alerts,
                )
                closed = deliveries.disabled(connection) if found else {}
                lanes = _by_endpoint((d for d in found if d.endpoint not in closed), now + LANE_S)
                over = [failed(d, f"nothing goes there: {closed[d.endpoint]}") for d in found if d.endpoint in closed]
                deliveries.settle(connection, over, now)
        for _ in ended:
            self._ended.popleft()
        self._resting = resting
        self._busy = busy | {lane.endpoint for lane in lanes}
        return lanes


def _by_endpoint(found: Iterable[Delivery], until: float) -> list[Lane]:
    loads: dict[str, list[Delivery]] = {}
    for delivery in found:
        loads.setdefault(delivery.endpoint, []).append(delivery)
    return [Lane(endpoint, load, until) for endpoint, load in loads.items()]
