"""Three processes and a Redis, as the deployment guide starts them: a job goes from the queue to the webhook."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import redis

from tests.end_to_end.production import CONFIG, MODEL, heatmap, rtsp, services, write_site
from tests.receivers import receiver, wait_for
from tests.servers import RedisServer

_POINT = {
    "type": "object",
    "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
    "required": ["x", "y"],
}
_NAIVE = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$"
_TIME = {"type": "string", "pattern": _NAIVE}
PAYLOAD: dict[str, Any] = {
    "type": "object",
    "required": [
        "job_id", "store_name", "timestamp", "duration_minutes", "metadata", "camera_statistics", "detections",
        "execution",
    ],
    "properties": {
        "job_id": {"type": "string", "pattern": r"^job_\d+_store_1$"},
        "store_name": {"const": "store_1"},
        "timestamp": _TIME,
        "duration_minutes": {"type": "number"},
        "metadata": {
            "type": "object",
            "required": [
                "total_detections", "cameras_count", "average_confidence", "confidence_threshold",
                "detection_service_version", "export_timestamp", "timezone",
            ],
            "properties": {
                "total_detections": {"type": "integer", "minimum": 1},
                "cameras_count": {"const": 1},
                "average_confidence": {"type": "number", "minimum": 0.5, "maximum": 1},
                "confidence_threshold": {"const": 0.5},
                "detection_service_version": {"type": "string"},
                "export_timestamp": _TIME,
            },
        },
        "camera_statistics": {
            "type": "object",
            "required": ["1"],
            "additionalProperties": {
                "type": "object",
                "required": ["count", "avg_confidence"],
                "properties": {"count": {"type": "integer"}, "avg_confidence": {"type": "number"}},
            },
        },
        "detections": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["timestamp", "camera_id", "camera_point", "plan_point", "confidence"],
                "properties": {
                    "timestamp": _TIME,
                    "camera_id": {"const": 1},
                    "camera_point": _POINT,
                    "plan_point": _POINT,
                    "confidence": {"type": "number", "minimum": 0.5, "maximum": 1},
                },
            },
        },
        "execution": {
            "type": "object",
            "required": ["started_at", "completed_at", "elapsed_seconds"],
            "properties": {"started_at": _TIME, "completed_at": _TIME, "elapsed_seconds": {"type": "number"}},
        },
    },
}  # fmt: skip


def configured(folder: Path, redis_port: int, webhook: str, test_data: Path, **more: Any) -> dict[str, Any]:
    """production_config.json in the folder: that of the guide, with this machine's addresses."""
    config = copy.deepcopy(CONFIG)
    config["schedules"]["store_1"] |= {"webhook_url": webhook, "api_token": "canary-api-token"}
    config |= {"redis_host": "127.0.0.1", "redis_port": redis_port, "log_file": str(folder / "production.log")}
    config |= {"webhook_allow_hosts": ["127.0.0.1"], "model": str(test_data / "models" / MODEL)}
    (folder / "production_config.json").write_text(json.dumps(config | more))
    return config


def test_a_job_goes_from_the_queue_to_the_webhook(
    test_data: Path, tmp_path: Path, redis: RedisServer, pets_h264: Path
) -> None:
    home = tmp_path / "home"
    with rtsp(test_data, pets_h264, fps=10) as (url,), receiver() as backend:
        write_site(test_data, tmp_path / "calibration_data", "store_1", url)
        configured(tmp_path, redis.port, backend.url("/analytics/heatmap"), test_data)
        seen = _Redis(redis.url)
        with services("scheduler", "exporter", folder=tmp_path, home=home) as others:
            wait_for(lambda: all(service.ready for service in others.values()), 30)
            job_id = add_job(tmp_path, home, seconds=16)
            assert job_id in seen.waiting()
            assert seen.job(job_id)["status"] == "queued"
            with services("detector", folder=tmp_path, home=home) as detectors:
                wait_for(lambda: seen.job(job_id)["status"] == "running", 20)
                assert job_id not in seen.waiting()
                wait_for(lambda: any(json.loads(r.body)["job_id"] == job_id for r in backend.requests), 40)
                took = {role: service.stop() for role, service in (others | detectors).items()}
        assert max(took.values()) < 10, took
        (request,) = [r for r in backend.requests if json.loads(r.body)["job_id"] == job_id]
        body = json.loads(request.body)
        jsonschema.validate(body, PAYLOAD)
        assert request.line == "POST /analytics/heatmap HTTP/1.1"
        assert request.headers["authorization"] == "Bearer canary-api-token"
        assert request.headers["content-type"] == "application/json"
        done = seen.job(job_id)
        assert (done["status"], done["store_name"]) == ("completed", "store_1")
        assert int(done["detections_count"]) == len(body["detections"]) == body["metadata"]["total_detections"]
        assert f"job:{job_id}" in seen.keys("job:*")
        assert len(json.loads(seen.result(job_id)["data"])) == len(body["detections"])
        people = {one["track_id"] for one in body["detections"]}
        assert 4 <= len(people) <= 14
        exported = json.loads((home / "exports" / "store_1" / f"{job_id}.json").read_text())
        assert exported["detections"] == body["detections"]
        assert "canary" not in json.dumps(seen.everything())


def add_job(folder: Path, home: Path, seconds: int) -> str:
    """Queues a job as its schedule would."""
    wanted = ("jobs", "add", "store_1", "--duration", str(seconds), "--schedule", "store_1")
    said = heatmap(*wanted, "--config", "production_config.json", "--json", folder=folder, home=home)
    return str(json.loads(said)["job_id"])


class _Redis:
    """What `redis-cli` shows."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, decode_responses=True)

    def waiting(self) -> list[str]:
        found: Any = self._redis.lrange("detection:queue", 0, -1)
        return list(found)

    def job(self, job_id: str) -> dict[str, str]:
        found: Any = self._redis.hgetall(f"job:{job_id}")
        return dict(found)

    def result(self, job_id: str) -> dict[str, str]:
        found: Any = self._redis.hgetall(f"result:{job_id}")
        return dict(found)

    def keys(self, pattern: str) -> list[str]:
        found: Any = self._redis.keys(pattern)
        return list(found)

    def everything(self) -> dict[str, Any]:
        """All that it holds, for those who look for secrets."""
        reads: dict[str, Any] = {
            "hash": self._redis.hgetall,
            "list": lambda key: self._redis.lrange(key, 0, -1),
            "string": self._redis.get,
            "stream": lambda key: self._redis.xrange(key),
        }
        return {key: reads[str(self._redis.type(key))](key) for key in self.keys("*")}
