"""Real processes and a real Redis, killed and stopped at moments from a seed: each job once, each delivery comes."""

from __future__ import annotations

import random
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from heatmap_gui.core.schedule import Slot
from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database, open_database
from tests.end_to_end.roles import LENGTHS_S, ROLES, Member, Place
from tests.end_to_end.simulation.completing import COMPLETIONS
from tests.end_to_end.simulation.invariants import ledger, wrong_deliveries, wrong_jobs
from tests.receivers import CLOSE, GARBAGE, Receiver, answer, receiver, wait_for
from tests.servers import RedisServer, redis_server

BATCHES, AT_ONCE = 3, 8
FAULTS_S, QUIET_S = 12.0, 60.0
RECOVERED_S = 10.0
_LOOK_S = 0.05
_OPEN = (Status.QUEUED, Status.RUNNING)


@dataclass
class Deployment:
    """Five processes, a Redis and a database. What goes wrong when is in `plan`: (when, whom, how, for how long)."""

    seed: int
    place: Place
    redis: RedisServer
    database: Database
    members: list[Member]
    plan: list[tuple[float, int, str, float]]
    ends: list[tuple[float, int, str]] = field(default_factory=list)
    orphans: dict[str, tuple[str, float]] = field(default_factory=dict)
    recoveries: list[float] = field(default_factory=list)
    stops: int = 0

    def look(self, now: float) -> None:
        """Does what is due by now, and sees who has got the jobs of the dead."""
        while self.plan and self.plan[0][0] <= now:
            _, number, how, seconds = self.plan.pop(0)
            self.ends.append((now + seconds, self._begin(number, how, now), how))
        for one in [one for one in self.ends if one[0] <= now]:
            self.ends.remove(one)
            self._end(*one[1:])
        if self.orphans:
            for job_id, (worker, since) in list(self.orphans.items()):
                with self.database.read() as transaction:
                    job = jobs.get(transaction, job_id)
                if job.status not in _OPEN or (job.status == Status.RUNNING and job.worker != worker):
                    self.recoveries.append(now - since)
                    del self.orphans[job_id]

    def _begin(self, number: int, how: str, now: float) -> int:
        """Of workers the one that has more to do is killed -> who it was."""
        self.stops += 1
        if number == len(self.members):
            self.redis.kill() if how == "kill" else self.redis.send(signal.SIGSTOP)
            return number
        with self.database.read() as transaction:
            held = jobs.newest(transaction, limit=100, status=(Status.RUNNING,))
        if ROLES[number] == "worker" and not any(one.down for one in self.members):
            number = max((2, 3), key=lambda one: sum(job.worker == self.members[one].name for job in held))
        member = self.members[number]
        if member.down:
            member.start()  # on a busy machine that is late
        if how == "stop":
            member.send(signal.SIGSTOP)
            self.orphans.clear()  # it may hold the lock of an SQLite file, and all wait for it
            return number
        member.kill()
        if not any(how == "stop" for _, _, how in self.ends):
            self.orphans |= {job.id: (member.name, now) for job in held if job.worker == member.name}
        return number

    def _end(self, number: int, how: str) -> None:
        if number == len(self.members):
            self.redis.start() if how == "kill" else self.redis.send(signal.SIGCONT)
        elif how == "stop":
            self.members[number].send(signal.SIGCONT)
        elif self.members[number].down:
            self.members[number].start()

    def has_begun(self) -> bool:
        with self.database.read() as transaction:
            return bool(jobs.newest(transaction, limit=1))

    def quiet(self) -> bool:
        """Whether there is nothing more to do."""
        with self.database.read() as transaction:
            working = jobs.newest(transaction, limit=1, status=_OPEN)
            return not (working or deliveries.newest(transaction, limit=1, status=DeliveryStatus.PENDING))

    def wrong(self, backend: Receiver) -> list[str]:
        """What is not as it has to be."""
        known = ledger(self.database)
        received: defaultdict[str, list[bytes]] = defaultdict(list)
        for request in list(backend.requests):
            if request.line.split()[1] == f"/{self.seed}":
                received[request.headers["webhook-id"]].append(request.body)
        for path in (self.place.home / "exports").rglob("*.json"):
            received[f"{path.stem}-file"].append(path.read_bytes())
        found = wrong_jobs(known, _expected([(str(job.schedule), job.due) for job in known.jobs]), self.stops)
        done = [job for job in known.jobs if job.status == Status.COMPLETED]
        found += [] if 2 * len(done) > len(known.jobs) > 3 else [f"{len(done)} of {len(known.jobs)} jobs were done"]
        return found + wrong_deliveries(known, received)


