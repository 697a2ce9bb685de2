"""What GET /health and GET /metrics answer, to whoever asks however badly; and what the watchdog hears."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.loops import Loops
from heatmap_gui.services.health import Health
from heatmap_gui.services.health_server import HealthServer
from heatmap_gui.services.systemd import Notifier


@pytest.fixture
def health() -> Health:
    return Health("exporter")


@pytest.fixture
def server(health: Health) -> Iterator[HealthServer]:
    served = HealthServer(health, 0, Notifier({}))
    with Loops() as loops:
        loops.start("health", served)
        yield served
    loops.check()


def get(port: int, path: str, method: str = "GET") -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5.0)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers["Content-Type"], body


def test_health_and_metrics(server: HealthServer, health: Health) -> None:
    status, kind, body = get(server.port, "/health")
    assert (status, kind, json.loads(body)["status"]) == (200, "application/json", "healthy")
    health.report("redis", "away")
    assert get(server.port, "/health?now")[0] == 200
    health.report("database", "away", fatal=True)
    status, _, body = get(server.port, "/health")
    assert (status, json.loads(body)["reasons"]) == (503, ["database: away", "redis: away"])
    status, kind, body = get(server.port, "/metrics")
    assert status == 200 and kind.startswith("text/plain; version=0.0.4") and b"heatmap_healthy 0\n" in body
    assert get(server.port, "/")[0] == 404
    assert get(server.port, "/health", "POST")[0] == 405


def test_it_listens_on_loopback_alone(server: HealthServer) -> None:
    assert server._socket.getsockname()[0] == "127.0.0.1"


def test_bad_peers_keep_nobody_from_an_answer(server: HealthServer) -> None:
    peers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    for number, peer in enumerate(peers):
        peer.sendall(b"" if number % 2 else b"GET /health" + b"x" * 20_000)
    assert get(server.port, "/health")[0] == 200
    for peer in peers:
        peer.close()
    assert get(server.port, "/health")[0] == 200


def test_it_stops_soon_with_a_peer_that_says_nothing(health: Health) -> None:
    served = HealthServer(health, 0, Notifier({}))
    loops = Loops(budget_s=5.0)
    loops.start("health", served)
    with socket.create_connection(("127.0.0.1", served.port)):
        get(served.port, "/health")
        assert loops.stop() == ()
    loops.check()


def test_a_port_that_is_taken_is_said(server: HealthServer, health: Health) -> None:
    with pytest.raises(UnavailableError, match=f"127.0.0.1:{server.port}"):
        HealthServer(health, server.port, Notifier({}))


def test_the_watchdog_is_fed_only_while_every_loop_progresses(tmp_path: Path) -> None:
    now = [0.0]
    health = Health("exporter", lambda: now[0])
    beat = health.loop("exporter", 2.0)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        notifier = Notifier({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "3000000"})
        served = HealthServer(health, 0, notifier)
        fed = []
        for tick in range(60):  # 0.1 s each; the loop beats for 2 s, and again in the last one
            now[0] = tick / 10
            if tick < 20 or tick >= 50:
                beat()
            served.step(now[0])
            try:
                fed.append((tick, systemd.recv(100)))
            except BlockingIOError:
                continue
        served._socket.close()
    assert [tick for tick, _ in fed] == [0, 10, 20, 30, 50]
    assert {message for _, message in fed} == {b"WATCHDOG=1"}


def test_many_ask_at_once(server: HealthServer) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(get(server.port, "/metrics")[0])) for _ in range(8)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10.0)
    assert answers == [200] * 8 and time.monotonic() - started < 10.0
