"""Turns schedules into jobs when they are due: one leader among many, each slot once, whatever was away meanwhile.

The transaction that writes jobs down also confirms the lease and moves the cursor of each schedule, so that a leader
that was asleep writes nothing, and one that dies leaves nothing half done. What was due while nobody looked (an outage,
a site that could not be read, a clock that was set forward) is made up: a slot that is over is recorded as missed, of
one that still runs the rest is measured. A clock that was set back withdraws what it recorded as missed and is to come.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from heatmap_gui.core.errors import HeatmapError, UnavailableError
from heatmap_gui.core.production import Production, Schedule
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.schedule import Slot, slots
from heatmap_gui.core.site import Site
from heatmap_gui.core.work import LEASE_S, RENEW_S, Delivery, Job, Status
from heatmap_gui.services.due_jobs import due_job
from heatmap_gui.services.secrets import Seal
from heatmap_gui.store import cursors, deliveries, jobs, leases
from heatmap_gui.store.database import Database, Transaction

_log = logging.getLogger(__name__)
LEASE = "scheduler"
CURSOR = "schedule:"  # before a schedule's id: up to when its slots are jobs
LOOK_BACK_S = 86_400.0  # what was due earlier is not recorded any more
_JUMP_S = 60.0  # a larger step of the clock is one that somebody should know of
_RESTORE_S = 60.0
_MOST_JOBS = 500  # a transaction, so that it is over long before the lease
_BACK_OFF_S = (1.0, 10.0)
_OPEN = (Status.QUEUED, Status.RUNNING)


class Catalog(Protocol):
    """The files that say what should be (see `catalog`): the last good ones."""

    @property
    def production(self) -> Production: ...

    def poll(self) -> object:
        """Take in what was edited."""
        ...

    def site(self, store_name: str) -> Site:
        """Raises InputError or UnavailableError where it cannot be used."""
        ...

    def site_document(self, store_name: str) -> Mapping[str, Any]:
        """What a job carries of it, secrets as references or sealed. Raises as `site` does."""
        ...


@dataclass(slots=True)
class _Round:
    """What a round did; it is shown once it is committed. told: somebody is to hear of slots that were missed.

    more: there was too much for one round.
    """

    made: list[Job] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: bool = False
    more: bool = False


class SchedulerLoop:
    """One of several schedulers, the leader of which makes jobs. holder: its name; clock: Unix time.

    failure_of: who is told of slots that were missed, once a schedule and round: from the last one, why, and the time.
    """

    def __init__(
        self,
        holder: str,
        database: Database,
        broker: Broker,
        catalog: Catalog,
        seal: Seal,
        *,
        failure_of: Callable[[Job, str, float], Sequence[Delivery]] = lambda job, error, now: (),
        clock: Callable[[], float] = time.time,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self._holder = holder
        self._database, self._broker, self._catalog, self._seal = database, broker, catalog, seal
        self._failure_of, self._clock, self._beat = failure_of, clock, beat
        self._leads = False
        self._broken: dict[str, str] = {}  # by schedule: what is wrong with its site
        self._looked_at: float | None = None
        self._restore_at = -float("inf")
        self._generation = -1

    def __call__(self, stopping: threading.Event) -> None:
        said, patience_s = "", _BACK_OFF_S[0]
        while not stopping.is_set():
            try:
                wait_s = self.step(self._clock())
                said, patience_s = "", _BACK_OFF_S[0]
            except UnavailableError as error:
                if error.message != said:
                    _log.warning("%s", error.message)
                said, wait_s = error.message, patience_s * random.uniform(0.8, 1.2)
                patience_s = min(2 * patience_s, _BACK_OFF_S[1])
            self._beat()
            self._broker.wait(("config",), min(wait_s, RENEW_S))
        self.stop()

    def step(self, now: float) -> float:
        """One round without waiting -> in how many seconds the next one is wanted. Raises UnavailableError."""
        self._catalog.poll()
        zones = self._zones()
        done = None
        with self._database.write() as transaction:
            if leases.take(transaction, LEASE, self._holder, now, LEASE_S) is not None:
                done = self._make(transaction, zones, now)
        self._say_who_leads(done is not None)
        if done is None:
            self._looked_at = None
            return RENEW_S
        self._show(done, now)
        self._restore(now)
        return 0.0 if done.more else _idle_s(zones, now)

    def stop(self) -> None:
        """Lets another one lead at once."""
        with suppress(UnavailableError), self._database.write() as transaction:
            leases.release(transaction, LEASE, self._holder)
        self._leads = False

    def _zones(self) -> list[tuple[Schedule, ZoneInfo]]:
        """The schedules that are in force and can be, with the time zones of their stores."""
        enabled = [schedule for schedule in self._catalog.production.schedules.values() if schedule.enabled]
        found = []
        for schedule in enabled:
            try:
                found.append((schedule, ZoneInfo(self._catalog.site(schedule.store_name).timezone)))
            except HeatmapError as error:
                self._say_broken(schedule, error.message)
            else:
                if self._broken.pop(schedule.id, None):
                    _log.info("schedule %s: its site can be used again", schedule.id)
        self._broken = {schedule.id: self._broken[schedule.id] for schedule in enabled if schedule.id in self._broken}
        return found

    def _make(self, transaction: Transaction, zones: list[tuple[Schedule, ZoneInfo]], now: float) -> _Round:
        """Writes down the jobs of all slots that became due since the cursors."""
        done = _Round()
        known = self._cursors(transaction, now, done)
        new: list[Job] = []
        moved: dict[str, float] = {}
        for schedule, zone in zones:
            cursor = known.get(CURSOR + schedule.id)
            due = _due(schedule, zone, cursor, now)
            room = _MOST_JOBS - len(new)
            if done.more or (due and not room):
                done.more = True
                break
            try:
                site = self._catalog.site_document(schedule.store_name) if due else {}
            except HeatmapError as error:
                self._say_broken(schedule, error.message)
                continue
            if cursor is not None and cursor < now - LOOK_BACK_S:
                away = f"{_text(cursor)} to {_text(now - LOOK_BACK_S)}"
                done.notes.append(f"schedule {schedule.id}: what was due from {away} is not recorded: too long ago")
            new += [due_job(schedule, slot, site, self._seal, now) for slot in due[:room]]
            done.more = len(due) > room
            moved[CURSOR + schedule.id] = due[room - 1].due if done.more else now
        done.made = jobs.add(transaction, new)
        told = [one for job, why in _missed(done.made) for one in self._failure_of(job, why, now)]
        deliveries.add(transaction, told)
        done.told = bool(told)
        cursors.move(transaction, moved)
        return done

    def _cursors(self, transaction: Transaction, now: float, done: _Round) -> dict[str, float]:
        """The cursors of schedules that are enabled; the others, and those ahead of a clock set back, begin anew."""
        known = cursors.read(transaction, CURSOR)
        enabled = {CURSOR + name for name, schedule in self._catalog.production.schedules.items() if schedule.enabled}
        cursors.forget(transaction, known.keys() - enabled)
        ahead_s = max(known.values(), default=now) - now
        if ahead_s > _JUMP_S:
            withdrawn = jobs.withdraw_missed(transaction, now)
            what = f"{withdrawn} slots that were recorded as missed are to come"
            done.notes.append(f"the clock was set back by {ahead_s:.0f} s: {what}, none is measured twice")
        return {name: at for name, at in known.items() if at <= now + _JUMP_S}

    def _show(self, done: _Round, now: float) -> None:
        """What was committed, to whoever looks."""
        if self._looked_at is not None and now - self._looked_at > _JUMP_S:
            gone_s = now - self._looked_at
            _log.warning("no look at the schedule for %.0f s: the clock was set forward, or this was asleep", gone_s)
        self._looked_at = now
        for note in done.notes:
            _log.warning("%s", note)
        for _, why in _missed(done.made):
            _log.warning("%s", why)
        if done.made:
            self._broker.mirror(done.made)
            self._broker.ring("jobs")
        if done.told:
            self._broker.ring("deliveries")

    def _restore(self, now: float) -> None:
        """Makes the broker's queue what SQL says: once in a while, and all that is open when the broker came back."""
        generation = self._broker.generation
        came_back = generation != self._generation
        if not came_back and 0 <= self._restore_at - now <= _RESTORE_S:
            return
        with self._database.read() as transaction:
            shown = jobs.newest(transaction, limit=_MOST_JOBS, status=_OPEN) if came_back else []
            waiting = jobs.waiting(transaction, now)
        self._broker.mirror(shown)
        self._broker.restore(waiting)
        self._generation, self._restore_at = generation, now + _RESTORE_S

    def _say_broken(self, schedule: Schedule, why: str) -> None:
        if self._broken.get(schedule.id) != why:
            self._broken[schedule.id] = why
            _log.error("schedule %s: no job is made until its site is mended: %s", schedule.id, why)

    def _say_who_leads(self, leads: bool) -> None:
        if leads != self._leads:
            _log.info("%s %s", self._holder, "makes the jobs that are due" if leads else "waits: another one leads")
        self._leads = leads


