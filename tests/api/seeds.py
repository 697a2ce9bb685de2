"""Four guides whose interfaces are kept as they print them: every endpoint that they name and every example, as a table
of requests. What they print without a token is sent with one, as all but /health, /docs and /auth/token need it.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from httpx import Response
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from heatmap_gui.app import App
from heatmap_gui.core.who import Role
from heatmap_gui.services.login_passwords import hashed
from heatmap_gui.store import accounts
from heatmap_gui.store.accounts import User
from tests.api.conftest import Api, home_with_demo
from tests.services.test_inference import RedFinder, picture, running

TRAFFIC, ROI, RETAIL, VEHICLES = "traffic signals", "ROI alerts", "retail", "vehicles"
RECORD: dict[str, Any] = {
    "simulation_id": "SIM_20250910_001",
    "timestamp": "2025-09-10T23:20:00Z",
    "intersection_id": "INT_001",
    "signals": [
        {
            "direction": "north",
            "vehicle_counts": {"car": 78, "bus": 0, "truck": 0, "bike": 0, "rickshaw": 0},
            "emergency_vehicle_present": False,
            "signal_status": "GREEN",
            "signal_timer": 18,
            "vehicles_crossed": 35,
            "avg_wait_time": 12.5,
            "green_time_allocated": 20,
        }
    ],
    "metrics": {
        "total_vehicles_passed": 104,
        "avg_wait_time_all_sides": 20.6,
        "throughput": 0.87,
        "avg_speed": 28.3,
        "fuel_saved": 1.2,
        "co2_saved": 3.8,
        "emergency_overrides": 0,
    },
}
BATCH = [RECORD, RECORD | {"simulation_id": "BASELINE_20250910_001"}]
CAMERA = '{"name": "Entrance Camera", "rtsp_url": "rtsp://username:password@camera-ip:554/stream", "enabled": true}'
EVENT = (
    '{"name": "Weekend Sale", "event_type": "promotion", "start_date": "2024-01-15", "end_date": "2024-01-17",'
    ' "description": "Special weekend promotion"}'
)
PHOTO = picture(1920, 1080, (400, 300, 900, 800))
FILES = {"your_screenshot.png": PHOTO, "car.jpg": picture(640, 480, (100, 50, 300, 250), ".jpg")}
METRICS = (
    "vehicle_api_requests_total",
    "vehicle_api_request_duration_seconds",
    "vehicle_api_classification_latency_ms",
    "vehicle_api_errors_total",
    "vehicle_api_cache_hits_total",
    "vehicle_api_cache_misses_total",
    "vehicle_api_redis_connections",
)


def _anything(_: Response) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Example:
    """guide: which. command: a curl line as printed there, less its address and its token; `-F` and `-d` as curl
    means them. route: its path in /openapi.json. open: it needs no token. shows: what its answer has to tell.
    """

    guide: str
    command: str
    route: str = ""
    open: bool = False
    status: int = 200
    shows: Callable[[Response], bool] = field(default=_anything)


def _keys(*names: str) -> Callable[[Response], bool]:
    """The answer is an object with at least these."""
    return lambda answer: set(names) <= answer.json().keys()


_V1 = "/api/v1"
_ID, _NAMED = "SIM_20250910_001", "{simulation_id}"
EXAMPLES = (
    Example(TRAFFIC, "/health", open=True, shows=_keys("status")),
    Example(TRAFFIC, "/docs", open=True, shows=lambda answer: "openapi.json" in answer.text),
    Example(TRAFFIC, "/system/info", shows=_keys("database")),
    Example(TRAFFIC, f"-X POST {_V1}/ingest/simulation -d {shlex.quote(json.dumps(RECORD))}"),
    Example(TRAFFIC, f"-X POST {_V1}/ingest/batch -d {shlex.quote(json.dumps(BATCH))}"),
    Example(TRAFFIC, f"{_V1}/analytics/simulation/{_ID}/summary", f"{_V1}/analytics/simulation/{_NAMED}/summary"),
    Example(TRAFFIC, f"{_V1}/analytics/wait-times"),
    Example(TRAFFIC, f"{_V1}/analytics/speeds"),
    Example(TRAFFIC, f"{_V1}/analytics/environmental-impact"),
    Example(TRAFFIC, f"{_V1}/analytics/comparison/baseline-vs-ai"),
    Example(TRAFFIC, f"{_V1}/analytics/emergency-report"),
    Example(TRAFFIC, f"{_V1}/analytics/time-series/{_ID}", f"{_V1}/analytics/time-series/{_NAMED}"),
    Example(TRAFFIC, f"{_V1}/dashboard/live-metrics"),
    Example(TRAFFIC, f"{_V1}/dashboard/performance-comparison"),
    Example(TRAFFIC, f"{_V1}/charts/wait-time-trend"),
    Example(TRAFFIC, f"{_V1}/charts/performance-scatter"),
    Example(TRAFFIC, f"-X POST {_V1}/admin/clear-cache"),
    Example(ROI, "/health", open=True, shows=_keys("status")),
    Example(ROI, "-X POST /infer -F file=@car.jpg", shows=lambda a: a.json()["detections"][0]["class"] == "car"),
    Example(ROI, "/config/rois"),
    Example(ROI, "/config/cameras"),
    Example(RETAIL, f"-X POST /api/cameras -d {shlex.quote(CAMERA)}", status=201),
    Example(
        RETAIL,
        "-X POST /api/zones/screenshot -F camera_id=1 -F file=@your_screenshot.png -F img_width=1920"
        " -F img_height=1080",
    ),
    Example(
        RETAIL,
        "-X POST /api/zones -F camera_id=1 -F 'name=Entrance Zone' -F ztype=entry"
        " -F polygon_json=[[100,100],[400,100],[400,300],[100,300]]",
        status=201,
    ),
    Example(RETAIL, "/api/analytics/realtime"),
    Example(RETAIL, """-X POST /api/analytics/comprehensive -d '{"days": 30, "include_zones": true}'"""),
    Example(RETAIL, "/api/analytics/spikes?date=2024-01-15"),
    Example(RETAIL, f"-X POST /api/events -d {shlex.quote(EVENT)}", status=201),
    Example(RETAIL, "-X POST /api/events/1/analyze", "/api/events/{event_id}/analyze"),
    Example(
        VEHICLES,
        "/health",
        open=True,
        shows=_keys("status", "timestamp", "redis_connected", "database_healthy", "models_loaded"),
    ),
    Example(
        VEHICLES,
        """-X POST /auth/token -d '{"username": "admin_user", "password": "adminpass"}'""",
        open=True,
        shows=_keys("access_token"),
    ),
    Example(
        VEHICLES,
        "-X POST /api/vehicle/classify -F file=@car.jpg",
        shows=lambda answer: answer.json()["vehicle_class"] == "car",
    ),
    Example(VEHICLES, "/metrics", shows=lambda answer: all(name in answer.text for name in METRICS)),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """wrong: what is not as it should be; empty: all is."""

    example: Example
    method: str
    path: str
    status: int
    wrong: str


def ask(client: TestClient, command: str) -> tuple[str, str, Response]:
    """Sends what a curl line says -> method, path, answer."""
    words = shlex.split(command)
    method, path, sent = "GET", "", dict[str, Any](data={}, files={})
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-d":
            sent["content"], sent["headers"] = words.pop(0), {"Content-Type": "application/json"}
        elif word == "-F":
            name, _, value = words.pop(0).partition("=")
            if value.startswith("@"):
                sent["files"][name] = (value[1:], FILES[value[1:]])
            else:
                sent["files"][name] = (None, value)
        else:
            path = word
    return method, path, client.request(method, path, **{key: value for key, value in sent.items() if value})


@contextmanager
def served(folder: Path) -> Iterator[Api]:
    """The API over the demo store, with a detector that finds red, and the user whom a guide logs in."""
    home = {"HEATMAP_HOME": str(folder / "home")}
    finder = patch("heatmap_gui.app.open_network", lambda *_: RedFinder())
    with finder, closing(App(home_with_demo(folder), ("api",), "", home)) as app, running(app.inference):
        kept = hashed("adminpass")  # which nobody is let choose any more
        user = User(
            name="admin_user", role=Role.ADMIN, stores=None, password=kept, stamp="", created_at=0.0, changed_at=0.0
        )
        with app.database.write() as transaction:
            accounts.add_user(transaction, user)
        yield Api(app)


def page() -> str:
    """docs/api-examples.md."""
    with TemporaryDirectory() as folder, served(Path(folder)) as api:
        rows = list(answered(api.admin, api.nobody))
    said = "Requests of four deployment guides as they print them; an answer is valid where it is what `/docs` says."
    return "\n".join([f"# The guides' requests\n\n{said}\n", table(rows), ""])


def answered(known: TestClient, nobody: TestClient) -> Iterator[Answered]:
    """Every example, one after the other: what one makes the next ones ask for."""
    document = nobody.get("/openapi.json").json()
    for example in EXAMPLES:
        method, path, answer = ask(nobody if example.open else known, example.command)
        wrong = ""
        if answer.status_code != example.status:
            wrong = f"{answer.status_code} in place of {example.status}: {answer.text[:200]}"
        elif not example.shows(answer):
            wrong = f"it does not tell what the guide says: {answer.text[:200]}"
        elif example.command != "/docs":
            route = example.route or path.partition("?")[0]
            wrong = _differs(document, route, method, answer)
        if not wrong and not example.open:
            without = ask(nobody, example.command)[2].status_code
            wrong = "" if without == 401 else f"{without} without a token, not 401"
        yield Answered(example, method, path, answer.status_code, wrong)


def _differs(document: Mapping[str, Any], route: str, method: str, answer: Response) -> str:
    """How an answer is not what the OpenAPI document says of it."""
    try:
        said = document["paths"][route][method.lower()]["responses"][str(answer.status_code)]["content"]
    except KeyError:
        return f"{method} {route} {answer.status_code} is not in the OpenAPI document"
    kind = answer.headers["content-type"].partition(";")[0]
    if kind not in said:
        return f"it is {kind}, the OpenAPI document says {', '.join(said)}"
    if kind != "application/json":
        return ""
    schema = {**said[kind]["schema"], "components": document["components"]}
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return "; ".join(f"{error.json_path}: {error.message[:100]}" for error in validator.iter_errors(answer.json()))


def table(rows: list[Answered]) -> str:
    """Markdown."""
    lines = ["| guide | request | token | status | answer |", "|---|---|---|---|---|"]
    for row in rows:
        token = "-" if row.example.open else "added"
        said = row.wrong.replace("|", "\\|") or "valid"
        lines.append(f"| {row.example.guide} | `{row.method} {row.path}` | {token} | {row.status} | {said} |")
    return "\n".join(lines)
