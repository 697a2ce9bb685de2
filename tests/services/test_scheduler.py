"""Schedules become jobs: each slot once, by one leader, whatever crashes, is away, is edited or shows a wrong time."""

from __future__ import annotations

import json
import logging
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.work import LEASE_S, RENEW_S, Delivery, Job, Status
from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.scheduler import Catalog as Files
from heatmap_gui.services.scheduler import SchedulerLoop
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database
from tests.services.schedules import SEAL, CrashError, EditedCatalog, crashing

MONDAY = 1_766_361_600.0  # 2025-12-22T00:00:00Z
HOUR, DAY = 3600.0, 86_400.0


class Shown(LocalBroker):
    """Remembers what it was told."""

    generation = 1

    def __init__(self) -> None:
        super().__init__()
        self.mirrored: list[Job] = []
        self.restored: list[list[str]] = []

    def mirror(self, jobs: Sequence[Job]) -> None:
        self.mirrored += jobs

    def restore(self, waiting: Sequence[str]) -> None:
        self.restored.append(list(waiting))


def scheduler(
    database: Database, catalog: Files, holder: str = "a", broker: LocalBroker | None = None, **more: Any
) -> SchedulerLoop:
    return SchedulerLoop(holder, database, broker or LocalBroker(), catalog, SEAL, **more)


def opened(**changes: Any) -> EditedCatalog:
    """A catalog with one schedule, from 09:00 to 12:00."""
    catalog = EditedCatalog()
    catalog.put("s", **{"start_min": 540, "end_min": 720} | changes)
    return catalog


def made(database: Database) -> list[Job]:
    """All jobs, the oldest first."""
    with database.read() as transaction:
        return jobs.newest(transaction, limit=100_000)[::-1]


def dues(database: Database) -> list[tuple[float, str]]:
    """Hours since Monday's midnight, and the status."""
    return [((job.due - MONDAY) / HOUR, str(job.status)) for job in made(database)]


def test_a_slot_is_queued_when_it_is_due_and_once(database: Database) -> None:
    catalog = opened(api_token="plain-token", webhook_url="https://example.com/in", webhook_enabled=True)
    loop = scheduler(database, catalog)
    assert loop.step(MONDAY + 9 * HOUR - 1.5) == 1.5
    assert made(database) == []
    for seconds in (0.0, 0.0, 2.0, 4.0):
        loop.step(MONDAY + 9 * HOUR + seconds)
    (job,) = made(database)
    assert job.id == f"job_{int(MONDAY + 9 * HOUR)}_s"
    assert (job.status, job.due, job.ends, job.run_after) == (
        Status.QUEUED, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR, MONDAY + 9 * HOUR,
    )  # fmt: skip
    assert job.site["store"] == {"name": "s"}
    assert (job.config["start_time"], job.config["duration_minutes"], job.timeout_s) == ("09:00", 60.0, 1800.0)
    assert "plain-token" not in str(job.config) and SEAL.reveal(job.config["api_token"]) == "plain-token"


def test_what_it_made_is_shown_and_restored(database: Database) -> None:
    broker = Shown()
    loop = scheduler(database, opened(), broker=broker)
    loop.step(MONDAY + 9 * HOUR)
    (job,) = made(database)
    assert broker.mirrored[0] == job
    assert broker.restored == [[job.id]]
    loop.step(MONDAY + 9 * HOUR + 2)
    assert len(broker.restored) == 1
    broker.generation += 1
    broker.mirrored.clear()
    loop.step(MONDAY + 9 * HOUR + 4)
    assert (broker.mirrored, broker.restored[1:]) == ([job], [[job.id]])
    loop.step(MONDAY + 9 * HOUR + 70)
    assert len(broker.restored) == 3


