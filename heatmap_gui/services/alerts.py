"""Alerts of watched stores: from what their cameras show and how they are, to the ledger and whoever listens."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from heatmap_gui.core.episodes import Change, Episodes, Phase
from heatmap_gui.core.flood import Flood
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.rules import Alert, ZoneRules, alert_id
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Observation
from heatmap_gui.logs import mask
from heatmap_gui.services.alert_bodies import flat
from heatmap_gui.services.alert_routing import Router
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus
from heatmap_gui.services.exporter import BELL
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.snapshots import snapshot
from heatmap_gui.settings import Settings
from heatmap_gui.store import alerts as ledger
from heatmap_gui.store import deliveries
from heatmap_gui.store.database import Database, Transaction

QUIET_S = 300.0  # in which the same trouble is told once
LOOK_BACK_S = 7 * 86_400.0  # for troubles that were told and not ended
RECOVERED = "camera_recovered"
CAMERA_KINDS: Mapping[CameraStatus, str] = {
    CameraStatus.LOST: "camera_down",
    CameraStatus.DENIED: "camera_down",
    CameraStatus.FROZEN: "camera_frozen",
    CameraStatus.SMEARED: "camera_smeared",
    CameraStatus.COVERED: "camera_covered",
    CameraStatus.MOVED: "camera_moved",
    CameraStatus.SUSPENDED: "camera_suspended",
}
_MOST_PICTURES = 100  # of alerts that wait for the database
_BEGIN_S, _END_S = 2.0, 3.0  # cameras have looked twice already
_AGAIN_S = 6.0  # after which what was wrong before anybody looked would have been seen again


class Alerts:
    """Meets watching.Alerting. pressure: of the disk; from 1 on there are no pictures (see `health`).

    Any thread may call it. Raises InputError when the settings do not say where alerts go.
    """

    def __init__(
        self,
        settings: Settings,
        seal: Seal,
        database: Database,
        broker: Broker,
        pressure: Callable[[], int] = lambda: 0,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings, self._database, self._broker, self._pressure = settings, database, broker, pressure
        self._clock = clock
        self._router = Router(settings, seal)
        self._pictures: dict[str, bytes] = {}  # of alerts that are not written yet

    def watchman(self, site: Site) -> StoreWatch:
        """Of a store; it goes on where the one before it ended. Raises UnavailableError without a database."""
        kinds = set(CAMERA_KINDS.values())
        with self._database.read() as connection:
            told = ledger.unended(connection, site.name, kinds, RECOVERED, self._clock() - LOOK_BACK_S)
        watched = {camera.id for camera in site.cameras if camera.enabled}  # one that was taken out did not recover
        still = {rule: at for rule, at in told.items() if rule.partition(":")[2] in watched}
        return StoreWatch(site, self._settings.debounce_s, still, self._keep_picture)

    def write(self, transaction: Transaction, alerts: Sequence[Alert], now: float) -> None:
        """Alerts, and a delivery of each one that fired. The same alert twice is one."""
        ledger.add(transaction, alerts)
        fired = [alert for alert in alerts if alert.suppressed is None]
        deliveries.add(transaction, [self._router.delivery(a, self._pictures.get(a.id), now) for a in fired])

    def tell(self, alerts: Sequence[Alert]) -> None:
        """They are written: show those that fired, and wake who delivers them."""
        fired = [alert for alert in alerts if alert.suppressed is None]
        for alert in fired:
            self._pictures.pop(alert.id, None)
            self._broker.alert(flat(alert))
        if fired:
            self._broker.ring(BELL)

    def _keep_picture(self, alert: Alert, observation: Observation) -> None:
        wanted = self._settings.alert_snapshot
        if wanted == "none" or not self._router.shows_pictures or self._pressure() > 0:
            return
        picture = snapshot(observation, blurred=wanted == "blurred")
        if picture is not None:
            self._pictures[alert.id] = picture
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.pop(next(iter(self._pictures)))


class StoreWatch:
    """Meets watching.Watchman. `show` is for one thread, `look` and `take` are for another one.

    told: troubles that were told and not ended, by rule. keep_picture: of an alert that fires.
    """

    def __init__(
        self,
        site: Site,
        debounce_s: float,
        told: Mapping[str, float],
        keep_picture: Callable[[Alert, Observation], None],
    ) -> None:
        self._site, self._keep_picture = site, keep_picture
        self._rules = ZoneRules(site, debounce_s=debounce_s)
        self._troubles = Episodes(_BEGIN_S, _END_S, QUIET_S, told)
        self._floods = Flood(site.name, "zones"), Flood(site.name, "cameras")
        self._seen: deque[tuple[Alert, Observation]] = deque()
        self._said: list[Alert] = []
        self._inherited = dict.fromkeys(told, 0.0)  # and from when on they would have been seen again
        self._now = 0.0

    def show(self, observation: Observation) -> None:
        for alert in self._rules.show(observation):
            self._seen.append((alert, observation))

    def look(self, states: dict[str, CameraState], now: float) -> None:
        self._now = now
        wrong, unknown = {}, set()
        for camera, state in states.items():
            condition = state.seen(now)
            if condition.status is CameraStatus.CONNECTING:
                unknown.add(camera)
            elif kind := CAMERA_KINDS.get(condition.status):
                wrong[f"{kind}:{camera}"] = condition.reason
        for rule, sure_at in list(self._inherited.items()):
            if rule in wrong:
                del self._inherited[rule]
            elif not sure_at or rule.partition(":")[2] in unknown:
                self._inherited[rule] = now + _AGAIN_S
        early = {rule for rule, sure_at in self._inherited.items() if now < sure_at}
        unsure = [r for r in self._troubles.subjects if r in early or r.partition(":")[2] in unknown]
        self._said += [self._camera(change, now) for change in self._troubles.look(wrong, now, unsure)]

    def take(self) -> list[Alert]:
        seen = [self._seen.popleft() for _ in range(len(self._seen))]
        zones, cameras = self._floods
        admitted = zones.admit([alert for alert, _ in seen], self._now)
        fired = {alert.id for alert in admitted if alert.suppressed is None}
        for alert, observation in seen:
            if alert.id in fired:
                self._keep_picture(alert, observation)
        said, self._said = self._said, []
        return [*cameras.admit(said, self._now), *admitted]

    def _camera(self, change: Change, now: float) -> Alert:
        kind, _, camera = change.subject.partition(":")
        ended = change.phase is Phase.ENDED
        names = {one.id: one.name for one in self._site.cameras}
        name = f"camera {camera}" if names.get(camera, camera) == camera else f"camera {camera} ({names[camera]})"
        what = kind.removeprefix("camera_")
        over = f"{name} is not {what} any more"
        over += "" if change.subject in self._inherited else f", after {now - change.since:.0f} s"
        return Alert(
            id=alert_id(now, self._site.name, change.subject, str(change.phase)),
            store_name=self._site.name,
            kind=RECOVERED if ended else kind,
            rule=change.subject,
            at=now,
            reason=over if ended else mask(f"{name} is {what}: {change.reason}"),
            camera=camera,
            suppressed=change.why or None,
        )
