"""What every answer has, who is let in, what a body may be."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from heatmap_gui.api.answering import ACCESS_LOG
from heatmap_gui.api.application import build
from heatmap_gui.app import App
from heatmap_gui.logs import JsonFormatter
from tests.api.conftest import Api, home_with_demo

CAREFUL = {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer"}


def application(folder: Path, environ: dict[str, str], **how: Any) -> tuple[App, TestClient]:
    app = App(home_with_demo(folder), ("api",), "", {"HEATMAP_HOME": str(folder / "home")} | environ)
    return app, TestClient(build(app, **how), raise_server_exceptions=False)


@pytest.mark.parametrize("path", ["/health", "/nothing", "/system/info", "/broken"])
def test_every_answer_has_an_id_a_time_and_careful_headers(api: Api, path: str) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    api.application.add_api_route("/broken", broken)
    answer = api.nobody.get(path)
    assert float(answer.headers["x-process-time"]) >= 0.0
    assert len(answer.headers["x-request-id"]) == 36
    assert CAREFUL.items() <= dict(answer.headers).items()
    if answer.status_code >= 400:
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_an_id_that_is_given_is_kept_unless_it_is_odd(api: Api) -> None:
    assert api.nobody.get("/health", headers={"X-Request-ID": "a-1"}).headers["x-request-id"] == "a-1"
    for odd in ("a b", "a" * 65, "{}", ""):
        assert api.nobody.get("/health", headers={"X-Request-ID": odd}).headers["x-request-id"] != odd


def test_the_log_says_who_asked_what_and_no_secret(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("heatmap_gui").propagate = True
    caplog.set_level(logging.INFO, ACCESS_LOG)
    api.viewer.get("/system/info?token=hunter22", headers={"X-Request-ID": "a-1"})
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert line["message"] == "GET /system/info 200"
    assert line["duration_ms"] > 0
    said = {key: line[key] for key in ("request_id", "user", "endpoint", "status", "client", "level")}
    assert said == {
        "request_id": "a-1", "user": "vera", "endpoint": "/system/info", "status": 200, "client": "testclient",
        "level": "INFO",
    }  # fmt: skip
    assert "hunter22" not in str(line)


def test_figures_are_by_route_not_by_path(api: Api) -> None:
    for path in ("/nothing", "/nothing/else", "/health"):
        api.nobody.get(path)
    text = api.admin.get("/metrics").text
    assert 'vehicle_api_requests_total{endpoint="none",method="GET",status="404"} 2\n' in text
    assert 'vehicle_api_request_duration_seconds_count{endpoint="/health"} 1\n' in text
    assert 'vehicle_api_errors_total{type="404"} 2\n' in text


def test_only_by_its_names(tmp_path: Path) -> None:
    app, client = application(tmp_path, {}, hosts=("shop.example", "*.shop.example", "[::1]"))
    with closing(app):
        names = ("shop.example", "a.shop.example:8000", "SHOP.example", "[::1]:8000", "evil.example", "xshop.example")
        found = [client.get("/health", headers={"Host": name}).status_code for name in names]
    assert found == [200, 200, 200, 200, 421, 421]


def test_an_open_house_is_for_its_own_pages_alone(tmp_path: Path) -> None:
    app, client = application(tmp_path, {}, hosts=("localhost",), open_house=True)
    with closing(app):
        client.headers["Host"] = "localhost:8000"
        assert client.get("/system/info").status_code == 200
        assert client.get("/metrics").status_code == 401
        assert client.get("/system/info", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 401
        assert client.get("/system/info", headers={"Origin": "http://localhost:8000"}).status_code == 200
        for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            assert client.get("/system/info", headers=foreign).status_code == 403
        assert client.get("/system/info", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/system/info", headers={"Authorization": "Bearer forged"}).status_code == 401


def test_a_socket_too_is_called_by_its_name(tmp_path: Path) -> None:
    app, client = application(tmp_path, {}, hosts=("localhost",), open_house=True)
    with closing(app):
        path = "/api/v1/live"
        with client.websocket_connect(path, headers={"Host": "localhost"}) as socket:
            assert socket.receive_json()["store_name"] == "demo"
        for foreign in ({"Host": "evil.example"}, {"Host": "localhost", "Origin": "https://evil.example"}):
            with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers=foreign):
                pass


def test_pages_of_chosen_origins_may_ask(tmp_path: Path) -> None:
    app, client = application(tmp_path, {"CORS_ORIGINS": "https://shop.example,http://localhost:3000"})
    with closing(app):
        asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,if-match"}
        for origin, status in (("https://shop.example", 200), ("https://evil.example", 400)):
            answer = client.options("/health", headers=asked | {"Origin": origin})
            assert answer.status_code == status
            assert (answer.headers.get("access-control-allow-origin") == origin) == (status == 200)
        refused = client.get("/system/info", headers={"Origin": "https://shop.example"})
        assert refused.status_code == 401
        assert refused.headers["access-control-allow-origin"] == "https://shop.example"


def test_a_path_says_all_that_it_takes(api: Api) -> None:
    answer = api.admin.delete("/api/v1/jobs")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("params", [{"from": "0"}, {"to": "1700000000"}, {"day": "0"}, {"day": "2026-01-31T00:00:00"}])
def test_a_number_is_no_time(api: Api, params: dict[str, str]) -> None:
    assert api.viewer.get("/api/v1/heatmap", params=params).status_code == 422


def test_strangers_send_no_body(api: Api) -> None:
    """Before it is read, let alone parsed."""
    answer = api.nobody.post("/api/v1/ingest/simulation", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[" * 100_000, 413), (b'{"a":' * 100 + b"1" + b"}" * 100, 413), (b'"' + b"[" * 100 + b'"', 422), (b"{", 422)],
)
def test_what_is_nested_too_deeply_is_not_parsed(api: Api, body: bytes, status: int) -> None:
    sent = {"Content-Type": "application/json"}
    answer = api.admin.post("/api/v1/ingest/simulation", content=body, headers=sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_too_large_is_refused(api: Api) -> None:
    sent = {"Content-Type": "application/json"}
    answer = api.admin.post("/auth/token", content=b" " * (2 << 20), headers=sent)
    assert (answer.status_code, answer.json()["title"]) == (413, "Request Entity Too Large")
    assert "x-process-time" in answer.headers


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    app, client = application(tmp_path, {"RATE_LIMIT_PER_SECOND": "0.5"})
    with closing(app):
        found = [client.get("/docs") for _ in range(4)]
        assert [answer.status_code for answer in found][2:] == [429, 429]
        assert 1 <= int(found[-1].headers["retry-after"]) <= 2
        assert client.get("/health").status_code == 200
