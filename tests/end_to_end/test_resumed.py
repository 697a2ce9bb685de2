"""A detector is killed while it measures over RTSP: another one goes on, and the result says what is missing of it."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.recording import Part
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import Database, open_database
from tests.end_to_end.production import MODEL, Service, checkpoints_each, heatmap, rtsp, write_site
from tests.receivers import wait_for

CHECKPOINT_S = 1.0
LENGTH_S = 24
RECOVERED_S = 10.0


def test_a_job_goes_on_elsewhere(test_data: Path, tmp_path: Path, pets_h264: Path) -> None:
    home = tmp_path / "home"
    with ExitStack() as stack:
        (url,) = stack.enter_context(rtsp(test_data, pets_h264, fps=10))
        write_site(test_data, tmp_path / "calibration_data", "store_1", url)
        schedule = {"store_name": "store_1", "enabled": False, "confidence_threshold": 0.5}
        config = {"schedules": {"store_1": schedule}, "model": str(test_data / "models" / MODEL), "log_level": "INFO"}
        (tmp_path / "production_config.json").write_text(json.dumps(config))
        detectors = {}
        for name in "ab":
            service = Service("detector", tmp_path, home=home, instance=name, program=checkpoints_each(CHECKPOINT_S))
            stack.callback(service.kill)
            detectors[name] = service
        wait_for(lambda: all(service.ready for service in detectors.values()), 40)
        database = open_database("", home)
        stack.callback(database.close)
        added = heatmap(
            *("jobs", "add", "store_1", "--duration", str(LENGTH_S), "--schedule", "store_1"),
            *("--config", "production_config.json", "--json"),
            folder=tmp_path,
            home=home,
        )
        job_id = json.loads(added)["job_id"]
        wait_for(lambda: len(_parts(database, job_id)) >= 3, 30)
        dead = _job(database, job_id)
        detectors[str(dead.worker).rsplit("-", 1)[1]].kill()
        killed_at = time.time()
        wait_for(lambda: (now := _job(database, job_id)).worker != dead.worker and now.status == Status.RUNNING, 20)
        recovered_s = time.time() - killed_at
        print(f"recovered after {recovered_s:.1f} s")
        assert recovered_s <= RECOVERED_S
        wait_for(lambda: _job(database, job_id).status == Status.COMPLETED, LENGTH_S + 20)
        _check(_payload(database, job_id), _job(database, job_id), killed_at)


def _check(payload: dict[str, Any], job: Job, killed_at: float) -> None:
    zone = ZoneInfo(payload["metadata"]["timezone"])
    assert (job.attempt, job.crashes) == (2, 1)
    (gap,) = payload["metadata"]["missing"]
    since, until = (datetime.fromisoformat(gap[end]).replace(tzinfo=zone).timestamp() for end in ("from", "to"))
    assert killed_at - CHECKPOINT_S - 2.0 <= since <= killed_at < until <= killed_at + RECOVERED_S + 2.0
    assert abs(payload["metadata"]["missing_seconds"] - (until - since)) < 0.01
    found = [datetime.fromisoformat(one["timestamp"]).replace(tzinfo=zone).timestamp() for one in payload["detections"]]
    assert len(found) == job.detections_count
    assert any(at < since for at in found) and any(at > until for at in found)
    assert not any(since < at < until for at in found)


def _job(database: Database, job_id: str) -> Job:
    with database.read() as transaction:
        return jobs.get(transaction, job_id)


def _parts(database: Database, job_id: str) -> list[Part]:
    """Those that somebody is seen in."""
    with database.read() as transaction:
        parts = [Part.unpack(*one) for one in jobs.parts(transaction, job_id)]
    return [part for part in parts if part.found]


def _payload(database: Database, job_id: str) -> dict[str, Any]:
    with database.read() as transaction:
        (told,) = deliveries.newest(transaction, limit=10, job_id=job_id)
    found: dict[str, Any] = json.loads(told.body)
    return found
