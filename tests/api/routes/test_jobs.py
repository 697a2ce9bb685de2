"""Jobs, schedules and deliveries by HTTP: the same ledger as the command line's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.app import App
from heatmap_gui.core.work import Delivery, DeliveryStatus, Job, Status
from heatmap_gui.store import deliveries, jobs
from tests.api.conftest import Api, home_with_demo

SCHEDULE = {
    "store_name": "demo",
    "duration_minutes": 5,
    "webhook_url": "https://shop.example/s3cret",
    "api_token": "t0p",
}


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Api]:
    config = home_with_demo(tmp_path, schedules={"daily": SCHEDULE})
    with closing(App(config, ("api",), "", {"HEATMAP_HOME": str(tmp_path / "home")})) as app:
        yield Api(app)


def added(api: Api, **changes: Any) -> Job:
    now = time.time()
    made = Job(
        id="", store_name="demo", schedule=None, kind="measure", due=now, ends=now + 60, timeout_s=60.0,
        config={}, site={}, created_at=now,
    )  # fmt: skip
    with api.app.database.write() as transaction:
        return jobs.add(transaction, [replace(made, **changes)])[0]


def test_a_job_is_added_shown_and_cancelled(api: Api) -> None:
    answer = api.operator.post("/api/v1/jobs", json={"store_name": "demo", "duration_s": 60})
    assert answer.status_code == 201, answer.text
    job = answer.json()
    assert (job["store_name"], job["status"]) == ("demo", "queued")
    with api.app.database.read() as transaction:
        kept = jobs.get(transaction, job["job_id"])
    assert kept.ends - kept.due == 60
    shown = api.viewer.get(f"/api/v1/jobs/{job['job_id']}").json()
    assert shown["config"]["store_name"] == "demo" and shown["deliveries"] == []
    assert api.operator.post(f"/api/v1/jobs/{job['job_id']}/cancel").json()["status"] == "cancelled"
    assert api.operator.post(f"/api/v1/jobs/{job['job_id']}/cancel").status_code == 409
    assert api.operator.post(f"/api/v1/jobs/{job['job_id']}/retry").json()["status"] == "queued"


def test_as_a_schedule_says_and_without_its_secrets(planned: Api) -> None:
    answer = planned.operator.post("/api/v1/jobs", json={"store_name": "demo", "schedule": "daily"})
    assert answer.status_code == 201
    shown = planned.viewer.get(f"/api/v1/jobs/{answer.json()['job_id']}")
    assert shown.json()["config"]["duration_minutes"] == 5
    (schedule,) = planned.viewer.get("/api/v1/schedules").json()
    assert (schedule["id"], schedule["settings"]["start_time"]) == ("daily", "00:00")
    assert "t0p" not in shown.text and "s3cret" not in shown.text + str(schedule)
    assert planned.elsewhere.get("/api/v1/schedules").json() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"store_name": "nowhere"}, 404),
        ({"store_name": "demo", "schedule": "none"}, 404),
        ({"store_name": "demo", "duration_s": 0}, 422),
        ({"store_name": "demo", "duration_s": 1e9}, 422),
        ({"store_name": "demo", "duration_s": "NaN"}, 422),
        ({"store_name": "demo", "more": 1}, 422),
        ([], 422),
    ],
)
def test_what_cannot_be_added(api: Api, body: Any, status: int) -> None:
    assert api.operator.post("/api/v1/jobs", json=body).status_code == status


def test_pages(api: Api) -> None:
    ids = [added(api, due=1000.0 + number, ends=2000.0).id for number in range(5)][::-1]
    found: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(3):
        answer = api.viewer.get("/api/v1/jobs", params={"limit": 2, **cursor}).json()
        found += [job["job_id"] for job in answer["items"]]
        cursor = {"cursor": answer["next"]}
    assert found == ids
    assert answer["next"] is None
    for wrong in ("AAAA", "W10", "WzFd", "x"):
        assert api.viewer.get("/api/v1/jobs", params={"cursor": wrong}).status_code == 404
    assert api.viewer.get("/api/v1/jobs", params={"limit": 1001}).status_code == 422


def test_of_another_store_nothing_is_there(api: Api) -> None:
    job = added(api)
    assert api.elsewhere.get("/api/v1/jobs").json()["items"] == []
    assert api.elsewhere.get("/api/v1/jobs", params={"store_name": "demo"}).json()["items"] == []
    assert api.elsewhere.get(f"/api/v1/jobs/{job.id}").status_code == 404
    assert api.elsewhere.post(f"/api/v1/jobs/{job.id}/cancel").status_code == 404
    assert api.elsewhere.post("/api/v1/jobs", json={"store_name": "demo"}).status_code == 404


def test_by_status(api: Api) -> None:
    job = added(api, status=Status.FAILED)
    added(api)
    (found,) = api.viewer.get("/api/v1/jobs", params={"status": "failed"}).json()["items"]
    assert found["job_id"] == job.id
    assert api.viewer.get("/api/v1/jobs", params={"status": "odd"}).status_code == 422


def test_a_delivery_is_sent_once_more(api: Api) -> None:
    job = added(api)
    sent = Delivery(
        id="d-1", sink="webhook", endpoint="shop.example", target={}, body=b"{}", created_at=time.time(),
        job_id=job.id, status=DeliveryStatus.FAILED, attempts=4, answer="token=hunter22",
    )  # fmt: skip
    with api.app.database.write() as transaction:
        deliveries.add(transaction, [sent])
    listed = api.viewer.get("/api/v1/deliveries", params={"status": "failed", "job_id": job.id})
    assert [one["delivery_id"] for one in listed.json()["items"]] == ["d-1"]
    assert "hunter22" not in listed.text
    assert api.elsewhere.get("/api/v1/deliveries").json()["items"] == []
    assert api.elsewhere.post("/api/v1/deliveries/d-1/retry").status_code == 404
    again = api.operator.post("/api/v1/deliveries/d-1/retry").json()
    assert (again["status"], again["attempts"]) == ("pending", 0)
    assert api.operator.post("/api/v1/deliveries/none/retry").status_code == 404