def test_after_an_outage_what_is_over_is_missed_and_what_runs_is_run(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    catalog = opened()
    scheduler(database, catalog).step(MONDAY + 8 * HOUR)
    late = scheduler(database, catalog, "b")
    for _ in range(3):
        late.step(MONDAY + 11.5 * HOUR)
    assert dues(database) == [(9, "failed"), (10, "failed"), (11, "queued")]
    lost = made(database)[0]
    assert str(lost.error).startswith("missed: ") and lost.completed_at == MONDAY + 11.5 * HOUR
    assert "missed from 2025-12-22T09:00:00+00:00 to 2025-12-22T11:00:00+00:00" in caplog.text


def test_of_slots_that_were_missed_somebody_is_told_once_a_schedule(database: Database) -> None:
    """Three slots of an hour, of which nobody saw two begin or end."""

    def mail(job: Job, why: str, now: float) -> list[Delivery]:
        body = why.encode()
        return [Delivery(id=f"{job.id}-mail", sink="mail", endpoint="m", target={}, body=body, created_at=now)]

    loop = scheduler(database, opened(), failure_of=mail)
    loop.step(MONDAY)
    for minute in (30, 31):
        loop.step(MONDAY + 11 * HOUR + 60 * minute)
    with database.read() as transaction:
        (told,) = deliveries.newest(transaction, limit=9)
    assert told.body.decode().endswith("from 2025-12-22T09:00:00+00:00 to 2025-12-22T11:00:00+00:00: "
                                       "jobs recorded as failed: 2")  # fmt: skip


def test_a_long_outage_is_recorded_for_a_day(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    catalog = opened()
    scheduler(database, catalog).step(MONDAY)
    late = scheduler(database, catalog, "b")
    late.step(MONDAY + 30 * DAY + 10.5 * HOUR)
    assert dues(database) == [(29 * 24 + 11, "failed"), (30 * 24 + 9, "failed"), (30 * 24 + 10, "queued")]
    assert caplog.text.count("is not recorded: too long ago") == 1


def test_more_than_one_round_can_do_is_done_in_several(database: Database) -> None:
    catalog = opened(start_min=0, end_min=1440, duration_s=60.0, interval_s=60.0)
    catalog.put("t", start_min=0, end_min=60)
    loop = scheduler(database, catalog)
    loop.step(MONDAY)
    loop.step(MONDAY + DAY - 30)
    rounds = 1
    while loop.step(MONDAY + DAY - 30) == 0.0:
        rounds += 1
    found = [job.due for job in made(database) if job.schedule == "s"]
    assert rounds > 1 and found == [MONDAY + 60 * minute for minute in range(1440)]


def test_a_new_schedule_begins_with_what_is_left_and_a_removed_one_does_not_come_back_for_the_past(
    database: Database,
) -> None:
    catalog = opened()
    loop = scheduler(database, catalog)
    loop.step(MONDAY + 9.5 * HOUR)
    assert dues(database) == [(9, "queued")]
    catalog.put("s", enabled=False)
    loop.step(MONDAY + 9.7 * HOUR)
    loop.step(MONDAY + 10.1 * HOUR)
    catalog.put("s", enabled=True, start_min=570)
    loop.step(MONDAY + 11.6 * HOUR)
    assert dues(database) == [(9, "queued"), (11.5, "queued")]
    del catalog.schedules["s"]
    loop.step(MONDAY + 2 * DAY)
    catalog.put("s", start_min=540, end_min=720)
    loop.step(MONDAY + 2 * DAY + 8 * HOUR)
    assert len(made(database)) == 2


def test_an_edit_does_not_reach_back(database: Database) -> None:
    catalog = opened()
    loop = scheduler(database, catalog)
    for minute in range(9 * 60, 10 * 60 + 21):
        loop.step(MONDAY + 60 * minute)
    catalog.put("s", duration_s=600.0, interval_s=600.0)
    for minute in range(10 * 60 + 20, 10 * 60 + 42):
        loop.step(MONDAY + 60 * minute)
    found = [(job.due - MONDAY) / 60 for job in made(database)]
    assert found == [9 * 60, 10 * 60, 10 * 60 + 30, 10 * 60 + 40]


def test_a_broken_site_is_said_once_and_made_up_for(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    catalog = opened()
    catalog.put("t", start_min=540, end_min=720)
    loop = scheduler(database, catalog)
    loop.step(MONDAY + 8 * HOUR)
    catalog.broken["s"] = "calibration_s.json: not JSON"
    for hour in (9.0, 9.5, 10.1):
        loop.step(MONDAY + hour * HOUR)
    assert [job.schedule for job in made(database)] == ["t", "t"]
    assert caplog.text.count("calibration_s.json: not JSON") == 1
    catalog.broken.clear()
    loop.step(MONDAY + 10.2 * HOUR)
    assert [(job.due, job.status) for job in made(database) if job.schedule == "s"] == [
        (MONDAY + 9 * HOUR, Status.FAILED), (MONDAY + 10 * HOUR, Status.QUEUED),
    ]  # fmt: skip


def test_a_clock_that_jumps_a_day(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    loop = scheduler(database, opened())
    loop.step(MONDAY + 9 * HOUR)
    loop.step(MONDAY + 9.5 * HOUR + DAY)
    before = dues(database)
    assert before == [(9, "queued"), (10, "failed"), (11, "failed"), (33, "queued")]
    assert "no look at the schedule for 88200 s" in caplog.text
    loop.step(MONDAY + 9.5 * HOUR)
    assert "the clock was set back by 86400 s: 2 slots that were recorded as missed are to come" in caplog.text
    assert dues(database) == [(9, "queued"), (33, "queued")]
    for hour in (10.0, 11.0, 12.0, 33.0, 34.0):
        loop.step(MONDAY + hour * HOUR)
    assert dues(database) == [(9, "queued"), (10, "queued"), (11, "queued"), (33, "queued"), (34, "queued")]


def test_one_leads_and_another_follows_when_it_falls_silent(database: Database) -> None:
    catalog = opened()
    first, second = (scheduler(database, catalog, name) for name in "ab")
    now = MONDAY + 9 * HOUR
    first.step(now - 2)
    assert second.step(now) == RENEW_S
    assert made(database) == []
    second.step(now - 1 + LEASE_S)
    assert len(made(database)) == 1
    first.step(now - 1 + LEASE_S + 1)
    second.stop()
    first.step(now - 1 + LEASE_S + 2)
    assert len(made(database)) == 1


def test_a_leader_of_a_time_to_come_does_not_block(database: Database) -> None:
    catalog = opened()
    scheduler(database, catalog, "a").step(MONDAY + DAY)
    scheduler(database, catalog, "b").step(MONDAY + 9 * HOUR)
    assert dues(database) == [(9, "queued")]


def test_schedulers_at_once_make_each_slot_once(database: Database) -> None:
    catalog = opened(start_min=0, end_min=1440, duration_s=60.0, interval_s=60.0)
    begin = threading.Barrier(3)

    def run(name: str) -> None:
        loop = scheduler(database, catalog, name)
        begin.wait(10)
        for minute in range(40):  # long enough apart for the lease to be anybody's
            loop.step(MONDAY + 60 * minute)

    with Loops() as loops:
        for name in "abc":
            loops.start(name, lambda _, name=name: run(name))  # type: ignore[misc]
        loops.wait()
    assert [job.due for job in made(database)] == [MONDAY + 60 * minute for minute in range(40)]


def test_a_crash_before_any_statement_loses_and_doubles_nothing(database: Database) -> None:
    catalog = opened()
    catalog.put("t", start_min=540, end_min=720)
    scheduler(database, catalog).step(MONDAY + 8 * HOUR)
    crashes, day = 0, 0
    while True:
        day += 1
        at = MONDAY + day * DAY + 8 * HOUR
        scheduler(database, catalog).step(at)
        try:
            with crashing(database, day):
                scheduler(database, catalog).step(at + 1.5 * HOUR)
        except CrashError:
            crashes += 1
            scheduler(database, catalog, "b").step(at + 1.5 * HOUR + 2 * LEASE_S)
            slots = [(job.schedule, job.status) for job in made(database) if job.due == at + HOUR]
            assert sorted(slots) == [("s", Status.QUEUED), ("t", Status.QUEUED)]
        else:
            break
    assert crashes > 6


def test_the_loop_outlives_a_database_that_is_away(
    database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    loop = scheduler(database, opened(), clock=lambda: MONDAY + 9 * HOUR, beat=lambda: beats.append(1))
    beats: list[int] = []
    step, away = loop.step, [True, True]

    def failing(now: float) -> float:
        if away:
            away.pop()
            raise UnavailableError("database: gone")
        stopping.set()
        step(now)
        return 0.0

    stopping = threading.Event()
    monkeypatch.setattr(loop, "step", failing)
    monkeypatch.setattr("heatmap_gui.services.scheduler._BACK_OFF_S", (0.01, 0.02))
    loop(stopping)
    assert len(beats) == 3 and caplog.text.count("database: gone") == 1
    assert dues(database) == [(9, "queued")]
    with database.read() as transaction:
        assert transaction.execute(text("SELECT until FROM leases")).scalar() == 0


def test_files_that_are_edited_while_it_runs(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "calibration_data").mkdir()
    camera = {"camera_id": 1, "rtsp_url": "rtsp://10.0.0.5/1"}
    site = {"store": {"name": "shop", "timezone": "Asia/Kathmandu"}, "cameras": [camera]}
    (tmp_path / "calibration_data" / "calibration_shop.json").write_text(json.dumps(site))
    config = tmp_path / "production_config.json"

    def write(**schedule: Any) -> None:
        schedules = {"daily": {"store_name": "shop", "duration_minutes": 60, **schedule}}
        config.write_text(json.dumps({"schedules": schedules}))

    write(start_time="09:00", end_time="12:00")
    loop = scheduler(database, Catalog(config, {"HEATMAP_HOME": str(tmp_path)}, tmp_path / ".env"))
    nine = MONDAY + 9 * HOUR - 5.75 * HOUR
    loop.step(nine)
    write(start_time="09:00", end_time="10:30")
    loop.step(nine + HOUR)
    config.write_text('{"schedules": {')
    loop.step(nine + HOUR + 60)
    assert "the last good one stays in force" in caplog.text
    loop.step(nine + DAY)
    assert [(job.due - nine, job.ends - job.due) for job in made(database)] == [
        (0, HOUR), (HOUR, HOUR / 2), (DAY, HOUR),
    ]  # fmt: skip
    assert made(database)[0].site["store"] == "shop"


def test_ids_of_one_store_are_told_apart(database: Database) -> None:
    catalog = opened()
    catalog.put("other", store_name="s", start_min=540, end_min=600)
    scheduler(database, catalog).step(MONDAY + 9 * HOUR)
    assert Counter(job.id for job in made(database)) == {f"job_{int(MONDAY + 9 * HOUR) + n}_s": 1 for n in (0, 1)}
