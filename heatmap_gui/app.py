"""The composition root: builds every part of a service once, from the files that say what should be."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.site import Site
from heatmap_gui.core.work import Delivery, Job
from heatmap_gui.loops import Loop
from heatmap_gui.services.alerts import Alerts
from heatmap_gui.services.audit import Audit
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.classifying import Classifying
from heatmap_gui.services.due_jobs import MEASURE, schedule_of
from heatmap_gui.services.engine import Engine
from heatmap_gui.services.exporter import ExporterLoop
from heatmap_gui.services.exports import deliveries_of, failure_of
from heatmap_gui.services.health import Health
from heatmap_gui.services.health_watch import HealthWatch
from heatmap_gui.services.heat_desk import HeatDesk
from heatmap_gui.services.inference import METADATA, METADATA_S, Inference, about, open_network
from heatmap_gui.services.jobs import JobsLoop
from heatmap_gui.services.keeping import CameraHealthLoop, CatalogLoop, KeepLoop
from heatmap_gui.services.measure_job import MeasureJob
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.services.secrets import Seal, resolve
from heatmap_gui.services.sinks import SINKS, open_sink
from heatmap_gui.services.site_snapshot import site_from_document
from heatmap_gui.services.summing import SumLoop
from heatmap_gui.services.system_alerts import SystemAlerts
from heatmap_gui.services.watched_store import Onlooker
from heatmap_gui.services.watching import WatchLoop
from heatmap_gui.store.database import open_database

if TYPE_CHECKING:
    from heatmap_gui.services.accounts import Accounts
    from heatmap_gui.services.retail import Today

_SLOW_S, _LOOP_S = 60.0, 30.0  # a database may be busy for ten seconds, a detector may compile for longer
_HOUSE_S = 900.0  # a year of a store may have to be forgotten


class App:
    """What the roles of a process share. roles: those that `loops` will run; instance: tells detectors of a host apart.

    onlookers: makes who else sees what a watched store's cameras see. watch, engine: once `loops` made them.
    Raises InputError and UnavailableError when something that must be there is not.
    """

    def __init__(
        self,
        config: Path,
        roles: Sequence[str],
        instance: str,
        environ: Mapping[str, str],
        onlookers: Callable[[Site], Sequence[Onlooker]] = lambda site: (),
    ) -> None:
        unknown = [role for role in roles if role not in ROLES]
        if unknown or not roles:
            raise InputError(f"--service: there is no role {', '.join(unknown)!r}: choose of all, {', '.join(ROLES)}")
        self.roles = roles
        self._onlookers = onlookers
        self.worker = "-".join(filter(None, (socket.gethostname(), str(os.getpid()), instance)))
        self.catalog = Catalog(config, environ)
        self.settings = settings = self.catalog.settings
        self.seal = Seal.of(settings)
        with ExitStack() as stack:
            self.database = open_database(resolve(settings.database_url), settings.home)
            stack.callback(self.database.close)
            self.broker = open_broker(resolve(settings.redis_url), self.database.deployment)
            stack.callback(self.broker.close)
            self._closing = stack.pop_all()
        self.health = Health(",".join(roles))
        self.audit = Audit(self.database)
        self.inference = Inference(self._network, self.broker, most=settings.batch_size)
        self.classifying = Classifying(
            self.inference, self.database, self.broker, self.health, lambda: self.catalog.settings.confidence
        )
        self.heat = HeatDesk(self.database)
        self.watch: WatchLoop | None = None
        self.engine: Engine | None = None

    @cached_property
    def accounts(self) -> Accounts:
        """For the API alone: what it needs takes a while to import."""
        from heatmap_gui.services.accounts import Accounts

        return Accounts(self.database, self.seal, 60.0 * self.settings.access_token_expire_minutes)

    @cached_property
    def today(self) -> Today:
        """For the API alone, as well."""
        from heatmap_gui.services.retail import Today

        return Today(self.database)

    def close(self) -> None:
        self._closing.close()

    def loops(self) -> dict[str, Loop]:
        """Everything that runs, by name."""
        found: dict[str, Loop] = {
            "catalog": CatalogLoop(self.catalog, self.health, self.broker, beat=self._beat("catalog")),
            "health": HealthWatch(
                self.health,
                self.database,
                self.broker,
                self.settings.home,
                self.worker,
                monitoring=self.settings.enable_monitoring,
                beat=self._beat("health"),
            ),
        }
        for role in self.roles:
            found |= ROLES[role](self)
        return found

    def _beat(self, name: str, longest_s: float = _LOOP_S) -> Callable[[], None]:
        return self.health.loop(name, longest_s)

    def scheduler(self) -> dict[str, Loop]:
        """Makes the jobs that are due, keeps the history small and added up, and says what is wrong with the whole."""
        loop = SchedulerLoop(
            self.worker,
            self.database,
            self.broker,
            self.catalog,
            self.seal,
            failure_of=self._failure_of,
            beat=self._beat("scheduler"),
        )
        keep = KeepLoop(
            self.database, self.health, lambda: self.catalog.settings.retention_days, beat=self._beat("keep", _HOUSE_S)
        )
        sums = SumLoop(self.database, self.catalog, beat=self._beat("sums", _HOUSE_S))
        return {"scheduler": loop, "keep": keep, "sums": sums}

    def detector(self) -> dict[str, Loop]:
        """Runs jobs, and watches stores."""
        settings = self.settings
        engine = Engine(
            settings.model,
            settings.device,
            settings.home / "models",
            frame_rate=settings.frame_rate or None,
            beat=self._beat("device", _SLOW_S),
        )
        self._closing.callback(engine.close)
        self.engine = engine
        self.broker.cache(METADATA, json.dumps(about(engine.detector)), METADATA_S)
        measure = MeasureJob(self.database, self.broker, engine, self._site_of, self._deliveries_of)
        jobs = JobsLoop(
            self.worker,
            self.database,
            self.broker,
            {MEASURE: measure},
            room=measure.room,
            failure_of=self._failure_of,
            beat=self._beat("jobs"),
        )
        watch = WatchLoop(
            self.worker,
            self.database,
            self.broker,
            self.catalog,
            engine,
            self._alerting(),
            confidence=settings.confidence,
            frame_skip=settings.detection_interval,
            beat=self._beat("watch"),
            report=self.health.report,
            onlookers=self._onlookers,
        )
        self.watch = watch
        cameras = CameraHealthLoop(self.health, watch.cameras, beat=self._beat("cameras"))
        return {"device": engine, "jobs": jobs, "watch": watch, "cameras": cameras}

    def exporter(self) -> dict[str, Loop]:
        """Delivers results."""
        return {"exporter": self._deliver("exporter", alerts=False)}

    def alerts(self) -> dict[str, Loop]:
        """Delivers alerts, and makes those of the service itself."""
        beat = self._beat("system-alerts")
        system = SystemAlerts(self.worker, self.database, self._alerting(), self.health.troubles, beat=beat)
        return {"alerts": self._deliver("alerts", alerts=True), "system-alerts": system}

    def api(self) -> dict[str, Loop]:
        """Answers over HTTP: the server itself stands above this layer, and is started by `--service`."""
        return {"inference": partial(self.inference, beat=self._beat("inference", _SLOW_S))}

    def _network(self) -> Detector:
        """What looks at the pictures of requests."""
        settings, cameras = self.settings, None if self.engine is None else self.engine.device
        return open_network(settings.model, settings.device, settings.home / "models", cameras)

    def _alerting(self) -> Alerts:
        return Alerts(self.settings, self.seal, self.database, self.broker, lambda: self.health.pressure)

    def _deliver(self, name: str, *, alerts: bool) -> ExporterLoop:
        where = {"mail": self.settings.smtp_url, "nvr": self.settings.nvr_url}
        sinks = {sink: open_sink(sink, self.settings, self.seal.reveal) for sink in SINKS if where.get(sink, sink)}
        return ExporterLoop(self.database, sinks, self.broker, alerts=alerts, beat=self._beat(name, _SLOW_S))

    def _site_of(self, job: Job) -> Site:
        return site_from_document(job.site, self.seal)

    def _deliveries_of(self, job: Job, payload: Mapping[str, Any], now: float) -> list[Delivery]:
        return deliveries_of(job, schedule_of(job, self.seal), payload, self.settings, self.seal, now)

    def _failure_of(self, job: Job, error: str, now: float) -> list[Delivery]:
        return failure_of(job, error, self.settings, now)


ROLES: dict[str, Callable[[App], dict[str, Loop]]] = {
    "scheduler": App.scheduler,
    "detector": App.detector,
    "exporter": App.exporter,
    "alerts": App.alerts,
    "api": App.api,
}
