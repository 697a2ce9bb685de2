"""A batch of records that the API's server takes in on PostgreSQL, against the ORM's add_all of the same."""

from __future__ import annotations

import http.client
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from heatmap_gui.app import App
from heatmap_gui.bench import plain_ingest
from heatmap_gui.bench.server import api_server, postgresql
from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio, spread
from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.who import Role, Scope, Who

RECORDS = 1_000
_DIRECTIONS = ("north", "south", "east", "west")
_START = datetime(2025, 9, 10, tzinfo=UTC)
_ROUNDS = 5


def batch(number: int) -> str:
    """1,000 records of four signals each, of a simulation of its own, as JSON."""
    return json.dumps([_record(number, second) for second in range(RECORDS)])


def ingest_batch(goal: float) -> Iterator[Entry]:
    """Ours from the request's first byte to the whole answer. Records a second are among the details."""
    with postgresql() as ours_url, postgresql() as theirs_url, tempfile.TemporaryDirectory() as name:
        config = Path(name) / "production_config.json"
        config.write_text(json.dumps({"schedules": {}, "watch": []}), encoding="utf-8")
        environment = {"HEATMAP_HOME": name, "DATABASE_URL": ours_url}
        with closing(App(config, ("api",), "", environment)) as app:
            by = Who("bench", Role.ADMIN)
            _, token = app.accounts.make_token(by, "bench", Role.OPERATOR, (Scope.INGEST,), 1.0)
        with (
            api_server(config, environment) as port,
            closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection,
        ):
            times = in_turn(_sides(connection, token, theirs_url), _ROUNDS)
    yield _entry(goal, times)


def _sides(connection: http.client.HTTPConnection, token: str, url: str) -> dict[str, Callable[[], object]]:
    """Both get the next batch each time; theirs is read already."""
    engine = plain_ingest.open_empty(url)
    numbers = iter(range(1_000_000))
    texts = [batch(number).encode() for number in range(2 * (_ROUNDS + 1))]
    parsed = [json.loads(text) for text in texts]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ours() -> None:
        connection.request("POST", "/api/v1/ingest/batch", texts[next(numbers)], headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise HeatmapError(f"the API does not take the batch: {said[:300]!r}")

    def theirs() -> None:
        plain_ingest.add_all(engine, parsed[next(numbers)])

    return {"ours": ours, "theirs": theirs}


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
