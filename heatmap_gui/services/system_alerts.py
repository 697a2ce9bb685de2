"""Alerts that belong to no store: what is wrong with the service, told when it begins and when it ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from heatmap_gui.core.episodes import Change, Episodes, Phase
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.flood import Flood
from heatmap_gui.core.rules import Alert, alert_id
from heatmap_gui.core.work import LEASE_S, MOST_CRASHES, Status
from heatmap_gui.services.alerts import LOOK_BACK_S, QUIET_S, Alerts
from heatmap_gui.services.health import Trouble
from heatmap_gui.store import alerts as ledger
from heatmap_gui.store import deliveries, jobs, leases
from heatmap_gui.store.database import Database, Transaction

TROUBLE, RECOVERED = "system_trouble", "system_recovered"
EVERY_S = 2.0
_LEASE = "alerts:system"
_BEGIN_S, _END_S = 4.0, 10.0
_DEAD_S = 86_400.0  # how long a job that was given up is looked for
_MOST_DEAD = 100
_log = logging.getLogger(__name__)


class SystemAlerts:
    """The loop, of which one process does the work. troubles: what its health reports, by subject (see `health`)."""

    def __init__(
        self,
        worker: str,
        database: Database,
        alerts: Alerts,
        troubles: Callable[[], Mapping[str, Trouble]],
        *,
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self._worker, self._database, self._alerts, self._troubles = worker, database, alerts, troubles
        self._clock, self._beat = clock, beat
        self._episodes: Episodes | None = None
        self._fence: int | None = None
        self._flood = Flood("", "system")
        self._unwritten: list[Alert] = []

    def __call__(self, stopping: threading.Event) -> None:
        while not stopping.wait(EVERY_S):
            try:
                self.step(self._clock())
            except UnavailableError as error:
                _log.warning("%s", error.message)
            self._beat()

    def step(self, now: float) -> None:
        """One look at everything. Raises UnavailableError; what was to be told then is told later."""
        with self._database.write() as transaction:
            fence = leases.take(transaction, _LEASE, self._worker, now, LEASE_S)
            if fence is None:
                self._episodes, self._unwritten = None, []
                return
            if self._episodes is None or fence != self._fence:
                told = ledger.unended(transaction, "", [TROUBLE], RECOVERED, now - LOOK_BACK_S)
                self._episodes, self._fence = Episodes(_BEGIN_S, _END_S, QUIET_S, told), fence
            changes = self._episodes.look(self._wrong(transaction, now), now)
            made = [_alert(change, now) for change in changes if not _is_over_for_good(change)]
            self._unwritten += self._flood.admit(made, now)
            self._alerts.write(transaction, self._unwritten, now)
        told_now, self._unwritten = self._unwritten, []
        self._alerts.tell(told_now)

    def _wrong(self, transaction: Transaction, now: float) -> dict[str, str]:
        """Reasons by subject. Cameras are told by who watches them."""
        found = {s: trouble.reason for s, trouble in self._troubles().items() if not s.startswith("camera ")}
        for endpoint, reason in deliveries.disabled(transaction).items():
            found[f"endpoint {endpoint}"] = f"nothing is sent there any more: {reason}"
        for job in jobs.newest(transaction, limit=_MOST_DEAD, status=[Status.FAILED]):
            if job.crashes >= MOST_CRASHES and (job.completed_at or 0.0) > now - _DEAD_S:
                found[f"job {job.id}"] = job.error or "given up"
        return found


def _is_over_for_good(change: Change) -> bool:
    """A job that was given up is no trouble that ends: it is only not new any more."""
    return change.phase is Phase.ENDED and change.subject.startswith("job ")


def _alert(change: Change, now: float) -> Alert:
    ended = change.phase is Phase.ENDED
    over = f"{change.subject}: all is well again, after {now - change.since:.0f} s"
    return Alert(
        id=alert_id(now, change.subject, str(change.phase)),
        store_name="",
        kind=RECOVERED if ended else TROUBLE,
        rule=change.subject,
        at=now,
        reason=over if ended else f"{change.subject}: {change.reason}",
        suppressed=change.why or None,
    )