def _missed(made: Sequence[Job]) -> list[tuple[Job, str]]:
    """Of each schedule that missed slots: the last one, and when that was, in words."""
    missed: dict[str, list[Job]] = {}
    for job in made:
        if job.status == Status.FAILED:
            missed.setdefault(str(job.schedule), []).append(job)
    return [
        (
            lost[-1],
            f"schedule {name}: missed from {_text(lost[0].due)} to {_text(lost[-1].ends)}: "
            f"jobs recorded as failed: {len(lost)}",
        )
        for name, lost in missed.items()
    ]


def _due(schedule: Schedule, zone: ZoneInfo, cursor: float | None, now: float) -> list[Slot]:
    """The slots since the cursor; of a schedule that is new only the one that runs now."""
    if cursor is None:
        return [slot for slot in slots(schedule, zone, now - LOOK_BACK_S, now) if slot.ends > now]
    return slots(schedule, zone, max(cursor, now - LOOK_BACK_S), now) if cursor < now else []


def _idle_s(zones: list[tuple[Schedule, ZoneInfo]], now: float) -> float:
    """Until the next slot is due or the lease has to be renewed."""
    soon = [slot.due - now for schedule, zone in zones for slot in slots(schedule, zone, now, now + RENEW_S)[:1]]
    return min(soon, default=RENEW_S)


def _text(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
