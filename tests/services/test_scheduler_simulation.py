"""Days of two schedulers in seconds, from a seed: clocks that change, outages, crashes, edits. Each slot is one job."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from heatmap_gui.core.production import Schedule
from heatmap_gui.core.schedule import Slot, slots
from heatmap_gui.core.work import LEASE_S, Status
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.store import jobs
from heatmap_gui.store.database import Database
from tests.services.schedules import SEAL, CrashError, EditedCatalog, crashing

DAY = 86_400.0
ROUNDS = 150
SEEDS = (
    ("Europe/Berlin", "2025-03-29"), ("Europe/Berlin", "2025-10-25"), ("Australia/Lord_Howe", "2025-04-05"),
    ("America/Sao_Paulo", "2018-11-03"), ("Pacific/Apia", "2011-12-29"), ("America/Havana", "2024-11-02"),
)  # fmt: skip


@dataclass
class Life:
    """A schedule from when it was put in force until it was taken out, and the leader's rounds meanwhile."""

    schedule: Schedule
    rounds: list[float] = field(default_factory=list)

    def expected(self, zone: ZoneInfo) -> dict[tuple[str, float], Status]:
        """Its slots since the first round, by the first round that came when they were due."""
        if not self.rounds:
            return {}
        first, last = self.rounds[0], self.rounds[-1]
        due = [slot for slot in slots(self.schedule, zone, first - DAY, last) if slot.due > first or slot.ends > first]
        return {(self.schedule.id, slot.due): self._status(slot) for slot in due}

    def _status(self, slot: Slot) -> Status:
        seen = next(at for at in self.rounds if at >= slot.due)
        return Status.QUEUED if seen < slot.ends else Status.FAILED


class Simulation:
    """One seed's days."""

    def __init__(self, database: Database, seed: int, zone: str, now: float) -> None:
        self.random = random.Random(seed)
        self.database, self.zone, self.now = database, ZoneInfo(zone), now
        self.catalog = EditedCatalog(zones={"store": zone})
        self.lives: list[Life] = []
        self.loops = {name: self._started(name) for name in "ab"}
        self.crashes = 0

    def _started(self, name: str) -> SchedulerLoop:
        return SchedulerLoop(name, self.database, LocalBroker(), self.catalog, SEAL)

    def run(self) -> None:
        for number in range(5):
            self.put(f"{number}")
        for _ in range(ROUNDS):
            self.now += self.random.choice((LEASE_S + 1, 60, 600, 1800, self.random.uniform(10, 3600)))
            if self.random.random() < 0.03:
                self.now += self.random.uniform(0, 0.9) * DAY  # an outage
            if self.random.random() < 0.05:
                self.edit()
            self.round(self.random.choice("ab"))
        self.now += LEASE_S + 1
        self.round("a", crash=False)

    def put(self, name: str) -> None:
        duration_s = self.random.choice((900.0, 3600.0, 5000.0))
        days = self.random.sample(range(7), self.random.randint(3, 7))
        self.catalog.put(
            name,
            store_name="store",
            start_min=self.random.randrange(1440),
            end_min=self.random.randrange(1441),
            days_of_week=tuple(sorted(days)),
            duration_s=duration_s,
            interval_s=duration_s + self.random.choice((0.0, 600.0)),
        )
        self.lives.append(Life(self.catalog.schedules[name]))

    def edit(self) -> None:
        """Takes one out for good, and puts in another."""
        name = self.random.choice(list(self.catalog.schedules))
        del self.catalog.schedules[name]
        self.put(f"{len(self.lives)}")

    def round(self, name: str, *, crash: bool = True) -> None:
        """One of them looks; it may die, and be started again."""
        at = self.random.randint(1, 20) if crash and self.random.random() < 0.2 else 0
        try:
            with crashing(self.database, at):
                self.loops[name].step(self.now)
        except CrashError:
            self.crashes += 1
            self.loops[name] = self._started(name)
        if self.leader_looked(name):
            for life in self.lives:
                if self.catalog.schedules.get(life.schedule.id) is life.schedule:
                    life.rounds.append(self.now)

    def leader_looked(self, name: str) -> bool:
        """Whether the round's transaction was committed, crash or not."""
        with self.database.read() as transaction:
            row = transaction.exec_driver_sql("SELECT holder, until FROM leases WHERE name = 'scheduler'").first()
        return row is not None and tuple(row) == (name, self.now + LEASE_S)


@pytest.mark.parametrize(("zone", "day"), SEEDS, ids=[zone for zone, _ in SEEDS])
def test_each_slot_is_one_job(database: Database, zone: str, day: str) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    simulation = Simulation(database, SEEDS.index((zone, day)), zone, start)
    simulation.run()
    expected: dict[tuple[str, float], Status] = {}
    for life in simulation.lives:
        expected |= life.expected(simulation.zone)
    with database.read() as transaction:
        made = jobs.newest(transaction, limit=100_000)
    assert {(str(job.schedule), job.due): job.status for job in made} == expected
    assert len(made) == len(expected) > 50 and simulation.crashes > 5
