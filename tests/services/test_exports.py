"""Who is told of a job, and what is sent to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from heatmap_gui.core.production import Schedule
from heatmap_gui.core.work import Job
from heatmap_gui.services.exports import deliveries_of, failure_of, parts
from heatmap_gui.services.secrets import Seal
from heatmap_gui.settings import Settings

SEAL = Seal("0123456789abcdef0123456789abcdef")
POINT = {"type": "object", "required": ["x", "y"], "properties": {a: {"type": "number"} for a in "xy"}}
SCHEMA = {  # what receivers of version 1 rely on
    "type": "object",
    "required": [
        *("job_id", "store_name", "timestamp", "duration_minutes", "metadata", "camera_statistics"),
        *("detections", "execution"),
    ],
    "properties": {
        "timestamp": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$"},
        "metadata": {"required": ["total_detections", "cameras_count", "average_confidence", "export_timestamp"]},
        "detections": {
            "items": {
                "required": ["timestamp", "camera_id", "camera_point", "plan_point", "confidence"],
                "properties": {"camera_point": POINT, "plan_point": POINT, "confidence": {"maximum": 1}},
            }
        },
        "execution": {"required": ["started_at", "completed_at", "elapsed_seconds"]},
    },
}
AT = "2025-12-21T14:00:00.123456"
JOB = Job(
    id="job_1_s", store_name="s", schedule="x", kind="measure", due=1.0, ends=2.0, timeout_s=9.0,
    config={}, site={}, created_at=0.0,
)  # fmt: skip


def payload(count: int) -> dict[str, Any]:
    spot = {"x": 1.0, "y": 2.0}
    found = {"timestamp": AT, "camera_id": 1, "camera_point": spot, "plan_point": spot, "confidence": 0.9}
    return {
        "job_id": "job_1_s",
        "store_name": "s",
        "timestamp": AT,
        "duration_minutes": 60,
        "metadata": {"total_detections": count, "cameras_count": 1, "average_confidence": 0.9, "export_timestamp": AT},
        "camera_statistics": {"1": {"count": count, "avg_confidence": 0.9}},
        "detections": [found | {"track_id": number} for number in range(count)],
        "execution": {"started_at": AT, "completed_at": AT, "elapsed_seconds": 1},
    }


@pytest.mark.parametrize(("count", "most", "expected"), [(0, 3, 1), (3, 3, 1), (4, 3, 2), (7, 3, 3), (9, 3, 3)])
def test_parts_hold_everything_once(count: int, most: int, expected: int) -> None:
    made = [json.loads(body) for body in parts(payload(count), most)]
    assert len(made) == expected
    assert [found["track_id"] for part in made for found in part["detections"]] == list(range(count))
    for number, part in enumerate(made, start=1):
        jsonschema.validate(part, SCHEMA)
        assert part["metadata"]["total_detections"] == count
        if expected > 1:
            assert (part["metadata"]["part"], part["metadata"]["parts"]) == (number, expected)


def test_deliveries_of_a_job(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, webhook_max_detections=3)
    url = "https://api.example.com/hook/secret-path"
    schedule = Schedule(
        id="x", store_name="s", webhook_url=url, webhook_enabled=True, api_token="canary", retry_count=2
    )
    file, first, second = deliveries_of(JOB, schedule, payload(4), settings, SEAL, 5.0)
    assert [d.id for d in (file, first, second)] == ["job_1_s-file", "job_1_s-1", "job_1_s-2"]
    assert file.sink == "file" and file.target["format"] == "json"
    assert first.most_attempts == 3 and first.endpoint.startswith("api.example.com ")
    assert "canary" not in repr(first) and "secret-path" not in repr(first)
    assert (SEAL.reveal(first.target["url"]), SEAL.reveal(first.target["token"])) == (url, "canary")


def test_only_who_wants_to_be_told_is(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    quiet = Schedule(id="x", store_name="s", export_enabled=False, webhook_url="http://h/", webhook_enabled=True)
    assert deliveries_of(JOB, quiet, payload(1), settings, SEAL, 5.0) == []
    files = Schedule(id="x", store_name="s", output_format="csv", webhook_url="http://h/", webhook_enabled=False)
    assert [d.sink for d in deliveries_of(JOB, files, payload(1), settings, SEAL, 5.0)] == ["file"]


def test_a_failure_is_mailed_where_there_is_a_server(tmp_path: Path) -> None:
    assert failure_of(JOB, "broken", Settings(home=tmp_path, alert_email="a@example.com"), 5.0) == []
    settings = Settings(home=tmp_path, alert_email="a@example.com", smtp_url="smtp://mail.example.com")
    (mail,) = failure_of(JOB, "broken", settings, 5.0)
    assert mail.sink == "mail" and mail.target["to"] == "a@example.com" and b"broken" in mail.body
