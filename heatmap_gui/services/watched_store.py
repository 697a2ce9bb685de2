"""One store that this detector watches: its live run, what it found and is not written yet, and how many are there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import VEHICLES, Frame, Observation
from heatmap_gui.loops import Loops
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import MEASURED
from heatmap_gui.services.engine import Engine
from heatmap_gui.services.facts import Batch, Collected
from heatmap_gui.services.live import LiveRun

_STOP_S = 1.0  # a reader that hangs is left behind: other stores wait


def lease_name(store_name: str) -> str:
    """What the lease of a watched store is called."""
    return f"watch:{store_name}"


class Watchman(Protocol):
    """Says what is alarming in a store's pictures and cameras (see `alerts`)."""

    def show(self, observation: Observation) -> None: ...

    def look(self, states: dict[str, CameraState], now: float) -> None: ...

    def take(self) -> list[Alert]: ...


class Onlooker(Protocol):
    """Sees what a store's cameras see, on the device's thread (see `board`)."""

    def glimpse(self, frame: Frame) -> None:
        """A picture in which nobody was looked for: its camera does not take part yet."""
        ...

    def show(self, observation: Observation) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """What is written in one transaction. at: of the first try, which tells it from others of the store.

    tried: whether it may be written already, and only the answer was lost.
    """

    batches: Sequence[Batch]
    at: float
    tried: bool = False


class _Headcount:
    """How many are in the newest picture of each camera."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}

    def show(self, observation: Observation) -> None:
        live = observation.live
        vehicle = [label in VEHICLES for label in live.labels]
        self.people[observation.frame.camera] = sum(not vehicle[number] for number in live.class_id.tolist())


class WatchedStore:
    """A store while the lease of it is ours, from its construction until `end`.

    after: as it was before an edit, parted: not used any more. fence: of the lease. renew_at, rows_at, live_at: when
    its lease, its tracks and its mirror are due.
    """

    def __init__(
        self,
        site: Site,
        fence: int,
        engine: Engine,
        watchman: Watchman,
        *,
        confidence: float,
        frame_skip: int,
        now: float,
        onlookers: Sequence[Onlooker] = (),
        after: WatchedStore | None = None,
    ) -> None:
        self.site, self.fence, self.watchman = site, fence, watchman
        self.collected = Collected(site)
        self.renew_at = self.live_at = self.rows_at = now
        self.parcel: Parcel | None = None
        self.alerts: list[Alert] = []  # not written yet
        self._headcount = _Headcount()
        self._loops: Loops = Loops(budget_s=_STOP_S) if after is None else after._loops
        self.live: LiveRun = engine.live(
            lease_name(site.name),
            site,
            self.collected,
            start=now,
            confidence=confidence,
            frame_skip=frame_skip,
            shows=(watchman.show, self._headcount.show, *(one.show for one in onlookers)),
            glimpses=[one.glimpse for one in onlookers],
            after=None if after is None else after.live,
        )
        self.live.begin(self._loops)

    def tell(self) -> None:
        """Its readers shall stop."""
        self._loops.stopping.set()

    def part(self, edited: Site) -> None:
        """All that it found is in `collected` when this returns; what goes on is for the one of the edited site."""
        self.live.part(edited)

    def end(self) -> None:
        """All that it found is in `collected` when this returns."""
        self.tell()
        self.live.end()

    def join(self) -> None:
        """Waits for its readers."""
        self._loops.stop()

    def check(self) -> None:
        """Raise what broke it."""
        self._loops.check()
        self.live.check()

    def fields(self, now: float) -> dict[str, str]:
        """For dashboards. A person whom several cameras see on the plan is one."""
        calibrated = {camera.id for camera in self.site.cameras if camera.calibration}
        states = self.live.states
        seen = {c: n for c, n in self._headcount.people.copy().items() if states[c].seen(now).status in MEASURED}
        plan = [count for camera, count in seen.items() if camera in calibrated]
        rest = sum(count for camera, count in seen.items() if camera not in calibrated)
        cameras = {camera: state.document() for camera, state in states.items()}
        return {"at": f"{now:.3f}", "people": str(max(plan, default=0) + rest), "cameras": json.dumps(cameras)}
