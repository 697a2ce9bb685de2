"""A batch of records that the API takes in, all of its layers but the socket, against the ORM's add_all of the same."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message

from heatmap_gui.api.application import build
from heatmap_gui.app import App
from heatmap_gui.bench import plain_ingest
from heatmap_gui.bench.server import postgresql
from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.errors import HeatmapError

RECORDS = 1_000
_DIRECTIONS = ("north", "south", "east", "west")
_START = datetime(2025, 9, 10, tzinfo=UTC)
_ROUNDS = 5


def batch(number: int) -> str:
    """1,000 records of four signals each, of a simulation of its own, as JSON."""
    return json.dumps([_record(number, second) for second in range(RECORDS)])


def ingest_batch(goal: float) -> Iterator[Entry]:
    """Records a second are among the details."""
    with postgresql() as ours_url, postgresql() as theirs_url, tempfile.TemporaryDirectory() as name:
        config = Path(name) / "production_config.json"
        config.write_text(json.dumps({"schedules": {}, "watch": []}), encoding="utf-8")
        with closing(App(config, ("api",), "", {"HEATMAP_HOME": name, "DATABASE_URL": ours_url})) as app:
            times = in_turn(_sides(build(app, open_house=True), theirs_url), _ROUNDS)
    yield _entry(goal, times)


def _sides(application: ASGIApp, url: str) -> dict[str, Callable[[], object]]:
    """Both get the next batch each time; theirs is read already."""
    engine = plain_ingest.open_empty(url)
    numbers = iter(range(1_000_000))
    texts = [batch(number).encode() for number in range(2 * (_ROUNDS + 1))]
    parsed = [json.loads(text) for text in texts]

    def ours() -> None:
        asyncio.run(_post(application, "/api/v1/ingest/batch", texts[next(numbers)]))

    def theirs() -> None:
        plain_ingest.add_all(engine, parsed[next(numbers)])

    return {"ours": ours, "theirs": theirs}


async def _post(application: ASGIApp, path: str, body: bytes) -> None:
    """One request as a server passes it on. Raises HeatmapError when it is not taken."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    headers = [(b"content-type", b"application/json"), (b"host", b"127.0.0.1")]
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip
    await application(scope, receive, send)
    if said[0]["status"] != 200:
        raise HeatmapError(f"the API does not take the batch: {said[1]['body'].decode()}")


def _entry(goal: float, times: Times) -> Entry:
    ours_ms = milliseconds(times, "ours")
    return Entry(
        name="ingest-batch",
        goal=goal,
        ours_ms=ours_ms,
        theirs_ms=milliseconds(times, "theirs"),
        ratio=ratio(times, "theirs", "ours"),
        note=f"{RECORDS} records of 4 signals; theirs: SQLAlchemy's add_all of the same, read already",
        details={**spread(times, "theirs", "ours"), "records_per_second": round(RECORDS / ours_ms * 1e3)},
    )


def _record(number: int, second: int) -> dict[str, Any]:
    signals = [
        {
            "direction": direction,
            "vehicle_counts": {
                "car": (second * 7 + k) % 80,
                "bus": second % 3,
                "truck": second % 4,
                "bike": k,
                "rickshaw": 0,
            },
            "emergency_vehicle_present": False,
            "signal_status": "GREEN" if k == second % 4 else "RED",
            "signal_timer": second % 30,
            "vehicles_crossed": second % 35,
            "avg_wait_time": 12.5 + second % 7,
            "green_time_allocated": 20,
        }
        for k, direction in enumerate(_DIRECTIONS)
    ]
    metrics = {
        "total_vehicles_passed": 104, "avg_wait_time_all_sides": 20.6, "throughput": 0.87, "avg_speed": 28.3,
        "fuel_saved": 1.2, "co2_saved": 3.8, "emergency_overrides": 0,
    }  # fmt: skip
    at = (_START + timedelta(seconds=second)).isoformat()
    key = {"simulation_id": f"SIM_{number:06}", "timestamp": at, "intersection_id": "INT_001"}
    return {**key, "signals": signals, "metrics": metrics}