def _expected(made: list[tuple[str, float]]) -> dict[tuple[str, float], Slot]:
    """All slots of a schedule from its first to its last one that were made: none may be missing between."""
    found: dict[tuple[str, float], Slot] = {}
    for name, length_s in LENGTHS_S.items():
        dues = [due for schedule, due in made if schedule == name]
        for number in range(round((max(dues) - min(dues)) / length_s) + 1):
            due = min(dues) + number * length_s
            found[name, due] = Slot(due, due + length_s)
    return found


def _plan(rng: random.Random) -> list[tuple[float, int, str, float]]:
    """Five or six times something dies or stands still; a worker, a scheduler and Redis among them."""
    victims = [rng.randrange(2), len(ROLES), *rng.choices(range(len(ROLES) + 1), k=rng.randint(1, 2))]
    rng.shuffle(victims)
    victims.insert(0, 2)
    plan, free_at = [], dict.fromkeys(range(len(ROLES) + 1), 0.0)
    for at, number in zip(sorted(rng.uniform(2.0, FAULTS_S) for _ in victims), victims, strict=True):
        how = "kill" if number == 2 else rng.choice(("kill", "stop"))
        seconds = rng.uniform(0.3, 1.5) if how == "kill" else rng.uniform(1.0, 9.0)
        if at >= free_at[number]:
            plan.append((at, number, how, seconds))
            free_at[number] = at + seconds + 0.5
    return plan


@pytest.fixture
def deployments(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[list[Deployment], Receiver]]:
    """Several at a time, from their seeds."""
    with ExitStack() as stack:
        backend = stack.enter_context(receiver())
        made = []
        for seed in range(request.param * AT_ONCE, (request.param + 1) * AT_ONCE):
            folder = tmp_path / str(seed)
            folder.mkdir()
            rng = random.Random(seed)
            backend.script[f"/{seed}"] = rng.choices((answer(500), CLOSE, GARBAGE, answer(429)), k=3)
            server = stack.enter_context(redis_server(folder))
            database = open_database("", folder)
            stack.callback(database.close)
            with database.write() as transaction:
                transaction.exec_driver_sql(COMPLETIONS)
            place = Place(folder, server.url, backend.url(f"/{seed}"))
            members = [Member(role, place) for role in ROLES]
            for member in members:
                stack.callback(member.kill)
            made.append(Deployment(seed, place, server, database, members, _plan(rng)))
        for one in made:
            wait_for(one.has_begun, 60)
        yield made, backend


@pytest.mark.parametrize("deployments", range(BATCHES), indirect=True)
def test_whoever_is_killed_or_stopped(deployments: tuple[list[Deployment], Receiver]) -> None:
    running, backend = deployments
    start = time.time()
    for one in running:
        one.plan = [(start + at, number, how, seconds) for at, number, how, seconds in one.plan]
    _live(running, time.time() + FAULTS_S)
    for one in running:
        one.place.stop_schedules()
    until = time.time() + QUIET_S
    while time.time() < until and not all(not (one.plan or one.ends) and one.quiet() for one in running):
        _live(running, time.time() + 0.5)
    wrong = {one.seed: found for one in running if (found := one.wrong(backend))}
    assert not wrong, f"by seed: {wrong}"
    recoveries = sorted(seconds for one in running for seconds in one.recoveries)
    print(f"recovered after: {[round(seconds, 1) for seconds in recoveries]}")
    assert recoveries and recoveries[-1] <= RECOVERED_S


def _live(running: list[Deployment], until: float) -> None:
    while (now := time.time()) < until:
        for one in running:
            one.look(now)
            ended = [member.name for member in one.members if not (member.down or member.process.is_alive())]
            assert not ended, f"seed {one.seed}: {ended} ended by itself"
        time.sleep(_LOOK_S)
