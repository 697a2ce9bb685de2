"""The real server on a real socket: who may listen where, who is cut off, how it stops."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from heatmap_gui.api import connections, reading
from heatmap_gui.api.server import PLACEHOLDERS, ApiServer, is_loopback
from heatmap_gui.app import App
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.who import Role
from heatmap_gui.loops import Loops
from tests.api.conftest import home_with_demo, person


@contextmanager
def opened(folder: Path, **environ: str) -> Iterator[App]:
    with closing(App(home_with_demo(folder), ("api",), "", {"HEATMAP_HOME": str(folder / "home")} | environ)) as app:
        yield app


@contextmanager
def served(app: App, host: str = "127.0.0.1") -> Iterator[ApiServer]:
    server, loops = ApiServer(app, host, 0), Loops(budget_s=9.0)
    loops.start("api", server)
    try:
        yield server
        loops.check()
    finally:
        assert loops.stop() == ()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ApiServer]:
    with opened(tmp_path) as app, served(app) as found:
        yield found


def get(port: int, path: str = "/health", **headers: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status


def test_it_answers_and_stops(server: ApiServer, tmp_path: Path) -> None:
    assert get(server.port) == 200
    assert get(server.port, Host="evil.example") == 421
    assert '"endpoint": "/health"' in (tmp_path / "home" / "logs" / "api.log").read_text()


def test_what_is_on_its_way_is_answered_before_it_stops(tmp_path: Path) -> None:
    with opened(tmp_path) as app, closing(HTTPConnection("127.0.0.1", timeout=20)) as connection:
        going, document = threading.Event(), app.health.document

        def slow() -> dict[str, object]:
            going.set()
            time.sleep(0.5)
            return document()

        with served(app) as server:
            app.health.document = slow  # type: ignore[method-assign]  # what /health asks
            connection.port = server.port
            connection.request("GET", "/health")
            assert going.wait(20)
        assert connection.getresponse().status == 200


@pytest.mark.parametrize("key", ["", "short", *PLACEHOLDERS])
def test_it_listens_no_wider_without_a_secret(tmp_path: Path, key: str) -> None:
    environ = {"SECRET_KEY": key} if key else {}
    with opened(tmp_path, **environ) as app, pytest.raises(InputError, match="SECRET_KEY to 32 bytes"):
        ApiServer(app, "0.0.0.0", 0)


def test_it_listens_wider_with_one(tmp_path: Path) -> None:
    with opened(tmp_path, SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyz") as app, served(app, "0.0.0.0") as server:
        assert get(server.port, Host="anything.example") == 200


def test_development_is_open_on_loopback_alone(tmp_path: Path) -> None:
    environ = {"ENVIRONMENT": "development", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz"}
    with opened(tmp_path, **environ) as app:
        for host, status in (("127.0.0.1", 200), ("0.0.0.0", 401)):
            with served(app, host) as server:
                assert get(server.port, "/system/info") == status
                assert get(server.port, "/metrics") == 401


def test_addresses() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.1.2.3", "::1", "localhost", "0.0.0.0", "::")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    with pytest.raises(InputError, match="there is no such address"):
        is_loopback("no such host")


def test_a_port_that_is_taken(server: ApiServer) -> None:
    with pytest.raises(UnavailableError, match="choose another --host or --port"):
        ApiServer(server._app, "127.0.0.1", server.port)


def ended(connection: socket.socket) -> bytes:
    """What still comes until the other side ends it."""
    connection.settimeout(20)
    said = b""
    try:
        while piece := connection.recv(1 << 16):
            said += piece
    except ConnectionResetError:
        pass
    return said


def test_who_sends_a_head_slowly_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_HEAD_S", 0.5)
    with opened(tmp_path) as app, served(app) as server, socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ")
        assert ended(slow) == b""


def test_who_sends_an_endless_head_is_cut_off(server: ApiServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as endless:
        endless.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
        try:
            for number in range(40_000):
                endless.sendall(b"X-%d: %s\r\n" % (number, b"a" * 100))
        except OSError:
            return
        assert ended(endless) == b""


def test_who_sends_a_body_slowly_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_GRACE_S", 0.5)
    with opened(tmp_path) as app, served(app) as server, socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n")
        slow.sendall(b"Content-Type: application/json\r\n\r\n{")
        assert b"408 Request Timeout" in ended(slow)


def test_one_address_opens_so_many_connections(server: ApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_MOST_OF_ONE", 3)
    held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(4)]
    assert ended(held[3]) == b""
    for connection in held:
        connection.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            assert get(server.port) == 200
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("closed connections still count")


def test_one_clients_slow_requests_leave_the_others_alone(tmp_path: Path) -> None:
    """As many as there are threads, and many more, hang at once; another client is answered nevertheless."""
    with opened(tmp_path) as app:
        going, release = threading.Semaphore(0), threading.Event()
        token, other = person(app, "vera", Role.VIEWER), person(app, "ada", Role.ADMIN)
        document = app.health.document

        def slow() -> dict[str, object]:
            if not release.is_set():
                going.release()
                release.wait(20)
            return document()

        with served(app) as server:
            app.health.document = slow  # type: ignore[method-assign]  # what /system/info asks
            hung = [HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(60)]
            try:
                for connection in hung:
                    connection.request("GET", "/system/info", headers={"Authorization": f"Bearer {token}"})
                assert going.acquire(timeout=20)
                assert get(server.port, "/metrics", Authorization=f"Bearer {other}") == 200
            finally:
                release.set()
            assert {connection.getresponse().status for connection in hung} == {200}
            for connection in hung:
                connection.close()
