"""Where nothing is sent, however it is written."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.outbound import refusal
from heatmap_gui.services.addresses import connect
from heatmap_gui.services.endpoints import read_endpoint
from tests.outbound_addresses import FINE, LOOPBACK, NEVER, bare, name_server


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was connected to; nobody answers. Names are those of `name_server`."""
    found: list[str] = []

    class Refusing(socket.socket):
        def connect(self, address: Any) -> None:
            found.append(str(address[0]))
            raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", name_server)
    monkeypatch.setattr(socket, "socket", Refusing)
    yield found


def post_to(url: str, *allow_hosts: str) -> None:
    endpoint = read_endpoint(url, "", 0.0)
    connect(endpoint.host, endpoint.port, allow_hosts, time.monotonic() + 1)


@pytest.mark.parametrize("host", [*LOOPBACK, *NEVER])
def test_nothing_is_sent_there(host: str, connected: list[str]) -> None:
    with pytest.raises(InputError, match=r"nothing is sent there|not an address"):
        post_to(f"http://{host}:80/hook")
    assert not connected


@pytest.mark.parametrize("host", NEVER)
def test_not_even_where_somebody_allows_it(host: str, connected: list[str]) -> None:
    with pytest.raises(InputError):
        post_to(f"http://{host}:80/hook", host, bare(host))
    assert not connected


@pytest.mark.parametrize("host", FINE)
def test_private_and_public_networks_are_fine(host: str, connected: list[str]) -> None:
    with pytest.raises(TryLaterError, match="not reached"):
        post_to(f"https://{host}/hook")
    assert connected and not any(refusal(address, loopback=False) for address in connected)


def test_this_machine_by_the_name_that_is_allowed_and_no_other(connected: list[str]) -> None:
    with pytest.raises(TryLaterError):
        post_to("http://LocalHost:8000/hook", "localhost.")
    assert connected == ["::1", "127.0.0.1"]
    with pytest.raises(InputError, match="webhook_allow_hosts"):
        post_to("http://localhost:8000/hook", "127.0.0.1")
    assert len(connected) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://camera.example@127.0.0.1/", "http://127.0.0.1#@camera.example/", "http://127.0.0.1\\@camera.example/",
        "http://127.0.0.1?@camera.example/", "http:127.0.0.1", "http:///127.0.0.1", "//127.0.0.1/", "gopher://127.0.0.1/",
        "file:///etc/passwd", "ftp://127.0.0.1/", "http://[::1", "http://[127.0.0.1]/", "http://127.0.0.1:80:80/",
        "http://127.0.0.1%00.camera.example/", "http://127.0.0.1\t/", "http://127.0.0.1 .camera.example/", "http://%31%32%37.1/",
    ],
)  # fmt: skip
def test_addresses_that_two_readers_could_read_in_two_ways(url: str, connected: list[str]) -> None:
    with pytest.raises((InputError, TryLaterError)):
        post_to(url)
    assert not connected


def test_what_is_checked_is_what_is_connected_to(connected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a harmless address when it is asked first, and this machine when it is asked again."""
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with pytest.raises(TryLaterError):
        post_to("http://rebinding.example/")
    assert connected == ["192.0.2.1"] and len(asked) == 1
    with pytest.raises(InputError, match="this machine itself"):
        post_to("http://rebinding.example/")
    assert connected == ["192.0.2.1"]
