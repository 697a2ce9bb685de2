"""A job that measures: its payload is what was true, also when its worker died, the database went, a camera is down."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import Delivery, Job, Status
from heatmap_gui.services import live, measure_job
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.jobs import Claim, Finished, LostError
from heatmap_gui.services.measure_job import MeasureJob
from heatmap_gui.services.recording import Part, missing
from heatmap_gui.services.watched_store import lease_name
from heatmap_gui.store import jobs, leases
from heatmap_gui.store.database import open_database
from heatmap_gui.store.tables import runs, tracks
from tests.replays import Replay, record
from tests.services.jobs.running import Clock, FailingDatabase, add, get, job, parts, until
from tests.services.stage import NOW, Quiet, Stage

_LASTS_S = 40.0


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return record(tmp_path_factory.mktemp("walkers"), "walkers", 1, _LASTS_S, 5.0)


@pytest.fixture(autouse=True)
def _cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "opener", lambda camera: lambda: Quiet(camera))
    monkeypatch.setattr(measure_job, "_LOOK_S", 0.002)
    monkeypatch.setattr(measure_job, "_AGAIN_S", 0.01)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[FailingDatabase]:
    made = FailingDatabase(open_database("", tmp_path).engine)
    yield made
    made.close()


class Worker:
    """A process that measures, one job at a time, while the test shows pictures and moves its clock."""

    def __init__(self, replay: Replay, database: FailingDatabase, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.stage = Stage(replay, Path())
        self.payloads: list[Mapping[str, Any]] = []
        self.waits = True  # for checkpoints
        self.kind = MeasureJob(
            database,
            LocalBroker(),
            self.stage.engine,
            lambda _: self.stage.site,
            self._deliveries,
            clock=clock,
            checkpoint_s=10.0,
        )
        self.result: Finished | BaseException | None = None

    def _deliveries(self, done: Job, payload: Mapping[str, Any], now: float) -> Sequence[Delivery]:
        self.payloads.append(payload)
        return ()

    @contextmanager
    def working(self) -> Iterator[Claim]:
        """Claims the job that is due and runs it; when this ends the job is to have ended."""
        with self.database.write() as transaction:
            (claimed,) = jobs.claim(transaction, "w", self.clock.now)
        claim = Claim(claimed, self.database, self.clock, threading.Event())
        thread = threading.Thread(target=self._run, args=(claim,))
        thread.start()
        until(lambda: self.stage.joined or not thread.is_alive())
        try:
            yield claim
        except BaseException:
            claim.lose()
            raise
        thread.join(20)
        assert not thread.is_alive()

    def _run(self, claim: Claim) -> None:
        try:
            self.result = self.kind.run(claim)
        except BaseException as error:
            self.result = error

    def play(self, first_s: float, last_s: float, cameras: str = "12") -> None:
        """Every ten seconds it waits until the checkpoint is there."""
        self.stage.play(first_s, last_s, self._tick, of=lambda camera: camera in cameras)

    def _tick(self, now: float) -> None:
        claimed = self._open()
        before = parts(self.database, claimed.id)
        self.clock.now = now
        if self.waits and int(now - NOW) % 10 == 0 and now < claimed.ends and not self.database.away:
            until(lambda: parts(self.database, claimed.id) > before)

    def _open(self) -> Job:
        with self.database.read() as transaction:
            return jobs.newest(transaction, limit=1)[0]

    def payload(self) -> Mapping[str, Any]:
        """Of the job that is done, once it is written down."""
        assert isinstance(self.result, Finished), self.result
        assert self.result.write is not None
        assert self.result.status is Status.COMPLETED, self.result.error
        with self.database.write() as transaction:
            self.result.write(transaction)
        (payload,) = self.payloads
        assert self.result.detections_count == len(payload["detections"])
        return payload


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(replay: Replay, database: FailingDatabase, clock: Clock) -> Worker:
    return Worker(replay, database, clock)


def due(database: FailingDatabase, **changes: Any) -> str:
    values: dict[str, Any] = {
        "run_after": NOW,
        "config": {"confidence_threshold": 0.5},
        "store_name": "walkers",
        "ends": NOW + _LASTS_S,
    } | changes
    (job_id,) = add(database, job("measure", **values))
    return job_id


def seconds(payload: Mapping[str, Any]) -> Counter[int]:
    """How many were found in each second of the job, by any camera."""
    found = {
        (int(datetime.fromisoformat(one["timestamp"]).replace(tzinfo=UTC).timestamp() - NOW), one["track_id"])
        for one in payload["detections"]
    }
    return Counter(second for second, _ in found)


def test_the_payload_is_what_was_true(worker: Worker, database: FailingDatabase) -> None:
    job_id = due(database)
    with worker.working():
        worker.play(0, _LASTS_S)
    payload = worker.payload()
    assert payload["metadata"]["missing"] == []
    assert payload["metadata"]["cameras_count"] == 2
    assert sum(seconds(payload).values()) == pytest.approx(4 * _LASTS_S, rel=0.03)
    exposed_s = [camera["exposed_s"] for camera in payload["camera_statistics"].values()]
    assert exposed_s == pytest.approx([_LASTS_S, _LASTS_S], abs=1)
    assert parts(database, job_id) == 0
    with database.read() as connection:
        assert connection.scalar(select(func.sum(tracks.c.seconds))) == pytest.approx(160, rel=0.03)
        assert connection.scalar(select(runs.c.job_id)) == job_id


def test_who_follows_a_dead_worker_goes_on_and_says_what_is_missing(
    worker: Worker, replay: Replay, database: FailingDatabase, clock: Clock
) -> None:
    """It is killed at 25 s, five after its last checkpoint, and another one begins at 32 s."""
    job_id = due(database)
    with worker.working() as claim:
        worker.play(0, 25)
        claim.lose()
    assert worker.result is None
    assert parts(database, job_id) == 2
    clock.now = NOW + 32
    with database.write() as transaction:
        jobs.reap(transaction, clock.now)
    second = Worker(replay, database, clock)
    with second.working():
        second.play(32, _LASTS_S)
    payload = second.payload()
    assert payload["metadata"]["missing_seconds"] == pytest.approx(12, abs=0.1)
    found = seconds(payload)
    assert sum(found[second] for second in range(20)) == pytest.approx(80, rel=0.05)
    assert sum(found[second] for second in range(21, 32)) == 0
    assert sum(found[second] for second in range(32, 40)) == pytest.approx(32, rel=0.1)


def test_a_zombie_writes_nothing(worker: Worker, database: FailingDatabase, clock: Clock) -> None:
    job_id = due(database)
    with worker.working():
        worker.stage.play(0, 9, lambda _: None)
        with database.write() as transaction:
            jobs.reap(transaction, NOW + 50)
        clock.now = NOW + 12
    assert isinstance(worker.result, LostError)
    assert (parts(database, job_id), get(database, job_id).status) == (0, Status.QUEUED)


@pytest.mark.parametrize("failure", ["at_commit", "after_commit"])
def test_a_part_is_written_once_whatever_answer_is_lost(
    worker: Worker, database: FailingDatabase, clock: Clock, failure: str
) -> None:
    due(database)
    with worker.working():
        worker.stage.play(0, 9, lambda _: None)
        setattr(database, failure, 3)
        clock.now = NOW + 10
        until(lambda: getattr(database, failure) == 0, lambda: setattr(clock, "now", clock.now + 0.001))
        worker.waits = False
        worker.play(12, _LASTS_S)
    payload = worker.payload()
    per_camera = Counter((one["timestamp"][:19], one["camera_id"], one["track_id"]) for one in payload["detections"])
    assert set(per_camera.values()) == {1}
    assert payload["metadata"]["missing"] == []
    assert sum(seconds(payload).values()) == pytest.approx(4 * 37, rel=0.05)
    with database.read() as connection:
        assert connection.scalar(select(func.sum(tracks.c.seconds))) == pytest.approx(4 * 37, rel=0.06)


def test_it_waits_for_a_database_that_is_away_at_its_end(worker: Worker, database: FailingDatabase) -> None:
    due(database)
    with worker.working() as claim:
        worker.play(0, 31)
        database.away = True
        worker.play(31, _LASTS_S)
        until(lambda: claim.beaten_at >= NOW + _LASTS_S)
        database.away = False
    assert sum(seconds(worker.payload()).values()) == pytest.approx(4 * _LASTS_S, rel=0.03)


def test_a_camera_that_is_down_fails_no_job(worker: Worker, database: FailingDatabase) -> None:
    due(database)
    with worker.working():
        worker.play(0, 15, cameras="1")
        worker.stage.runs[-1]._join_at = 0.0
        worker.play(15, _LASTS_S, cameras="1")
    payload = worker.payload()
    assert payload["metadata"]["cameras_count"] == 1
    assert payload["metadata"]["missing"] == []
    assert payload["camera_statistics"].keys() == {"1"}


def test_a_job_without_a_single_picture_says_so(worker: Worker, database: FailingDatabase, clock: Clock) -> None:
    job_id = due(database)
    with worker.working():
        clock.now = NOW + _LASTS_S
    assert isinstance(worker.result, Finished)
    assert worker.result.status is Status.FAILED
    assert "no camera delivered a picture" in str(worker.result.error)
    assert worker.result.write is not None
    with database.write() as transaction:
        worker.result.write(transaction)
    assert parts(database, job_id) == 0


def test_a_slot_that_is_over_is_never_measured_late(worker: Worker, database: FailingDatabase, clock: Clock) -> None:
    due(database)
    clock.now = NOW + _LASTS_S
    with worker.working():
        pass
    assert isinstance(worker.result, Finished)
    assert str(worker.result.error).startswith("missed")


def test_told_to_stop_it_keeps_what_it_has_and_when_cancelled_it_keeps_nothing(
    worker: Worker, database: FailingDatabase
) -> None:
    job_id = due(database)
    with worker.working() as claim:
        worker.play(0, 5)
        claim.stopping.set()
    assert (worker.result, parts(database, job_id)) == (None, 1)
    due(database, store_name="other", due=NOW + 1)
    with worker.working() as claim:
        claim.cancelled = True
        claim.stopping.set()
    assert worker.result is None


def test_a_clock_that_is_set_back_begins_anew(worker: Worker, database: FailingDatabase, clock: Clock) -> None:
    job_id = due(database)
    with worker.working():
        worker.play(0, 15)
        clock.now = NOW - 600
    assert isinstance(worker.result, UnavailableError)
    assert parts(database, job_id) == 2


@pytest.mark.parametrize("goes_round", [True, False])
def test_only_a_device_that_goes_round_keeps_its_job(
    worker: Worker, database: FailingDatabase, monkeypatch: pytest.MonkeyPatch, goes_round: bool
) -> None:
    looks: list[float] = []

    def alive() -> bool:
        looks.append(worker.clock.now)
        return goes_round

    monkeypatch.setattr(worker.stage.engine, "alive", alive)
    due(database)
    with worker.working() as claim:
        worker.clock.now = NOW + 8
        until(lambda: looks[-1:] == [NOW + 8] and len(looks) > looks.index(NOW + 8) + 1)
        assert (claim.beaten_at, claim.progress) == ((NOW + 8, 0.2) if goes_round else (NOW, 0.0))
        claim.stopping.set()


def test_a_run_that_breaks_breaks_its_job_alone(worker: Worker, database: FailingDatabase) -> None:
    due(database)
    with worker.working():
        worker.stage.runs[-1].fail(RuntimeError("no such luck"))
    assert isinstance(worker.result, RuntimeError)
    assert worker.kind.room() == 1


def test_a_watched_stores_history_is_written_by_who_watches_it(worker: Worker, database: FailingDatabase) -> None:
    due(database)
    with database.write() as transaction:
        leases.take(transaction, lease_name("walkers"), "watcher", NOW, 1000)
    with worker.working():
        worker.play(0, _LASTS_S)
    assert len(worker.payload()["detections"]) > 100
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(runs)) == 0


def test_a_full_engine_takes_only_what_others_leave_alone(
    worker: Worker, database: FailingDatabase, clock: Clock
) -> None:
    engine, site = worker.stage.engine, worker.stage.site
    assert worker.kind.room() == 1
    engine.reserve("a", replace(site, cameras=site.cameras * 40))
    due(database)
    assert worker.kind.room() == 0
    clock.now += 4
    assert worker.kind.room() == 1
    engine.reserve("b", replace(site, cameras=site.cameras * 40))
    assert worker.kind.room() == 0


def test_what_no_part_covers_is_missing() -> None:
    def part(a: float, b: float) -> Part:
        return Part(a, b, [], [], {})

    assert missing([], 0, 10) == [(0, 10)]
    assert missing([part(1, 5), part(5, 9)], 0, 10) == []
    assert missing([part(8, 9), part(0, 3), part(1, 2)], 0, 20) == [(3, 8), (9, 20)]


def test_a_part_comes_back_as_it_was() -> None:
    found = [(NOW, {"camera_id": 1, "plan_point": {"x": 1.5, "y": 2.0}})]
    part = Part(NOW, NOW + 60, found, ["1"], {"1": 59.9})
    assert Part.unpack(NOW, NOW + 60, part.pack()) == part
