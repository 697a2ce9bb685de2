"""Where nothing is sent, however it is written."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.services.addresses import connect, refusal

NEVER = [
    *("0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.1.1", "100.100.100.200", "168.63.129.16", "224.0.0.1"),
    *("239.255.255.250", "255.255.255.255", "240.0.0.1", "::", "fe80::1", "fe80::1%eth0", "ff02::1", "fd00:ec2::254"),
    *("::ffff:169.254.169.254", "::ffff:0.0.0.0", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::"),
    "2001:0:4136:e378:8000:63bf:5601:5601",  # Teredo
]
THIS_MACHINE = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]
FINE = ["10.0.0.5", "192.168.1.9", "172.16.0.1", "8.8.8.8", "fd12:3456::1", "2606:4700::1111", "::ffff:10.0.0.1"]


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("loopback", [False, True])
def test_never(address: str, loopback: bool) -> None:
    assert refusal(address, loopback=loopback)


@pytest.mark.parametrize("address", THIS_MACHINE)
def test_this_machine_only_by_name(address: str) -> None:
    assert refusal(address, loopback=False)
    assert refusal(address, loopback=True) is None


@pytest.mark.parametrize("address", FINE)
def test_private_and_public_networks(address: str) -> None:
    assert refusal(address, loopback=False) is None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "metadata.google.internal", "METADATA", "0", "::1"],
)
def test_ways_to_write_what_is_refused(host: str) -> None:
    with pytest.raises((InputError, TryLaterError), match=r"nothing is sent there|not found"):
        connect(host, 9, (), time.monotonic() + 1)


def test_an_allowed_host_allows_no_other() -> None:
    with pytest.raises(InputError, match="webhook_allow_hosts"):
        connect("localhost", 9, ("127.0.0.1",), time.monotonic() + 1)


def test_what_is_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a harmless address when it is asked first, and this machine when it is asked again."""
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected: list[Any] = []

    class Refusing(socket.socket):
        def connect(self, address: Any) -> None:
            connected.append(address)
            raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(TryLaterError):
        connect("rebinding.example", 80, (), time.monotonic() + 1)
    assert connected == [("192.0.2.1", 80)] and len(asked) == 1
    with pytest.raises(InputError, match="this machine itself"):
        connect("rebinding.example", 80, (), time.monotonic() + 1)
