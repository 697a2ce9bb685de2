"""`jobs` as a person runs it: what waits, what was found, what went wrong, and what can be done about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from heatmap_gui.cli import main
from heatmap_gui.core.work import Delivery, DeliveryStatus, Job, Outcome, Status
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.audit import Wanted, newest
from heatmap_gui.store.database import Database, open_database
from tests.servers import RedisServer

NOW = 1_766_325_600.0  # 2025-12-21T14:00:00Z
TOKEN = "very-secret-token"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The one of a data folder of the test's own, where commands run."""
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    opened = open_database("", tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with one schedule, and its site."""
    (tmp_path / "calibration_data").mkdir()
    site = {
        "metadata": {"version": "2.0", "created_at": "2025-01-31T12:00:00"},
        "store": {"name": "shop", "timezone": "Asia/Kathmandu"},
        "cameras": [{"camera_id": 1, "rtsp_url": "rtsp://admin:door-password@10.0.0.5/1"}],
    }
    (tmp_path / "calibration_data" / "calibration_shop.json").write_text(json.dumps(site))
    schedule = {"store_name": "shop", "duration_minutes": 5, "confidence_threshold": 0.3, "api_token": TOKEN}
    path = tmp_path / "production_config.json"
    path.write_text(json.dumps({"schedules": {"daily": schedule}}))
    return path


def add(database: Database, count: int = 1, **changes: Any) -> list[Job]:
    values: dict[str, Any] = {
        "store_name": "shop", "schedule": "daily", "kind": "measure", "ends": NOW + 3600, "timeout_s": 1800.0,
        "config": {"api_token": TOKEN, "output_format": "json"}, "created_at": NOW,
        "site": {"document": {"store": {"timezone": "Asia/Kathmandu"}}},
    }  # fmt: skip
    new = [Job(id="", due=NOW + number, **values | changes) for number in range(count)]
    with database.write() as transaction:
        return jobs.add(transaction, new)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> str:
    assert main(["jobs", *map(str, arguments)]) == status
    shown = capsys.readouterr()
    return shown.err if status else shown.out


def document(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(said(capsys, *arguments, "--json"))
    return found


def test_nothing_is_said_nicely(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "list").startswith("no jobs yet: a schedule makes them")
    assert said(capsys, "list", "--status", "failed").startswith("no such jobs")
    assert document(capsys, "list") == {"jobs": [], "next": None}


def test_the_table_is_aligned_and_in_the_store_s_time(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    add(database)
    add(database, store_name="a_longer_name", status=Status.FAILED, error=f"no camera: token={TOKEN}", schedule="o")
    head, *rows = said(capsys, "list").splitlines()
    first, second = sorted(rows, key=lambda row: "failed" in row)
    assert first.split() == [
        "job_1766325600_shop", "queued", "2025-12-21", "19:45:00", "+0545", "shop", "0", "%", "0", "0",
    ]  # fmt: skip
    assert all(line.index(word) == head.index(" store ") for line, word in ((first, " shop "), (second, " a_long")))
    assert second.endswith("no camera: token=***") and TOKEN not in first + second


def test_pages(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    made = [job.id for job in add(database, 5)][::-1]
    first = document(capsys, "list", "--limit", "3")
    assert [job["job_id"] for job in first["jobs"]] == made[:3] and first["next"] == made[2]
    rest = document(capsys, "list", "--limit", "3", "--before", first["next"])
    assert [job["job_id"] for job in rest["jobs"]] == made[3:] and rest["next"] is None
    assert f"jobs list --before {made[2]}" in said(capsys, "list", "--limit", "3")


def test_filters(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    add(database)
    add(database, store_name="other", schedule="o", status=Status.COMPLETED)
    assert [job["store_name"] for job in document(capsys, "list", "--store", "other")["jobs"]] == ["other"]
    assert [job["status"] for job in document(capsys, "list", "--status", "queued")["jobs"]] == ["queued"]


def test_one_job_with_all_that_is_known(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    (job,) = add(database)
    sent = Delivery(
        id="d1", sink="webhook", endpoint="example.com 1234", target={}, body=b"{}", created_at=NOW, job_id=job.id,
        status=DeliveryStatus.FAILED, attempts=3, done_at=NOW, answer="400 no such record",
    )  # fmt: skip
    with database.write() as transaction:
        (taken,) = jobs.claim(transaction, "w1", NOW)
        deliveries.add(transaction, [sent])
        jobs.settle(transaction, [Outcome(job_id=job.id, fence=taken.fence, status=Status.COMPLETED)], NOW + 3600)
        transaction.exec_driver_sql("INSERT INTO site_revisions VALUES ('h', 'shop', 0, '{}')")
        transaction.exec_driver_sql(f"INSERT INTO runs VALUES (1, 'shop', '{job.id}', 'h', 0, '{{}}')")
        transaction.exec_driver_sql("INSERT INTO exposures VALUES (1, '1', 0, 3000.0), (1, '1', 300, 590.0)")
    shown = document(capsys, "show", job.id)
    assert (shown["status"], shown["due"], shown["worker"]) == ("completed", "2025-12-21T14:00:00.000+00:00", "w1")
    assert (shown["exposed_s"], shown["missing_seconds"]) == ({"1": 3590.0}, 10.0)
    assert [(one["endpoint"], one["answer"]) for one in shown["deliveries"]] == [
        ("example.com 1234", "400 no such record")
    ]
    text = said(capsys, "show", job.id)
    assert "it said: 400 no such record" in text and "failed after 3 of 4 tries" in text
    assert "3,590.0 s seen" in text and TOKEN not in text + json.dumps(shown)


def test_a_job_is_added_as_a_schedule_says(
    database: Database, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "shop", "--config", config, "--schedule", "daily")
    said(capsys, "add", "shop", "--duration", "60")
    with database.read() as transaction:
        plain, scheduled = jobs.newest(transaction, limit=9)
        everything = str([*map(tuple, transaction.exec_driver_sql("SELECT * FROM jobs"))])
    assert (scheduled.schedule, scheduled.status, scheduled.ends - scheduled.due) == (None, Status.QUEUED, 300.0)
    assert (scheduled.config["confidence_threshold"], plain.ends - plain.due) == (0.3, 60.0)
    assert scheduled.site["store"] == plain.site["store"] == "shop"
    assert TOKEN not in everything and "door-password" not in everything


def test_cancel_and_retry(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    (job,) = add(database)
    assert said(capsys, "cancel", job.id) == f"job {job.id} is cancelled\n"
    assert "its time is over" in said(capsys, "retry", job.id)
    with database.write() as transaction:
        jobs.claim(transaction, "w", NOW * 2)
    assert "its worker was asked to end it" in said(capsys, "cancel", job.id)
    with database.read() as transaction:
        assert jobs.get(transaction, job.id).cancel_requested


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["show"], "needs a job's id"),
        (["add"], "needs the name of a store"),
        (["show", "job_1_x"], "there is no job job_1_x"),
        (["cancel", "job_1_x"], "there is no job job_1_x"),
        (["list", "--limit", "0"], "allowed: a whole number above 0"),
        (["list", "--before", "x"], "there is no job x"),
        (["list", "--config", "nothing.json"], "nothing.json"),
        (["add", "nowhere"], "nowhere"),
        (["add", "shop", "--schedule", "daily"], "--schedule needs --config"),
        (["add", "shop", "--config", "production_config.json", "--schedule", "x"], "there is none: choose of daily"),
        (["add", "else", "--config", "production_config.json", "--schedule", "daily"], "is of store shop, not of else"),
        (["add", "shop", "--duration", "0"], "above 0, at most 86400"),
        (["burn"], "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], fragment: str, database: Database, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = said(capsys, *arguments, status=2)
    assert fragment in error and error.count("\n") == 1


def test_redis_is_told_and_not_needed(
    database: Database, redis: RedisServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", redis.url)
    (job,) = add(database)
    said(capsys, "cancel", job.id)
    with Redis.from_url(redis.url, decode_responses=True) as shown:
        assert shown.hget(f"job:{job.id}", "status") == "cancelled"
        said(capsys, "retry", job.id)
        assert (shown.hget(f"job:{job.id}", "status"), shown.llen("detection:queue")) == ("queued", 1)
    redis.kill()
    assert said(capsys, "cancel", job.id) == f"job {job.id} is cancelled\n"


def test_the_audit_says_who_changed_what(
    database: Database, config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    job_id = document(capsys, "add", "shop", "--config", config, "--schedule", "daily")["job_id"]
    said(capsys, "cancel", job_id)
    said(capsys, "cancel", "job_1_x", status=2)
    said(capsys, "retry", job_id)
    with database.read() as transaction:
        noted = [tuple(entry)[2:] for entry in newest(transaction, Wanted(), 9)][::-1]
    assert noted == [
        ("local:ada", "job added", job_id, "daily"),
        ("local:ada", "job cancelled", job_id, None),
        ("local:ada", "job retried", job_id, None),
    ]
