"""What systemd hears."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heatmap_gui.services.systemd import Notifier


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def test_it_hears_all_that_happens(systemd: socket.socket) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": systemd.getsockname()})
    before = time.monotonic_ns() // 1000
    notifier.ready("3 stores\nare watched")
    notifier.alive()
    notifier.status("busy")
    notifier.reloading()
    notifier.stopping()
    heard = [systemd.recv(1024).decode() for _ in range(5)]
    assert heard[:3] == ["READY=1\nSTATUS=3 stores are watched", "WATCHDOG=1", "STATUS=busy"]
    reloading, _, stamp = heard[3].partition("\nMONOTONIC_USEC=")
    assert reloading == "RELOADING=1" and before <= int(stamp) <= time.monotonic_ns() // 1000
    assert heard[4] == "STOPPING=1"


def test_an_abstract_socket_is_one_too() -> None:
    name = f"heatmap-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.setblocking(False)
        Notifier({"NOTIFY_SOCKET": f"@{name}"}).alive()
        assert listening.recv(1024) == b"WATCHDOG=1"


def test_without_systemd_nothing_happens(tmp_path: Path) -> None:
    Notifier({}).ready("")
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).alive()


def test_a_full_socket_keeps_nobody(systemd: socket.socket) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": systemd.getsockname()})
    for _ in range(5_000):
        notifier.alive()
    assert systemd.recv(1024) == b"WATCHDOG=1"


@pytest.mark.parametrize(
    ("environ", "watchdog_s"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "10000000"}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid())}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_watchdog_is_fed_when_it_is_ours(environ: dict[str, str], watchdog_s: float | None) -> None:
    assert Notifier(environ).watchdog_s == watchdog_s
